"""The one door: records in, a matching with its reasons and its proof out."""

import gc
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from .assignment import assign
from .candidates import gather_facts
from .checking import check_answers, check_people, check_settings
from .criteria import unanswered
from .fairness import best_floor
from .locks import as_locks, check_names, place_locks
from .reasons import tell_reasons
from .records import AXES, Id, Lock, Mentor, Settings, Student
from .result import (
    Alternative,
    Certificate,
    FullMentor,
    Inputs,
    Match,
    Reason,
    Result,
    Unmatched,
)
from .rules import rounded
from .scoring import NOT_ALLOWED, Scored, score_all, score_pairs
from .sparse import NOBODY
from .table import Array, Table, build_table, seeded_order
from .unmatched import explain_unmatched

Progress = Callable[[str, float], object]


def solve(
    students: Iterable[Student],
    mentors: Iterable[Mentor],
    settings: Settings | None = None,
    locked: Iterable[tuple[Id, Id] | Lock] = (),
    forbidden: Iterable[tuple[Id, Id]] = (),
    progress: Progress | None = None,
    *,
    kept_out_students: Iterable[Id] = (),
    kept_out_mentors: Iterable[Id] = (),
) -> Result:
    """Match as many students as possible, then as well as possible, and say why.

    locked: pairs (or Locks) that must be made. forbidden: (student, mentor) pairs that must not.
    kept_out_*: ids left aside in this run. progress(stage, share) is called with the stages
    "reading", "scoring", "matching", "explaining", "done" and a share from 0 to 1; what it
    raises ends the run. Raises EngineInputError when the input contradicts itself.
    """
    tell = progress or _tell_nobody
    tell("reading", 0.0)
    inputs = Inputs(
        tuple(students),
        tuple(mentors),
        settings or Settings(),
        as_locks(locked),
        frozenset((student, mentor) for student, mentor in forbidden),
        frozenset(kept_out_students),
        frozenset(kept_out_mentors),
    )
    table = read(inputs)
    tell("scoring", 0.1)
    scored = score_all(table, inputs.settings)
    tell("matching", 0.3)
    plan = make_plan(table, inputs, scored)
    tell("explaining", 0.7)
    with _no_collection():
        result = _tell_result(table, inputs, scored, plan)
    tell("done", 1.0)
    return result


