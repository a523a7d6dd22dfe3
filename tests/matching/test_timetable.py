"""The timetable of speed meetings: no collision, every meeting once, never a slot too many."""

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from matching.timetable import slots_needed, timetable

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=60)


@given(PAIRS)
@example([])
@example(list(product(range(6), range(6))))
@example([(0, other) for other in range(8)])
def test_nobody_is_in_two_places_and_no_slot_is_wasted(pairs):
    found = timetable(pairs)
    assert found.keys() == set(pairs)
    for side in (0, 1):
        taken = [(pair[side], slot) for pair, slot in found.items()]
        assert len(taken) == len(set(taken))
    busiest = max((sum(pair[side] == person for pair in set(pairs)) for side in (0, 1) for person in range(10)), default=0)
    assert slots_needed(pairs) == busiest
    assert len(set(found.values())) <= busiest
    assert all(0 <= slot < busiest for slot in found.values())


@given(PAIRS)
def test_the_same_people_get_the_same_times(pairs):
    assert timetable(pairs) == timetable(list(pairs))


def test_a_chain_of_exchanges():
    """The last meeting fits only when others change their times."""
    pairs = [("a", 1), ("b", 2), ("b", 1), ("c", 2), ("c", 3), ("a", 3)]
    assert len(set(timetable(pairs).values())) == 2
