"""Writing goals and moving them on. Whoever calls has checked that ``by`` may work in the mentorship."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from matching.services.letters import local_today
from matching.services.refused import Refused

from ..models import Goal, GoalProgress, GoalStep
from ..smart import Assessment, assess

MOST_GOALS = 20
MOST_STEPS = 20
TWICE_SECONDS = 60


def create_goal(*, mentorship, by, title, measure="", why="", due_on=None, steps=()) -> Goal:
    """Write a goal with its first steps. The same title sent twice within a minute is one goal (a double click)."""
    with transaction.atomic():
        _lock(mentorship)
        recent = timezone.now() - timedelta(seconds=TWICE_SECONDS)
        twin = Goal.objects.filter(mentorship=mentorship, title=title, written_by=by, created_at__gte=recent).first()
        if twin:
            return twin
        if Goal.objects.filter(mentorship=mentorship).count() >= MOST_GOALS:
            raise Refused(_("Twenty goals are enough for one mentorship. Settle one first."))
        goal = Goal.objects.create(mentorship=mentorship, written_by=by, title=title, measure=measure, why=why, due_on=due_on)
        GoalStep.objects.bulk_create(
            GoalStep(organisation_id=goal.organisation_id, goal=goal, text=text[:300]) for text in steps if text.strip()
        )
        GoalProgress.objects.create(goal=goal, percent=0, by=by)
        record("goal written", by=by, about=goal)
    return goal


def change_goal(*, goal, by, **fields) -> Goal:
    """Change the words or the date."""
    for name, value in fields.items():
        setattr(goal, name, value)
    goal.save(update_fields=list(fields))
    record("goal changed", by=by, about=goal)
    return goal


def record_progress(*, goal, percent, by, note="") -> GoalProgress:
    """Note how far a goal is, 0 to 100. 100 does not settle it: the two say that themselves."""
    _open(goal)
    percent = max(0, min(100, percent))
    Goal.objects.filter(pk=goal.pk).update(percent=percent)
    goal.percent = percent
    return GoalProgress.objects.create(goal=goal, percent=percent, note=note[:500], by=by)


def add_step(*, goal, text, by, owner=None, due_on=None) -> GoalStep:
    _open(goal)
    if goal.steps.count() >= MOST_STEPS:
        raise Refused(_("Twenty steps are enough for one goal."))
    step, _made = GoalStep.objects.get_or_create(goal=goal, text=text, defaults={"owner": owner, "due_on": due_on})
    return step


def toggle_step(*, step, done, by, at=None) -> GoalStep:
    """Tick a step or untick it; progress follows where nobody has set it otherwise."""
    _open(step.goal)
    followed = step.goal.percent == share_done(step.goal)
    step.done_at = (step.done_at or at or timezone.now()) if done else None
    step.save(update_fields=["done_at"])
    share = share_done(step.goal)
    if followed and share != step.goal.percent:
        record_progress(goal=step.goal, percent=share, by=by, note=step.text)
    return step


def remove_step(*, step, by):
    _open(step.goal)
    step.delete()


def settle_goal(*, goal, status, by, at=None) -> Goal:
    """Reached, set aside, or open again."""
    if status not in Goal.Status.values:
        raise Refused(_("Choose reached or set aside."))
    goal.status = status
    goal.settled_at = None if status == Goal.Status.OPEN else at or timezone.now()
    if status == Goal.Status.DONE and goal.percent < 100:
        goal.percent = 100
        GoalProgress.objects.create(goal=goal, percent=100, by=by)
    goal.save(update_fields=["status", "settled_at", "percent"])
    record("goal settled", by=by, about=goal, status=str(status))
    return goal


def carry_over(*, old, new, by) -> int:
    """Open goals go on in the mentorship that carries this one on, with their steps and their history. Returns how many."""
    moved = Goal.objects.filter(mentorship=old, status=Goal.Status.OPEN).update(mentorship=new)
    if moved:
        record("goals carried over", by=by, about=new, number=moved)
    return moved


def share_done(goal) -> int:
    """Per cent of the steps that are done; 0 without steps."""
    steps = list(goal.steps.all())
    return round(100 * sum(1 for step in steps if step.done_at) / len(steps)) if steps else 0


def assess_goal(goal, *, mentorship, today=None, steps=None) -> Assessment:
    """What the SMART coach says of a saved goal, judged as of the day it was written."""
    placement = mentorship.placement
    return assess(
        goal.title,
        measure=goal.measure,
        why=goal.why,
        due=goal.due_on,
        start=placement.starts_on if placement else mentorship.started_on,
        end=placement.ends_on if placement else mentorship.ends_on,
        steps=goal.steps.count() if steps is None else steps,
        today=today or local_today(mentorship.organisation),
        set_on=timezone.localdate(goal.created_at),
    )


def _open(goal):
    if goal.status != Goal.Status.OPEN:
        raise Refused(_("This goal is settled. Open it again to change it."))


def _lock(mentorship):
    type(mentorship).objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
