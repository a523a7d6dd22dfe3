"""The seats of a running mentorship: how many its format allows, and giving somebody one."""

from audit.services import record
from programmes.enums import Side

from ..models import Mentorship, MentorshipMember
from ..signals import member_joined
from . import letters


def add_member(*, mentorship, participant, by, at=None) -> MentorshipMember:
    """A seat, a letter to everybody, and the agreement, which now waits for one more name. Call with the mentorship locked."""
    seat = MentorshipMember.objects.create(mentorship=mentorship, participant=participant, side=participant.side)
    others = [one for one in letters.members_of(mentorship) if one.pk != participant.pk]
    letters.send_started(mentorship, [participant], others)
    agreement = getattr(mentorship, "agreement", None)
    if agreement:
        agreement.signed_at = None
        agreement.save(update_fields=["signed_at"])
        letters.send_agreement(agreement, [participant], others)
    letters.send_group_changed(mentorship, participant, others, joined=True, at=at)
    record("joined a mentorship", by=by, about=mentorship, side=participant.side)
    member_joined.send(sender=Mentorship, mentorship=mentorship, participant=participant, by=by)
    return seat


def free_seats(mentorship) -> dict[str, int]:
    """Side -> how many more its programme's format allows; none where a mentorship is of two people, or has ended."""
    spec = mentorship.programme.spec
    if not spec.is_group or not mentorship.is_active:
        return dict.fromkeys(Side.values, 0)
    sides = list(mentorship.members.values_list("side", flat=True))
    students, mentors = sides.count(Side.STUDENT), sides.count(Side.MENTOR)
    most = min(spec.max_students, mentors * spec.max_students_per_mentor)
    return {Side.STUDENT.value: max(0, most - students), Side.MENTOR.value: max(0, spec.max_mentors - mentors)}
