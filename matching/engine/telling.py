"""The finished plan in words and records: matches, who is left, what more places would bring, and the proof."""

from collections.abc import Hashable, Sequence
from operator import mul

import numpy as np

from .candidates import gather_facts
from .choice import LEVEL
from .criteria import unanswered
from .plan import Plan, worth_of_pairs
from .reasons import tell_reasons
from .records import axes_of
from .result import Alternative, Certificate, FullMentor, Inputs, Match, Reason, Result, Unmatched
from .rules import rounded
from .scoring import NOT_ALLOWED, Scored
from .sparse import NOBODY
from .table import Array, Table
from .unmatched import explain_unmatched


def tell_result(table: Table, inputs: Inputs, scored: Scored, plan: Plan) -> Result:
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
    names = axes_of(inputs.settings)
    axes = np.stack([facts.shown[axis] for axis in names], axis=1).tolist()
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
            dict(zip(names, values, strict=True)),
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
    worth = worth_of_pairs(points, table, rows, best, plan.choice_unit)
    lost = plan.worth[rows] - plan.prices[plan.choice[rows]] + plan.prices[best] - worth
    students, choice, lost = apart(lost, plan)
    full = used[best] >= table.mentor["places"][best]
    answers = zip(
        best.tolist(),
        points.tolist(),
        rounded(points).tolist(),
        (rounded(own) - rounded(points)).tolist(),
        (lost // 100).tolist(),
        (students > 0).tolist(),
        choice.tolist(),
        full.tolist(),
        plan.locked[rows].tolist(),
        strict=True,
    )
    return [
        None if value < 0 or lock else Alternative(table.mentor_ids[column], score, less, cost, someone, no_place, fewer)
        for column, value, score, less, cost, someone, fewer, no_place, lock in answers
    ]


def _tell_unmatched(table: Table, inputs: Inputs, scored: Scored, plan: Plan, used: Array) -> list[Unmatched]:
    missing = plan.free[plan.choice[plan.free] == NOBODY]
    out = [Unmatched(one, Reason("kept_out"), ()) for one in table.student_ids if one in inputs.kept_out_students]
    return out + explain_unmatched(table, scored.points, missing, inputs.settings, used)


def _tell_full(table: Table, plan: Plan, used: Array) -> list[FullMentor]:
    places = table.mentor["places"]
    columns = np.flatnonzero((used >= places) & (places > 0) & ~table.mentor["kept_out"])
    gains = zip(columns.tolist(), *(part.tolist() for part in apart(plan.prices[columns], plan)), strict=True)
    return [
        FullMentor(table.mentor_ids[column], int(places[column]), more, points, choice)
        for column, more, choice, points in gains
    ]


def apart(prices: Array, plan: Plan) -> tuple[Array, Array, Array]:
    """A price as matches, choice (steps of one for a first choice being 100) and points."""
    matched = (prices + plan.unit // 2) // plan.unit
    rest = prices - matched * plan.unit
    if not plan.choice_unit:
        return matched, np.zeros_like(rest), rest
    steps = (rest + plan.choice_unit // 2) // plan.choice_unit
    return matched, steps * LEVEL, rest - steps * plan.choice_unit


def _certify(table: Table, plan: Plan, scored: Scored) -> Certificate:
    picked = plan.choice[plan.free]
    made = picked != NOBODY
    rows = plan.free[made]
    prices = np.zeros(len(plan.free), np.int64)
    prices[made] = plan.worth[rows] + plan.unit - plan.prices[picked[made]]
    worth = sum((plan.worth[rows] + plan.unit).tolist())  # may be more than 64 bits hold
    return Certificate(
        unit=plan.unit,
        student_prices={
            table.student_ids[row]: price for row, price in zip(plan.free.tolist(), prices.tolist(), strict=True)
        },
        mentor_prices=dict(zip(table.mentor_ids, plan.prices.tolist(), strict=True)),
        value=worth,
        bound=sum(prices.tolist()) + sum(map(mul, plan.places.tolist(), plan.prices.tolist())),
        floor=plan.floor,
        choice_unit=plan.choice_unit,
    )
