"""What comes out of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from .records import Id, Lock, Mentor, Settings, Student


class Reason(NamedTuple):
    """A code of `codes.CODES` and the values its words need."""

    code: str
    params: Mapping[str, Any] = {}


class Alternative(NamedTuple):
    """The mentor a student would do best with next.

    score: of that pair. difference: points out of 100 lost for this student (negative: gained).
    costs_at_least: points out of 100 the whole programme would lose, never less (from the prices).
    loses_a_student: somebody else would go without a mentor.
    full: all places of that mentor are taken. costs_choice: with the aim "ranked", what the choices lose before any points.
    exact: it costs just that (the move alone reaches the bound); `exact_cost` gives it for any pair.
    """

    mentor_id: Id
    score: int
    difference: int
    costs_at_least: int
    loses_a_student: bool
    full: bool
    costs_choice: int = 0
    exact: bool = False


class Match(NamedTuple):
    """One proposal. score: 0 to 100; points: the same in hundredths, what the engine adds up.

    second: added as the second mentor of a group that was settled before.
    """

    student_id: Id
    mentor_id: Id
    score: int
    points: int
    axes: Mapping[str, int]
    reasons_for: tuple[Reason, ...]
    reasons_against: tuple[Reason, ...]
    alternative: Alternative | None
    locked: bool
    second: bool = False


class Unmatched(NamedTuple):
    """A student without a mentor, why, and what would change it (smallest change first)."""

    student_id: Id
    reason: Reason
    changes: tuple[Reason, ...]


class FullMentor(NamedTuple):
    """A mentor without a free place: what one more would bring.

    more_matched: 1 when one more student would be matched. more_points: change of the total in
    hundredths (may be below 0 when it buys a match). more_choice: with the aim "ranked", what the choices gain (a first
    choice is 100); it comes before points. more_mentors: further mentors for students who have one already.
    """

    mentor_id: Id
    places: int
    more_matched: int
    more_points: int
    more_choice: int = 0
    more_mentors: int = 0


class Group(NamedTuple):
    """Who belongs together: one student with their mentors, or all who share them, as the format says. Ids in order."""

    student_ids: tuple[Id, ...]
    mentor_ids: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof that no other matching is better (weak duality of the assignment problem).

    Every pair that could be made is worth `unit` + its points; `unit` is more than all points
    together, so that one more match beats any total. Prices are never below zero and cover every
    such pair (student price + mentor price >= worth), so Σ student prices + Σ places × mentor
    price bounds every matching. Locked pairs are set aside. gap = bound − value; 0 proves it.
    floor: with the aim "fairest", no worst pair above this is possible with as many matched. choice_unit: with the aim
    "ranked", what each step of choice (choice.LEVEL) is worth on top of points: more than all points together.
    further: with several mentors per student, what each of them but the first is worth, as `unit` for the first; a student's
    price then holds for the first, less the difference for each other one, and pairs that are made may exceed their prices: the
    bound adds by how much. With one mentor each it is `unit`.
    """

    unit: int
    student_prices: Mapping[Id, int]
    mentor_prices: Mapping[Id, int]
    value: int
    bound: int
    floor: int | None = None
    choice_unit: int = 0
    further: int = 0

    @property
    def gap(self) -> int:
        return self.bound - self.value


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a result was computed from, kept so that it can be checked."""

    students: tuple[Student, ...]
    mentors: tuple[Mentor, ...]
    settings: Settings
    locked: tuple[Lock, ...]
    forbidden: frozenset[tuple[Id, Id]]
    kept_out_students: frozenset[Id]
    kept_out_mentors: frozenset[Id]


@dataclass(frozen=True, slots=True)
class Result:
    """matches, unmatched, partial and groups are sorted by (first) student id, full_mentors by mentor id.

    partial: students with fewer mentors than they should have, and why. exact: "proven" = the certificate's gap is 0;
    "solver" = groups have a least size, HiGHS found nothing better among all pairs, and the certificate is a bound only;
    "bound" = there were too many pairs for that, and the best is at most the gap away. full_mentors is empty unless "proven".
    total: points of all matches, in hundredths of a score. worst: lowest score, None when nobody
    is matched. ruled_out: rule -> pairs it forbids (a pair may break several). unanswered: keys of criteria that decide
    nothing, since nobody on one of the sides has answered (wishes aside).
    """

    matches: tuple[Match, ...]
    unmatched: tuple[Unmatched, ...]
    partial: tuple[Unmatched, ...]
    groups: tuple[Group, ...]
    full_mentors: tuple[FullMentor, ...]
    certificate: Certificate
    exact: Literal["proven", "solver", "bound"]
    ruled_out: Mapping[str, int]
    pairs: int
    total: int
    worst: int | None
    unanswered: tuple[str, ...]
    inputs: Inputs = field(repr=False)


class PairScore(NamedTuple):
    """How one student and one mentor fit; broken_rules: codes of `codes.RULES`, in that order.

    failed_criteria: (key, label) of the criteria that have to agree and do not.
    """

    student_id: Id
    mentor_id: Id
    score: int
    points: int
    axes: Mapping[str, int]
    reasons_for: tuple[Reason, ...]
    reasons_against: tuple[Reason, ...]
    broken_rules: tuple[str, ...]
    failed_criteria: tuple[tuple[str, str], ...] = ()
