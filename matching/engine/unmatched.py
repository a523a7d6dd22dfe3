"""Why a student has no mentor, and the one change that would give them one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from . import axes
from .records import Settings
from .result import Reason, Unmatched
from .rules import broken, rounded
from .scoring import raw_points
from .table import UNKNOWN_DAY, Array, Table
from .views import Block, Pairs

MOST_CHANGES = 3
CHUNK = 512  # students at a time, so that memory stays flat

# When the mentors who break one rule only all break the same one.
ONLY_RULE = {
    "no_places": "nobody_has_places",
    "not_trained": "nobody_trained",
    "mentor_kept_out": "nobody_in_run",
    "check_missing": "no_check",
    "check_too_short": "checks_too_short",
    "line_manager": "only_line_manager",
    "excluded": "all_excluded",
    "declared_conflict": "all_conflicts",
    "forbidden": "all_forbidden",
    "no_shared_language": "no_shared_language",
    "no_shared_slot": "nobody_free",
    "out_of_reach": "nobody_in_reach",
    "below_minimum": "all_below_minimum",
}
FULL = "full"
# What lifts each rule, the smallest change first. Nothing lifts "line_manager".
CHANGE = {
    FULL: "one_more_place",
    "not_trained": "finish_training",
    "mentor_kept_out": "bring_in",
    "forbidden": "allow_pair",
    "no_shared_slot": "find_slot",
    "out_of_reach": "travel_longer",
    "check_too_short": "renew_check",
    "check_missing": "record_check",
    "below_minimum": "lower_minimum",
    "no_places": "first_place",
    "no_shared_language": "allow_language",
    "declared_conflict": "settle_conflict",
    "excluded": "lift_exclusion",
}


def explain_unmatched(table: Table, rows: Array, settings: Settings, used: Array) -> list[Unmatched]:
    """One answer per row. used: places taken per mentor in the finished matching."""
    answers: list[Unmatched] = []
    for start in range(0, len(rows), CHUNK):
        answers += _explain(table, rows[start : start + CHUNK], settings, used)
    return answers


def _explain(table: Table, rows: Array, settings: Settings, used: Array) -> list[Unmatched]:
    if not table.mentor_ids:
        nobody = Reason("no_mentors"), (Reason("more_mentors"),)
        return [Unmatched(table.student_ids[row], *nobody) for row in rows]
    points = raw_points(table, rows, settings)
    rules = broken(Block(table, rows), settings, points)
    count = np.zeros(points.shape, np.uint8)
    for where in rules.values():
        count += where
    full = (used >= table.mentor["places"]) & (table.mentor["places"] > 0)
    best = _best_by_change(points, rules, count, full)
    scores = rounded(points)
    return [
        Unmatched(
            table.student_ids[row],
            _reason(line, count, rules, scores),
            _changes(table, settings, int(row), line, best, scores),
        )
        for line, row in enumerate(rows)
    ]


def _reason(line: int, count: Array, rules: dict[str, Array], scores: Array) -> Reason:
    fitting = int((count[line] == 0).sum())
    if fitting:
        return Reason("no_place_left", {"mentors": fitting})
    single = count[line] == 1
    looked_at = single if single.any() else np.ones_like(single)
    tally = {rule: int((where[line] & looked_at).sum()) for rule, where in rules.items()}
    seen = sorted((-number, rule) for rule, number in tally.items() if number)
    if single.any() and len(seen) == 1:
        rule = seen[0][1]
        params = {"score": int(scores[line][single].max())} if rule == "below_minimum" else {}
        return Reason(ONLY_RULE[rule], params)
    return Reason("several_rules", {"rules": tuple((rule, -number) for number, rule in seen)})


def _best_by_change(
    points: Array, rules: dict[str, Array], count: Array, full: Array
) -> dict[str, tuple[list[bool], list[int]]]:
    """Change -> (whether one mentor is that one change away, the best of them) per student."""
    found = {}
    for rule in CHANGE:
        if rule == FULL:
            where = (count == 0) & full
        elif rule in rules:
            where = rules[rule] & (count == 1) & ~full
        else:
            continue
        best = np.where(where, points, -1).argmax(axis=1)
        found[rule] = where.any(axis=1).tolist(), best.tolist()
    return found


def _changes(
    table: Table,
    settings: Settings,
    row: int,
    line: int,
    best: dict[str, tuple[list[bool], list[int]]],
    scores: Array,
) -> tuple[Reason, ...]:
    changes = []
    for rule, (exists, mentors) in best.items():
        if not exists[line]:
            continue
        column = mentors[line]
        params = {"mentor": table.mentor_ids[column], "score": int(scores[line, column])}
        code, more = _DETAILS.get(rule, _plain)(table, settings, row, column, CHANGE[rule])
        changes.append(Reason(code, {**params, **more}))
    return tuple(changes[:MOST_CHANGES]) or (Reason("more_mentors"),)


Detail = Callable[[Table, Settings, int, int, str], tuple[str, dict[str, Any]]]


def _plain(table: Table, settings: Settings, row: int, column: int, code: str) -> tuple[str, dict[str, Any]]:
    return code, {}


def _until(table: Table, settings: Settings, row: int, column: int, code: str) -> tuple[str, dict[str, Any]]:
    day = int(table.student["check_needed"][row])
    return code, {"until": date.fromordinal(day) if day != UNKNOWN_DAY else None}


def _farther(table: Table, settings: Settings, row: int, column: int, code: str) -> tuple[str, dict[str, Any]]:
    minutes = _minutes(table, row, column)
    if minutes <= settings.max_travel_minutes:
        return "meet_otherwise", {}
    return code, {"minutes": minutes - settings.max_travel_minutes}


def _minutes(table: Table, row: int, column: int) -> int:
    """Journey if both would meet in person, else -1."""
    view = Pairs(table, np.array([row]), np.array([column]))
    return int(axes.minutes_apart(view)[0]) if axes.in_person(view)[0] else -1


_DETAILS: dict[str, Detail] = {
    "check_too_short": _until,
    "check_missing": _until,
    "out_of_reach": _farther,
}
