"""The pages of a mentorship: what they show is gathered here, what they look like stands in templates/home/mentorship*."""
