"""The one door: records in, a matching with its reasons and its proof out."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from .checking import check_answers, check_people, check_settings
from .locks import as_locks, check_names
from .plan import make_plan
from .records import Id, Lock, Mentor, Settings, Student
from .result import (
    Inputs,
    Result,
)
from .scoring import score_all
from .table import Table, build_table, seeded_order
from .telling import tell_result

Progress = Callable[[str, float], object]


def solve(
    students: Iterable[Student],
    mentors: Iterable[Mentor],
    settings: Settings | None = None,
    locked: Iterable[tuple[Id, Id] | Lock] = (),
    forbidden: Iterable[tuple[Id, Id]] = (),
    progress: Progress | None = None,
    *,
    kept_out_students: Iterable[Id] = (),
    kept_out_mentors: Iterable[Id] = (),
) -> Result:
    """Match as many students as possible, then as well as possible, and say why.

    locked: pairs (or Locks) that must be made. forbidden: (student, mentor) pairs that must not.
    kept_out_*: ids left aside in this run. progress(stage, share) is called with the stages
    "reading", "scoring", "matching", "explaining", "done" and a share from 0 to 1; what it
    raises ends the run. Raises EngineInputError when the input contradicts itself.
    """
    with _no_collection():
        return _run(
            Inputs(
                tuple(students),
                tuple(mentors),
                settings or Settings(),
                as_locks(locked),
                frozenset((student, mentor) for student, mentor in forbidden),
                frozenset(kept_out_students),
                frozenset(kept_out_mentors),
            ),
            progress or _tell_nobody,
        )


def _run(inputs: Inputs, tell: Progress) -> Result:
    tell("reading", 0.0)
    table = read(inputs)
    tell("scoring", 0.1)
    scored = score_all(table, inputs.settings)
    tell("matching", 0.3)
    plan = make_plan(table, inputs, scored)
    tell("explaining", 0.7)
    result = tell_result(table, inputs, scored, plan)
    tell("done", 1.0)
    return result


@contextmanager
def _no_collection() -> Iterator[None]:
    """Reading and telling make many small objects and no cycles; looking for cycles took half of their time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tell_nobody(stage: str, share: float) -> None:
    """Nobody asked how far it is."""


def read(inputs: Inputs) -> Table:
    """The checked records as columns, in the order the seed gives."""
    check_settings(inputs.settings)
    check_people(inputs.students, inputs.mentors)
    check_answers((*inputs.students, *inputs.mentors), inputs.settings)
    check_names(inputs)
    seed = inputs.settings.seed
    students, mentors = inputs.students, inputs.mentors
    return build_table(
        [students[k] for k in seeded_order([one.id for one in students], seed)],
        [mentors[k] for k in seeded_order([one.id for one in mentors], seed)],
        inputs.settings,
        inputs.forbidden,
        inputs.kept_out_mentors,
    )
