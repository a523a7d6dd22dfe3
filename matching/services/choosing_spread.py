"""Who is shown to whom in a choosing round: only pairs that keep the rules, nobody shown to more than a cap. No database.

The engine is asked once for each candidate a student may get. The first answer gives as many students as can be one candidate
each; whoever it leaves without has only candidates whose cap is reached, so later ones could not help them either.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from ..engine import Reason, Settings, solve
from .records import Pool
from .refused import quietly


@dataclass(frozen=True)
class Shown:
    """A pair that may be shown to each other. points: hundredths of a score."""

    student: int
    mentor: int
    points: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Spread:
    """pairs: the best first. without: student -> why nobody could be shown to them. mentors: ids of those who have a place and may be matched."""

    pairs: tuple[Shown, ...]
    without: dict[int, Reason] = field(default_factory=dict)
    mentors: frozenset[int] = frozenset()


def spread(pool: Pool, settings: Settings, *, per_student, per_mentor, progress=quietly) -> Spread:
    """At most ``per_student`` mentors for a student, and at most ``per_mentor`` students for a mentor; sizes of groups play no part."""
    settings = replace(settings, mentors_per_student=1, students_per_group=None, least_per_group=0, mentors_per_group=1)
    shown, used, without = {}, Counter(), {}
    for turn in range(per_student):
        progress(turn, per_student)
        mentors = [replace(one, capacity=per_mentor - used[one.id] if one.capacity else 0) for one in pool.mentors]
        result = solve(pool.students, mentors, settings, (), pool.forbidden | shown.keys())
        if turn == 0:
            without = {one.student_id: one.reason for one in result.unmatched}
        if not result.matches:
            break
        for match in result.matches:
            used[match.mentor_id] += 1
            pair = (match.student_id, match.mentor_id)
            shown[pair] = Shown(*pair, match.points, tuple(match.reasons_for))
    pairs = sorted(shown.values(), key=lambda one: (-one.points, one.student, one.mentor))
    ready = frozenset(one.id for one in pool.mentors if one.capacity and (one.trained or one.training_overridden))
    return Spread(tuple(pairs), without, ready)


def usual_cap(students, mentors, per_person, *, students_choose) -> int:
    """People one candidate is shown to, where nobody said otherwise: half as much again as if all were shown equally often."""
    choosers, others = (students, mentors) if students_choose else (mentors, students)
    return max(1, per_person if not others else -(-3 * choosers * per_person // (2 * others)))
