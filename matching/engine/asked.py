"""Reasons from the organisation's own questions and from choices. A wish is never told, so it has none."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from .candidates import Candidate, Facts, Names, Params, Sides, nothing, part_of
from .criteria import agreement, answered, criteria_of, failed, label_of, share_of
from .records import AXES, CHOICE, Criterion
from .table import Array, answer_name

HALF = 50


def asked(facts: Facts) -> Iterator[Sides]:
    """The candidates of every criterion that counts, axis by axis."""
    for axis in AXES:
        for one in criteria_of(axis, facts.settings):
            if one.kind != "wish":
                yield _sides(facts, axis, one)


def _sides(facts: Facts, axis: str, one: Criterion) -> Sides:
    view, label = facts.view, {"label": label_of(one)}
    share = facts.weight[axis] * part_of(share_of(one), axis, facts.settings)
    value, known = agreement(one, view), answered(one, view)
    good = np.where(known & (value >= HALF), share * (value - HALF) + 1, 0)
    against = Candidate("answer_differs", np.where(failed(one, view), share * HALF, 0), lambda _: label)
    if one.kind == "near":
        return [Candidate("answer_close", good, lambda _: label)], [against]
    overlap = facts.table.sets[answer_name(one.key)]
    both = Names(overlap.names, overlap.students[view.rows] * overlap.mentors[view.columns])
    return [Candidate("answer_shared", good, lambda pair: {**label, "answers": both.of(pair)})], [against]


def choice_reasons(facts: Facts) -> Sides:
    """That they chose each other may be read by both; who chose whom in which place is for coordinators."""
    view, share = facts.view, facts.weight.get(CHOICE, 0)
    if not share:
        return [], []
    student, mentor = view.number("student choice"), view.number("mentor choice")
    lean = share * (facts.shown[CHOICE] - HALF)
    mutual = (student >= 0) & (mentor >= 0)
    good = np.where(lean > 0, lean, 1)

    def rank(places: Array) -> Params:
        numbers = (places.astype(int) + 1).tolist()

        def tell(pair: int) -> dict[str, Any]:
            return {"rank": numbers[pair]}

        return tell

    passed = share * HALF / (1 + (view.student("chose") & view.mentor("chose")))
    return (
        [
            Candidate("chose_each_other", np.where(mutual, good, 0), nothing),
            Candidate("student_chose", np.where((student >= 0) & ~mutual, good, 0), rank(student)),
            Candidate("mentor_chose", np.where((mentor >= 0) & ~mutual, good, 0), rank(mentor)),
        ],
        [
            Candidate("student_chose_others", np.where(view.student("chose") & (student < 0), passed, 0), nothing),
            Candidate("mentor_chose_others", np.where(view.mentor("chose") & (mentor < 0), passed, 0), nothing),
        ],
    )
