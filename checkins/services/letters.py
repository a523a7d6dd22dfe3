"""Which waiting letters a contact makes needless. Labels, since one mentorship is spoken of in several ways."""

from post.services.outbox import drop_labelled


def first_meeting_label(mentorship_id) -> str:
    return f"checkins.first-meeting:{mentorship_id}"


def quiet_label(mentorship_id) -> str:
    return f"checkins.quiet:{mentorship_id}"


def drop_contact_letters(mentorship) -> int:
    """Take back what waits about a mentorship having had no contact. Returns how many."""
    return drop_labelled([first_meeting_label(mentorship.pk), quiet_label(mentorship.pk)])
