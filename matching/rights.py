"""Who may write in a mentorship. Reading is ``visible_to``; writing is narrower."""

from django.core.exceptions import PermissionDenied

from organisations.roles import Can
from programmes.enums import Side

from .models import Mentorship


def may_work_in(membership, mentorship) -> bool:
    """Its members, and coordinators (who note what reached them another way). Tutors read."""
    if membership.can(Can.RUN_PROGRAMMES):
        return True
    return Mentorship.objects.worked_in_by(membership).filter(pk=mentorship.pk).exists()


def require_work_in(membership, mentorship):
    """PermissionDenied for whoever may only read."""
    if not may_work_in(membership, mentorship):
        raise PermissionDenied


def side_of(membership, members) -> str:
    """ "student" or "mentor" for a member of the mentorship, "" for others. members: its MentorshipMember rows."""
    sides = {seat.side for seat in members if seat.participant.membership_id == membership.pk}
    return Side.STUDENT.value if Side.STUDENT in sides else next(iter(sides), "")
