"""Prices that prove a matching best: the smallest ones, so they also say what a place is worth.

From complementary slackness: a mentor with a free place costs 0; a student without a mentor
gains 0; everybody else must not gain by moving. The smallest prices are the longest ways through
"who would gain how much by moving where" and exist exactly when the matching is optimal.
"""

import numpy as np

from .assignment import NOBODY
from .table import Array

NEVER = np.int64(-(2**53))


class NotOptimal(ArithmeticError):
    """No prices support this matching: a better one exists."""


def place_prices(points: Array, places: Array, choice: Array, unit: int) -> Array:
    """The smallest supporting price of a place with each mentor (int64, unit + points).

    points: students × mentors, below 0 where a pair must not be made.
    """
    mentors = points.shape[1]
    full = np.bincount(choice[choice != NOBODY], minlength=mentors) >= places
    prices = np.zeros(mentors, np.int64)
    left_out = points[choice == NOBODY]
    if len(left_out):
        best = left_out.max(axis=0).astype(np.int64)
        prices = np.where(best >= 0, best + unit, 0)
    gains = moving_gains(points, choice)
    if np.any(prices[~full & (places > 0)] > 0):
        raise NotOptimal
    _raise_until_settled(prices, gains, mentors)
    if np.any(prices[~full & (places > 0)] > 0):
        raise NotOptimal
    return prices


def moving_gains(points: Array, choice: Array) -> Array:
    """[a, b]: the most points gained by moving one student from mentor a to mentor b."""
    mentors = points.shape[1]
    gains = np.full((mentors, mentors), NEVER, np.int64)
    rows = np.flatnonzero(choice != NOBODY)
    rows = rows[np.argsort(choice[rows], kind="stable")]
    if not len(rows):
        return gains
    own = points[rows, choice[rows]].astype(np.int32)
    change = points[rows].astype(np.int32)
    blocked = change < 0
    change -= own[:, None]
    change[blocked] = -(2**30)
    groups, starts = np.unique(choice[rows], return_index=True)
    best = np.maximum.reduceat(change, starts, axis=0)
    gains[groups] = np.where(best > -(2**29), best, NEVER)
    return gains


def _raise_until_settled(prices: Array, gains: Array, mentors: int) -> None:
    """Longest ways by relaxing, only from mentors whose price has just risen."""
    changed = np.flatnonzero(gains.max(axis=1, initial=NEVER) > NEVER)
    for _ in range(mentors + 1):
        if not len(changed):
            return
        raised = (gains[changed] + prices[changed, None]).max(axis=0)
        risen = raised > prices
        prices[risen] = raised[risen]
        changed = np.flatnonzero(risen)
    raise NotOptimal  # the way never ends: a round of moves gains something


def student_prices(points: Array, prices: Array) -> Array:
    """What each student still gains at these prices with the best mentor, never below 0 (unit 0).

    Takes points with the unit already in them (int64), NEVER where a pair must not be made.
    """
    return np.maximum((points - prices[None, :]).max(axis=1, initial=0), 0)
