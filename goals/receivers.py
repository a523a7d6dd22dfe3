"""What goals do when something happens in matching."""

from django.dispatch import receiver

from matching.signals import mentorship_handed_over

from .services import goals


@receiver(mentorship_handed_over)
def take_the_goals_along(sender, old, new, by, **kwargs):
    goals.carry_over(old=old, new=new, by=by)
