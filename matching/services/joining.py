"""Somebody joins a running group, or leaves it. Nobody is at fault."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from programmes.enums import Side

from ..engine import score_pair
from ..models import ChangeRequest, Mentorship, MentorshipMember
from ..signals import member_left
from . import letters
from .agreements import complete_with_who_is_left
from .pairing import pool_and_settings
from .refused import Refused
from .runs import NEVER, latest_run
from .seats import add_member, free_seats


def join_group(*, mentorship, participant, by, at=None) -> MentorshipMember:
    """A coordinator gives a student, or a further mentor, a seat in a running group; a second time gives the seat there is.

    Refused where the group is full as its format goes or has ended, where a rule that nobody sets aside keeps two of them
    apart, and for a student who has a mentor or was asked already.
    """
    with transaction.atomic():
        mentorship = _running(mentorship)
        seat = mentorship.members.filter(participant=participant).first()
        if seat:
            return seat
        if participant.programme_id != mentorship.programme_id or participant.withdrawn_at or participant.membership.left_at:
            raise Refused(_("Choose somebody who takes part in this programme."))
        if not free_seats(mentorship)[participant.side]:
            raise Refused(_("This group is full. Its format allows no more."))
        _refuse_unless_fitting(mentorship, participant)
        return add_member(mentorship=mentorship, participant=participant, by=by, at=at)


def leave_group(*, mentorship, participant, by, looks_again=True, reason="", at=None):
    """Somebody leaves a running group, which goes on. The reason is the coordinators'; the others hear that it happened.

    looks_again: whether a student looks for another mentor. Refused for the last student or the last mentor: then the
    mentorship ends, or is handed over.
    """
    at = at or timezone.now()
    with transaction.atomic():
        mentorship = _running(mentorship)
        seat = mentorship.members.filter(participant=participant).first()
        if seat is None:
            raise Refused(_("%(name)s has left this group already.") % {"name": participant.name})
        if mentorship.members.filter(side=seat.side).count() == 1:
            raise Refused(_("Nobody would be left on this side. End the mentorship, or find a new mentor for it, instead."))
        _keep_why(mentorship, participant, looks_again, reason, by, at)
        seat.delete()
        others = letters.members_of(mentorship)
        letters.send_over(mentorship, [participant], others, looks_again=looks_again)
        letters.send_group_changed(mentorship, participant, others, joined=False, at=at)
        record("left a mentorship", by=by, about=mentorship, side=participant.side)
        member_left.send(sender=Mentorship, mentorship=mentorship, participant=participant, by=by)
        complete_with_who_is_left(mentorship=mentorship, by=by, at=at)


def _running(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "organisation")
    mentorship = rows.get(pk=mentorship.pk)
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended already. Nothing was changed."))
    return mentorship


def _refuse_unless_fitting(mentorship, newcomer):
    people = [newcomer, *letters.members_of(mentorship)]
    students = [one for one in people if one.side == Side.STUDENT]
    mentors = [one for one in people if one.side == Side.MENTOR]
    pool, settings = pool_and_settings(
        mentorship.programme, latest_run(mentorship.programme), also={one.pk for one in students if one != newcomer}
    )
    if newcomer.pk not in pool.by_id:
        raise Refused(_("%(name)s has a mentor, or has been asked already.") % {"name": newcomer.name})
    for student in students if newcomer.side == Side.MENTOR else [newcomer]:
        for mentor in mentors if newcomer.side == Side.STUDENT else [newcomer]:
            records = pool.by_id.get(student.pk), pool.by_id.get(mentor.pk)
            if None not in records and NEVER & set(score_pair(*records, settings).broken_rules):
                raise Refused(_("%(mentor)s cannot be the mentor of %(student)s.") % {"mentor": mentor.name, "student": student.name})


def _keep_why(mentorship, participant, looks_again, reason, by, at):
    """What the person asked for, if they did, is settled; else a note of the same kind is kept, for the coordinators."""
    kept = {"wish": ChangeRequest.Wish.ANOTHER if looks_again else ChangeRequest.Wish.STOP, "settled_at": at}
    kept["settled_by"] = by if hasattr(by, "pk") else None
    if reason.strip():
        kept["reason"] = reason.strip()
    if not ChangeRequest.objects.filter(mentorship=mentorship, participant=participant, settled_at=None).update(**kept):
        ChangeRequest.objects.create(mentorship=mentorship, participant=participant, **kept)
