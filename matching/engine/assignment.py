"""Most matched, then most points, exactly, with the prices that prove it.

In a large matrix only promising pairs are looked at first; then every pair of the matrix is held
against the prices, those worth more are added, and it starts again until none is left. The answer
is the one of the whole matrix. An unmatched student makes a solver search everything, so the most
that can be matched is found first, and the students who compete for places that are short are
solved apart from the others: then nobody is left over on the shorter side.
Pairs are kept as their places in the matrix, row by row (student × mentors + mentor).
"""

from itertools import count

import numpy as np

from .prices import pairs_worth_more, place_prices
from .sparse import NOBODY, TOP, Split, best_choice, edges_of, split
from .table import Array

SMALL = 20_000  # cells of a matrix of which every pair is looked at
PER_STUDENT = 24  # promising pairs to start with
PER_MENTOR = 12  # the same per mentor
DROPPING = 6  # turns in which pairs that cannot be part of the answer are dropped
KEPT = 4  # pairs per student kept between turns, besides those that are made
ADDED = 4  # pairs added per student and round
TIES_BORNE = 4  # times as many promising pairs as asked for, when scores are equal
SAMPLED = 4  # every which pair of a line is read to see what its best are
AT_ONCE = 256  # students or mentors looked at together


def match_unit(students: int, places: int, top: int = TOP) -> int:
    """What one match is worth on top of its points: more than all points together.

    Four times as much, so that a sum of a few prices still tells matches from points.
    """
    return 4 * (min(students, places) + 1) * top


def assign(points: Array, places: Array, top: int = TOP) -> tuple[Array, Array, int]:
    """Mentor's column per student (NOBODY without one), price per mentor, and the unit.

    points: whole numbers up to `top`, students × mentors, below 0 where the pair must not be made. places: per mentor. Prices are whole numbers, `unit` for a match plus points.
    """
    unit = match_unit(len(points), int(places.sum()), top)
    choice, prices = np.full(len(points), NOBODY), np.zeros(len(places), np.int64)
    seats = np.minimum(places, len(points))
    cells, parts = _largest(points, seats, first_pairs(points))
    for students, mentors, match in (
        (parts.competing, parts.short, unit),
        (~parts.competing, ~parts.short, 0),
    ):
        rows, columns = np.flatnonzero(students), np.flatnonzero(mentors & (seats > 0))
        if len(rows) and len(columns):
            block, inside = _cut(points, cells, rows, columns)
            picked, price = _assign_part(block, seats[columns], inside, top)
            made = picked != NOBODY
            choice[rows[made]] = columns[picked[made]]
            prices[columns] = price + match
    _price_the_closed(points, seats, choice, prices, unit)
    return choice, prices, unit


def count_matched(points: Array, places: Array) -> int:
    """The most students that can be matched."""
    _, parts = _largest(points, np.minimum(places, len(points)), first_pairs(points))
    return int((parts.choice != NOBODY).sum())


def first_pairs(points: Array, times: int = 1) -> Array:
    """Pairs to look at first, as sorted places in the matrix; `times`: mentors a student may have."""
    return np.flatnonzero(points >= 0) if points.size <= SMALL else _promising(points, times)


def _price_the_closed(points: Array, seats: Array, choice: Array, prices: Array, unit: int) -> None:
    """A mentor without any place is worth the most that a student would gain by one."""
    closed = np.flatnonzero((seats == 0) & (points.max(axis=0, initial=NOBODY) >= 0))
    if not len(closed):
        return
    made = choice != NOBODY
    worth = np.zeros(len(points), np.int64)
    worth[made] = unit - prices[choice[made]] + points[made, choice[made]]
    wanted = points[:, closed].astype(np.int64)
    gain = np.where(wanted >= 0, wanted + unit - worth[:, None], 0)
    prices[closed] = gain.max(axis=0, initial=0)


def _largest(points: Array, seats: Array, cells: Array) -> tuple[Array, Split]:
    """Pairs and their split, pairs added until the whole matrix has no larger matching.

    Then no competing student could go to a mentor who is not short, and the split is the one of
    the whole matrix: its two parts can be solved alone.
    """
    while True:
        parts = split(edges_of(points, seats, cells))
        more = _ways_out(points, parts, np.flatnonzero(~parts.short & (seats > 0)))
        if not len(more):
            return cells, parts
        cells = joined(cells, more)


