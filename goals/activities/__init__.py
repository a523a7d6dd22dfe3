"""The house's activities for a mentorship, in the order of its stages. Pure data: one module for each stage."""

from . import direction, moving_on, progression, rapport, winding_down
from .spec import Activity

__all__ = ["Activity", "activities", "by_key"]

_ALL = tuple(one for stage in (rapport, direction, progression, winding_down, moving_on) for one in stage.ACTIVITIES)
_BY_KEY = {one.key: one for one in _ALL}


def activities() -> tuple[Activity, ...]:
    """Every activity of the house, early stages first."""
    return _ALL


def by_key() -> dict[str, Activity]:
    return _BY_KEY
