"""The finished plan in words and records: matches, who is left, what more places would bring, and the proof."""

from collections.abc import Hashable, Sequence
from operator import mul

import numpy as np

from .axes import POINTS
from .candidates import gather_facts
from .choice import LEVEL
from .criteria import unanswered
from .groups import members
from .plan import Pairing, Plan, worth_of_pairs
from .reasons import tell_reasons
from .records import Id, axes_of
from .result import Alternative, Certificate, FullMentor, Group, Inputs, Match, Reason, Result, Unmatched
from .rules import rounded
from .scoring import NOT_ALLOWED, Scored
from .table import Array, Table
from .unmatched import explain_unmatched


def tell_result(table: Table, inputs: Inputs, scored: Scored, plan: Plan) -> Result:
    proof = certify(table, plan)
    pairs = plan.pairs
    matches = _tell_matches(table, inputs, scored, plan, proof.gap)
    full = _tell_full(table, plan) if plan.exact == "proven" else []
    return Result(
        matches=tuple(_by_id(matches)),
        unmatched=tuple(_by_id(_tell_unmatched(table, inputs, scored, plan))),
        partial=tuple(_by_id(_tell_partial(table, inputs, scored, plan))),
        groups=_tell_groups(table, inputs, pairs),
        full_mentors=tuple(_by_id(full)),
        certificate=proof,
        exact=plan.exact,
        ruled_out=scored.ruled_out,
        pairs=table.shape[0] * table.shape[1],
        total=int(pairs.points.sum()),
        worst=int(rounded(pairs.points.min())) if len(pairs) else None,
        unanswered=unanswered(table, inputs.settings),
        inputs=inputs,
    )


def _by_id(items: Sequence[tuple[Hashable, ...]]) -> list:
    """Sorted by the id that comes first; ids that cannot be compared, by how they print."""
    try:
        return sorted(items, key=lambda one: one[0])
    except TypeError:
        return sorted(items, key=lambda one: repr(one[0]))


def _tell_matches(table: Table, inputs: Inputs, scored: Scored, plan: Plan, gap: int) -> list[Match]:
    pairs = plan.pairs
    facts = gather_facts(table, pairs.rows, pairs.columns, inputs.settings)
    names = axes_of(inputs.settings)
    axes = np.stack([facts.shown[axis] for axis in names], axis=1).tolist()
    good, bad = tell_reasons(facts)
    despite = {one[:2]: sorted(one.despite) for one in inputs.locked if one.despite}
    described = zip(
        pairs.rows.tolist(),
        pairs.columns.tolist(),
        rounded(pairs.points).tolist(),
        pairs.points.tolist(),
        axes,
        good,
        bad,
        _alternatives(table, scored, plan, gap),
        pairs.locked.tolist(),
        pairs.second.tolist(),
        strict=True,
    )
    matches = []
    for row, column, score, own, values, pro, con, other, lock, second in described:
        student, mentor = table.student_ids[row], table.mentor_ids[column]
        if despite and (student, mentor) in despite:
            con = (*[Reason("lock_despite", {"rule": rule}) for rule in despite[student, mentor]], *con)  # noqa: PLW2901
        axis = dict(zip(names, values))  # noqa: B905  thousands of times, and both come from AXES
        matches.append(Match(student, mentor, score, own, axis, pro, con, other, lock, second))
    return matches


