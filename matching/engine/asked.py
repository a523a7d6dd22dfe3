"""Reasons from the organisation's own questions. A wish is never told, so it has none."""

from collections.abc import Iterator

import numpy as np

from .candidates import Candidate, Facts, Names, Sides, part_of
from .criteria import agreement, answered, criteria_of, failed, label_of, share_of
from .records import AXES, Criterion
from .table import answer_name

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
