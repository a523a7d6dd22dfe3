"""Agreeing a goal's words: one side proposes, the other says yes. An agreed goal stays as it is until a change is agreed too.

In a group a goal that is everybody's needs the yes of every student.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from matching.services.members import present_seats
from programmes.enums import Side

from ..enums import Pending
from ..models import Goal, GoalAgreement, GoalWording
from .locking import lock_goal, lock_open

BOTH = {Side.STUDENT, Side.MENTOR}


class Outdated(Refused):
    """Somebody else wrote in the meantime. ``latest``: the GoalWording that is there now."""

    def __init__(self, latest):
        self.latest = latest
        who = latest.by.name if latest.by else _("Somebody")
        super().__init__(_("%(who)s changed this goal while you had it open.") % {"who": who})


def start_wording(*, goal, by, side, at=None) -> GoalWording:
    """Keep a new goal's words as the first version. Who writes says yes to it."""
    words = {name: getattr(goal, name) for name in GoalWording.FIELDS}
    wording = GoalWording.objects.create(goal=goal, number=1, by=by, **words)
    _say_yes(wording, by, side)
    _take_stock(goal, wording, at)
    return wording


def propose_wording(*, goal, by, side, base=None, at=None, **words) -> GoalWording:
    """Write new words. ``side``: the writer's, "" for a coordinator; ``base``: the version the writer saw (None: whatever it is).

    A goal that was never agreed, and a mentor's own, takes them at once; an agreed one keeps its words until both say yes.
    Raises Outdated when somebody else wrote a later version than ``base``.
    """
    with transaction.atomic():
        goal = lock_open(goal)
        latest = _latest(goal)
        if base is not None and base != latest.number:
            raise Outdated(latest)
        standing = _open_words(goal, latest)
        if words == standing:
            return latest
        wording = GoalWording.objects.create(goal=goal, number=latest.number + 1, by=by, **words)
        _say_yes(wording, by, side)
        _take_stock(goal, wording, at)
        record("goal changed", by=by, about=goal, number=wording.number)
    return wording


def agree_wording(*, goal, number, by, side, at=None) -> Goal:
    """Say yes to the latest words. Raises Outdated when ``number`` is not the latest any more."""
    if side not in BOTH:
        raise Refused(_("Only the student and the mentor can agree a goal."))
    with transaction.atomic():
        goal = lock_open(goal)
        wording = _latest(goal)
        if wording.number != number:
            raise Outdated(wording)
        if wording.closed_at is None:
            _say_yes(wording, by, side)
            _take_stock(goal, wording, at)
            record("goal agreed", by=by, about=goal, number=number)
    return goal


def keep_wording(*, goal, number, by, at=None) -> Goal:
    """Leave an agreed goal as it is: the change that was proposed is not taken up."""
    with transaction.atomic():
        goal = lock_open(goal)
        wording = _latest(goal)
        if wording.number != number:
            raise Outdated(wording)
        if goal.agreed_at is None or wording.number == goal.number:
            raise Refused(_("There is nothing to go back to: this goal has not been agreed yet. Change its words instead."))
        if wording.closed_at is None:
            wording.closed_at, wording.closed_by = at or timezone.now(), by
            wording.save(update_fields=["closed_at", "closed_by"])
            goal.pending = ""
            goal.save(update_fields=["pending"])
            record("goal kept as agreed", by=by, about=goal, number=goal.number)
    return goal


def _take_stock(goal, wording, at):
    """Whose yes is missing; and whether these words stand now."""
    said = _sides_that_agree(goal, wording)
    missing = set() if goal.is_mentors else BOTH - said
    fields = ["pending"]
    goal.pending = "" if not missing else Pending.BOTH if missing == BOTH else next(iter(missing))
    if not missing or goal.agreed_at is None:
        for name, value in wording.words.items():
            setattr(goal, name, value)
        goal.number = wording.number
        fields += [*GoalWording.FIELDS, "number"]
    if not missing and not goal.is_mentors:
        goal.agreed_at = at or timezone.now()
        fields.append("agreed_at")
    goal.save(update_fields=fields)


def ask_again(mentorship):
    """Somebody left a group: what waited for their yes alone is agreed. Call in a transaction."""
    for waiting in Goal.objects.filter(mentorship=mentorship, status=Goal.Status.OPEN, owner=None).exclude(pending=""):
        goal = lock_goal(waiting)
        _take_stock(goal, _latest(goal), None)


def missing_students(goal, agreements, seats) -> list:
    """The students of a group whose yes to these words is missing, as seats; [] where the students' side has agreed.

    Of two people one yes is their side's. In a group a goal with an owner asks that owner, one without asks every student.
    agreements: of the words that are asked about; seats: those of who is present (matching.services.members).
    """
    students = [seat for seat in seats if seat.side == Side.STUDENT]
    yes = {one.membership_id for one in agreements if one.side == Side.STUDENT}
    if len(students) < 2:
        return [] if yes else students
    asked = [seat for seat in students if goal.owner_id in (None, seat.participant_id)]
    return [seat for seat in asked if seat.participant.membership_id not in yes]


def _sides_that_agree(goal, wording) -> set[str]:
    agreements = list(wording.agreements.all())
    said = {one.side for one in agreements}
    if Side.STUDENT in said and not goal.is_mentors and missing_students(goal, agreements, present_seats(goal.mentorship)):
        said.discard(Side.STUDENT)
    return said


def _say_yes(wording, by, side):
    if side in BOTH:
        GoalAgreement.objects.get_or_create(wording=wording, side=side, membership=by, defaults={"name": by.name})


def _latest(goal) -> GoalWording:
    """The last version; made from the goal's own words where none was kept."""
    found = goal.wordings.select_related("by").order_by("-number").first()
    if found is None:
        words = {name: getattr(goal, name) for name in GoalWording.FIELDS}
        found = GoalWording.objects.create(goal=goal, number=1, by=goal.written_by, **words)
        goal.number = 1
        goal.save(update_fields=["number"])
    return found


def _open_words(goal, latest) -> dict:
    """What a new version is compared with: the latest words, unless they were not taken up."""
    return {name: getattr(goal, name) for name in GoalWording.FIELDS} if latest.closed_at else latest.words
