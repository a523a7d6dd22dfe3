"""What a reason is made of: facts about many pairs, candidates with their strength, the strongest of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import axes
from .checking import shares
from .choice import choice
from .criteria import PART, blended, criteria_of, share_of
from .records import AXES, CHOICE, Settings
from .result import Reason
from .table import Array, Table
from .views import Pairs

NO_PARAMS: dict[str, Any] = {}

Params = Callable[[int], dict[str, Any]]
Sides = tuple[list["Candidate"], list["Candidate"]]


@dataclass(slots=True)
class Candidate:
    """A reason that may hold: strength per pair (0 where it does not), and its parameters."""

    code: str
    strength: Array
    params: Params


def strongest(candidates: list[Candidate], most: int, size: int) -> list[tuple[Reason, ...]]:
    """The strongest reasons of each pair, strongest first; the order of candidates breaks ties."""
    if not candidates or not size:
        return [()] * size
    candidates = [one for one in candidates if np.any(one.strength > 0)]
    if not candidates:
        return [()] * size
    strength = np.array([np.broadcast_to(one.strength, size) for one in candidates], float)
    counts = np.minimum((strength > 0).sum(axis=0), most).tolist()
    picks, line = [], np.arange(size)
    for _ in range(min(most, len(candidates))):
        best = strength.argmax(axis=0)  # the first of equals
        strength[best, line] = -1
        picks.append(best.tolist())
    tell = [_teller(one) for one in candidates]
    return [
        tuple([tell[c](pair) for c in order[:count]])
        for pair, (count, order) in enumerate(zip(counts, zip(*picks, strict=True), strict=True))
    ]


def _teller(one: Candidate) -> Callable[[int], Reason]:
    """Gives the reason of a pair; without parameters it is the same for all. Made the short way: it is called thousands of times."""
    code, params, make = one.code, one.params, tuple.__new__
    if params is nothing:
        same = Reason(code, NO_PARAMS)
        return lambda pair: same
    return lambda pair: make(Reason, (code, params(pair)))


@dataclass(slots=True)
class Facts:
    """Everything reasons read about these pairs.

    weight: of an axis in the score, of 100. share: of its built-in questions. axis: their values. shown: with criteria.
    """

    table: Table
    view: Pairs
    settings: Settings
    weight: dict[str, int]
    share: dict[str, float]
    axis: dict[str, Array]
    shown: dict[str, Array]


def gather_facts(table: Table, rows: Array, columns: Array, settings: Settings) -> Facts:
    view = Pairs(table, rows, columns)
    size = len(rows)
    values = {name: np.broadcast_to(work(view, settings), size) for name, work in axes.AXIS.items()}
    shown = {
        name: np.broadcast_to(blended(name, view, settings), size) if criteria_of(name, settings) else own
        for name, own in values.items()
    }
    if settings.rank_weight:
        shown[CHOICE] = choice(view, settings)
    weight = shares(settings)
    share = {axis: weight[axis] * part_of(PART, axis, settings) for axis in AXES}
    return Facts(table, view, settings, weight, share, values, shown)


def part_of(share: int, axis: str, settings: Settings) -> float:
    """What a part of this many hundredths is of its axis where everything is answered; wishes are not told of."""
    asked = [share_of(one) for one in criteria_of(axis, settings) if one.kind != "wish"]
    return share / (PART + sum(asked))


class Names:
    """The names marked in each line of a 0/1 matrix."""

    def __init__(self, names: list[str], marked: Array) -> None:
        lines, columns = np.nonzero(marked)
        self.names = names
        self.columns = columns.tolist()
        self.starts = np.searchsorted(lines, np.arange(len(marked) + 1)).tolist()

    def of(self, line: int) -> tuple[str, ...]:
        picked = self.columns[self.starts[line] : self.starts[line + 1]]
        return tuple([self.names[column] for column in picked])


def nothing(pair: int) -> dict[str, Any]:
    """No parameters."""
    return NO_PARAMS
