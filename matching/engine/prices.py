"""Prices that prove a matching best: the smallest ones, so they also say what a place is worth.

From complementary slackness: a mentor with a free place costs 0; a student without a mentor
gains 0; everybody else must not gain by moving. The smallest prices are the longest ways through
"who would gain how much by moving where" and exist exactly when the matching is optimal.
"""

import numpy as np

from .sparse import NOBODY, Edges
from .table import Array

CELLS_AT_ONCE = 1 << 17
NEVER = -(2**50)


class NotOptimalError(ArithmeticError):
    """No prices support this matching: a better one exists."""


def place_prices(edges: Edges, choice: Array, own: Array) -> Array:
    """The smallest supporting price of a place with each mentor, in points (int64).

    own: points of each student's choice. Where students are left over every place is taken, and a
    price is what the next one would bring; it may be below 0, since a match comes before points.
    """
    short = bool((choice == NOBODY).any())
    prices = np.full(len(edges.places), NEVER if short else 0, np.int64)
    order = np.argsort(edges.columns, kind="stable")
    rows, columns = edges.rows[order], edges.columns[order]
    points, start = edges.points[order].astype(np.int64), choice[rows]
    left_out = start == NOBODY
    np.maximum.at(prices, columns[left_out], points[left_out])
    moves = ~left_out & (start != columns)
    _raise_until_settled(prices, start[moves], columns[moves], (points - own[rows])[moves])
    if not short:
        used = np.bincount(choice, minlength=len(prices))
        if (prices[used < edges.places] > 0).any():
            raise NotOptimalError
    return prices


def _raise_until_settled(prices: Array, start: Array, end: Array, gain: Array) -> None:
    """Longest ways by relaxing every move at once; `end` is sorted."""
    if not len(end):
        return
    first = np.flatnonzero(np.append(True, end[1:] != end[:-1]))
    ends = end[first]
    for _ in range(len(prices) + 1):
        offered = np.maximum.reduceat(prices[start] + gain, first)
        if (offered <= prices[ends]).all():
            return
        prices[ends] = np.maximum(prices[ends], offered)
    raise NotOptimalError  # a round of moves gains something, so it never ends


def pairs_worth_more(
    points: Array, students: Array, prices: Array, most: int, kind: type | None = None
) -> tuple[Array, int]:
    """Cells that bring more than student and place are worth, and how far the total may still rise.

    At most `most` cells per student, the worst first. points: students × mentors, below 0 where a
    pair must not be made. Were every student worth as much more as their worst cell brings too
    much, all pairs would be covered: so the sum of that bounds what is still to be gained.
    """
    width = points.shape[1]
    step = max(1, CELLS_AT_ONCE // width)
    # As few bits as hold the sums, which makes this twice as fast. A place nobody offered anything for yet never counts.
    kind = kind or (np.int32 if points.itemsize < 4 else np.int64)
    prices = np.maximum(prices, -(2**30) if kind is np.int32 else NEVER).astype(kind)
    worth = students.astype(kind)
    cells, gap = [np.zeros(0, np.intp)], 0
    for row in range(0, len(points), step):
        found, more = _uncovered(points[row : row + step], worth[row : row + step], prices, most)
        cells.append(found + row * width)
        gap += more
    return np.concatenate(cells), gap


def _uncovered(points: Array, students: Array, prices: Array, most: int) -> tuple[Array, int]:
    covered = students[:, None] + prices[None, :]
    np.maximum(covered, -1, out=covered)
    cells = np.flatnonzero(points > covered)
    if not len(cells):
        return cells, 0
    rows = cells // points.shape[1]
    lack = covered.ravel()[cells].astype(np.int64) - points.ravel()[cells]
    order = np.lexsort((lack, rows))
    rows = rows[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return cells[order[rank < most]], -int(lack[order[rank == 0]].sum())
