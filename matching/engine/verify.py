"""Checks a result from its own inputs: every fact again, and the proof that it is the best."""

from collections import Counter
from dataclasses import dataclass
from itertools import repeat
from operator import mul

import numpy as np

from .choice import top_of
from .fairness import most_matched
from .flow import Demand, count_several
from .plan import worth_of
from .records import Id, axes_of
from .result import Match, Result
from .rules import rounded
from .scoring import NOT_ALLOWED, score_all, score_pairs
from .solve import read
from .sparse import TOP
from .table import Array, Table

FAULTS = {
    "people": "somebody is missing, named twice or not on the list",
    "scores": "a score is not what the records give",
    "rules": "a pair breaks a hard rule",
    "capacity": "a mentor has more students than places",
    "locks": "a locked pair is missing or a pair is wrongly called locked",
    "totals": "the totals are not those of the pairs",
    "groups": "a group is smaller than it may be, or not who was matched",
    "prices": "a price is below zero or does not cover a pair",
    "bound": "the bound is not what the prices give, or the gap is not zero",
    "floor": "a fairer worst pair is possible, or fewer are matched than could be",
}


def verify(result: Result) -> tuple[str, ...]:
    """The faults found (keys of FAULTS); empty when the result holds and is proven best.

    Where groups have a least size the gap need not be zero: `Result.exact` says what is known then.
    """
    table = read(result.inputs)
    found = _people(result, table)
    if found:
        return found
    scored = score_all(table, result.inputs.settings)
    row = {one: number for number, one in enumerate(table.student_ids)}
    column = {one: number for number, one in enumerate(table.mentor_ids)}
    rows = np.array([row[one.student_id] for one in result.matches], np.intp)
    columns = np.array([column[one.mentor_id] for one in result.matches], np.intp)
    free = np.array([not one.locked for one in result.matches], bool)
    points = score_pairs(table, rows, columns, result.inputs.settings)
    used = np.bincount(columns, minlength=table.shape[1])
    axes = set(axes_of(result.inputs.settings))
    checks = {
        "scores": all(map(_same_score, result.matches, points.tolist(), repeat(axes))),
        "rules": not (scored.points[rows, columns][free] < 0).any(),
        "capacity": not (used > table.mentor["places"]).any(),
        "locks": _locks_kept(result),
        "totals": _totals_hold(result, points),
        "groups": _groups_hold(result),
    }
    locked = np.bincount(columns[~free], minlength=table.shape[1])
    checks |= _proof(result, table, scored.points, table.mentor["places"] - locked)
    return tuple(name for name, holds in checks.items() if not holds)


def _people(result: Result, table: Table) -> tuple[str, ...]:
    settings = result.inputs.settings
    most = max(settings.mentors_per_student, settings.mentors_per_group)
    pairs = [(one.student_id, one.mentor_id) for one in result.matches]
    matched = Counter(student for student, _ in pairs)
    left = [one.student_id for one in result.unmatched]
    told = [*matched, *left]
    mentors = {mentor for _, mentor in pairs}
    whole = len(told) == len(set(told)) and set(told) == set(table.student_ids)
    whole = whole and len(pairs) == len(set(pairs)) and max(matched.values(), default=0) <= most
    priced = set(result.certificate.mentor_prices) == set(table.mentor_ids)
    return () if whole and priced and mentors <= set(table.mentor_ids) else ("people",)


def _same_score(match: Match, points: int, axes: set[str]) -> bool:
    return (match.points, match.score) == (points, int(rounded(points))) and set(match.axes) == axes


def _locks_kept(result: Result) -> bool:
    told = {(one.student_id, one.mentor_id) for one in result.matches if one.locked}
    return told == {one[:2] for one in result.inputs.locked}


def _totals_hold(result: Result, points: Array) -> bool:
    worst = int(rounded(points.min())) if len(points) else None
    return (result.total, result.worst) == (int(points.sum()), worst)


def _groups_hold(result: Result) -> bool:
    """Everybody matched is in one group with their own mentors, and groups are as large as they have to be."""
    settings = result.inputs.settings
    students = Counter(student for group in result.groups for student in group.student_ids)
    pairs = {(student, mentor) for group in result.groups for student in group.student_ids for mentor in group.mentor_ids}
    made = {(one.student_id, one.mentor_id) for one in result.matches}
    least = settings.least_per_group
    sizes = Counter(one.mentor_id for one in result.matches)
    by_hand = {one.mentor_id for one in result.matches if one.locked}
    large = least < 2 or all(size >= least or mentor in by_hand for mentor, size in sizes.items())
    return large and made <= pairs and set(students.values()) <= {1} and set(students) == {student for student, _ in made}


@dataclass(slots=True)
class _Case:
    """The problem the solver had: students with what they still needed, places left, what pairs were worth."""

    students: list[Id]
    rows: Array
    demand: Demand
    points: Array
    places: Array


