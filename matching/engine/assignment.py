"""Most matched, then most points, exactly, with the prices that prove it.

A small matrix goes to scipy whole. In a large one only promising pairs are looked at first; then
every pair of the matrix is held against the prices, those worth more are added, and it starts
again until none is left. The answer is the one of the whole matrix.
Pairs are kept as their places in the matrix, row by row (student × mentors + mentor).
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from .prices import match_unit, pairs_worth_more, place_prices, student_prices
from .sparse import NOBODY, TOP, Edges, Split, best_choice, split
from .table import Array

SMALL = 60_000  # cells of a matrix that is solved whole
PER_STUDENT = 12  # promising pairs to start with
PER_MENTOR = 8  # the same per mentor
ADDED = 8  # pairs added per student and round
TIES_BORNE = 4  # times as many promising pairs as asked for, when scores are equal
SAMPLED = 4  # every which pair of a line is read to see what its best are
AT_ONCE = 256  # students or mentors whose best pairs are sought together


def assign(points: Array, places: Array) -> tuple[Array, Array, int]:
    """Mentor's column per student (NOBODY without one), price per mentor, and the unit.

    points: int16, students × mentors, below 0 where the pair must not be made.
    places: per mentor. Prices are whole numbers, `unit` for a match plus points.
    """
    unit = match_unit(len(points), int(places.sum()))
    if points.size <= SMALL:
        return *_assign_whole(points, places, unit), unit
    return *_assign_by_prices(points, places, unit), unit


def _assign_whole(points: Array, places: Array, unit: int) -> tuple[Array, Array]:
    choice = np.full(len(points), NOBODY)
    columns = np.repeat(np.arange(points.shape[1]), np.minimum(places, len(points)))
    cost = TOP - points.astype(np.float64)
    cost[points < 0] = TOP + unit
    rows, picked = linear_sum_assignment(cost[:, columns])
    mentors = columns[picked]
    made = points[rows, mentors] >= 0
    choice[rows[made]] = mentors[made]
    edges = _edges(points, places, np.flatnonzero(points >= 0))
    return choice, place_prices(edges, choice, _own(points, choice), unit)


def _assign_by_prices(points: Array, places: Array, unit: int) -> tuple[Array, Array]:
    looked_at = _promising(points, places)
    while True:
        looked_at, edges, parts = _largest(points, places, looked_at)
        choice = best_choice(edges, parts)
        own = _own(points, choice)
        prices = place_prices(edges, choice, own, unit)
        worth = student_prices(own, choice, prices, unit)
        more = pairs_worth_more(points, worth, prices, unit, ADDED)
        if not len(more):
            return choice, prices
        looked_at = _joined(looked_at, more)


def _largest(points: Array, places: Array, looked_at: Array) -> tuple[Array, Edges, Split]:
    """Pairs and their split, pairs added until the whole matrix has no larger matching."""
    while True:
        edges = _edges(points, places, looked_at)
        parts = split(edges)
        more = _ways_out(points, parts, np.flatnonzero(~parts.short & (places > 0)))
        if not len(more):
            return looked_at, edges, parts
        looked_at = _joined(looked_at, more)


def _ways_out(points: Array, parts: Split, others: Array) -> Array:
    """The best pairs of competing students with mentors nobody competes for."""
    rows = np.flatnonzero(parts.competing)
    if not len(others) or not len(rows):
        return rows[:0]
    beyond = points[np.ix_(rows, others)]
    out = beyond.max(axis=1) >= 0
    rows, beyond = rows[out], beyond[out]
    found = [rows[:0]]
    for _ in range(min(ADDED, len(others))):
        best = beyond.argmax(axis=1)
        line = np.arange(len(rows))
        real = beyond[line, best] >= 0
        found.append(rows[real] * points.shape[1] + others[best[real]])
        beyond[line, best] = -1
    return np.concatenate(found)


def _edges(points: Array, places: Array, cells: Array) -> Edges:
    rows, columns = np.divmod(cells, points.shape[1])
    seats = np.minimum(places, len(points))
    return Edges(len(points), seats, rows, columns, points.ravel()[cells])


def _joined(cells: Array, more: Array) -> Array:
    """Sorted, each once."""
    both = np.sort(np.concatenate([cells, more]))
    return both[np.append(True, both[1:] != both[:-1])] if len(both) else both


def _own(points: Array, choice: Array) -> Array:
    """Points of each student's choice, 0 without one."""
    own = np.zeros(len(choice), np.int64)
    made = np.flatnonzero(choice != NOBODY)
    own[made] = points[made, choice[made]]
    return own


def _promising(points: Array, places: Array) -> Array:
    """About the best pairs of every student and of every mentor."""
    width = points.shape[1]
    rows, columns = _best_of_lines(points, PER_STUDENT)
    cells = rows * width + columns
    columns, rows = _best_of_lines(points.T, PER_MENTOR)
    return _joined(cells, rows * width + columns)


def _best_of_lines(points: Array, most: int) -> tuple[Array, Array]:
    """Line and position of about this many best pairs of each line.

    What counts as best is read off every fourth pair. Equal pairs come together, so the answer
    does not depend on how a machine sorts.
    """
    found = []
    for start in range(0, len(points), AT_ONCE):
        lines = np.ascontiguousarray(points[start : start + AT_ONCE])
        sample = lines[:, ::SAMPLED]
        rank = min(-(-most // SAMPLED), sample.shape[1])
        least = np.partition(sample, sample.shape[1] - rank, axis=1)[:, -rank]
        cells = np.flatnonzero(lines >= np.maximum(least, 0)[:, None])
        if len(cells) > TIES_BORNE * most * len(lines):
            cells = _first_of_equals(lines, most)
        rows, columns = np.divmod(cells, lines.shape[1])
        found.append((rows + start, columns))
    rows, columns = zip(*found, strict=True)
    return np.concatenate(rows), np.concatenate(columns)


def _first_of_equals(lines: Array, most: int) -> Array:
    order = np.argsort(-lines, axis=1, kind="stable")[:, :most]
    cells = (np.arange(len(lines))[:, None] * lines.shape[1] + order).ravel()
    return cells[lines.ravel()[cells] >= 0]