def _alternatives(table: Table, scored: Scored, plan: Plan, gap: int) -> list[Alternative | None]:
    """For each pair, the mentor the student would score highest with otherwise; None where the pair is not the solver's."""
    pairs = plan.pairs
    if not len(pairs) or table.shape[1] < 2:
        return [None] * len(pairs)
    places, own = table.mentor["places"], plan.pairs.points
    others, line = scored.points[pairs.rows], np.arange(len(pairs))
    if _each_once(pairs.rows):
        others[line, pairs.columns] = NOT_ALLOWED
    else:
        mine, theirs = _with_the_same(pairs.rows)
        others[mine, pairs.columns[theirs]] = NOT_ALLOWED
    best = others.argmax(axis=1)
    points = others[line, best].astype(np.int64)
    worth = worth_of_pairs(points, table, pairs.rows, best, plan.choice_unit)
    lost = plan.student_prices[pairs.rows] + plan.prices[best] - plan.unit - worth - gap
    more_students, _, choice, less_points = apart(lost, plan)
    exact = (lost == pairs.worth - worth) & (plan.used[best] < places[best]) & (choice == 0) & (gap == 0)
    answers = zip(
        [table.mentor_ids[column] for column in best.tolist()],
        rounded(points).tolist(),
        (rounded(own) - rounded(points)).tolist(),
        (less_points // POINTS).tolist(),
        (more_students > 0).tolist(),
        (plan.used[best] >= places[best]).tolist(),
        choice.tolist(),
        exact.tolist(),
        strict=True,
    )
    told = ((points >= 0) & ~pairs.locked & ~pairs.second).tolist()
    return [Alternative._make(one) if tell else None for tell, one in zip(told, answers, strict=True)]


def _each_once(rows: Array) -> bool:
    """Whether sorted rows are all different."""
    return bool((rows[1:] != rows[:-1]).all())


def _with_the_same(rows: Array) -> tuple[Array, Array]:
    """Every two places (a place with itself too) that hold the same row. rows: sorted."""
    first, count = np.unique(rows, return_index=True, return_counts=True)[1:]
    size = np.repeat(count, count)
    mine = np.repeat(np.arange(len(rows)), size)
    start = np.repeat(np.repeat(first, count), size)
    return mine, start + np.arange(len(mine)) - np.repeat(np.cumsum(size) - size, size)


def _tell_unmatched(table: Table, inputs: Inputs, scored: Scored, plan: Plan) -> list[Unmatched]:
    have = np.bincount(plan.pairs.rows, minlength=table.shape[0])
    missing = np.flatnonzero((plan.need > 0) & (have == 0))
    out = [Unmatched(one, Reason("kept_out"), ()) for one in table.student_ids if one in inputs.kept_out_students]
    return out + explain_unmatched(table, scored.points, missing, inputs.settings, plan.used)


def _tell_partial(table: Table, inputs: Inputs, scored: Scored, plan: Plan) -> list[Unmatched]:
    """Students with fewer mentors than they should have."""
    have = np.bincount(plan.pairs.rows, minlength=table.shape[0])
    few = np.flatnonzero((plan.need > 0) & (have > 0) & (have < inputs.settings.mentors_per_student))
    if not len(few):
        return []
    points = scored.points.copy()
    points[plan.pairs.rows, plan.pairs.columns] = NOT_ALLOWED
    return explain_unmatched(table, points, few, inputs.settings, plan.used)


def _tell_groups(table: Table, inputs: Inputs, pairs: Pairing) -> tuple[Group, ...]:
    settings = inputs.settings
    alone = settings.students_per_group is None
    if alone and _each_once(pairs.rows):
        names = zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True)
        return tuple(_by_id([Group((table.student_ids[row],), (table.mentor_ids[column],)) for row, column in names]))
    found = members(pairs.rows, pairs.columns, together=settings.mentors_per_group > 1)
    groups = []
    for students, mentors in found:
        names = tuple(_ids([table.mentor_ids[one] for one in mentors]))
        everybody = _ids([table.student_ids[one] for one in students])
        groups += [Group((one,), names) for one in everybody] if alone else [Group(tuple(everybody), names)]
    return tuple(_by_id(groups))


def _ids(ids: list[Id]) -> list[Id]:
    return [one for (one,) in _by_id([(one,) for one in ids])]


def _tell_full(table: Table, plan: Plan) -> list[FullMentor]:
    places = table.mentor["places"]
    columns = np.flatnonzero((plan.used >= places) & (places > 0) & ~table.mentor["kept_out"])
    gains = zip(columns.tolist(), *(part.tolist() for part in apart(plan.prices[columns], plan)), strict=True)
    return [
        FullMentor(table.mentor_ids[column], int(places[column]), students, points, choice, mentors)
        for column, students, mentors, choice, points in gains
    ]


def apart(prices: Array, plan: Plan) -> tuple[Array, Array, Array, Array]:
    """A price as first mentors, further mentors, choice (a first choice is 100) and points."""
    first = plan.unit - plan.further or plan.unit
    students = _nearest(prices, first)
    rest = prices - students * first
    mentors = _nearest(rest, plan.further) if plan.further < plan.unit else np.zeros_like(rest)
    rest = rest - mentors * plan.further
    steps = _nearest(rest, plan.choice_unit) if plan.choice_unit else np.zeros_like(rest)
    # A student's first mentor is a mentor too; what is left of the count are further ones.
    return (
        students,
        mentors - students if plan.further < plan.unit else mentors,
        steps * LEVEL,
        rest - steps * plan.choice_unit,
    )


def _nearest(prices: Array, unit: int) -> Array:
    return (prices + unit // 2) // unit


def certify(table: Table, plan: Plan) -> Certificate:
    pairs, free = plan.pairs, np.flatnonzero(plan.need > 0)
    own = ~pairs.locked & ~pairs.second
    rows = pairs.rows[own]
    first = plan.first[rows] & np.append(True, rows[1:] != rows[:-1])[: len(rows)]
    value = sum((pairs.worth[own] + np.where(first, plan.unit, plan.further)).tolist())  # may be more than 64 bits hold
    prices = plan.student_prices
    return Certificate(
        unit=plan.unit,
        student_prices=dict(zip([table.student_ids[row] for row in free.tolist()], prices[free].tolist(), strict=True)),
        mentor_prices=dict(zip(table.mentor_ids, plan.prices.tolist(), strict=True)),
        value=value,
        bound=_bound(plan, free, pairs.rows[own], pairs.columns[own], pairs.worth[own]),
        floor=plan.floor,
        choice_unit=plan.choice_unit,
        further=plan.further,
    )


def _bound(plan: Plan, free: Array, rows: Array, columns: Array, worth: Array) -> int:
    """What the prices allow at most; pairs that are made may be worth more than the prices of their two people."""
    students, mentors = plan.student_prices, plan.prices
    first = np.where(plan.first, 1, 0)
    further = np.maximum(students - (plan.unit - plan.further), 0)
    whole = [
        *(np.maximum(students, 0) * first)[free].tolist(),
        *map(mul, (plan.need - first)[free].tolist(), further[free].tolist()),
        *map(mul, plan.places.tolist(), mentors.tolist()),
    ]
    if plan.further < plan.unit:
        whole += np.maximum(worth + plan.unit - students[rows] - mentors[columns], 0).tolist()
    return sum(whole)
