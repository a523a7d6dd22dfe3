"""Who goes where: locked pairs, what every other pair is worth to the aim, and the best choice of them."""

from dataclasses import dataclass

import numpy as np

from .assignment import assign
from .choice import MOST, levels
from .fairness import best_floor
from .locks import place_locks
from .records import Settings
from .result import Inputs
from .scoring import CELLS_AT_ONCE, NOT_ALLOWED, Scored, score_pairs
from .sparse import NOBODY, TOP
from .table import Array, Table
from .views import Block, Pairs


@dataclass(slots=True)
class Plan:
    """Who goes where. choice: column per student, NOBODY without. free: rows the solver decided.

    points: of the pair, hundredths of a score. worth: of the pair to the aim; the same but where choices come first.
    places: left per mentor after the locks. prices: of those places, in worth. choice_unit: what a step of choice is worth.
    """

    choice: Array
    points: Array
    worth: Array
    free: Array
    locked: Array
    places: Array
    prices: Array
    unit: int
    choice_unit: int
    floor: int | None


def make_plan(table: Table, inputs: Inputs, scored: Scored) -> Plan:
    choice, own = _locked_choice(table, inputs)
    locked = choice != NOBODY
    out = np.array([one in inputs.kept_out_students for one in table.student_ids], bool)
    free = np.flatnonzero(~locked & ~out)
    places = table.mentor["places"] - np.bincount(choice[locked], minlength=table.shape[1])
    points = scored.points if len(free) == len(choice) else scored.points[free]
    floor = None
    if inputs.settings.aim == "fairest":
        floor = best_floor(points, places)
        points = np.where(points < floor, np.int16(NOT_ALLOWED), points)
    step = choice_step(len(free), places, inputs.settings)
    worth = worth_of(points, table, free, step)
    picked, prices, unit = assign(worth, places, top_of(step))
    choice[free] = picked
    made = picked != NOBODY
    own[free[made]] = points[made, picked[made]]
    gained = own.copy()
    gained[free[made]] = worth[made, picked[made]]
    return Plan(choice, own, gained, free, locked, places, prices, unit, step, floor)


def choice_step(students: int, places: Array, settings: Settings) -> int:
    """What a step of choice (choice.LEVEL) is worth where choices come before scores: more than all scores together."""
    if settings.aim != "ranked":
        return 0
    return min(students, int(places.sum())) * TOP + 1


def top_of(step: int) -> int:
    """The most a pair can be worth."""
    return MOST * step + TOP


def worth_of_pairs(points: Array, table: Table, rows: Array, columns: Array, step: int) -> Array:
    """The same for pairs one by one."""
    return points + levels(Pairs(table, rows, columns)).astype(np.int64) * step if step else points


def worth_of(points: Array, table: Table, rows: Array, step: int) -> Array:
    """What each pair is worth to the aim: its points, and its choice far before them where that is the aim."""
    if not step:
        return points
    worth = points.astype(np.int64)
    for start in range(0, len(rows), lines := max(1, CELLS_AT_ONCE // max(points.shape[1], 1))):
        here = slice(start, start + lines)
        worth[here] += np.where(points[here] >= 0, levels(Block(table, rows[here])).astype(np.int64) * step, 0)
    return worth


def _locked_choice(table: Table, inputs: Inputs) -> tuple[Array, Array]:
    """The locked students' columns and points, checked."""
    own = np.full(table.shape[0], NOT_ALLOWED, np.int64)
    if not inputs.locked:
        return np.full(table.shape[0], NOBODY), own
    row = {one: number for number, one in enumerate(table.student_ids)}
    column = {one: number for number, one in enumerate(table.mentor_ids)}
    rows = np.array([row[one.student_id] for one in inputs.locked])
    columns = np.array([column[one.mentor_id] for one in inputs.locked])
    points = score_pairs(table, rows, columns, inputs.settings)
    choice = place_locks(table, inputs.locked, inputs.settings, points)
    own[rows] = points
    return choice, own
