"""Records as columns of numbers: what scoring, rules and reasons read."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .records import Criterion, Id, Mentor, Settings, Student

Array = NDArray[Any]

TEXTS = ("industry", "town", "channel")
SETS = {  # name -> (student's field, mentor's field)
    "skills": ("wants", "skills"),
    "goals": ("goals", "goals"),
    "slots": ("availability", "availability"),
    "languages": ("languages", "languages"),
    "interests": ("interests", "interests"),
}
NO_NAMES: frozenset[str] = frozenset()
UNKNOWN_DAY = 0  # date.toordinal() starts at 1


@dataclass(slots=True)
class Overlap:
    """One many-of-list question: a 0/1 matrix for each side over the same alphabetical names."""

    names: list[str]
    students: Array
    mentors: Array
    student_groups: Array  # students with the same answer have the same number


class Marked(NamedTuple):
    """Numbers of pairs named one by one: sorted student * mentors + mentor, and a number from 0 up for each."""

    cells: Array
    numbers: Array


@dataclass(slots=True)
class Table:
    """Both sides, row by row. Text columns hold a number per name, -1 for not answered."""

    student_ids: list[Id]
    mentor_ids: list[Id]
    names: dict[str, list[str]] = field(default_factory=dict)
    student: dict[str, Array] = field(default_factory=dict)
    mentor: dict[str, Array] = field(default_factory=dict)
    sets: dict[str, Overlap] = field(default_factory=dict)
    links: dict[str, Array] = field(default_factory=dict)  # rule -> sorted student * mentors + mentor
    marked: dict[str, Marked] = field(default_factory=dict)
    travel: Array = field(default_factory=lambda: np.zeros((0, 0), np.int16))  # town × town minutes, -1 unknown

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.student_ids), len(self.mentor_ids)

    def answers(self, name: str) -> Array:
        """A number per student, equal where the answer is equal, from 0 up."""
        if name in self.sets:
            return self.sets[name].student_groups
        column = self.student[name]
        if column.dtype.kind == "f":
            return np.unique(column, return_inverse=True)[1]
        column = column.astype(np.int64)
        return column - column.min() if column.size else column


def answer_name(key: str) -> str:
    """The column or overlap that holds the answers to a criterion."""
    return f"answer:{key}"


def wish_names(key: str) -> tuple[str, str]:
    """The overlap of the students' wishes with the mentors' background, and the other way round."""
    return f"wish of student:{key}", f"wish of mentor:{key}"


def fold(text: str) -> str:
    """The form in which two texts are compared."""
    return text.strip().casefold()


def seeded_order(ids: Sequence[Id], seed: int) -> list[int]:
    """Positions in an order that depends on ids and seed alone, never on the order given."""
    start, printed = f"{seed}:".encode(), [repr(one) for one in ids]
    keys = [(hashlib.blake2b(start + text.encode(), digest_size=8).digest(), text) for text in printed]
    return sorted(range(len(keys)), key=keys.__getitem__)


def build_table(
    students: Sequence[Student],
    mentors: Sequence[Mentor],
    settings: Settings,
    forbidden: Iterable[tuple[Id, Id]] = (),
    kept_out_mentors: frozenset[Id] = frozenset(),
) -> Table:
    """Columns for these people, in the order given."""
    table = Table([one.id for one in students], [one.id for one in mentors])
    for name in TEXTS:
        _add_text(table, name, students, mentors)
    for name, (left, right) in SETS.items():
        table.sets[name] = _overlap([getattr(one, left) for one in students], [getattr(one, right) for one in mentors])
    for name in ("online_ok", "online_only"):
        table.student[name] = np.array([getattr(one, name) for one in students], bool)
        table.mentor[name] = np.array([getattr(one, name) for one in mentors], bool)
    for one in settings.criteria:
        _add_criterion(table, one, students, mentors)
    _add_student_columns(table, students, settings)
    _add_mentor_columns(table, mentors, settings, frozenset(kept_out_mentors))
    for people, columns in ((students, table.student), (mentors, table.mentor)):
        columns["seniority"] = np.array([one.seniority for one in people], np.float64)  # None becomes NaN
    _add_links(table, students, mentors, forbidden)
    _add_ranks(table, students, mentors)
    table.travel = _travel_matrix(table.names["town"], settings)
    return table


def _add_text(table: Table, name: str, students: Sequence[Student], mentors: Sequence[Mentor]) -> None:
    left = [getattr(one, name) for one in students]
    right = [getattr(one, name) for one in mentors]
    names, code = _vocabulary(set(left) | set(right))
    code[""] = -1
    table.names[name] = names
    table.student[name] = np.array([code[text] for text in left], np.int16)
    table.mentor[name] = np.array([code[text] for text in right], np.int16)


def _add_criterion(table: Table, one: Criterion, students: Sequence[Student], mentors: Sequence[Mentor]) -> None:
    key, name = one.key, answer_name(one.key)
    if one.kind == "wish":
        of_student, of_mentor = wish_names(key)
        table.sets[of_student] = _overlap(
            [_given(each.wishes, key) for each in students], [_given(each.background, key) for each in mentors]
        )
        table.sets[of_mentor] = _overlap(
            [_given(each.background, key) for each in students], [_given(each.wishes, key) for each in mentors]
        )
    elif one.kind == "near":
        for people, columns in ((students, table.student), (mentors, table.mentor)):
            columns[name] = np.array([each.answers.get(key) for each in people], np.float64)  # None becomes NaN
    else:
        table.sets[name] = _overlap(
            [_given(each.answers, key) for each in students], [_given(each.answers, key) for each in mentors]
        )


def _given(answers: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(answers.get(key) or NO_NAMES)


def _vocabulary(texts: set[str]) -> tuple[list[str], dict[str, int]]:
    """Names in alphabetical order (one spelling each) and the number of every spelling."""
    folded: dict[str, str] = {}
    for text in sorted(texts, reverse=True):
        folded[fold(text)] = text.strip()
    folded.pop("", None)
    numbers = {key: number for number, key in enumerate(sorted(folded))}
    names = [folded[key] for key in numbers]
    return names, {text: numbers.get(fold(text), -1) for text in texts}


def _overlap(left: list[frozenset[str]], right: list[frozenset[str]]) -> Overlap:
    """Each different answer is worked out once, however many people gave it."""
    groups: dict[frozenset[str], int] = {}
    numbers = np.array([groups.setdefault(one, len(groups)) for one in left], np.int64)
    different: dict[frozenset[str], int] = {}
    others = np.array([different.setdefault(one, len(different)) for one in right], np.intp)
    names, code = _vocabulary(set().union(*groups, *different))
    width = len(names)
    return Overlap(
        names, _zero_one(list(groups), code, width)[numbers], _zero_one(list(different), code, width)[others], numbers
    )


def _zero_one(sets: list[frozenset[str]], code: dict[str, int], width: int) -> Array:
    matrix = np.zeros((len(sets), width), np.float32)
    rows = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    columns = np.array([code[text] for one in sets for text in one], np.intp)
    matrix[rows[columns >= 0], columns[columns >= 0]] = 1
    return matrix


def _add_student_columns(table: Table, students: Sequence[Student], settings: Settings) -> None:
    def needed_until(one: Student) -> int:
        day = one.placement_end or one.placement_start or settings.check_from
        return day.toordinal() if day else UNKNOWN_DAY

    table.student["check_needed"] = np.array([needed_until(one) for one in students], np.int32)


def _add_mentor_columns(table: Table, mentors: Sequence[Mentor], settings: Settings, kept_out: frozenset[Id]) -> None:
    def column(name: str, value: Callable[[Mentor], Any], kind: type) -> None:
        table.mentor[name] = np.array([value(one) for one in mentors], kind)

    most = len(table.student_ids)
    if settings.students_per_group is not None:
        most = min(most, settings.students_per_group)
    column("places", lambda one: min(one.capacity, most), np.int64)
    column("years", _whole_years, np.int16)
    column("trained", lambda one: one.trained, bool)
    column("overridden", lambda one: one.training_overridden and not one.trained, bool)
    column("kept_out", lambda one: one.id in kept_out, bool)
    column(
        "check_until",
        lambda one: one.check_valid_until.toordinal() if one.check_valid_until else UNKNOWN_DAY,
        np.int32,
    )


def _whole_years(mentor: Mentor) -> int:
    return -1 if mentor.years_experience is None else min(int(mentor.years_experience), 99)


def _add_links(
    table: Table,
    students: Sequence[Student],
    mentors: Sequence[Mentor],
    forbidden: Iterable[tuple[Id, Id]],
) -> None:
    """Pairs named one by one, as sorted positions in the students × mentors matrix."""
    row = {one.id: number for number, one in enumerate(students)}
    column = {one.id: number for number, one in enumerate(mentors)}
    width = len(mentors)
    by_email: dict[str, list[Id]] = {}
    for mentor in mentors:
        if mentor.email:
            by_email.setdefault(fold(mentor.email), []).append(mentor.id)
    named = {
        "line_manager": [(r, key) for r, one in enumerate(students) for key in one.line_manager_ids]
        + [
            (r, key)
            for r, one in enumerate(students)
            for text in one.line_manager_emails
            for key in by_email.get(fold(text), ())
        ],
        "excluded": [(r, key) for r, one in enumerate(students) for key in one.excluded_mentors],
        "declared_conflict": [(r, key) for r, one in enumerate(students) for key in one.declared_conflicts],
        "forbidden": [(row[student], mentor) for student, mentor in forbidden if student in row],
    }
    returned = {
        "excluded": [(key, c) for c, one in enumerate(mentors) for key in one.excluded_students],
        "declared_conflict": [(key, c) for c, one in enumerate(mentors) for key in one.declared_conflicts],
    }
    for rule, pairs in named.items():
        cells = {r * width + column[key] for r, key in pairs if key in column}
        cells.update(row[key] * width + c for key, c in returned.get(rule, ()) if key in row)
        table.links[rule] = np.array(sorted(cells), np.int64)


def _add_ranks(table: Table, students: Sequence[Student], mentors: Sequence[Mentor]) -> None:
    """Who chose whom as which choice (0 is the first); "chose": whether somebody chose anybody at all."""
    row = {one: number for number, one in enumerate(table.student_ids)}
    column = {one: number for number, one in enumerate(table.mentor_ids)}
    width = len(mentors)
    of_student = [
        (row[one.id] * width + column[key], place)
        for one in students
        for place, key in (_places(one.ranks, column) if one.ranks else ())
    ]
    of_mentor = [
        (row[key] * width + column[one.id], place)
        for one in mentors
        for place, key in (_places(one.ranks, row) if one.ranks else ())
    ]
    for name, found in (("student choice", of_student), ("mentor choice", of_mentor)):
        found.sort()
        table.marked[name] = Marked(
            np.array([c for c, _ in found], np.int64), np.array([min(p, 999) for _, p in found], np.int16)
        )
    for people, columns in ((students, table.student), (mentors, table.mentor)):
        columns["chose"] = np.array([bool(one.ranks) for one in people], bool)


def _places(ranks: Sequence[Id], known: Mapping[Id, int]) -> list[tuple[int, Id]]:
    """(place, id) of those who are in the table, each once; who is not still keeps a place."""
    return [(place, key) for place, key in enumerate(dict.fromkeys(ranks)) if key in known]


def _travel_matrix(towns: list[str], settings: Settings) -> Array:
    number = {fold(town): position for position, town in enumerate(towns)}
    minutes = np.full((len(towns), len(towns)), -1, np.int16)
    # Written reversed first, so that a journey given in its own direction wins.
    for reverse in (True, False):
        for (start, end), value in settings.travel_minutes.items():
            here, there = number.get(fold(start)), number.get(fold(end))
            if here is not None and there is not None:
                minutes[(there, here) if reverse else (here, there)] = value
    return minutes
