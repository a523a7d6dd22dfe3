"""Who goes where: locked pairs, what every other pair is worth to the aim, and the best choice of them."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from .assignment import assign, match_unit
from .choice import levels, top_of
from .errors import EngineInputError
from .fairness import best_floor
from .flow import Demand, assign_several, count_several, units
from .groups import assign_groups, second_mentors
from .locks import check_locks
from .records import Settings
from .result import Inputs
from .scoring import CELLS_AT_ONCE, NOT_ALLOWED, Scored, score_pairs
from .sparse import NOBODY, TOP
from .table import Array, Table
from .views import Block, Pairs

ROOM = 2**61  # prices stay below

Exact = Literal["proven", "solver", "bound"]


@dataclass(slots=True)
class Pairing:
    """Pairs of a row and a column. points: hundredths of a score; worth: to the aim, the same but where choices come first.

    second: the second mentor of a settled group.
    """

    rows: Array
    columns: Array
    points: Array
    worth: Array
    locked: Array
    second: Array

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(slots=True)
class Plan:
    """The pairs made, and the prices that prove them best.

    need: mentors the solver could still give each student. first: whether the first of them comes before everything.
    places: left per mentor after the locks. student_prices, prices: in worth. unit: of a student's first mentor on top of the
    pair; further: of each other one. choice_unit: what a step of choice is worth. exact: see Result.
    """

    pairs: Pairing
    need: Array
    first: Array
    places: Array
    student_prices: Array
    prices: Array
    unit: int
    further: int
    choice_unit: int
    floor: int | None
    exact: Exact = "proven"
    used: Array = field(default_factory=lambda: np.zeros(0, np.int64))  # places taken per mentor, in all


@dataclass(slots=True)
class _Part:
    """What the solver decides: some students, the places that are left, and what pairs are worth."""

    students: Array
    points: Array
    worth: Array
    places: Array
    demand: Demand
    step: int


def make_plan(table: Table, inputs: Inputs, scored: Scored) -> Plan:
    settings = inputs.settings
    locked = _locked_pairs(table, inputs)
    have = np.bincount(locked.rows, minlength=table.shape[0])
    out = np.array([one in inputs.kept_out_students for one in table.student_ids], bool)
    need = np.where(out, 0, settings.mentors_per_student - have)
    free = np.flatnonzero(need > 0)
    places = table.mentor["places"] - np.bincount(locked.columns, minlength=table.shape[1])
    points = scored.points if len(free) == len(need) else scored.points[free]
    if locked.rows.size and settings.mentors_per_student > 1:
        points = _without(points, free, locked, table.shape[0])
    demand = Demand(need[free], have[free] == 0)
    floor = None
    if settings.aim == "fairest":
        counted = None if settings.mentors_per_student == 1 else lambda open_pairs: count_several(open_pairs, places, demand)
        floor = best_floor(points, places, counted)
        points = np.where(points < floor, np.int16(NOT_ALLOWED), points)
    step = choice_step(demand, places, settings)
    part = _Part(free, points, worth_of(points, table, free, step), places, demand, step)
    return _finished(table, settings, scored, locked, part, need, have == 0, floor)


def _finished(
    table: Table,
    settings: Settings,
    scored: Scored,
    locked: Pairing,
    part: _Part,
    need: Array,
    first: Array,
    floor: int | None,
) -> Plan:
    _check_room(part, settings)
    plan = _several(part, settings) if settings.mentors_per_student > 1 else _single(part, locked, settings)
    plan.need, plan.first, plan.floor = need, first, floor
    if settings.mentors_per_group > 1:
        plan.pairs = _with_second(table, scored, locked, plan.pairs)
    plan.pairs = _sorted(_joined(locked, plan.pairs))
    plan.used = np.bincount(plan.pairs.columns, minlength=table.shape[1])
    prices = np.zeros(table.shape[0], np.int64)
    prices[part.students] = plan.student_prices
    plan.student_prices = prices
    return plan


def _single(part: _Part, locked: Pairing, settings: Settings) -> Plan:
    """One mentor each; with a least size of groups the prices are those of the same people without it, a bound."""
    choice, prices, unit = assign(part.worth, part.places, top_of(part.step))
    exact: Exact = "proven"
    made = choice != NOBODY
    student_prices = np.zeros(len(choice), np.int64)
    rows = np.flatnonzero(made)
    student_prices[rows] = part.worth[rows, choice[rows]].astype(np.int64) + unit - prices[choice[rows]]
    if settings.least_per_group > 1:
        least = np.full(len(part.places), settings.least_per_group)
        least[np.unique(locked.columns)] = 0
        sizes = np.bincount(choice[made], minlength=len(least))
        if ((sizes > 0) & (sizes < least)).any():
            found = assign_groups(part.worth, part.places, least, part.step, choice)
            choice, exact = found.choice, "solver" if found.whole else "bound"
            rows = np.flatnonzero(choice != NOBODY)
    pairs = _made(part, rows, choice[rows])
    return _plan(part, pairs, student_prices, prices, unit, unit, exact)


def _several(part: _Part, settings: Settings) -> Plan:
    flow = assign_several(part.worth, part.places, part.demand, part.step)
    pairs = _made(part, flow.rows, flow.columns)
    return _plan(part, pairs, flow.student_prices, flow.prices, flow.unit, flow.further, "proven")


def _plan(part: _Part, pairs: Pairing, students: Array, prices: Array, unit: int, further: int, exact: Exact) -> Plan:
    nothing = np.zeros(0, np.int64)
    return Plan(pairs, nothing, nothing, part.places, students, prices, unit, further, part.step, None, exact)


def _made(part: _Part, rows: Array, columns: Array) -> Pairing:
    """Pairs the solver made, rows counted among its own students."""
    nobody = np.zeros(len(rows), bool)
    points, worth = (matrix[rows, columns].astype(np.int64) for matrix in (part.points, part.worth))
    return Pairing(part.students[rows], columns, points, worth, nobody, nobody)


def _with_second(table: Table, scored: Scored, locked: Pairing, made: Pairing) -> Pairing:
    """The pairs with those of second mentors."""
    everybody = _joined(locked, made)
    rows, columns = second_mentors(scored.points, table.mentor["places"], everybody.rows, everybody.columns)
    points = scored.points[rows, columns].astype(np.int64)
    other = Pairing(rows, columns, points, points, np.zeros(len(rows), bool), np.ones(len(rows), bool))
    return _joined(made, other)


def _joined(one: Pairing, other: Pairing) -> Pairing:
    if not len(one) or not len(other):
        return one if len(one) else other
    names = Pairing.__slots__
    return Pairing(**{name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in names})


def _sorted(pairs: Pairing) -> Pairing:
    """By student; a student's own in the order locked, by column, second."""
    order = np.lexsort((pairs.columns, pairs.second, ~pairs.locked, pairs.rows))
    return Pairing(**{name: getattr(pairs, name)[order] for name in Pairing.__slots__})


