"""Which waiting letters a contact makes needless. Labels, since one mentorship is spoken of in several ways."""

from common.tenancy import current_organisation_id
from post.models import Letter


def first_meeting_label(mentorship_id) -> str:
    return f"checkins.first-meeting:{mentorship_id}"


def quiet_label(mentorship_id) -> str:
    return f"checkins.quiet:{mentorship_id}"


def drop_contact_letters(mentorship) -> int:
    """Take back what waits about a mentorship having had no contact. Returns how many."""
    labels = [first_meeting_label(mentorship.pk), quiet_label(mentorship.pk)]
    waiting = Letter.objects.filter(
        organisation_id=current_organisation_id(), about__in=labels, status=Letter.Status.WAITING, leased_until=None
    )
    return waiting.update(status=Letter.Status.DROPPED)
