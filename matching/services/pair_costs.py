"""What a pair made by hand costs the whole programme: a bound from a run's prices at once, exactly by solving anew."""

from dataclasses import dataclass

from ..engine import EngineInputError, Lock, score_pair, solve
from ..models import MatchRun
from .pairing import pool_and_settings
from .records import with_places
from .refused import Refused
from .runs import NEVER, draft_locks, latest_run


@dataclass(frozen=True)
class Cost:
    """points: hundredths of a score that all proposals together lose (below 0: gain). students: how many more go without a mentor."""

    points: int
    students: int
    is_exact: bool


def least_costs(run, student_id, judged, *, is_locked) -> dict[int, Cost]:
    """Mentor id -> what making this pair costs a draft at least; {} where it was not solved or the student's pair is locked.

    run: with its prices (latest_run says how). is_locked: whether a proposal of it holds the student to somebody.

    The prices of the run's certificate cover every matching (see the engine's README): a pair worth less than the prices of its
    two people takes that difference from the total, however well the others are rearranged.
    """
    is_draft = run is not None and run.status == MatchRun.Status.DRAFT  # a published run's prices are those of other people
    prices = run.prices if is_draft else {}
    if not prices or is_locked:
        return {}
    unit, own = prices["unit"], prices["students"].get(str(student_id), 0)
    found = {}
    for one in judged:
        lost = own + prices["mentors"].get(str(one.pair.mentor_id), 0) - unit - one.pair.points
        students = (lost + unit // 2) // unit
        found[one.pair.mentor_id] = Cost(lost - students * unit, students, is_exact=False)
    return found


def exact_cost(programme, student, mentor) -> Cost:
    """Solve the draft with its locks, with and without this pair, and tell the difference.

    Refused when the pair can never be made, or one of the two cannot be matched now.
    """
    run = latest_run(programme)
    pool, settings = pool_and_settings(programme, run)
    if student.pk not in pool.by_id or mentor.pk not in pool.by_id:
        raise Refused("")
    kept = [lock for lock in draft_locks(run, pool, settings) if lock.student_id != student.pk]
    pair = score_pair(pool.by_id[student.pk], pool.by_id[mentor.pk], settings, pool.forbidden)
    despite = frozenset(pair.broken_rules)
    if despite & NEVER:
        raise Refused("")
    now = _solved(pool, settings, draft_locks(run, pool, settings))
    then = _solved(pool, settings, [*kept, Lock(student.pk, mentor.pk, despite)])
    return Cost(now.total - then.total, len(now.matches) - len(then.matches), is_exact=True)


def _solved(pool, settings, locks):
    by_hand = {lock[:2] for lock in locks if lock.despite}
    used = {}
    for lock in locks:
        used[lock.mentor_id] = used.get(lock.mentor_id, 0) + 1
    mentors = [with_places(one, used.get(one.id, 0)) for one in pool.mentors]
    try:
        return solve(pool.students, mentors, settings, locks, pool.forbidden - by_hand)
    except EngineInputError as error:
        raise Refused(str(error)) from error