@contextmanager
def _no_collection() -> Iterator[None]:
    """Telling makes many small tuples and no cycles; looking for cycles took half of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tell_nobody(stage: str, share: float) -> None:
    """Nobody asked how far it is."""


def read(inputs: Inputs) -> Table:
    """The checked records as columns, in the order the seed gives."""
    check_settings(inputs.settings)
    check_people(inputs.students, inputs.mentors)
    check_answers((*inputs.students, *inputs.mentors), inputs.settings)
    check_names(inputs)
    seed = inputs.settings.seed
    students, mentors = inputs.students, inputs.mentors
    return build_table(
        [students[k] for k in seeded_order([one.id for one in students], seed)],
        [mentors[k] for k in seeded_order([one.id for one in mentors], seed)],
        inputs.settings,
        inputs.forbidden,
        inputs.kept_out_mentors,
    )


@dataclass(slots=True)
class Plan:
    """Who goes where. choice: column per student, NOBODY without. free: rows the solver decided.

    places: left per mentor after the locks. prices: of those places.
    """

    choice: Array
    points: Array
    free: Array
    locked: Array
    places: Array
    prices: Array
    unit: int
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
    picked, prices, unit = assign(points, places)
    choice[free] = picked
    made = free[picked != NOBODY]
    own[made] = scored.points[made, choice[made]]
    return Plan(choice, own, free, locked, places, prices, unit, floor)


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


def _tell_result(table: Table, inputs: Inputs, scored: Scored, plan: Plan) -> Result:
    used = np.bincount(plan.choice[plan.choice != NOBODY], minlength=table.shape[1])
    matches = _tell_matches(table, inputs, scored, plan, used)
    points = plan.points[plan.choice != NOBODY]
    return Result(
        matches=tuple(_by_id(matches)),
        unmatched=tuple(_by_id(_tell_unmatched(table, inputs, scored, plan, used))),
        full_mentors=tuple(_by_id(_tell_full(table, plan, used))),
        certificate=_certify(table, plan, scored),
        ruled_out=scored.ruled_out,
        pairs=table.shape[0] * table.shape[1],
        total=int(points.sum()),
        worst=int(rounded(points.min())) if len(points) else None,
        unanswered=unanswered(table, inputs.settings),
        inputs=inputs,
    )


def _by_id(items: Sequence[tuple[Hashable, ...]]) -> list:
    """Sorted by the id that comes first; ids that cannot be compared, by how they print."""
    try:
        return sorted(items, key=lambda one: one[0])
    except TypeError:
        return sorted(items, key=lambda one: repr(one[0]))


def _tell_matches(table: Table, inputs: Inputs, scored: Scored, plan: Plan, used: Array) -> list[Match]:
    rows = np.flatnonzero(plan.choice != NOBODY)
    columns = plan.choice[rows]
    facts = gather_facts(table, rows, columns, inputs.settings)
    axes = np.stack([facts.shown[axis] for axis in AXES], axis=1).tolist()
    points = plan.points[rows]
    good, bad = tell_reasons(facts)
    despite = {one.student_id: sorted(one.despite) for one in inputs.locked if one.despite}
    described = zip(
        rows.tolist(),
        columns.tolist(),
        rounded(points).tolist(),
        points.tolist(),
        axes,
        good,
        bad,
        _alternatives(table, scored, plan, rows, used),
        plan.locked[rows].tolist(),
        strict=True,
    )
    return [
        Match(
            (student := table.student_ids[row]),
            table.mentor_ids[column],
            score,
            own,
            dict(zip(AXES, values, strict=True)),
            pro,
            (*[Reason("lock_despite", {"rule": rule}) for rule in despite.get(student, ())], *con),
            other,
            lock,
        )
        for row, column, score, own, values, pro, con, other, lock in described
    ]


def _alternatives(table: Table, scored: Scored, plan: Plan, rows: Array, used: Array) -> list[Alternative | None]:
    """For each of these matched students, the mentor they would score highest with otherwise."""
    if not len(rows) or table.shape[1] < 2:
        return [None] * len(rows)
    own = plan.points[rows]
    others = scored.points[rows]
    others[np.arange(len(rows)), plan.choice[rows]] = NOT_ALLOWED
    best = others.argmax(axis=1)
    points = others[np.arange(len(rows)), best].astype(np.int64)
    lost = own - plan.prices[plan.choice[rows]] + plan.prices[best] - points
    students = (lost + plan.unit // 2) // plan.unit
    full = used[best] >= table.mentor["places"][best]
    answers = zip(
        best.tolist(),
        points.tolist(),
        rounded(points).tolist(),
        (rounded(own) - rounded(points)).tolist(),
        ((lost - students * plan.unit) // 100).tolist(),
        (students > 0).tolist(),
        full.tolist(),
        plan.locked[rows].tolist(),
        strict=True,
    )
    return [
        None if value < 0 or lock else Alternative(table.mentor_ids[column], score, less, cost, someone, no_place)
        for column, value, score, less, cost, someone, no_place, lock in answers
    ]


def _tell_unmatched(table: Table, inputs: Inputs, scored: Scored, plan: Plan, used: Array) -> list[Unmatched]:
    missing = plan.free[plan.choice[plan.free] == NOBODY]
    out = [Unmatched(one, Reason("kept_out"), ()) for one in table.student_ids if one in inputs.kept_out_students]
    return out + explain_unmatched(table, scored.points, missing, inputs.settings, used)


def _tell_full(table: Table, plan: Plan, used: Array) -> list[FullMentor]:
    places = table.mentor["places"]
    columns = np.flatnonzero((used >= places) & (places > 0) & ~table.mentor["kept_out"])
    matched = (plan.prices[columns] + plan.unit // 2) // plan.unit
    points = plan.prices[columns] - matched * plan.unit
    return [
        FullMentor(table.mentor_ids[column], int(places[column]), more, gain)
        for column, more, gain in zip(columns.tolist(), matched.tolist(), points.tolist(), strict=True)
    ]


def _certify(table: Table, plan: Plan, scored: Scored) -> Certificate:
    picked = plan.choice[plan.free]
    made = picked != NOBODY
    rows = plan.free[made]
    prices = np.zeros(len(plan.free), np.int64)
    prices[made] = plan.points[rows] + plan.unit - plan.prices[picked[made]]
    worth = int((plan.points[rows] + plan.unit).sum())
    return Certificate(
        unit=plan.unit,
        student_prices={
            table.student_ids[row]: price for row, price in zip(plan.free.tolist(), prices.tolist(), strict=True)
        },
        mentor_prices=dict(zip(table.mentor_ids, plan.prices.tolist(), strict=True)),
        value=worth,
        bound=int(prices.sum()) + int(plan.places @ plan.prices),
        floor=plan.floor,
    )