def _ways_out(points: Array, parts: Split, others: Array) -> Array:
    """The best pairs of competing students with mentors nobody competes for."""
    rows = np.flatnonzero(parts.competing)
    if not len(others) or not len(rows):
        return rows[:0]
    beyond = points[np.ix_(rows, others)]
    out = beyond.max(axis=1) >= 0
    rows, beyond = rows[out], beyond[out]
    line = np.arange(len(rows))
    found = [rows[:0]]
    for _ in range(min(ADDED, len(others))):
        best = beyond.argmax(axis=1)
        real = beyond[line, best] >= 0
        found.append(rows[real] * points.shape[1] + others[best[real]])
        beyond[line, best] = -1
    return np.concatenate(found)


def _cut(points: Array, cells: Array, rows: Array, columns: Array) -> tuple[Array, Array]:
    """The matrix of these rows and columns alone, and the cells inside it in its own count."""
    students, mentors = points.shape
    line, position = np.full(students, -1), np.full(mentors, -1)
    line[rows], position[columns] = np.arange(len(rows)), np.arange(len(columns))
    row, column = np.divmod(cells, mentors)
    row, column = line[row], position[column]
    inside = (row >= 0) & (column >= 0)
    block = points[rows].take(columns, axis=1)
    return block, row[inside] * len(columns) + column[inside]


def _assign_part(points: Array, seats: Array, cells: Array, top: int) -> tuple[Array, Array]:
    """Choice and prices of one part: the pairs looked at, and those the prices call for."""
    for turn in count():
        edges = edges_of(points, seats, cells)
        choice = best_choice(edges, top)
        own = np.where(choice == NOBODY, 0, points[np.arange(len(points)), choice])
        prices = place_prices(edges, choice, own)
        worth = np.where(choice == NOBODY, 0, own - prices[choice])
        more, gap = pairs_worth_more(points, worth, prices, ADDED)
        if not len(more):
            break
        if turn < DROPPING:
            # Few of the pairs that lack little; what lacks more than is still to be gained is in no best matching anyway.
            # After some turns nothing is dropped any more, so that the pairs only grow and it ends.
            lack = worth[edges.rows] + prices[edges.columns] - edges.points
            most = min(KEPT * len(points), len(lack) - 1)
            slack = min(gap, int(np.partition(lack, most)[most]))
            cells = cells[(lack <= slack) | (choice[edges.rows] == edges.columns)]
        cells = joined(cells, more)
    return choice, prices


def joined(cells: Array, more: Array) -> Array:
    """Sorted, each once."""
    both = np.sort(np.concatenate([cells, more]))
    return both[np.append(True, both[1:] != both[:-1])] if len(both) else both


def _promising(points: Array, times: int = 1) -> Array:
    """About the best pairs of every student and of every mentor.

    What counts as best is read off every fourth pair. Equal pairs come together, so the answer
    does not depend on how a machine sorts; where too many are equal, the first ones are taken.
    """
    students, mentors = points.shape
    of_student = _level(points[:, ::SAMPLED], times * PER_STUDENT)
    of_mentor = _level(np.ascontiguousarray(points[::SAMPLED].T), times * PER_MENTOR)
    found = []
    for start in range(0, students, AT_ONCE):
        lines = points[start : start + AT_ONCE]
        level = np.minimum(of_student[start : start + AT_ONCE, None], of_mentor[None, :])
        found.append(np.flatnonzero(lines >= level) + start * mentors)
    cells = np.concatenate(found)
    if len(cells) <= TIES_BORNE * times * (PER_STUDENT * students + PER_MENTOR * mentors):
        return cells
    column, row = np.divmod(_first_of_equals(points.T, times * PER_MENTOR), students)
    return joined(_first_of_equals(points, times * PER_STUDENT), row * mentors + column)


def _level(sample: Array, most: int) -> Array:
    """Points that about this many of the pairs reach which each line is a sample of, 0 at least."""
    rank = min(-(-most // SAMPLED), sample.shape[1])
    best = np.partition(sample, sample.shape[1] - rank, axis=1)[:, -rank]
    return np.maximum(best, 0)


def _first_of_equals(lines: Array, most: int) -> Array:
    """Cells of exactly the best pairs of each line (fewer where fewer are allowed)."""
    found = []
    for start in range(0, len(lines), AT_ONCE):
        part = lines[start : start + AT_ONCE]
        order = np.argsort(-part, axis=1, kind="stable")[:, :most]
        row = np.arange(len(part))[:, None]
        real = np.take_along_axis(part, order, axis=1) >= 0
        found.append(((row + start) * lines.shape[1] + order)[real])
    return np.concatenate(found)
