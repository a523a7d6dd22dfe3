"""What a pair would cost the whole programme, exactly: the same run again with the pair made."""

from dataclasses import replace
from typing import NamedTuple

from .locks import as_locks
from .plan import make_plan
from .records import Id
from .result import Result
from .scoring import score_all
from .solve import read


class Cost(NamedTuple):
    """What the programme loses: students with a mentor, pairs in all, points (hundredths of a score). Below 0: gains."""

    students: int
    pairs: int
    points: int


def exact_cost(result: Result, student_id: Id, mentor_id: Id) -> Cost:
    """Solves again with this pair locked, without explaining anything. EngineInputError where the pair breaks a rule."""
    inputs = result.inputs
    changed = replace(inputs, locked=as_locks([*inputs.locked, (student_id, mentor_id)]))
    table = read(changed)
    pairs = make_plan(table, changed, score_all(table, changed.settings)).pairs
    return Cost(
        len({one.student_id for one in result.matches}) - len(set(pairs.rows.tolist())),
        len(result.matches) - len(pairs),
        result.total - int(pairs.points.sum()),
    )
