"""The best worst pair: the highest floor under which as many students are matched."""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from .assignment import count_matched
from .scoring import NOT_ALLOWED
from .table import Array


def most_matched(points: Array, places: Array, floor: int = 0) -> int:
    """How many students can be matched with pairs of at least this many points.

    Asks scipy about the whole matrix at once: slower than `count_matched`, and a check on it.
    """
    open_pairs = points >= max(floor, 0)
    columns = np.repeat(np.arange(points.shape[1]), np.minimum(places, len(points)))
    if not open_pairs.any() or not len(columns):
        return 0
    graph = csr_array(open_pairs[:, columns])
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def best_floor(points: Array, places: Array, counted: Callable[[Array], object] | None = None) -> int:
    """The most points the worst pair can have while as many as possible are matched.

    counted: how many can be, of a matrix of open pairs; students with a mentor where it is not given.
    """
    counted = counted or (lambda above: count_matched(above, places))
    levels = np.unique(points[points >= 0])
    if not len(levels):
        return 0
    target = counted(points)
    low, high = 0, len(levels) - 1  # levels[low] always works
    while low < high:
        middle = (low + high + 1) // 2
        above = np.where(points < levels[middle], np.int16(NOT_ALLOWED), points)
        if counted(above) == target:
            low = middle
        else:
            high = middle - 1
    return int(levels[low])
