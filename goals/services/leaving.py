"""Somebody leaves a group: their own goals are set aside; the group's stay, and wait for one yes less."""

from django.utils import timezone

from audit.services import record

from ..enums import Change
from ..models import Goal
from .locking import note_change
from .wordings import ask_again


def set_aside(*, mentorship, participant, by) -> int:
    """Set aside the open goals in a mentorship that are this one person's. Returns how many."""
    goals = list(Goal.every.filter(mentorship=mentorship, owner=participant, status=Goal.Status.OPEN))
    for goal in goals:
        goal.status, goal.settled_at = Goal.Status.DROPPED, timezone.now()
        goal.save(update_fields=["status", "settled_at"])
        note_change(goal, Change.DROPPED, by)
        record("goal set aside", by=by, about=goal)
    ask_again(mentorship)
    return len(goals)
