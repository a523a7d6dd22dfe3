"""A goal in page words: cards for lists, and who has agreed what."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from common.words import short_day
from programmes.enums import Side

from .enums import Pending
from .models import Goal, GoalAgreement, GoalStep, GoalWording
from .services.goals import assess_goal
from .services.wordings import missing_students
from .smart import Assessment
from .track import Track, track_of


@dataclass(frozen=True)
class Agreed:
    """How far the two have agreed a goal's words. ``kind`` colours it: good, warn or "". ``mine``: the viewer's yes is missing."""

    words: str
    kind: str = ""
    icon: str = ""
    mine: bool = False


def agreed_of(goal, *, names, side="", in_group=False) -> Agreed | None:
    """None for a mentor's own goal, which is nobody else's to agree, and for a settled one that is past it.

    goal: with_own_yes. names: {"student": "Gwen", "mentor": "Dafydd"}, first names, in a group of those whose yes is missing;
    side: the viewer's, "" for others.
    """
    if goal.is_mentors or (not goal.is_open and not goal.agreed_at):
        return None
    if not goal.pending or not goal.is_open:
        words = _("Agreed by everybody, %(when)s") if in_group and not goal.owner_id else _("Agreed by both, %(when)s")
        return Agreed(words % {"when": short_day(goal.agreed_at)}, "good", "check")
    mine = bool(side) and goal.pending in {side, Pending.BOTH} and not goal.has_my_yes
    if mine:
        words = _("A change waits for your yes") if goal.agreed_at else _("Waits for your yes")
    elif goal.pending == Pending.BOTH:
        words = _("Not agreed yet")
    else:
        who = names.get(goal.pending) or goal.get_pending_display()
        if goal.pending == Pending.STUDENT and goal.owner_id:  # of a group: the one whose goal it is
            who = goal.owner.membership.first_name or goal.owner.name
        words = (_("A change waits for %(who)s") if goal.agreed_at else _("Waits for %(who)s’s yes")) % {"who": who}
    return Agreed(words, "warn" if mine else "", "hand" if mine else "clock", mine)


@dataclass
class GoalCard:
    """A goal with its letters, its steps, whether it is on track, and whether it is agreed."""

    goal: Goal
    smart: Assessment
    track: Track
    steps: list
    agreed: Agreed | None = None

    @property
    def done_steps(self):
        return sum(1 for step in self.steps if step.done_at)

    @property
    def next_step(self):
        return next((step for step in self.steps if not step.done_at), None)


@dataclass
class Board:
    """The goals of a mentorship as one person sees them: ``cards`` of the students, ``own`` of its mentors."""

    cards: list = field(default_factory=list)
    own: list = field(default_factory=list)
    waiting: int = 0  # goals that wait for this person's yes
    is_mentor: bool = False  # the person who looks is a mentor here


def goal_board(mentorship, membership, *, today, people) -> Board:
    """Every goal of a mentorship that the person may see, open ones first, in three queries. people: (side, participant) pairs."""
    goals = Goal.every.visible_to(membership).filter(mentorship=mentorship).select_related("owner__membership")
    goals = goals.prefetch_related(Prefetch("steps", GoalStep.objects.select_related("owner__membership")), "objectives").order_by("id")
    names, side = names_of(people), side_in(people, membership) if mentorship.is_active else ""
    goals = list(with_own_yes(goals, membership))
    missing, in_group = _missing_names(goals, people), is_group(people)
    agreed = {one.pk: agreed_of(one, names=names | missing.get(one.pk, {}), side=side, in_group=in_group) for one in goals}
    cards = [goal_card(goal, mentorship=mentorship, today=today, agreed=agreed[goal.pk]) for goal in goals]
    cards.sort(key=lambda card: not card.goal.is_open)
    students = [card for card in cards if not card.goal.is_mentors]
    waiting = sum(1 for card in students if card.agreed and card.agreed.mine)
    own = [card for card in cards if card.goal.is_mentors]
    return Board(students, own, waiting, is_mentor=side == Side.MENTOR.value)


def with_own_yes(goals, membership):
    """Annotate ``has_my_yes``: the person has said yes to the latest words of the goal, whoever else has not."""
    later = GoalWording.objects.filter(goal=OuterRef("wording__goal"), number__gt=OuterRef("wording__number"))
    mine = GoalAgreement.objects.filter(~Exists(later), membership=membership, wording__goal=OuterRef("pk"))
    return goals.annotate(has_my_yes=Exists(mine))


def _missing_names(goals, people) -> dict[int, dict]:
    """{goal's id: {"student": first names}} of the students of a group whose yes is missing; two queries, none for a pair."""
    asked = [goal for goal in goals if goal.is_open and goal.pending in {Pending.STUDENT, Pending.BOTH}]
    if not asked or not is_group(people):
        return {}
    latest = {}
    for one in GoalWording.objects.filter(goal__in=asked).order_by("number").prefetch_related("agreements"):
        latest[one.goal_id] = one.agreements.all()
    return {goal.pk: missing_names(goal, latest.get(goal.pk, ()), people) for goal in asked}


def missing_names(goal, agreements, people) -> dict:
    """{"student": first names} of the students whose yes to these words is missing; {} where none is."""
    seats = [SimpleNamespace(side=str(side), participant=one, participant_id=one.pk) for side, one in people if _is_present(one)]
    return names_of((seat.side, seat.participant) for seat in missing_students(goal, agreements, seats))


def is_group(people) -> bool:
    """Whether more than one student is there. people: (side, participant) pairs."""
    return sum(1 for side, one in people if str(side) == Side.STUDENT.value and _is_present(one)) > 1


def _is_present(participant) -> bool:
    return not (participant.withdrawn_at or participant.membership.left_at)


def goal_card(goal, *, mentorship, today, agreed=None) -> GoalCard:
    steps = list(goal.steps.all())
    track = track_of(
        percent=goal.percent,
        started_on=timezone.localdate(goal.created_at),
        due_on=goal.due_on,
        today=today,
        done=not goal.is_open,
    )
    return GoalCard(goal, assess_goal(goal, mentorship=mentorship, today=today, steps=len(steps)), track, steps, agreed)


def names_of(people) -> dict:
    """{"student": "Gwen", "mentor": "Dafydd and Amara"}: the first names on each side. people: (side, participant) pairs."""
    found = {}
    for side, participant in people:
        found.setdefault(str(side), []).append(participant.membership.first_name or participant.name)
    return {side: get_text_list(names, _("and")) for side, names in found.items()}


def side_in(people, membership) -> str:
    """ "student" or "mentor" for a member of the mentorship, "" for others. people: (side, participant) pairs."""
    sides = {str(side) for side, participant in people if participant.membership_id == membership.pk}
    return Side.STUDENT.value if Side.STUDENT.value in sides else next(iter(sides), "")


def parts_of(text) -> list:
    """The coach's three steps as lines, without their full stops."""
    return [part.strip(" .") for part in text.split(". ") if part.strip(" .")]
