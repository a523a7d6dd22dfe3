"""A goal held while it changes, and the line that its history gets."""

from django.utils.translation import gettext as _

from common.refused import Refused
from matching.services.contact import require_contact

from ..models import Goal, GoalChange


def note_change(goal, kind, by, text=""):
    GoalChange.objects.create(goal=goal, kind=kind, by=by, text=text[:300])


def lock_goal(goal) -> Goal:
    """The goal as it is now, held until the transaction ends."""
    return Goal.every.select_for_update(of=("self",)).select_related("mentorship").get(pk=goal.pk)


def lock_open(goal) -> Goal:
    """The same; refused when the goal is settled or its mentorship has ended."""
    goal = lock_goal(goal)
    if not goal.mentorship.is_active:
        raise Refused(_("This mentorship has ended: its goals can be read, not changed."))
    require_contact(goal.mentorship)
    if not goal.is_open:
        raise Refused(_("This goal is settled. Open it again to change it."))
    return goal