def _check_room(part: _Part, settings: Settings) -> None:
    """Prices must fit into 64 bits; only choices before scores for thousands of people can be too much."""
    if not part.step:
        return
    top, seats = top_of(part.step), sum(part.places.tolist())
    several = settings.mentors_per_student > 1
    unit = units(part.demand, part.places, top)[0] if several else match_unit(len(part.students), seats, top)
    if unit > ROOM:
        raise EngineInputError("too_many_for_aim", aim=settings.aim)


def choice_step(demand: Demand, places: Array, settings: Settings) -> int:
    """What a step of choice (choice.LEVEL) is worth where choices come before scores: more than all scores together."""
    if settings.aim != "ranked":
        return 0
    return min(sum(demand.most.tolist()), sum(places.tolist())) * TOP + 1


def worth_of_pairs(points: Array, table: Table, rows: Array, columns: Array, step: int) -> Array:
    """What each pair is worth to the aim: its points, and its choice far before them where that is the aim."""
    return points + levels(Pairs(table, rows, columns)).astype(np.int64) * step if step else points


def worth_of(points: Array, table: Table, rows: Array, step: int) -> Array:
    """The same for these students with every mentor; below 0 stays as it is."""
    if not step:
        return points
    worth = points.astype(np.int64)
    for start in range(0, len(rows), lines := max(1, CELLS_AT_ONCE // max(points.shape[1], 1))):
        here = slice(start, start + lines)
        worth[here] += np.where(points[here] >= 0, levels(Block(table, rows[here])).astype(np.int64) * step, 0)
    return worth


def _locked_pairs(table: Table, inputs: Inputs) -> Pairing:
    """The locked pairs, checked."""
    row = {one: number for number, one in enumerate(table.student_ids)} if inputs.locked else {}
    column = {one: number for number, one in enumerate(table.mentor_ids)} if inputs.locked else {}
    rows = np.array([row[one.student_id] for one in inputs.locked], np.intp)
    columns = np.array([column[one.mentor_id] for one in inputs.locked], np.intp)
    points = score_pairs(table, rows, columns, inputs.settings) if len(rows) else np.zeros(0, np.int64)
    check_locks(table, inputs.locked, rows, columns, inputs.settings, points)
    return Pairing(rows, columns, points, points, np.ones(len(rows), bool), np.zeros(len(rows), bool))


def _without(points: Array, free: Array, locked: Pairing, students: int) -> Array:
    """The matrix of the free students without pairs that are locked already."""
    line = np.full(students, NOBODY)
    line[free] = np.arange(len(free))
    here = line[locked.rows] != NOBODY
    left = points.copy()
    left[line[locked.rows[here]], locked.columns[here]] = NOT_ALLOWED
    return left
