"""We are done early: said by each member, confirmed by all of them or by the coordinator."""

from django.db import transaction

from audit.services import record
from organisations.days import local_today

from ..enums import MentorshipStatus
from ..models import EarlyEnd, Mentorship, MentorshipMember
from . import letters
from .mentorships import end_mentorship, running


def say_done(*, mentorship, participant, by, at=None) -> Mentorship:
    """A member says that they are done; twice is once. With the last yes it ends, completed early (completed, on its last day or later).

    The others and the coordinators are written to with the first yes. Members who have withdrawn or left need not say it.
    """
    with transaction.atomic():
        mentorship = running(mentorship)
        first = not EarlyEnd.objects.filter(mentorship=mentorship).exists()
        _row, made = EarlyEnd.objects.get_or_create(mentorship=mentorship, participant=participant)
        if not made:
            return mentorship
        record("said to be done early", by=by, about=mentorship)
        waiting = not_yet(mentorship)
        if waiting:
            if first:
                letters.send_done_early(mentorship, participant, waiting)
            return mentorship
        early = local_today(mentorship.organisation, at) < mentorship.ends_on
        status = MentorshipStatus.COMPLETED_EARLY if early else MentorshipStatus.COMPLETED
        return end_mentorship(mentorship=mentorship, status=status, by=by, at=at)


def take_back(*, mentorship, participant, by):
    """Not done after all. Twice is once."""
    with transaction.atomic():
        mentorship = running(mentorship)
        gone, _each = EarlyEnd.objects.filter(mentorship=mentorship, participant=participant).delete()
        if gone:
            record("not done after all", by=by, about=mentorship)


def not_yet(mentorship) -> list:
    """The participants still there who have not said it."""
    said = EarlyEnd.objects.filter(mentorship=mentorship).values("participant")
    seats = MentorshipMember.objects.filter(
        mentorship=mentorship, participant__withdrawn_at=None, participant__membership__left_at=None
    ).exclude(participant__in=said)
    return [seat.participant for seat in seats.select_related("participant__membership").order_by("-side", "pk")]
