"""When whom to meet: short meetings of two, nobody in two places at once, in as few slots as there can be. Pure.

A meeting joins two sides, so the timetable is a colouring of the edges of a bipartite graph: as many slots suffice as the
busiest person has meetings (König, 1916), and fewer never do.
"""

from collections import Counter
from collections.abc import Hashable, Iterable

Pair = tuple[Hashable, Hashable]


def slots_needed(pairs: Iterable[Pair]) -> int:
    """The fewest slots: the meetings of the busiest person."""
    left, right = Counter(), Counter()
    for one, other in set(pairs):
        left[one] += 1
        right[other] += 1
    return max([*left.values(), *right.values()], default=0)


def timetable(pairs: Iterable[Pair]) -> dict[Pair, int]:
    """(one, other) pairs of the two sides -> slot, from 0 to slots_needed - 1. The order given settles ties; twice counts once.

    Where no slot is free for both, the meetings along a chain of two slots change places: that never makes two at once.
    """
    pairs = list(dict.fromkeys(pairs))
    slots = range(slots_needed(pairs))
    at = {}  # (side, person) -> {slot: the pair}
    for pair in pairs:
        one, other = (at.setdefault((side, person), {}) for side, person in enumerate(pair))
        mine = next(slot for slot in slots if slot not in one)
        theirs = next(slot for slot in slots if slot not in other)
        if mine in other:
            both = next((slot for slot in slots if slot not in one and slot not in other), None)
            if both is None:
                _exchange(at, (1, pair[1]), mine, theirs)
            else:
                mine = both
        one[mine] = other[mine] = pair
    return {pair: slot for (side, _person), day in at.items() if side == 0 for slot, pair in day.items()}


def _exchange(at, start, busy, free):
    """Free the slot ``busy`` of ``start``: along the chain of meetings in these two slots, each takes the other one."""
    chain, here, slot = [], start, busy
    while (pair := at[here].get(slot)) is not None:
        chain.append((pair, slot))
        side = 1 - here[0]
        here, slot = (side, pair[side]), free if slot == busy else busy
    for pair, slot in chain:
        for side, person in enumerate(pair):
            del at[side, person][slot]
    for pair, slot in chain:
        for side, person in enumerate(pair):
            at[side, person][free if slot == busy else busy] = pair
