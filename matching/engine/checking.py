"""Turns down records and settings that contradict themselves, before any arithmetic."""

import math
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from numbers import Integral, Real

from .errors import EngineInputError
from .records import AXES, CHOICE, KINDS, Criterion, Id, Mentor, Settings, Student

MOST_WEIGHT = 100  # of a criterion
MOST_MENTORS = 3  # of one student
FULL = 100  # the shares of the axes add up to this


def check_people(students: Iterable[Student], mentors: Iterable[Mentor]) -> None:
    seen: set[Id] = set()
    for student in students:
        if student.id in seen:
            raise EngineInputError("duplicate_student", student=student.id)
        seen.add(student.id)
        start, end = student.placement_start, student.placement_end
        if start and end and end < start:
            raise EngineInputError("bad_placement_dates", student=student.id)
        _check_seniority(student)
    seen = set()
    for mentor in mentors:
        if mentor.id in seen:
            raise EngineInputError("duplicate_mentor", mentor=mentor.id)
        seen.add(mentor.id)
        _check_capacity(mentor)
        _check_seniority(mentor)
        if mentor.years_experience is not None and not _is_number(mentor.years_experience):
            raise EngineInputError("bad_years", mentor=mentor.id, value=mentor.years_experience)


def _check_capacity(mentor: Mentor) -> None:
    if type(mentor.capacity) is not int and not _is_whole(mentor.capacity):
        raise EngineInputError("bad_capacity", mentor=mentor.id, value=mentor.capacity)
    if mentor.capacity < 0:
        raise EngineInputError("negative_capacity", mentor=mentor.id, value=mentor.capacity)


def _check_seniority(person: Student | Mentor) -> None:
    if person.seniority is not None and (not _is_whole(person.seniority) or abs(person.seniority) > 2**31):
        raise EngineInputError("bad_seniority", person=person.id, value=person.seniority)


def _is_whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    """Whether this is a finite number from 0 up (bool is not)."""
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def check_settings(settings: Settings) -> None:
    shares(settings)
    whole = {
        "minimum_score": range(101),
        "mentors_per_student": range(1, MOST_MENTORS + 1),
        "mentors_per_group": range(1, 3),
        "least_per_group": range(2**31),
        "max_travel_minutes": range(1, 24 * 60 + 1),
        "seed": range(-(2**63), 2**63),
    }
    for name, allowed in whole.items():
        value = getattr(settings, name)
        if not _is_whole(value) or value not in allowed:
            raise EngineInputError("bad_setting", setting=name, value=value)
    ceiling = settings.students_per_group
    if ceiling is not None and (not _is_whole(ceiling) or ceiling < 0):
        raise EngineInputError("bad_setting", setting="students_per_group", value=ceiling)
    words = {"aim": ("total", "fairest", "ranked"), "seniority": ("", "peer", "reverse")}
    for name, known in words.items():
        if getattr(settings, name) not in known:
            raise EngineInputError("bad_setting", setting=name, value=getattr(settings, name))
    _check_format(settings)
    _check_criteria(settings)
    for (start, end), minutes in settings.travel_minutes.items():
        if not _is_whole(minutes) or not 0 <= minutes <= 24 * 60:
            raise EngineInputError("bad_travel_time", start=start, end=end, value=minutes)


def _check_format(settings: Settings) -> None:
    """What the solvers cannot do together is refused, not done half."""
    teams, groups = settings.mentors_per_student > 1, settings.least_per_group > 1
    apart = {
        ("mentors_per_student", "least_per_group"): teams and groups,
        ("mentors_per_student", "mentors_per_group"): teams and settings.mentors_per_group > 1,
        ("least_per_group", "aim"): groups and settings.aim == "fairest",
        ("mentors_per_group", "students_per_group"): settings.mentors_per_group > 1 and settings.students_per_group is None,
    }
    for (setting, other), holds in apart.items():
        if holds:
            raise EngineInputError("formats_apart", setting=setting, other=other)


def _check_criteria(settings: Settings) -> None:
    seen: set[str] = set()
    for one in settings.criteria:
        if one.key in seen:
            raise EngineInputError("duplicate_criterion", key=one.key)
        seen.add(one.key)
        for name, holds in _criterion_holds(one).items():
            if not holds:
                raise EngineInputError("bad_criterion", key=one.key, field=name, value=getattr(one, name))


def _criterion_holds(one: Criterion) -> dict[str, bool]:
    return {
        "key": isinstance(one.key, str) and bool(one.key),
        "axis": one.axis in AXES,
        "kind": one.kind in KINDS,
        "weight": _is_number(one.weight) and one.weight <= MOST_WEIGHT,
        "hard": not (one.hard and one.kind == "wish"),  # a wish never counts against anybody
        "span": _is_number(one.span) and one.span > 0,
    }


def check_answers(people: Iterable[Student | Mentor], settings: Settings) -> None:
    """Answers to the criteria are of the kind their criterion can read; other answers are nobody's business here."""
    for one in settings.criteria:
        for person in people:
            if one.kind == "wish":
                given = [person.wishes.get(one.key), person.background.get(one.key)]
            else:
                given = [person.answers.get(one.key)]
            for value in given:
                if value is not None and not _can_read(one, value):
                    raise EngineInputError("bad_answer", person=person.id, key=one.key, value=value)


def _can_read(one: Criterion, value: object) -> bool:
    if one.kind == "near":
        return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    return isinstance(value, AbstractSet) and all(isinstance(text, str) for text in value)


def shares(settings: Settings) -> dict[str, int]:
    """Axis -> its share of 100, whole numbers (largest remainders first, then the axes' order)."""
    values = {axis: getattr(settings.weights, axis) for axis in AXES} | {CHOICE: settings.rank_weight}
    for axis, value in values.items():
        if not _is_number(value):
            raise EngineInputError("bad_weight", axis=axis, value=value)
    largest = max(values.values())
    if largest == 0:
        raise EngineInputError("weights_all_zero")
    # Divide by the largest first: a sum of huge numbers would be infinite.
    scaled = {axis: float(value) / float(largest) for axis, value in values.items()}
    exact = {axis: FULL * part / sum(scaled.values()) for axis, part in scaled.items()}
    result = {axis: int(part) for axis, part in exact.items()}
    by_remainder = sorted(values, key=lambda axis: result[axis] - exact[axis])
    for axis in by_remainder[: FULL - sum(result.values())]:
        result[axis] += 1
    return result
