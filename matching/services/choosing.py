"""Choosing rounds: begin one, close it. What people then do with their sheets is in choosing_sheets."""

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.words import day
from organisations.days import local_today
from organisations.services.jobs import start_job
from post.services.outbox import drop_labelled, label
from programmes.enums import Side
from programmes.models import Participant

from ..models import Candidate, ChoiceSheet, ChoosingRound, SpeedMeeting
from ..run_rules import RunRules, without_choice
from ..timetable import slots_needed, timetable
from . import choosing_letters
from .choosing_spread import spread, usual_cap
from .criteria import settings_of
from .questionnaires import refuse_if_closed
from .records import build_pool
from .refused import Refused, quietly
from .runs import lock_programme
from .storing import as_json

JOB = "choosing-round"
NOBODY_LEFT = "nobody_left"  # ours, not the engine's: a mentor to whom no student could be shown
BATCH = 1000


@dataclass(frozen=True)
class Plan:
    """What a coordinator decides. Fields as in ChoosingRound; shown_to_most: None for the usual cap. opens_at: ignored with meetings."""

    sides: str
    per_person: int
    closes_on: date
    opens_at: datetime | None = None
    shown_to_most: int | None = None
    meets_at: datetime | None = None
    meeting_minutes: int = 10
    place: str = ""

    def as_json(self) -> dict:
        return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data):
        moments = {key: data[key] and datetime.fromisoformat(data[key]) for key in ("opens_at", "meets_at")}
        return cls(**data | moments | {"closes_on": date.fromisoformat(data["closes_on"])})

    @property
    def students_choose(self):
        return self.sides != ChoosingRound.Sides.MENTORS


def latest_round(programme) -> ChoosingRound | None:
    """The newest round of a programme, open or closed."""
    return ChoosingRound.objects.filter(programme=programme).select_related("organisation").first()


def start_round(*, programme, plan: Plan, by):
    """Begin a round in the worker; returns the Job. A second press returns the one that is under way. Refused while one is open."""
    refuse_if_closed(programme)
    _refuse_while_open(programme)
    return start_job(JOB, by=by, target_id=programme.pk, params=plan.as_json())


def make_round(*, programme, plan: Plan, rules: RunRules, by, at=None, progress=quietly) -> ChoosingRound:
    """Choose candidates for everybody who may choose, make the timetable, write the letters: all of it or nothing.

    rules: of the last run; what they rule out is not shown. Refused when there is nobody to choose, or one is open already.
    """
    at = at or timezone.now()
    with transaction.atomic():
        programme = lock_programme(programme)
        refuse_if_closed(programme)
        _refuse_while_open(programme, at)
        pool = build_pool(programme, in_person_only=rules.require_same_town, repeat_unanswered=rules.repeat_unanswered)
        plan = _with_cap(plan, pool)
        found = _spread(programme, plan, rules, pool, progress)
        ChoosingRound.objects.filter(programme=programme, closed_at=None).update(closed_at=at)
        choosing = _round(programme, plan, found, by, at)
        sheets = _sheets(choosing, found)
        _meetings(choosing, found)
        choosing_letters.send_first(choosing, sheets, at=at)
        record("choosing round begun", by=by, about=choosing, sides=plan.sides, sheets=len(sheets), pairs=len(found.pairs))
    return choosing


def close_round(*, choosing, by, at=None) -> ChoosingRound:
    """Close a round before its last day. What is on the sheets counts; letters that wait are not sent. Twice is once."""
    with transaction.atomic():
        choosing = ChoosingRound.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=choosing.pk)
        if choosing.closed_at:
            raise Refused(_("This round is closed already."))
        ChoosingRound.objects.filter(pk=choosing.pk).update(closed_at=at or timezone.now())
        drop_labelled([label(one) for one in choosing.sheets.only("pk")])
        record("choosing round closed", by=by, about=choosing)
        choosing.refresh_from_db()
    return choosing


def withdraw_from_rounds(*, participant):
    """Somebody leaves: letters about their own sheets are not sent. On the sheets of others they are no longer shown."""
    drop_labelled([label(one) for one in ChoiceSheet.objects.filter(person=participant).only("pk")])


def withdraw_person_from_rounds(*, membership):
    """The same for somebody who left the organisation, in every programme."""
    drop_labelled([label(one) for one in ChoiceSheet.objects.filter(person__membership=membership).only("pk")])


