"""Checks a result from its own inputs: every fact again, and the proof that it is the best."""

from itertools import repeat
from operator import mul

import numpy as np

from .fairness import most_matched
from .plan import top_of, worth_of
from .records import axes_of
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
    "prices": "a price is below zero or does not cover a pair",
    "bound": "the bound is not what the prices give, or the gap is not zero",
    "floor": "a fairer worst pair is possible, or fewer are matched than could be",
}


def verify(result: Result) -> tuple[str, ...]:
    """The faults found (keys of FAULTS); empty when the result holds and is proven best."""
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
    checks = {
        "scores": all(map(_same_score, result.matches, points.tolist(), repeat(set(axes_of(result.inputs.settings))))),
        "rules": not (scored.points[rows, columns][free] < 0).any(),
        "capacity": not (used > table.mentor["places"]).any(),
        "locks": _locks_kept(result),
        "totals": _totals_hold(result, points),
    }
    locked = np.bincount(columns[~free], minlength=table.shape[1])
    checks |= _proof(result, table, scored.points, table.mentor["places"] - locked)
    return tuple(name for name, holds in checks.items() if not holds)


def _people(result: Result, table: Table) -> tuple[str, ...]:
    told = [one.student_id for one in (*result.matches, *result.unmatched)]
    mentors = {one.mentor_id for one in result.matches}
    whole = len(told) == len(set(told)) and set(told) == set(table.student_ids)
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


def _proof(result: Result, table: Table, points: Array, places: Array) -> dict[str, bool]:
    """Weak duality over all pairs the solver was free to make."""
    proof = result.certificate
    rows = np.array([one in proof.student_prices for one in table.student_ids], bool)
    locked = {one.student_id for one in result.inputs.locked}
    aside = locked | result.inputs.kept_out_students
    expected = np.array([one not in aside for one in table.student_ids], bool)
    if (rows != expected).any():
        return {"prices": False}
    step = proof.choice_unit
    if (step > 0) != (result.inputs.settings.aim == "ranked"):
        return {"bound": False}
    points = points[rows].astype(np.int64)
    held = True
    if result.inputs.settings.aim == "fairest":
        held = proof.floor is not None and _floor_holds(result, points, places, proof.floor)
        points = np.where(points < (proof.floor or 0), NOT_ALLOWED, points)
    students = np.array([proof.student_prices.get(one, 0) for one in table.student_ids])[rows]
    mentors = np.array([proof.mentor_prices[one] for one in table.mentor_ids], np.int64)
    worth = worth_of(points, table, np.flatnonzero(rows), step)
    pairs = min(len(students), int(places.sum()))
    row = {one: number for number, one in enumerate(one for one in table.student_ids if one in proof.student_prices)}
    column = {one: number for number, one in enumerate(table.mentor_ids)}
    free = [one for one in result.matches if not one.locked]
    value = sum(int(worth[row[one.student_id], column[one.mentor_id]]) + proof.unit for one in free)
    bound = sum(students.tolist()) + sum(map(mul, places.tolist(), mentors.tolist()))
    return {
        "prices": _covered(worth, students, mentors, proof.unit),
        "bound": proof.unit > pairs * top_of(step)
        and (step > pairs * TOP or not step)
        and (value, bound, 0) == (proof.value, proof.bound, proof.gap),
        "floor": held,
    }


def _covered(points: Array, students: Array, mentors: Array, unit: int) -> bool:
    if (students < 0).any() or (mentors < 0).any():
        return False
    for line, price in zip(points, students, strict=True):
        open_pairs = line >= 0
        if (price + mentors[open_pairs] < line[open_pairs] + unit).any():
            return False
    return True


def _floor_holds(result: Result, points: Array, places: Array, floor: int) -> bool:
    free = sum(not one.locked for one in result.matches)
    above = points[points > floor]
    higher = most_matched(points, places, int(above.min())) if len(above) else 0
    return free == most_matched(points, places) and (higher < free or free == 0)
