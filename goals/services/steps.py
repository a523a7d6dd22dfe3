"""The steps of a goal."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.refused import Refused

from ..enums import Change
from ..models import GoalStep
from .locking import lock_open, note_change
from .progress import record_progress

MOST_STEPS = 20


def add_step(*, goal, text, by, owner=None, due_on=None) -> GoalStep:
    """The same text twice is one step, until that is done."""
    with transaction.atomic():
        goal = lock_open(goal)
        twin = goal.steps.filter(text=text, done_at=None).first()
        if twin:
            return twin
        if goal.steps.count() >= MOST_STEPS:
            raise Refused(_("Twenty steps are enough for one goal."))
        step = GoalStep.objects.create(goal=goal, text=text, owner=owner, due_on=due_on)
        note_change(goal, Change.STEP_ADDED, by, text)
    return step


def change_step(*, step, by, text, owner, due_on) -> GoalStep:
    with transaction.atomic():
        step = _as_it_is(step)
        if (step.text, step.owner, step.due_on) != (text, owner, due_on):
            step.text, step.owner, step.due_on = text, owner, due_on
            step.save(update_fields=["text", "owner", "due_on"])
            note_change(step.goal, Change.STEP_CHANGED, by, text)
    return step


def toggle_step(*, step, done, by, at=None) -> GoalStep:
    """Tick a step or untick it; progress follows where nobody has set it otherwise."""
    with transaction.atomic():
        step = _as_it_is(step)
        goal = step.goal
        if bool(step.done_at) == done:
            return step
        followed = goal.percent == share_done(goal)
        step.done_at = at or timezone.now() if done else None
        step.save(update_fields=["done_at"])
        share = share_done(goal)
        if followed and share != goal.percent:
            record_progress(goal=goal, percent=share, by=by, note=step.text if done else "")
        else:
            note_change(goal, Change.STEP_DONE if done else Change.STEP_UNDONE, by, step.text)
    return step


def remove_step(*, step, by):
    """Twice is once."""
    with transaction.atomic():
        goal = lock_open(step.goal)
        step = goal.steps.filter(pk=step.pk).first()
        if step is None:
            return
        note_change(step.goal, Change.STEP_REMOVED, by, step.text)
        step.delete()


def _as_it_is(step) -> GoalStep:
    """The step as it is now, its goal held. Refused when somebody has removed it meanwhile."""
    goal = lock_open(step.goal)
    found = goal.steps.filter(pk=step.pk).select_related("owner").first()
    if found is None:
        raise Refused(_("Somebody has removed this step meanwhile."))
    found.goal = goal
    return found


def share_done(goal) -> int:
    """Per cent of the steps that are done; 0 without steps."""
    done = list(GoalStep.objects.filter(goal=goal).values_list("done_at", flat=True))
    return round(100 * sum(at is not None for at in done) / len(done)) if done else 0
