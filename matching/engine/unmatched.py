"""Why a student has no mentor, and the one change that would give them one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from . import axes
from .criteria import label_of
from .records import Settings
from .result import Reason, Unmatched
from .rules import CRITERION, broken_apart, rounded, rule_of
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
    "criterion_failed": "all_differ",
    "not_ranked": "nobody_ranked",
    "not_senior": "nobody_senior",
    "not_junior": "nobody_junior",
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
    "not_ranked": "widen_choice",
    "criterion_failed": "allow_difference",
    "declared_conflict": "settle_conflict",
    "excluded": "lift_exclusion",
}


@dataclass(slots=True)
class Found:
    """What was seen of some students with some mentors, line by line.

    broken: rule -> where it forbids. count: how many rules forbid. full: mentors without a free
    place. best: change -> (whether one mentor is just that away, the best of them, their score).
    """

    columns: Array
    points: Array
    broken: dict[str, Array]
    count: Array
    full: Array
    best: dict[str, tuple[list[bool], list[int], list[int]]]


def explain_unmatched(table: Table, points: Array, rows: Array, settings: Settings, used: Array) -> list[Unmatched]:
    """One answer per row.

    points: students × mentors, below 0 where a rule forbids. used: places taken per mentor in the
    finished matching.
    """
    if not table.mentor_ids:
        nobody = Reason("no_mentors"), (Reason("more_mentors"),)
        return [Unmatched(table.student_ids[row], *nobody) for row in rows]
    fitting = (points[rows] >= 0).sum(axis=1)
    answers: list[Unmatched] = []
    for some, explain in ((rows[fitting > 0], _left_over), (rows[fitting == 0], _ruled_out)):
        for start in range(0, len(some), CHUNK):
            answers += explain(table, points, some[start : start + CHUNK], settings, used)
    return answers


def _left_over(table: Table, points: Array, rows: Array, settings: Settings, used: Array) -> list[Unmatched]:
    """Somebody fits, and all who fit are full; others would do but for one rule."""
    fitting = points[rows]
    numbers, best = (fitting >= 0).sum(axis=1).tolist(), fitting.argmax(axis=1)
    scores = rounded(fitting[np.arange(len(rows)), best]).tolist()
    places = table.mentor["places"]
    others = np.flatnonzero((used < places) | (places == 0))
    alone = (fitting >= 0) & (used < places) & (places > 0)  # they have places, but lead no group that is large enough
    found = _look(table, rows, others, settings, used)
    leaders = alone.any(axis=1).tolist()
    answers = []
    for line, row in enumerate(rows.tolist()):
        place = {"mentor": table.mentor_ids[best[line]], "score": scores[line]}
        first, reason = Reason(CHANGE[FULL], place), Reason("no_place_left", {"mentors": numbers[line]})
        if leaders[line]:
            first = _smaller_group(table, fitting[line], alone[line], used)
            reason = Reason("no_group", {"mentors": numbers[line], "least": settings.least_per_group})
        changes = (first, *_changes(table, settings, row, line, found))
        answers.append(Unmatched(table.student_ids[row], reason, changes[:MOST_CHANGES]))
    return answers


def _smaller_group(table: Table, fitting: Array, alone: Array, used: Array) -> Reason:
    """The best of the mentors who have places, with the group they would lead."""
    best = int(np.where(alone, fitting, -1).argmax())
    group = {"mentor": table.mentor_ids[best], "score": int(rounded(fitting[best])), "students": int(used[best]) + 1}
    return Reason("smaller_group", group)


def _ruled_out(table: Table, points: Array, rows: Array, settings: Settings, used: Array) -> list[Unmatched]:
    """Nobody fits: which rules stand in the way."""
    found = _look(table, rows, np.arange(table.shape[1]), settings, used)
    return [
        Unmatched(
            table.student_ids[row],
            _reason(line, settings, found),
            tuple(_changes(table, settings, row, line, found)[:MOST_CHANGES]) or (Reason("more_mentors"),),
        )
        for line, row in enumerate(rows.tolist())
    ]


def _look(table: Table, rows: Array, columns: Array, settings: Settings, used: Array) -> Found:
    points = raw_points(table, rows, settings, columns)
    rules = broken_apart(Block(table, rows, columns), settings, points)
    count = np.zeros(points.shape, np.uint8)
    for where in rules.values():
        count += where
    places = table.mentor["places"][columns]
    full = (used[columns] >= places) & (places > 0)
    return Found(columns, points, rules, count, full, _best(points, rules, count, full))


def _best(points: Array, rules: dict[str, Array], count: Array, full: Array) -> dict[str, tuple[list[bool], list[int], list[int]]]:
    only = (count == 1) & ~full
    found = {}
    order = {rule: place for place, rule in enumerate(CHANGE)}
    for rule in sorted(rules, key=lambda rule: order.get(rule_of(rule), -1)):
        if rule_of(rule) in CHANGE and (where := rules[rule] & only).any():
            best = np.where(where, points, -1).argmax(axis=1)
            scores = rounded(points[np.arange(len(best)), best]).tolist()
            found[rule] = where.any(axis=1).tolist(), best.tolist(), scores
    return found


def _reason(line: int, settings: Settings, found: Found) -> Reason:
    single = found.count[line] == 1
    looked_at = single if single.any() else np.ones_like(single)
    held = {name: where[line] & looked_at for name, where in found.broken.items()}
    seen = [name for name, where in held.items() if where.any()]
    if not seen:
        return Reason("nobody_else")
    if single.any() and len(seen) == 1:
        best = int(rounded(found.points[line][single].max()))
        return _only(seen[0], best, settings)
    mentors: dict[str, Array] = {}
    for name in seen:
        mentors[rule_of(name)] = mentors.get(rule_of(name), False) | held[name]
    tally = sorted((-int(where.sum()), rule) for rule, where in mentors.items())
    return Reason("several_rules", {"rules": tuple((rule, -number) for number, rule in tally)})


def _only(name: str, best: int, settings: Settings) -> Reason:
    """Every mentor who is one rule away breaks this one."""
    rule = rule_of(name)
    if rule == CRITERION:
        return Reason(ONLY_RULE[rule], {"label": _label(name, settings)})
    return Reason(ONLY_RULE[rule], {"score": best} if rule == "below_minimum" else {})


def _label(name: str, settings: Settings) -> str:
    """What people read for the criterion of "criterion_failed:key"."""
    key = name.partition(":")[2]
    return next(label_of(one) for one in settings.criteria if one.key == key)


def _changes(table: Table, settings: Settings, row: int, line: int, found: Found) -> list[Reason]:
    changes = []
    for rule, (exists, best, scores) in found.best.items():
        if not exists[line]:
            continue
        column, score = int(found.columns[best[line]]), scores[line]
        code, more = _DETAILS.get(rule, _plain)(table, settings, row, column, CHANGE[rule_of(rule)])
        if rule_of(rule) == CRITERION:
            more = {"label": _label(rule, settings)}
        changes.append(Reason(code, {"mentor": table.mentor_ids[column], "score": score, **more}))
    return changes


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
