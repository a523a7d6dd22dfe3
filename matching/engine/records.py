"""What goes into the engine: plain, frozen records without a database behind them.

Ids are opaque: any hashable with a stable `repr` (numbers, text, UUIDs). Text is compared without
regard to case or spaces at its ends. An empty text or set means "not answered": it counts neither
for nor against anyone.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

Id = Hashable
Names = frozenset[str]
Ids = frozenset[Id]

Answer = Names | float
Answers = Mapping[str, Answer]  # question -> answer; a question that is missing or empty is not answered
Groups = Mapping[str, Names]

AXES = ("role", "goals", "place", "time", "compatibility")
CHOICE = "choice"  # the axis of who ranked whom; it counts where `Settings.rank_weight` is above 0
KINDS = ("overlap", "same", "near", "slots", "wish")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question whose answers count in one of the axes, beside what the engine knows by itself.

    kind: "overlap" = share of the student's answers that the mentor gave too; "same" = the one answer is equal; "near" =
    numbers, 100 when equal down to 0 at a distance of `span`; "slots" = times in common, as in the time axis; "wish" = one
    side's wish is met by what the other opted to tell: counts for the pair when met, never against it, and is never named.
    weight: parts of the axis, to two decimals, where the built-in value of the axis is one part. hard: where both have
    answered and nothing agrees, the pair is not made. label: the question as people read it (the key where empty).
    """

    key: str
    axis: str
    kind: Literal["overlap", "same", "near", "slots", "wish"]
    weight: float = 1.0
    label: str = ""
    hard: bool = False
    span: float = 4.0


@dataclass(frozen=True, slots=True)
class Student:
    """One student who looks for a mentor.

    wants: skills to learn. goals: career goals. availability: weekly slots such as "Mon am".
    town: where they can meet in person. line_manager_*: who supervises the placement.
    excluded_mentors, declared_conflicts: ids of mentors who must not be theirs.
    answers: to the questions of `Settings.criteria`. background: what they opted to tell about themselves.
    wishes: question -> what they would like the mentor's background to be. ranks: ids of the mentors they chose, the first
    choice first; empty where they were not asked or chose nobody. seniority: how far on they are, on one scale for both sides
    (a year of study, a grade).
    """

    id: Id
    industry: str = ""
    goals: Names = frozenset()
    wants: Names = frozenset()
    availability: Names = frozenset()
    town: str = ""
    online_ok: bool = True
    online_only: bool = False
    languages: Names = frozenset()
    channel: str = ""
    interests: Names = frozenset()
    line_manager_ids: Ids = frozenset()
    line_manager_emails: Names = frozenset()
    placement_start: date | None = None
    placement_end: date | None = None
    excluded_mentors: Ids = frozenset()
    declared_conflicts: Ids = frozenset()
    answers: Answers = field(default_factory=dict, hash=False)
    background: Groups = field(default_factory=dict, hash=False)
    wishes: Groups = field(default_factory=dict, hash=False)
    ranks: tuple[Id, ...] = ()
    seniority: int | None = None


@dataclass(frozen=True, slots=True)
class Mentor:
    """One mentor with `capacity` places still to fill.

    goals: career goals they can speak for. training_overridden: a coordinator let them in without
    finished training. check_valid_until: last day of the background check, None when there is none.
    excluded_students, declared_conflicts: ids of students who must not be theirs.
    answers: to the questions of `Settings.criteria`. background: what they opted to tell about themselves.
    wishes: question -> what they would like the student's background to be. ranks: ids of the students they chose.
    """

    id: Id
    capacity: int = 1
    industry: str = ""
    years_experience: int | None = None
    skills: Names = frozenset()
    goals: Names = frozenset()
    availability: Names = frozenset()
    town: str = ""
    online_ok: bool = True
    online_only: bool = False
    languages: Names = frozenset()
    channel: str = ""
    interests: Names = frozenset()
    email: str = ""
    trained: bool = False
    training_overridden: bool = False
    check_valid_until: date | None = None
    excluded_students: Ids = frozenset()
    declared_conflicts: Ids = frozenset()
    answers: Answers = field(default_factory=dict, hash=False)
    background: Groups = field(default_factory=dict, hash=False)
    wishes: Groups = field(default_factory=dict, hash=False)
    ranks: tuple[Id, ...] = ()
    seniority: int | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each of the five questions of fit counts; only their proportion matters."""

    role: float = 30
    goals: float = 25
    place: float = 15
    time: float = 20
    compatibility: float = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """What a coordinator decides for a run.

    require_*: hard rules (a pair that breaks one is never made); when off, the same fact only
    lowers the score. max_travel_minutes: the longest journey that counts as reachable.
    travel_minutes: (town, town) -> minutes, either direction; without it only the same town counts.
    minimum_score: 0 to 100, pairs below are not made. check_from: the day a background check must reach when a
    student has no placement dates. seed: settles ties. aim: "total" = most matched, then the best
    total; "fairest" = most matched, then the best worst pair, then the best total.
    "ranked" = most matched, then the choices of both sides met best, then the best total. criteria: further questions that
    count. rank_weight: of the axis "choice" beside `weights`. require_ranked: a pair that one side could have chosen and did
    not is not made.

    The format (formats.FORMATS): mentors_per_student: as many mentors as a student should get, 1 to 3. students_per_group: a
    ceiling on every mentor's places; with it a mentor's students are one group, without it each pair stands alone.
    least_per_group: a mentor gets none or at least so many (mentors with locked students aside). mentors_per_group: 2 adds a
    second mentor to settled groups from those who lead none. seniority: "peer" = the mentor is further on than the student,
    "reverse" = the student is; who has told none is not ruled out.
    """

    weights: Weights = field(default_factory=Weights)
    criteria: tuple[Criterion, ...] = ()
    require_training: bool = True
    require_background_check: bool = True
    require_common_language: bool = True
    require_common_slot: bool = False
    require_reachable: bool = False
    max_travel_minutes: int = 60
    travel_minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    minimum_score: int = 0
    check_from: date | None = None
    seed: int = 0
    aim: Literal["total", "fairest", "ranked"] = "total"
    rank_weight: float = 0
    require_ranked: bool = False
    mentors_per_student: int = 1
    students_per_group: int | None = None
    least_per_group: int = 0
    mentors_per_group: int = 1
    seniority: Literal["", "peer", "reverse"] = ""


def axes_of(settings: Settings) -> tuple[str, ...]:
    """The axes that make up a score: the five, and the choice where it has a weight."""
    return (*AXES, CHOICE) if settings.rank_weight else AXES


class Lock(NamedTuple):
    """A pair that must be made. `despite`: rules the coordinator knowingly sets aside for it."""

    student_id: Id
    mentor_id: Id
    despite: frozenset[str] = frozenset()
