"""Who chose whom: an axis of its own beside the five.

A first choice is worth 100, each further one 10 less, down to 10; whoever one side passed over is worth 0 to it. Where both
sides chose, the mean counts; where neither did, it is neutral.
"""

import numpy as np

from .axes import NEUTRAL
from .records import Settings
from .sparse import TOP
from .table import Array
from .views import View

FIRST, STEP, LAST = 100, 10, 10
LEVEL = 5  # every value is a multiple of this: means of two multiples of ten
MOST = FIRST // LEVEL


def choice(view: View, settings: Settings) -> Array:
    """0 to 100."""
    return levels(view) * np.int16(LEVEL)


def levels(view: View) -> Array:
    """The same in steps of LEVEL, int16."""
    student, mentor = _worth(view.number("student choice")), _worth(view.number("mentor choice"))
    chose, was_asked = view.student("chose"), view.mentor("chose")
    both = chose & was_asked
    value = np.where(both, (student + mentor) // (2 * LEVEL), np.where(chose, student, mentor) // LEVEL)
    return np.where(chose | was_asked, value, NEUTRAL // LEVEL)


def _worth(place: Array) -> Array:
    return np.where(place < 0, 0, np.maximum(FIRST - STEP * np.minimum(place, FIRST), LAST))


def top_of(step: int) -> int:
    """The most a pair can be worth where a step of choice is worth so much on top of points."""
    return MOST * step + TOP


def not_ranked(view: View, settings: Settings) -> Array | None:
    """Where one side has chosen others only."""
    if not settings.require_ranked:
        return None
    passed_student = view.student("chose") & (view.number("student choice") < 0)
    return passed_student | (view.mentor("chose") & (view.number("mentor choice") < 0))