def _case(result: Result, table: Table, points: Array, places: Array) -> _Case:
    have = Counter(one.student_id for one in result.inputs.locked)
    out, most = result.inputs.kept_out_students, result.inputs.settings.mentors_per_student
    rows = np.array([one not in out and have[one] < most for one in table.student_ids], bool)
    students = [one for one, free in zip(table.student_ids, rows.tolist(), strict=True) if free]
    need = np.array([most - have[one] for one in students], np.int64)
    own = points[rows].astype(np.int64)
    line = {one: number for number, one in enumerate(students)}
    column = {one: number for number, one in enumerate(table.mentor_ids)}
    for student, mentor, _ in result.inputs.locked:
        if student in line:
            own[line[student], column[mentor]] = NOT_ALLOWED
    return _Case(
        students, np.flatnonzero(rows), Demand(need, np.array([have[one] == 0 for one in students], bool)), own, places
    )


def _proof(result: Result, table: Table, points: Array, places: Array) -> dict[str, bool]:
    """Weak duality over all pairs the solver was free to make."""
    proof, settings = result.certificate, result.inputs.settings
    case = _case(result, table, points, places)
    if set(proof.student_prices) != set(case.students):
        return {"prices": False}
    step = proof.choice_unit
    if (step > 0) != (settings.aim == "ranked"):
        return {"bound": False}
    held = True
    if settings.aim == "fairest":
        held = proof.floor is not None and _floor_holds(result, case, proof.floor)
        case.points = np.where(case.points < (proof.floor or 0), NOT_ALLOWED, case.points)
    worth = worth_of(case.points, table, case.rows, step)
    students = np.array([proof.student_prices[one] for one in case.students], np.int64)
    mentors = np.array([proof.mentor_prices[one] for one in table.mentor_ids], np.int64)
    several = settings.mentors_per_student > 1
    covered, excess = _covered(worth, students, mentors, proof.unit)
    fair = not (students < 0).any() and not (mentors < 0).any() and (several or covered)
    counted = (_value(result, table, case, worth), _bound(result, case, students, mentors) + (excess if several else 0))
    closed = proof.gap == 0 or (result.exact != "proven" and settings.least_per_group > 1 and proof.gap > 0)
    units = _units_hold(result, case, step)
    return {"prices": fair, "bound": units and closed and counted == (proof.value, proof.bound), "floor": held}


def _units_hold(result: Result, case: _Case, step: int) -> bool:
    """Each kind of gain is more than all of the next kind together."""
    proof = result.certificate
    pairs = min(sum(case.demand.most.tolist()), sum(case.places.tolist()))
    several = result.inputs.settings.mentors_per_student > 1
    above = pairs * (proof.further + top_of(step)) if several else 0
    apart = proof.unit - proof.further > above if several else proof.unit == proof.further
    return apart and proof.further > pairs * top_of(step) and (step > pairs * TOP or not step)


def _value(result: Result, table: Table, case: _Case, worth: Array) -> int:
    proof = result.certificate
    line = {one: number for number, one in enumerate(case.students)}
    column = {one: number for number, one in enumerate(table.mentor_ids)}
    value, seen = 0, set()
    for one in result.matches:
        if one.locked or one.second:
            continue
        row = line[one.student_id]
        first = bool(case.demand.first[row]) and row not in seen
        seen.add(row)
        value += int(worth[row, column[one.mentor_id]]) + (proof.unit if first else proof.further)
    return value


def _bound(result: Result, case: _Case, students: Array, mentors: Array) -> int:
    """What the prices allow at most, pairs that exceed them aside."""
    proof, demand = result.certificate, case.demand
    further = np.maximum(students - (proof.unit - proof.further), 0)
    first = demand.first.astype(np.int64)
    return (
        sum((students * first).tolist())
        + sum(map(mul, (demand.most - first).tolist(), further.tolist()))
        + sum(map(mul, case.places.tolist(), mentors.tolist()))
    )


def _covered(worth: Array, students: Array, mentors: Array, unit: int) -> tuple[bool, int]:
    """Whether the prices cover every pair, and by how much they do not in all."""
    excess = 0
    for line, price in zip(worth, students, strict=True):
        over = line.astype(np.int64) + unit - price - mentors
        excess += sum(over[(line >= 0) & (over > 0)].tolist())
    return excess == 0, excess


def _floor_holds(result: Result, case: _Case, floor: int) -> bool:
    above = case.points[case.points > floor]
    next_level = int(above.min()) if len(above) else None
    free = [one for one in result.matches if not one.locked]
    if result.inputs.settings.mentors_per_student == 1:
        made, best = len(free), most_matched(case.points, case.places)
        higher = most_matched(case.points, case.places, next_level) if next_level is not None else 0
        return made == best and (higher < made or made == 0)
    line = {one: number for number, one in enumerate(case.students)}
    fresh = {one.student_id for one in free if case.demand.first[line[one.student_id]]}
    counts, best = (len(fresh), len(free)), count_several(case.points, case.places, case.demand)
    lifted = np.where(case.points < (next_level or 0), NOT_ALLOWED, case.points)
    higher = count_several(lifted, case.places, case.demand) if next_level is not None else (0, 0)
    return counts == best and (higher != counts or not free)
