"""A mentor who must stop: the best substitute for each of their mentorships, and handing one over. Nobody is at fault."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.days import local_today
from programmes.enums import Side
from programmes.models import Participant

from ..agreement_text import version_for
from ..engine import PairScore, score_mentors, solve
from ..enums import MentorshipStatus, Stage
from ..models import Agreement, Mentorship, MentorshipMember
from ..signals import match_confirmed, mentorship_handed_over
from . import letters
from .mentorships import close, running
from .pairing import pool_and_settings
from .refused import Refused
from .runs import latest_run

OFFERED = 5


@dataclass(frozen=True)
class Substitutes:
    """For one mentorship: the mentor the engine proposes (id, or None) and who else could, best first."""

    mentorship: Mentorship
    students: list[Participant]
    proposed: int | None
    pairs: list[PairScore]


def running_mentorships(mentor) -> list[Mentorship]:
    """Those the mentor has now."""
    seats = MentorshipMember.objects.filter(participant=mentor, side=Side.MENTOR)
    rows = Mentorship.objects.active().filter(pk__in=seats.values("mentorship")).select_related("programme", "organisation")
    return list(rows.order_by("pk"))


def propose_substitutes(mentor) -> list[Substitutes]:
    """The engine over mentors with free places: the best set of substitutes for all the mentor's students together.

    A group is judged by its first student.
    """
    mentorships = running_mentorships(mentor)
    students = _students_of(mentorships)
    first = {row.pk: students[row.pk][0] for row in mentorships if students[row.pk]}
    pool, settings = _pool(mentor.programme, first.values())
    records = {one.id: one for one in pool.students}
    others = [one for one in pool.mentors if one.id != mentor.pk]
    theirs = [records[one.pk] for one in first.values() if one.pk in records]
    forbidden = _among(pool.forbidden, theirs, others)
    settings = replace(settings, least_per_group=0)  # a group goes as it is to one mentor; here its first student stands for it
    chosen = {one.student_id: one.mentor_id for one in solve(theirs, others, settings, (), forbidden).matches}
    return [
        Substitutes(row, students[row.pk], chosen.get(first[row.pk].pk), _fitting(records.get(first[row.pk].pk), others, settings, forbidden))
        for row in mentorships
        if row.pk in first
    ]


def hand_over(*, mentorship, mentor, substitute, by, at=None) -> Mentorship:
    """End it by agreement and begin the one that carries it on, with the substitute in the mentor's seat.

    Refused when it has ended, when the substitute has no place left, or when a rule that nobody sets aside keeps the two apart.
    """
    at = at or timezone.now()
    with transaction.atomic():
        old = running(mentorship)
        students = _students_of([old])[old.pk]
        _refuse_unless_possible(old, students, mentor, substitute)
        today = local_today(old.organisation, at)
        close(old, status=MentorshipStatus.ENDED_BY_AGREEMENT, seeks_again=False, by=by, at=at)
        new = Mentorship.objects.create(
            programme=old.programme,
            placement_id=old.placement_id,
            stage=Stage.RAPPORT,
            stage_since=today,
            started_on=today,
            ends_on=max(today, old.ends_on),
            carries_on=old,
        )
        stay = [seat.participant for seat in old.members.select_related("participant") if seat.participant_id != mentor.pk]
        for person in [*stay, substitute]:
            MentorshipMember.objects.create(mentorship=new, participant=person, side=person.side)
        agreement = Agreement.objects.create(mentorship=new, version=version_for(new.programme))
        letters.send_handed_over(old, new, mentor, substitute)
        letters.send_agreement(agreement, letters.members_of(new))
        record("mentorship handed over", by=by, about=new)
        match_confirmed.send(sender=Mentorship, mentorship=new, by=by)
        mentorship_handed_over.send(sender=Mentorship, old=old, new=new, by=by)
    return new


def _refuse_unless_possible(old, students, mentor, substitute):
    # The substitute's row is held, so that two hand-overs at once do not give the last place twice.
    Participant.objects.select_for_update(of=("self",), no_key=True).get(pk=substitute.pk)
    pool, settings = _pool(old.programme, students)
    record_of, found = {one.id: one for one in pool.students}, pool.by_id.get(substitute.pk)
    if substitute.pk == mentor.pk or substitute.side != Side.MENTOR or found is None:
        raise Refused(_("Choose a mentor of this programme."))
    if found.capacity < len(students):
        raise Refused(_("%(name)s has no place left by now. Choose somebody else.") % {"name": substitute.name})
    for student in students:
        pairs = score_mentors(record_of[student.pk], [found], settings) if student.pk in record_of else []
        if pairs and set(pairs[0].broken_rules) & {"line_manager", "excluded", "declared_conflict"}:
            raise Refused(_("%(mentor)s cannot be the mentor of %(student)s.") % {"mentor": substitute.name, "student": student.name})


def _pool(programme, students):
    return pool_and_settings(programme, latest_run(programme), also={one.pk for one in students})


def _fitting(student, others, settings, forbidden) -> list[PairScore]:
    if student is None or not others:
        return []
    pairs = [one for one in score_mentors(student, others, settings, forbidden) if not one.broken_rules]
    return sorted(pairs, key=lambda one: (-one.points, one.mentor_id))[:OFFERED]


def _among(pairs, students, mentors):
    left, right = {one.id for one in students}, {one.id for one in mentors}
    return {pair for pair in pairs if pair[0] in left and pair[1] in right}


def _students_of(mentorships) -> dict[int, list[Participant]]:
    found = {row.pk: [] for row in mentorships}
    seats = MentorshipMember.objects.filter(mentorship__in=found, side=Side.STUDENT).select_related("participant__membership")
    for seat in seats.order_by("pk"):
        found[seat.mentorship_id].append(seat.participant)
    return found

