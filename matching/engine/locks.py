"""Locked, forbidden and kept-out people: checked against the lists and against each other."""

from collections.abc import Iterable

import numpy as np

from .errors import EngineInputError
from .records import Id, Lock, Settings
from .result import Inputs
from .rules import broken
from .table import Array, Table
from .views import Pairs


def as_locks(pairs: Iterable[tuple[Id, ...]]) -> tuple[Lock, ...]:
    """Pairs or Locks, once each, in an order that does not depend on the one given."""
    locks = {Lock(*pair) for pair in pairs}
    return tuple(sorted(locks, key=lambda one: (repr(one.student_id), repr(one.mentor_id))))


def check_names(inputs: Inputs) -> None:
    """Everybody named in a lock, a ban or a keep-out exists, and these do not contradict."""
    students = {one.id for one in inputs.students}
    mentors = {one.id for one in inputs.mentors}
    pairs = [one[:2] for one in inputs.locked] + sorted(inputs.forbidden, key=repr)
    for student in [pair[0] for pair in pairs] + sorted(inputs.kept_out_students, key=repr):
        if student not in students:
            raise EngineInputError("unknown_student", student=student)
    for mentor in [pair[1] for pair in pairs] + sorted(inputs.kept_out_mentors, key=repr):
        if mentor not in mentors:
            raise EngineInputError("unknown_mentor", mentor=mentor)
    _check_contradictions(inputs)


def _check_contradictions(inputs: Inputs) -> None:
    taken: dict[Id, list[Id]] = {}
    most = max(inputs.settings.mentors_per_student, inputs.settings.mentors_per_group)
    for student, mentor, _ in inputs.locked:
        others = taken.setdefault(student, [])
        if len(others) == most or mentor in others:
            raise EngineInputError("locked_twice", student=student, first=others[0], second=mentor)
        others.append(mentor)
        if (student, mentor) in inputs.forbidden:
            raise EngineInputError("lock_is_forbidden", student=student, mentor=mentor)
        if student in inputs.kept_out_students or mentor in inputs.kept_out_mentors:
            raise EngineInputError("lock_is_kept_out", student=student, mentor=mentor)


def check_locks(
    table: Table, locks: tuple[Lock, ...], rows: Array, columns: Array, settings: Settings, points: Array
) -> None:
    """Capacity and rules bear the locked pairs. rows, columns, points: theirs, hard rules aside."""
    _check_capacity(table, columns)
    for rule, where in broken(Pairs(table, rows, columns), settings, points).items():
        for lock, holds in zip(locks, where.tolist(), strict=True):
            if holds and rule not in lock.despite:
                raise EngineInputError("lock_breaks_rule", student=lock.student_id, mentor=lock.mentor_id, rule=rule)


def _check_capacity(table: Table, columns: Array) -> None:
    used = np.bincount(columns, minlength=len(table.mentor_ids))
    for column in np.flatnonzero(used > table.mentor["places"]):
        raise EngineInputError(
            "lock_breaks_capacity",
            mentor=table.mentor_ids[column],
            places=int(table.mentor["places"][column]),
            locked=int(used[column]),
        )
