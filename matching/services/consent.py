"""Contact does not begin, or stops, while a young member's guardian has not agreed; it goes on once the yes is there."""

import logging

from common.tenancy import organisation_scope, system_scope
from programmes.services.guardians import lacking

from ..models import ContactPause, Mentorship, MentorshipMember
from .contact import CONSENT, pause_contact, resume_contact

logger = logging.getLogger(__name__)


def settle_consent(*, mentorship, at=None) -> bool:
    """Pause or resume by how it stands now. Returns whether a consent is missing. Safe twice."""
    members = MentorshipMember.objects.filter(mentorship=mentorship, participant__withdrawn_at=None).values_list("participant", flat=True)
    is_missing = bool(lacking(mentorship.programme, only=list(members)))
    if is_missing:
        pause_contact(mentorship=mentorship, why=CONSENT, by=None, at=at)
    else:
        resume_contact(mentorship=mentorship, why=CONSENT, by=None, at=at)
    return is_missing


def settle_consent_of(*, programme, participants) -> int:
    """The same for every running mentorship of these participants; returns how many were looked at."""
    seats = MentorshipMember.objects.filter(participant__in=participants).values("mentorship")
    rows = Mentorship.objects.active().filter(programme=programme, pk__in=seats).select_related("programme", "organisation")
    for row in rows:
        settle_consent(mentorship=row)
    return len(rows)


def settle_all_consents() -> int:
    """The sweep: whoever waits for a guardian and has turned 18 waits no longer. Returns how many were looked at."""
    with system_scope("find mentorships that wait for a guardian"):
        waiting = ContactPause.unscoped.filter(why=CONSENT, ended_at=None)
        found = sorted(set(waiting.order_by().values_list("organisation_id", flat=True)))
    count = 0
    for organisation_id in found:
        try:
            with organisation_scope(organisation_id):
                paused = ContactPause.objects.standing().filter(why=CONSENT).values("mentorship")
                for row in Mentorship.objects.active().filter(pk__in=paused).select_related("programme", "organisation"):
                    settle_consent(mentorship=row)
                    count += 1
        except Exception:
            logger.exception("guardians of organisation %s", organisation_id)
    return count
