"""Most matched, then most points: one exact solve on a students × places matrix.

Costs are whole numbers small enough for float64 to add without rounding.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from .table import Array

TOP = 10_000  # most points a pair can have
NOBODY = -1


def match_unit(students: int, places: int) -> int:
    """What one match is worth on top of its points: more than all points together."""
    return min(students, places) * TOP + 1


def assign(points: Array, places: Array) -> Array:
    """The mentor's column for every student, NOBODY without one.

    points: students × mentors, below 0 where the pair must not be made. places: per mentor.
    """
    choice = np.full(points.shape[0], NOBODY)
    rows = np.flatnonzero((points >= 0).any(axis=1))
    columns = np.repeat(np.arange(points.shape[1]), np.minimum(places, len(rows)))
    if not len(rows) or not len(columns):
        return choice
    cost = _costs(points[rows])
    picked_rows, picked = linear_sum_assignment(cost[:, columns])
    mentors = columns[picked]
    real = points[rows[picked_rows], mentors] >= 0
    choice[rows[picked_rows[real]]] = mentors[real]
    return choice


def _costs(points: Array) -> Array:
    """Points missing to the top; a pair that must not be made costs more than any total."""
    cost = TOP - points.astype(np.float64)
    cost[points < 0] = TOP + match_unit(len(points), len(points))
    return cost
