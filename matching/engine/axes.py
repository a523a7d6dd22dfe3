"""The five questions of fit as whole numbers from 0 to 100; README has the table of values."""

from collections.abc import Callable

import numpy as np

from .records import Settings
from .table import Array
from .views import View

NEUTRAL = 50  # one side has not answered
POINTS = 100  # points in one unit of score


def role(view: View, settings: Settings) -> Array:
    """Same line of work, and how long in it (4 for each of the first ten years)."""
    student, mentor = view.student("industry"), view.mentor("industry")
    years = np.clip(view.mentor("years"), 0, 10)
    value = np.where(student == mentor, 60 + 4 * years, 0)
    return np.where((student < 0) | (mentor < 0), NEUTRAL, value).astype(np.int16)


def goals(view: View, settings: Settings) -> Array:
    """Share of the wanted skills the mentor has (3 parts), and a career goal in common (1)."""
    value = percent(view.shared("skills"), view.student_count("skills"))
    known, goal_known = both_answered(view, "skills"), both_answered(view, "goals")
    if known.all() and not goal_known.any():
        return value
    goal = np.where(view.shared("goals") > 0, 100, 0) if goal_known.any() else np.int16(0)
    return _blend((3, value, known), (1, goal, goal_known))


def percent(part: Array, whole: Array) -> Array:
    """Rounded half up. Whole numbers below 2**24, so that float32 divides them exactly enough."""
    part *= 200
    part += whole
    part /= np.maximum(2 * whole, 1)
    return part.astype(np.int16)


def _blend(*parts: tuple[int, Array, Array]) -> Array:
    """Mean of the parts that are known, by their shares, rounded half up; NEUTRAL without any."""
    total = sum(np.where(known, share * value, 0) for share, value, known in parts)
    share = sum(np.where(known, share, 0) for share, _, known in parts)
    mean = (2 * total + share) // np.maximum(2 * share, 1)
    return np.where(share == 0, NEUTRAL, mean).astype(np.int16)


def both_answered(view: View, name: str) -> Array:
    """A question of the many-of-list kind."""
    return (view.student_count(name) > 0) & (view.mentor_count(name) > 0)


def _both_said(view: View, name: str) -> Array:
    return (view.student(name) >= 0) & (view.mentor(name) >= 0)


def minutes_apart(view: View) -> Array:
    """Journey in minutes: 0 in the same town, -1 when a town or the journey is not known."""
    student, mentor = view.student("town"), view.mentor("town")
    travel = view.table.travel
    minutes = travel[student, mentor] if travel.size else np.int16(-1)
    minutes = np.where(student == mentor, 0, minutes)
    return np.where((student < 0) | (mentor < 0), -1, minutes)


def in_person(view: View) -> Array:
    return ~(view.student("online_only") | view.mentor("online_only"))


def online(view: View) -> Array:
    """Both would meet online."""
    student = view.student("online_ok") | view.student("online_only")
    return student & (view.mentor("online_ok") | view.mentor("online_only"))


def towns_known(view: View) -> Array:
    return _both_said(view, "town")


def reachable(view: View, settings: Settings) -> Array:
    """They can meet in person, can meet online, or a town is not known."""
    minutes = minutes_apart(view)
    near = (minutes >= 0) & (minutes <= settings.max_travel_minutes)
    return online(view) | (in_person(view) & (near | ~towns_known(view)))


def place(view: View, settings: Settings) -> Array:
    """Same town 100, a journey 99 to 50, online 50 (80 when both ask for it), else 20 or 0."""
    minutes, limit = minutes_apart(view), settings.max_travel_minutes
    meet, remote = in_person(view), online(view)
    near = meet & (minutes >= 0) & (minutes <= limit)
    both_online = view.student("online_only") & view.mentor("online_only")
    journey = 100 - (100 * np.maximum(minutes, 0).astype(np.int32) + limit) // (2 * limit)
    cases = [near, both_online, meet & ~towns_known(view), remote, meet]
    values = [journey, 80, NEUTRAL, 50, 20]
    return np.select(np.broadcast_arrays(*cases), values, 0).astype(np.int16)


SLOT_VALUES = np.array([0, 60, 85, 100], np.int16)


def time(view: View, settings: Settings) -> Array:
    """Weekly slots both are free: none 0, one 60, two 85, three or more 100."""
    value = SLOT_VALUES[np.minimum(view.shared("slots"), 3).astype(np.intp)]
    return np.where(both_answered(view, "slots"), value, NEUTRAL).astype(np.int16)


def compatibility(view: View, settings: Settings) -> Array:
    """Channel (5 parts), languages (3) and interests (2), of what both have answered."""
    student, mentor = view.student("channel"), view.mentor("channel")
    languages, interests = view.shared("languages"), view.shared("interests")
    return _blend(
        (5, np.where(student == mentor, 100, 30), _both_said(view, "channel")),
        (3, np.choose(np.minimum(languages, 2).astype(np.intp), (0, 60, 100)), both_answered(view, "languages")),
        (2, np.choose(np.minimum(interests, 2).astype(np.intp), (20, 70, 100)), both_answered(view, "interests")),
    )


AXIS: dict[str, Callable[[View, Settings], Array]] = {
    "role": role,
    "goals": goals,
    "place": place,
    "time": time,
    "compatibility": compatibility,
}
# Where both sides have said enough for the axis to have a value of its own.
ANSWERED: dict[str, Callable[[View, Settings], Array]] = {
    "role": lambda view, _: _both_said(view, "industry"),
    "goals": lambda view, _: both_answered(view, "skills") | both_answered(view, "goals"),
    "place": lambda view, _: ~in_person(view) | towns_known(view),
    "time": lambda view, _: both_answered(view, "slots"),
    "compatibility": lambda view, _: (
        _both_said(view, "channel") | both_answered(view, "languages") | both_answered(view, "interests")
    ),
}
# Columns an axis depends on for the student: equal columns, equal rows (see scoring.py).
DEPENDS: dict[str, tuple[str, ...]] = {
    "role": ("industry",),
    "place": ("town", "online_ok", "online_only"),
    "time": ("slots",),
    "compatibility": ("channel", "languages", "interests"),
}
