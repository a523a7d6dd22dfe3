"""Prices that prove a matching best: the smallest ones, so they also say what a place is worth.

From complementary slackness: a mentor with a free place costs 0; a student without a mentor
gains 0; everybody else must not gain by moving. The smallest prices are the longest ways through
"who would gain how much by moving where" and exist exactly when the matching is optimal.
"""

import numpy as np

from .sparse import NOBODY, TOP, Edges
from .table import Array

CELLS_AT_ONCE = 1 << 17


class NotOptimalError(ArithmeticError):
    """No prices support this matching: a better one exists."""


def match_unit(students: int, places: int) -> int:
    """What one match is worth on top of its points: more than all points together.

    Four times as much, so that a sum of a few prices still tells matches from points.
    """
    return 4 * (min(students, places) + 1) * TOP


def place_prices(edges: Edges, choice: Array, own: Array, unit: int) -> Array:
    """The smallest supporting price of a place with each mentor (int64, unit + points).

    own: points of each student's choice, 0 without one.
    """
    prices = np.zeros(len(edges.places), np.int64)
    order = np.argsort(edges.columns, kind="stable")
    rows, columns = edges.rows[order], edges.columns[order]
    points = edges.points[order].astype(np.int64)
    left_out = choice[rows] == NOBODY
    np.maximum.at(prices, columns[left_out], points[left_out] + unit)
    moves = ~left_out & (choice[rows] != columns)
    start = choice[rows[moves]]
    gain = points[moves] - own[rows[moves]]
    _raise_until_settled(prices, start, columns[moves], gain)
    used = np.bincount(choice[choice != NOBODY], minlength=len(prices))
    if (prices[used < edges.places] > 0).any():
        raise NotOptimalError
    return prices


def _raise_until_settled(prices: Array, start: Array, end: Array, gain: Array) -> None:
    """Longest ways by relaxing every move at once; `end` is sorted."""
    if not len(end):
        return
    ends, first = np.unique(end, return_index=True)
    for _ in range(len(prices) + 1):
        offered = np.maximum.reduceat(prices[start] + gain, first)
        if (offered <= prices[ends]).all():
            return
        prices[ends] = np.maximum(prices[ends], offered)
    raise NotOptimalError  # a round of moves gains something, so it never ends


def student_prices(own: Array, choice: Array, prices: Array, unit: int) -> Array:
    """What each student's match is worth beyond the price of its place (int64)."""
    if not len(prices):
        return np.zeros(len(own), np.int64)
    return np.where(choice == NOBODY, 0, own.astype(np.int64) + unit - prices[choice])


def pairs_worth_more(points: Array, students: Array, prices: Array, unit: int, most: int) -> Array:
    """Cells whose worth these prices do not cover, at most `most` per student, the worst first.

    points: the whole students × mentors matrix, below 0 where a pair must not be made.
    """
    width = points.shape[1]
    step = max(1, CELLS_AT_ONCE // width)
    small = np.int32 if unit < 2**29 else np.int64
    level, worth = (prices - unit).astype(small), students.astype(small)
    found = [
        _uncovered(points[row : row + step], worth[row : row + step], level, most) + row * width
        for row in range(0, len(points), step)
    ]
    return np.concatenate([np.zeros(0, np.intp), *found])


def _uncovered(points: Array, students: Array, level: Array, most: int) -> Array:
    covered = students[:, None] + level[None, :]
    cells = np.flatnonzero(points > np.maximum(covered, -1))
    if not len(cells):
        return cells
    rows = cells // points.shape[1]
    excess = covered.ravel()[cells] - points.ravel()[cells]
    order = np.lexsort((excess, rows))
    rows = rows[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return cells[order[rank < most]]
