"""Points for every pair at once, and which pairs the hard rules leave.

Four of the five axes depend on few student answers (an industry, a town, a set of slots), so
they are worked out once for each different answer and then laid out over the students.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from .axes import AXIS, DEPENDS
from .checking import shares
from .choice import choice
from .criteria import blended, built_in, criteria_of, depends, pack, parts_of, unpack
from .records import AXES, CHOICE, Settings
from .rules import MENTOR_RULES, PAIR_RULES, below_minimum, rule_depends
from .table import Array, Table
from .views import EVERYBODY, Block, Pairs, View

NOT_ALLOWED = -1
CELLS_AT_ONCE = 1 << 18  # pairs blended together


@dataclass(slots=True)
class Scored:
    """points: students × mentors, hundredths of a score, NOT_ALLOWED where a rule forbids.

    ruled_out: rule -> number of pairs it forbids.
    """

    points: Array
    ruled_out: dict[str, int]


def score_all(table: Table, settings: Settings) -> Scored:
    rows = np.arange(table.shape[0])
    points = raw_points(table, rows, settings)
    counts: dict[str, int] = {}
    allowed = np.ones(table.shape, bool)
    _apply_mentor_rules(table, settings, allowed, counts)
    for rule in PAIR_RULES:
        _apply_pair_rule(table, settings, rule, allowed, counts)
    low = below_minimum(points, settings)
    if low is not None:
        counts["below_minimum"] = int(np.count_nonzero(low))
        allowed &= ~low
    points[~allowed] = NOT_ALLOWED
    return Scored(points, counts)


def raw_points(table: Table, rows: Array, settings: Settings, columns: Array | slice = EVERYBODY) -> Array:
    """Points of these students with these mentors, hard rules aside. int16, 0 to 10000."""
    part = shares(settings)
    points = np.zeros((len(rows), len(np.arange(table.shape[1])[columns])), np.int16)
    for axis in AXES:
        if not part[axis]:
            continue
        if criteria_of(axis, settings):
            _add_blended(points, axis, Block(table, rows, columns), settings, part[axis])
            continue

        def weighted(view: View, axis: str = axis) -> Array:
            return AXIS[axis](view, settings) * np.int16(part[axis])

        values, inverse = _by_answer(Block(table, rows, columns), DEPENDS.get(axis), weighted)
        points += values if inverse is None else values[inverse]
    if part[CHOICE]:
        for here in _some_lines(points.shape):
            points[here] += choice(Block(table, rows[here], columns), settings) * np.int16(part[CHOICE])
    return points


def _some_lines(shape: tuple[int, int]) -> Iterator[slice]:
    """Lines to work on together."""
    step = max(1, CELLS_AT_ONCE // max(shape[1], 1))
    for start in range(0, shape[0], step):
        yield slice(start, start + step)


def _add_blended(points: Array, axis: str, block: Block, settings: Settings, share: int) -> None:
    """Adds share × axis for an axis with criteria, some lines at a time."""
    own = _by_answer(block, DEPENDS.get(axis), lambda view: pack(built_in(axis, view, settings)))
    layers = [own] + [
        _by_answer(block, depends([one]), lambda view, one=one: sum(map(pack, parts_of(one, view))))
        for one in criteria_of(axis, settings)
    ]
    for here in _some_lines(points.shape):
        packed = np.zeros(points[here].shape, np.int64)
        for values, inverse in layers:
            packed += values[here] if inverse is None else values[inverse[here]]
        points[here] += unpack(packed) * np.int16(share)


def _by_answer(block: Block, depends: tuple[str, ...] | None, work: Callable[[View], Array]) -> tuple[Array, Array | None]:
    """The work done once per different answer, and each student's line in it."""
    table, rows = block.table, block.rows
    if depends is None or not len(rows):
        return work(block), None
    key = np.zeros(len(rows), np.int64)
    for name in depends:
        answer = table.answers(name)[rows]
        key = np.unique(key * (int(answer.max()) + 1) + answer, return_inverse=True)[1]  # stays small enough for int64
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    if 2 * len(first) > len(rows):
        return work(block), None
    return work(Block(table, rows[first], block.columns)), inverse


def _apply_mentor_rules(table: Table, settings: Settings, allowed: Array, counts: dict[str, int]) -> None:
    nobody = Block(table, np.arange(0))
    for rule, test in MENTOR_RULES.items():
        where = test(nobody, settings)
        if where is not None:
            counts[rule] = int(np.count_nonzero(where)) * table.shape[0]
            allowed[:, where[0]] = False


def _apply_pair_rule(table: Table, settings: Settings, rule: str, allowed: Array, counts: dict[str, int]) -> None:
    if rule in table.links:
        cells = table.links[rule]
        counts[rule] = len(cells)
        allowed.ravel()[cells] = False
        return
    everybody, test = Block(table, np.arange(table.shape[0])), PAIR_RULES[rule]
    nobody = Block(table, everybody.rows[:0])
    if not len(everybody.rows) or test(nobody, settings) is None:
        return  # nobody to ask, or the rule is not in force
    values, inverse = _by_answer(everybody, rule_depends(rule, settings), lambda view: test(view, settings))
    counts[rule] = 0
    if values.any():
        where = values if inverse is None else values[inverse]
        counts[rule] = int(np.count_nonzero(where))
        allowed &= ~where


def score_pairs(table: Table, rows: Array, columns: Array, settings: Settings) -> Array:
    """Points of these pairs one by one, hard rules aside."""
    view, part = Pairs(table, rows, columns), shares(settings)
    points = np.zeros(len(rows), np.int64)
    for axis in AXES:
        points += blended(axis, view, settings).astype(np.int64) * part[axis]
    if part[CHOICE]:
        points += choice(view, settings).astype(np.int64) * part[CHOICE]
    return points
