"""Questions of the organisation's own: what they add to an axis, and where they forbid a pair.

The built-in value of an axis is one part of it where both sides answered; each criterion is a part as large as its weight
where both answered. Without any part the axis is neutral. Parts are counted in hundredths, so that everything stays whole.
"""

from collections.abc import Callable, Iterable

import numpy as np

from .axes import ANSWERED, AXIS, NEUTRAL, SLOT_VALUES, percent
from .records import Criterion, Settings
from .table import Array, Table, answer_name, wish_names
from .views import Block, View

PART = 100  # of the built-in value, and of a criterion of weight 1
SHARE_BIT = 32  # a part as one number: its share above this bit, share × value below it

Part = tuple[int, Array, Array]  # share, value 0 to 100, where it counts


def criteria_of(axis: str, settings: Settings) -> list[Criterion]:
    """The criteria that add to this axis."""
    return [one for one in settings.criteria if one.axis == axis and share_of(one)]


def share_of(one: Criterion) -> int:
    return int(PART * one.weight + 0.5)


def blended(axis: str, view: View, settings: Settings) -> Array:
    """The value of an axis, 0 to 100, criteria included."""
    asked = criteria_of(axis, settings)
    if not asked:
        return AXIS[axis](view, settings)
    packed = sum(pack(part) for one in asked for part in parts_of(one, view))
    return unpack(packed + pack(built_in(axis, view, settings)))


def built_in(axis: str, view: View, settings: Settings) -> Part:
    return PART, AXIS[axis](view, settings), ANSWERED[axis](view, settings)


def parts_of(one: Criterion, view: View) -> list[Part]:
    """What one criterion adds, pair by pair; a wish of each side is a part by itself."""
    share = share_of(one)
    if one.kind == "wish":
        return [(share, np.int64(100), view.shared(name) > 0) for name in wish_names(one.key)]
    return [(share, agreement(one, view), answered(one, view))]


def pack(part: Part) -> Array:
    share, value, known = part
    return known * ((share << SHARE_BIT) + share * np.asarray(value, np.int64))


def unpack(packed: Array) -> Array:
    """The mean of the parts that count, rounded half up; NEUTRAL without any."""
    share = packed >> SHARE_BIT
    mean = (2 * (packed & ((1 << SHARE_BIT) - 1)) + share) // np.maximum(2 * share, 1)
    return np.where(share == 0, NEUTRAL, mean).astype(np.int16)


def agreement(one: Criterion, view: View) -> Array:
    """0 to 100, right where both have answered."""
    name = answer_name(one.key)
    if one.kind == "near":
        return near(view.student(name), view.mentor(name), one.span)
    shared = view.shared(name)
    if one.kind == "overlap":
        return percent(shared, view.student_count(name))
    if one.kind == "slots":
        return SLOT_VALUES[np.minimum(shared, 3).astype(np.intp)]
    return np.where(shared > 0, np.int16(100), np.int16(0))


def near(student: Array, mentor: Array, span: float) -> Array:
    """100 down to 0 over the span, rounded half up."""
    with np.errstate(over="ignore", invalid="ignore"):  # two huge numbers; nobody answered
        part = np.abs(student - mentor) / span
    return (100 - np.floor(100 * np.nan_to_num(np.minimum(part, 1)) + 0.5)).astype(np.int16)


def answered(one: Criterion, view: View) -> Array:
    name = answer_name(one.key)
    if one.kind == "near":
        return ~(np.isnan(view.student(name)) | np.isnan(view.mentor(name)))
    return (view.student_count(name) > 0) & (view.mentor_count(name) > 0)


def failed(one: Criterion, view: View) -> Array:
    """Where both have answered and nothing agrees: nothing in common, or numbers a whole span apart."""
    name = answer_name(one.key)
    if one.kind == "near":
        with np.errstate(over="ignore", invalid="ignore"):
            return np.abs(view.student(name) - view.mentor(name)) >= one.span
    return answered(one, view) & (view.shared(name) == 0)


def any_failed(view: View, settings: Settings) -> Array | None:
    """Where a criterion that must agree does not; None without such a criterion."""
    found = [failed(one, view) for one in hard(settings)]
    return np.logical_or.reduce(np.broadcast_arrays(*found)) if found else None


def hard(settings: Settings) -> list[Criterion]:
    return [one for one in settings.criteria if one.hard]


def unanswered(table: Table, settings: Settings) -> tuple[str, ...]:
    """Keys of the criteria that nobody on one of the sides has answered. Wishes are not told of."""
    everybody = Block(table, np.arange(table.shape[0]))
    return tuple(
        one.key
        for one in settings.criteria
        if one.kind != "wish"
        and not (
            _some(one, everybody.student, everybody.student_count) and _some(one, everybody.mentor, everybody.mentor_count)
        )
    )


def _some(one: Criterion, column: Callable[[str], Array], count: Callable[[str], Array]) -> bool:
    name = answer_name(one.key)
    return bool((~np.isnan(column(name))).any() if one.kind == "near" else (count(name) > 0).any())


def depends(asked: Iterable[Criterion]) -> tuple[str, ...]:
    """The columns of the student that these criteria read."""
    names: list[str] = []
    for one in asked:
        names += wish_names(one.key) if one.kind == "wish" else [answer_name(one.key)]
    return tuple(names)


def label_of(one: Criterion) -> str:
    return one.label or one.key
