"""Several mentors for each student, exactly: found by HiGHS, priced and proven in whole numbers.

A student's first mentor comes before everything, then every further one, then what pairs are worth. That is a flow whose corners are
whole numbers. Promising pairs are solved first; then every pair of the matrix is held against the prices, those worth more are
added, and it starts again until none is left.
Prices are the longest ways of "who would gain how much by taking one more": they settle exactly when nothing better exists.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import maximum_flow

from .assignment import ADDED, DROPPING, count_matched, first_pairs, joined
from .choice import top_of
from .prices import NotOptimalError, pairs_worth_more
from .sparse import TOP
from .table import Array

NEVER = -(2**61)
APART = 4  # times as much, so that a sum of a few prices still tells one kind of gain from the next


@dataclass(slots=True)
class Demand:
    """Per student: how many more mentors they may have (`most`, 1 or more), and whether the next is their first."""

    most: Array
    first: Array


@dataclass(slots=True)
class Flow:
    """The pairs made (by student, then mentor), and the prices that prove them best.

    unit: worth of a student's first mentor on top of the pair; further: of each other one.
    """

    rows: Array
    columns: Array
    student_prices: Array
    prices: Array
    unit: int
    further: int


def units(demand: Demand, places: Array, top: int) -> tuple[int, int]:
    """(unit, further) for so many mentors: each kind of gain is more than all of the next kind together."""
    seats = min(sum(demand.most.tolist()), sum(places.tolist()))
    further = APART * (seats + 1) * top
    return further + APART * (seats + 1) * (further + top), further


def assign_several(worth: Array, places: Array, demand: Demand, step: int = 0) -> Flow:
    """The most students with a mentor, then the most mentors for them, then the best sum of worth.

    worth: whole numbers, students × mentors, below 0 where the pair must not be made. places: per mentor.
    step: what a step of choice is worth in it, 0 where it is points alone.
    """
    top = top_of(step)
    unit, further = units(demand, places, top)
    places = np.minimum(places, len(worth))
    times, width = int(demand.most.max(initial=1)), max(worth.shape[1], 1)
    cells = first_pairs(worth, times)
    for turn in range(len(places) * len(worth) + 1):
        held, price = _best(worth, cells, places, demand, step, unit, further)
        more, gap = pairs_worth_more(_others(worth, cells[held]), price[0] - unit, price[1], ADDED, np.int64)
        if not len(more):
            break
        if turn < DROPPING:
            # As in assignment: what lacks more than is still to be gained is in no best answer.
            lack = price[0][cells // width] + price[1][cells % width] - unit - worth.ravel()[cells]
            cells = cells[held | (lack <= times * gap)]
        cells = joined(cells, more)
    return Flow(cells[held] // width, cells[held] % width, *price, unit, further)


def _others(worth: Array, made: Array) -> Array:
    """The matrix without the pairs that are made."""
    left = worth.copy()
    left.ravel()[made] = -1
    return left


def _best(
    worth: Array, cells: Array, places: Array, demand: Demand, step: int, unit: int, further: int
) -> tuple[Array, tuple[Array, Array]]:
    """Which of these pairs are made, and the prices. Usually one solve, at times one for each kind of gain in turn."""
    rows, columns = np.divmod(cells, max(worth.shape[1], 1))
    gain = worth.ravel()[cells].astype(np.int64)
    network = _Network(rows, columns, gain, places, demand, unit - further, further)
    if not len(cells):
        return np.zeros(0, bool), network.settle(np.zeros(0, bool))
    if not step:
        held = network.solve([gain + 2.0 * TOP], first=2.0 * TOP)
        try:
            return held, network.settle(held)
        except NotOptimalError:
            pass  # a longer way round costs more than the counts were given; each count by itself then
    kinds = [gain // step, gain % step] if step else [gain]
    held = network.solve([np.ones(len(cells)), *kinds], first=1.0)
    return held, network.settle(held)


def count_several(worth: Array, places: Array, demand: Demand) -> tuple[int, int]:
    """(students who get their first mentor, mentors given in all) at most: both can be reached at once."""
    seats = np.minimum(places, len(worth))
    firsts = count_matched(worth[demand.first], seats)
    students, mentors = worth.shape
    rows, columns = np.nonzero(worth >= 0)
    source, sink = students + mentors, students + mentors + 1
    start = np.concatenate([np.full(students, source), rows, students + np.arange(mentors)])
    end = np.concatenate([np.arange(students), students + columns, np.full(mentors, sink)])
    room = np.concatenate([demand.most, np.ones(len(rows)), seats]).astype(np.int32)
    graph = csr_array((room, (start, end)), shape=(sink + 1, sink + 1))
    return firsts, int(maximum_flow(graph, source, sink).flow_value)


class _Network:
    """Students, mentors and the pairs looked at, sorted by student and mentor."""

    def __init__(
        self, rows: Array, columns: Array, gain: Array, places: Array, demand: Demand, first: int, further: int
    ) -> None:
        self.rows, self.columns, self.places, self.demand = rows, columns, places, demand
        self.first, self.gain = first, gain + further
        self.by_column = np.argsort(columns, kind="stable")

    def solve(self, kinds: list[Array], first: float) -> Array:
        """Which pairs are made for the best sum of the first kind of gain, then of the next, and so on.

        first: what a student's first mentor adds to the first kind. After that how many have one stays as it is.
        """
        students, pairs = len(self.demand.most), len(self.rows)
        ones, number = np.ones(pairs), np.arange(pairs)
        of_student = csr_array((ones, (self.rows, number)), shape=(students, pairs))
        of_mentor = csr_array((ones, (self.columns, number)), shape=(len(self.places), pairs))
        starts = eye_array(students, format="csr")
        # A student's first mentor is a variable of its own: at most as many as mentors, the rest are further ones.
        upper = vstack(
            [
                hstack([of_student, -starts]),
                hstack([-of_student, starts]),
                hstack([of_mentor, csr_array((len(self.places), students))]),
            ],
            format="csr",
        )
        further = self.demand.most - self.demand.first
        limits = np.concatenate([further, np.zeros(students), self.places]).astype(float)
        bounds = np.zeros((pairs + students, 2))
        bounds[:, 1] = np.concatenate([ones, self.demand.first])
        target, values = [], []
        nobody = np.zeros(students)
        for turn, kind in enumerate(kinds):
            wanted = np.concatenate([kind, np.full(students, first) if turn == 0 else nobody])
            fixed = {"A_eq": csr_array(np.array(target)), "b_eq": values} if target else {}
            found = linprog(-wanted, upper, limits, bounds=bounds, method="highs-ds", **fixed)
            made = np.rint(found.x)
            if not found.success or np.abs(found.x - made).max(initial=0) > 1e-4:
                raise NotOptimalError(found.message)
            # What is reached stays: how many first mentors and mentors at all, then the sum of each kind.
            parts = [np.concatenate([np.zeros(pairs), np.ones(students)]), np.concatenate([ones, nobody])]
            kept = parts if turn == 0 else [wanted]
            target += kept
            values += [float(part @ made) for part in kept]
        return made[:pairs] > 0

    def settle(self, held: Array) -> tuple[Array, Array]:
        """Prices of students and mentors that support these pairs; NotOptimalError where none do."""
        have = np.bincount(self.rows[held], minlength=len(self.demand.most))
        used = np.bincount(self.columns[held], minlength=len(self.places))
        fresh = self.demand.first & (have == 0)
        room = have - (self.demand.first & (have > 0)) < self.demand.most - self.demand.first
        start = np.where(fresh, self.first, np.where(room, 0, NEVER))
        student, mentor = start, np.where(used > 0, 0, NEVER)
        open_cells = self.by_column[~held[self.by_column]]
        to_mentor = _Moves(self.rows[open_cells], self.columns[open_cells], self.gain[open_cells])
        back = _Moves(self.columns[held], self.rows[held], -self.gain[held])
        for _ in range(len(start) + len(self.places) + 2):
            before = student, mentor
            student = back.best(mentor, student)
            mentor = to_mentor.best(student, mentor)
            if (student == before[0]).all() and (mentor == before[1]).all():
                break
        else:
            raise NotOptimalError
        self._check_ends(student, mentor, have, used)
        return self.first - student, np.maximum(mentor, 0)

    def _check_ends(self, student: Array, mentor: Array, have: Array, used: Array) -> None:
        """Nobody gains by one mentor less here and one more there."""
        further = have - (self.demand.first & (have > 0)) > 0
        give_back = np.where(further, 0, np.where(have > 0, -self.first, NEVER))
        if (student + give_back > 0).any() or (mentor[used < self.places] > 0).any():
            raise NotOptimalError


class _Moves:
    """Moves from one side to the other, sorted by where they end."""

    def __init__(self, start: Array, end: Array, gain: Array) -> None:
        self.start, self.gain = start, gain
        self.first = np.flatnonzero(np.append(True, end[1:] != end[:-1])) if len(end) else end
        self.ends = end[self.first]

    def best(self, worth: Array, reached: Array) -> Array:
        """The most that reaches each end, by a move or as it was."""
        if not len(self.ends):
            return reached
        better = reached.copy()
        offered = np.maximum.reduceat(worth[self.start] + self.gain, self.first)
        better[self.ends] = np.maximum(reached[self.ends], offered)
        return better
