"""Whether a goal keeps pace, by a rule that can be said in one sentence. Pure.

A goal is on track while its progress is not more than a quarter behind the time that has passed between the day it was
written and the day it is due; once that day has passed and it is not reached, it is behind. Without a day nobody can tell.
"""

TOLERANCE = 25  # per cent behind the clock that still counts as on track


def expected_percent(set_on, due_on, today) -> int:
    """How much of the time has passed, 0 to 100. ``set_on``, ``due_on``, ``today``: dates."""
    if today >= due_on:
        return 100
    return max(0, round(100 * (today - set_on).days / max(1, (due_on - set_on).days)))


def keeps_pace(percent, set_on, due_on, today) -> bool | None:
    """True on track, False behind, None without a due date."""
    if due_on is None:
        return None
    if percent >= 100:
        return True
    if today > due_on:
        return False
    return percent >= expected_percent(set_on, due_on, today) - TOLERANCE


def is_on_track(goal, today) -> bool | None:
    """The same for a goal: anything with percent, created_at and due_on."""
    return keeps_pace(goal.percent, goal.created_at.date(), goal.due_on, today)
