"""Several mentors for each student: the best there is, against all possibilities and by its own prices."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matching.engine import assignment, flow
from matching.engine.flow import Demand, assign_several, count_several

NO = -1
STEP = 10**6


def all_ways(worth, places, demand):
    """Every way to give each student some mentors: (first mentors, mentors, worth)."""
    options = []
    for line, most in zip(worth, demand.most, strict=True):
        fitting = np.flatnonzero(line >= 0).tolist()
        options.append([some for number in range(most + 1) for some in combinations(fitting, number)])
    for pick in product(*options):
        used = np.bincount([column for some in pick for column in some], minlength=len(places))
        if (used <= places).all():
            firsts = sum(bool(some) and bool(first) for some, first in zip(pick, demand.first, strict=True))
            yield firsts, sum(map(len, pick)), sum(int(worth[row, one]) for row, some in enumerate(pick) for one in some)


def check_flow(worth, places, demand, step=0):
    """The answer keeps to the rules and its prices prove it: (first mentors, mentors, worth)."""
    found = assign_several(worth, places, demand, step)
    pairs = list(zip(found.rows.tolist(), found.columns.tolist(), strict=True))
    have, used = np.bincount(found.rows, minlength=len(worth)), np.bincount(found.columns, minlength=len(places))
    assert len(set(pairs)) == len(pairs)
    assert (have <= demand.most).all() and (used <= places).all()
    assert all(worth[pair] >= 0 for pair in pairs)
    firsts, total = int((demand.first & (have > 0)).sum()), sum(int(worth[pair]) for pair in pairs)
    value = firsts * (found.unit - found.further) + len(pairs) * found.further + total
    students, mentors = found.student_prices.tolist(), found.prices.tolist()
    assert min(mentors) >= 0
    bound = sum(places[column] * price for column, price in enumerate(mentors))
    for row, price in enumerate(students):
        first = int(demand.first[row])
        bound += first * max(0, price) + int(demand.most[row] - first) * max(0, price - (found.unit - found.further))
    for row, column in np.argwhere(worth >= 0).tolist():
        bound += max(0, found.unit + int(worth[row, column]) - students[row] - mentors[column])
    assert value == bound
    return firsts, len(pairs), total


@st.composite
def small(draw):
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    levels = st.sampled_from([NO, NO, 0, 1, 2, 5000, 9999, 10000])
    lines = st.lists(st.lists(levels, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
    most = st.lists(st.integers(1, 3), min_size=shape[0], max_size=shape[0])
    first = st.lists(st.sampled_from([True, True, True, False]), min_size=shape[0], max_size=shape[0])
    places = st.lists(st.integers(0, 3), min_size=shape[1], max_size=shape[1])
    return (
        np.array(draw(lines), np.int16),
        np.array(draw(places)),
        Demand(np.array(draw(most)), np.array(draw(first), bool)),
    )


@pytest.fixture(params=["whole", "by prices"])
def way(request, monkeypatch):
    """Both ways, whatever the size; few promising pairs, so that the prices must add."""
    monkeypatch.setattr(assignment, "SMALL", -1 if request.param == "by prices" else 10**9)
    if request.param == "by prices":
        for module, names in ((assignment, ("PER_STUDENT", "PER_MENTOR")), (flow, ("ADDED",))):
            for name in names:
                monkeypatch.setattr(module, name, 1)


@hypothesis_settings(deadline=None, max_examples=60)
@given(small())
def test_any_small_matrix_against_all_possibilities(case):
    worth, places, demand = case
    best = max(all_ways(worth, places, demand))
    for few in (-1, 10**9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(assignment, "SMALL", few)
            patch.setattr(assignment, "PER_STUDENT", 1)
            patch.setattr(assignment, "PER_MENTOR", 1)
            assert check_flow(worth, places, demand) == best
    assert count_several(worth, places, demand) == best[:2]


@hypothesis_settings(deadline=None, max_examples=40)
@given(small(), st.data())
def test_choices_before_points(case, data):
    points, places, demand = case
    size = points.size
    chosen = np.array(data.draw(st.lists(st.sampled_from([0, 5, 20]), min_size=size, max_size=size))).reshape(points.shape)
    worth = np.where(points < 0, NO, chosen * STEP + points)
    assert check_flow(worth, places, demand, STEP) == max(all_ways(worth, places, demand))


NASTY = {
    "one mentor everybody wants": ([[9000, 10, 0], [8999, 20, 0], [8998, 0, 0]], [1, 5, 1]),
    "a first mentor for the last costs the best pairs": ([[10000, 9999], [9998, NO], [NO, 1]], [1, 1]),
    "all the same": ([[5000] * 3] * 4, [2, 2, 1]),
    "nobody allowed": ([[NO, NO], [NO, NO]], [2, 2]),
    "no places": ([[1, 2], [3, 4]], [0, 0]),
    "worth nothing": ([[0, 0], [0, 0], [0, 0]], [3, 1]),
}


@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("name", NASTY)
def test_nasty_families(name, most, way):
    worth, places = np.array(NASTY[name][0], np.int16), np.array(NASTY[name][1])
    demand = Demand(np.full(len(worth), most), np.ones(len(worth), bool))
    assert check_flow(worth, places, demand) == max(all_ways(worth, places, demand))


@pytest.mark.parametrize("levels", [3, 10_000])
@pytest.mark.parametrize("ruled_out", [0.3, 0.97])
def test_larger_matrices_are_proven(levels, ruled_out):
    """Ties, scarce places, popular mentors; the counts against a largest flow."""
    pick = np.random.default_rng([levels, int(100 * ruled_out)])
    shape = (200, 110)
    worth = pick.integers(0, levels, shape) * 5000 // levels + pick.integers(0, 5000, shape[1])
    worth = np.where(pick.random(shape) < ruled_out, NO, worth).astype(np.int16)
    assert worth.size > assignment.SMALL
    places = pick.integers(0, 5, shape[1])
    demand = Demand(pick.integers(1, 4, shape[0]), pick.random(shape[0]) < 0.9)
    assert check_flow(worth, places, demand)[:2] == count_several(worth, places, demand)


def test_a_first_mentor_that_a_small_price_would_miss():
    """Twenty students in a chain: to give the last one a mentor, everybody gives up nearly all their points."""
    length = 20
    worth = np.full((length, length), NO, np.int16)
    for row in range(length - 1):
        worth[row, row], worth[row, row + 1] = 10_000, 0
    worth[length - 1, 0] = 0
    demand = Demand(np.full(length, 2), np.ones(length, bool))
    assert check_flow(worth, np.ones(length, int), demand) == (length, length, 0)