def _refuse_while_open(programme, at=None):
    last = latest_round(programme)
    if last and last.state(at) != "closed":
        raise Refused(_("A round is open until %(day)s. Close it before you begin another.") % {"day": day(last.closes_on)})


def _with_cap(plan, pool):
    if not pool.students:
        raise Refused(_("There is no student to choose for: everybody has a mentor, or has been asked."))
    mentors = sum(1 for one in pool.mentors if one.capacity)
    if not mentors:
        raise Refused(_("No mentor has a place left, so there is nobody to choose among."))
    cap = plan.shown_to_most or usual_cap(len(pool.students), mentors, plan.per_person, students_choose=plan.students_choose)
    if plan.sides == ChoosingRound.Sides.BOTH or plan.meets_at:
        cap = min(cap, ChoosingRound.MOST)  # whoever is shown so often has to meet them all, or to put them in order
    if plan.meets_at and not plan.students_choose:
        cap = min(cap, ChoosingRound.MOST_MEETINGS)
    return replace(plan, shown_to_most=cap)


def _spread(programme, plan, rules, pool, progress):
    settings = settings_of(programme, without_choice(rules), pool)
    most = (plan.per_person, plan.shown_to_most) if plan.students_choose else (plan.shown_to_most, plan.per_person)
    found = spread(pool, settings, per_student=most[0], per_mentor=most[1], progress=progress)
    if not found.pairs:
        raise Refused(_("Nobody could be shown anybody: every pair breaks a rule for matching, or one of the two said no before."))
    return found


def _round(programme, plan, found, by, at):
    opens_at = plan.opens_at or at
    if plan.meets_at:
        slots = slots_needed((one.student, one.mentor) for one in found.pairs)
        opens_at = plan.meets_at + timedelta(minutes=slots * plan.meeting_minutes)
    if local_today(programme.organisation, opens_at) > plan.closes_on:
        raise Refused(_("It would close before it opens. Choose a later last day."))
    number = ChoosingRound.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
    kept = {key: getattr(plan, key) for key in ("sides", "per_person", "shown_to_most", "closes_on", "meets_at", "meeting_minutes", "place")}
    return ChoosingRound.objects.create(programme=programme, number=number + 1, opens_at=opens_at, made_by=by, **kept)


def _sheets(choosing, found):
    """A sheet for everybody who chooses, and with meetings for everybody who meets; in the order of their ids."""
    by_person = defaultdict(list)
    for one in found.pairs:
        by_person[one.student].append((one.mentor, one.reasons))
        by_person[one.mentor].append((one.student, one.reasons))
    mentors = {one.mentor for one in found.pairs} | found.mentors
    choosers = set()
    if choosing.sides != ChoosingRound.Sides.MENTORS:
        choosers |= {one.student for one in found.pairs} | found.without.keys()
    if choosing.sides != ChoosingRound.Sides.STUDENTS:
        choosers |= mentors
    people = Participant.objects.filter(pk__in=choosers | (by_person.keys() if choosing.meets_at else set()))
    rows = [
        ChoiceSheet(organisation_id=choosing.organisation_id, round=choosing, person=person, without=_why(person, found) if person.pk not in by_person else {})
        for person in people.select_related("membership__organisation").order_by("pk")
    ]
    sheets = ChoiceSheet.objects.bulk_create(rows, batch_size=BATCH)
    Candidate.objects.bulk_create(
        (
            Candidate(
                organisation_id=choosing.organisation_id, sheet=sheet, person_id=other, position=place, reasons=as_json(reasons)
            )
            for sheet in sheets
            if sheet.person_id in choosers
            for place, (other, reasons) in enumerate(by_person[sheet.person_id], 1)
        ),
        batch_size=BATCH,
    )
    return sheets


def _why(person, found):
    reason = found.without.get(person.pk)
    return {"code": reason.code, "params": reason.params} if person.side == Side.STUDENT and reason else {"code": NOBODY_LEFT, "params": {}}


def _meetings(choosing, found):
    if choosing.meets_at:
        slots = timetable((one.student, one.mentor) for one in found.pairs)
        rows = (
            SpeedMeeting(organisation_id=choosing.organisation_id, round=choosing, student_id=student, mentor_id=mentor, slot=slot)
            for (student, mentor), slot in slots.items()
        )
        SpeedMeeting.objects.bulk_create(rows, batch_size=BATCH)
