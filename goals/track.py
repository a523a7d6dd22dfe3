"""Whether a goal is on track, by one plain rule. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

SLACK = 25  # per cent a goal may lie behind the time that has passed


@dataclass(frozen=True)
class Track:
    """``on``: on track. ``words``: why, in a sentence for the page."""

    on: bool
    words: str


def track_of(*, percent, started_on, due_on, today, done=False) -> Track:
    """Off track when overdue, or when progress lies more than a quarter behind the share of time that has passed.

    percent: 0 to 100; started_on, due_on (or None), today: dates. A goal without a date is on track: nothing says otherwise.
    """
    if done:
        return Track(True, _("Reached"))
    if due_on is None:
        return Track(True, _("No date yet"))
    if today > due_on:
        return Track(False, _("Past its date"))
    expected = _share_of_time(started_on, due_on, today)
    if percent + SLACK < expected:
        return Track(False, _("Behind: %(percent)s %% done, %(expected)s %% of the time gone") % {"percent": percent, "expected": expected})
    return Track(True, _("On track"))


def _share_of_time(start: date, end: date, today: date) -> int:
    whole = (end - start).days
    return 0 if whole <= 0 else max(0, min(100, round(100 * (today - start).days / whole)))



def is_on_track(goal, today) -> bool | None:
    """The same rule for a saved goal; None without a date, since nobody can tell."""
    if goal.due_on is None:
        return None
    done = goal.status != "open"
    return track_of(percent=goal.percent, started_on=timezone.localdate(goal.created_at), due_on=goal.due_on, today=today, done=done).on
