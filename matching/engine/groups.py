"""Groups with a least size: which mentors lead one and who is in it, and second mentors for groups that are settled.

To lead a group of at least so many or none at all is a choice that prices cannot make: HiGHS branches over the mentors. It looks
at every pair up to WHOLE of them, at promising ones beyond.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, diags_array, eye_array, hstack

from .assignment import assign, first_pairs, joined
from .prices import NotOptimalError
from .sparse import NOBODY, TOP
from .table import Array

WHOLE = 30_000  # pairs of which every one is looked at
MOST_BRANCHES = 5_000  # counted, not timed, so that every machine stops at the same place


@dataclass(slots=True)
class Grouped:
    """choice: mentor's column per student, NOBODY without. whole: HiGHS proved it best among all pairs."""

    choice: Array
    whole: bool


def assign_groups(worth: Array, places: Array, least: Array, step: int, relaxed: Array) -> Grouped:
    """Most students in groups of at least `least` (per mentor), then the best sum of worth.

    step: what a step of choice is worth in it, 0 where it is points alone. relaxed: the best choice without least sizes.
    """
    cells = np.flatnonzero(worth >= 0)
    whole = len(cells) <= WHOLE
    if not whole:
        made = np.flatnonzero(relaxed != NOBODY)
        cells = joined(first_pairs(worth), np.sort(made * worth.shape[1] + relaxed[made]))
        cells = cells[worth.ravel()[cells] >= 0]
    choice = np.full(len(worth), NOBODY)
    if not len(cells):
        return Grouped(choice, whole)
    rows, columns = np.divmod(cells, worth.shape[1])
    program = _Program(rows, columns, places, least)
    gain = worth.ravel()[cells].astype(np.int64)
    kinds = [gain // step, gain % step] if step else [gain]
    made, proven = program.solve([np.ones(len(cells)), *kinds], int((relaxed != NOBODY).sum()))
    choice[rows[made]] = columns[made]
    return Grouped(choice, whole and proven)


class _Program:
    """Pairs looked at, and a yes or no for each mentor."""

    def __init__(self, rows: Array, columns: Array, places: Array, least: Array) -> None:
        pairs, mentors = len(rows), len(places)
        one = np.ones(pairs)
        students = int(rows.max()) + 1
        of_student = csr_array((one, (rows, np.arange(pairs))), shape=(students, pairs))
        of_mentor = csr_array((one, (columns, np.arange(pairs))), shape=(mentors, pairs))
        self.pairs, self.mentors = pairs, mentors
        self.limits = [
            LinearConstraint(hstack([of_student, csr_array((students, mentors))]), -np.inf, 1),
            LinearConstraint(hstack([of_mentor, -diags_array(places.astype(float))]), -np.inf, 0),
            LinearConstraint(hstack([of_mentor, -diags_array(least.astype(float))]), 0, np.inf),
            # A pair needs its mentor to lead: implied, and makes the search short.
            LinearConstraint(
                hstack([eye_array(pairs), -csr_array((one, (np.arange(pairs), columns)), shape=(pairs, mentors))]),
                -np.inf,
                0,
            ),
        ]

    def solve(self, kinds: list[Array], most: int) -> tuple[Array, bool]:
        """The pairs made for the best sum of the first kind (how many), then the next; whether each was proven.

        most: no more than so many pairs can be made. Where points alone follow and so many are made at a small price for each,
        one search is enough.
        """
        if len(kinds) == 2:
            made, proven = self._search(kinds[1] + 2.0 * TOP, [])
            if made.sum() == most:
                return made, proven
        reached: list[LinearConstraint] = []
        all_proven = True
        for kind in kinds:
            made, proven = self._search(kind, reached)
            all_proven &= proven
            line = csr_array(np.concatenate([kind, np.zeros(self.mentors)])[None, :].astype(float))
            reached = [*reached, LinearConstraint(line, float(kind @ made) - 0.5, np.inf)]
        return made, all_proven

    def _search(self, gain: Array, reached: list[LinearConstraint]) -> tuple[Array, bool]:
        found = milp(
            -np.concatenate([gain, np.zeros(self.mentors)]),
            constraints=[*self.limits, *reached],
            integrality=np.concatenate([np.zeros(self.pairs), np.ones(self.mentors)]),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0, "node_limit": MOST_BRANCHES},
        )
        if found.x is None:
            raise NotOptimalError(found.message)
        made = np.rint(found.x[: self.pairs])
        if np.abs(found.x[: self.pairs] - made).max(initial=0) > 1e-4:
            raise NotOptimalError(found.message)
        return made > 0, found.status == 0


def second_mentors(points: Array, places: Array, rows: Array, columns: Array) -> tuple[Array, Array]:
    """A second mentor for as many groups as can be, then for the best sum of points: (rows, columns) of the pairs added.

    points: students × mentors, below 0 where a rule forbids. rows, columns: the pairs made. A second mentor has no students,
    has a place for everybody in the group and may be paired with each of them. Exact for these groups.
    """
    groups = [one for one in members(rows, columns, together=True) if len(one[1]) == 1]
    spare = np.setdiff1d(np.flatnonzero(places > 0), columns)
    value = np.full((len(groups), len(spare)), -1, np.int64)
    for line, (students, _) in enumerate(groups):
        block = points[students][:, spare].astype(np.int64)
        fits = (block >= 0).all(axis=0) & (places[spare] >= len(block))
        value[line] = np.where(fits, block.sum(axis=0), -1)
    picked = assign(value, np.ones(len(spare), np.int64), top=max(1, int(value.max(initial=0))))[0]
    added = [(row, spare[picked[line]]) for line in np.flatnonzero(picked != NOBODY).tolist() for row in groups[line][0]]
    return np.array([row for row, _ in added], np.intp), np.array([column for _, column in added], np.intp)


def members(rows: Array, columns: Array, *, together: bool) -> list[tuple[list[int], list[int]]]:
    """(students, mentors) of each group. together: mentors who share a student are of one group; otherwise a group is who has
    exactly the same mentors.
    """
    mentors: dict[int, set[int]] = {}
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        mentors.setdefault(row, set()).add(column)
    keys = _linked(mentors.values()) if together else {}
    groups: dict[frozenset[int], list[int]] = {}
    for row, own in mentors.items():
        groups.setdefault(keys.get(min(own)) or frozenset(own), []).append(row)
    return [(students, sorted(own)) for own, students in groups.items()]


def _linked(sets: Iterable[set[int]]) -> dict[int, frozenset[int]]:
    """Mentor -> all mentors reached by shared students."""
    group: dict[int, set[int]] = {}
    for own in sets:
        whole = set().union(own, *(group[one] for one in own if one in group))
        for one in whole:
            group[one] = whole
    return {one: frozenset(whole) for one, whole in group.items()}
