"""The matching is the best there is: against all possibilities, and against the plain full solve."""

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.engine import Settings, assignment, solve, verify
from matching.engine.assignment import assign
from matching.engine.fairness import best_floor
from tests.matching.engine import reference
from tests.matching.engine.people import cases

NO = -1


def every_matching(points, places):
    """All ways to give each student one mentor or none."""
    for choice in product(range(NO, points.shape[1]), repeat=len(points)):
        picked = [(row, column) for row, column in enumerate(choice) if column != NO]
        fits = all(choice.count(column) <= number for column, number in enumerate(places))
        if fits and all(points[pair] >= 0 for pair in picked):
            yield [int(points[pair]) for pair in picked]


def best_total(points, places):
    """Every student's every mentor or none, worked out once for each state of the places that are left."""

    @cache
    def best(row, left):
        if row == len(points):
            return 0, 0
        answers = [best(row + 1, left)]
        for column, free in enumerate(left):
            if free and points[row, column] >= 0:
                matched, total = best(row + 1, (*left[:column], free - 1, *left[column + 1 :]))
                answers.append((matched + 1, total + int(points[row, column])))
        return max(answers)

    return best(0, tuple(min(int(one), len(points)) for one in places))


def test_the_two_ways_to_try_everything_agree():
    for points, places in NASTY.values():
        assert best_total(points, places) == max((len(made), sum(made)) for made in every_matching(points, places))


def best_fair(points, places):
    return max((len(made), min(made, default=0), sum(made)) for made in every_matching(points, places))


def best_ranked(points, choice, places):
    """Most matched, then the choices, then the points."""
    both = np.where(points < 0, NO, choice.astype(np.int64) * 10**6 + points)
    return max(
        (len(made), sum(one // 10**6 for one in made), sum(one % 10**6 for one in made))
        for made in every_matching(both, places)
    )


def matrix(*lines):
    return np.array(lines, np.int16)


NASTY = {
    "one mentor everybody wants": (matrix([9000, 10], [8999, 20], [8998, 0]), [1, 5]),
    "a match that costs almost everything": (matrix([10000, 0], [9999, -1]), [1, 1]),
    "a chain of moves": (
        matrix([9000, 8000, -1, -1], [9000, 10, 8000, -1], [-1, 9000, 9000, 0], [9000, -1, -1, -1]),
        [1, 1, 1, 1],
    ),
    "one place for four": (matrix([1], [2], [3], [3]), [1]),
    "all the same": (np.full((5, 3), 5000, np.int16), [1, 2, 1]),
    "nobody allowed": (np.full((3, 3), NO, np.int16), [1, 1, 1]),
    "no places": (matrix([100, 200], [300, 400]), [0, 0]),
    "all worth nothing": (np.zeros((4, 2), np.int16), [1, 2]),
    "a popular mentor some cannot have": (
        matrix([10000, -1, 1], [10000, 1, -1], [10000, 0, 0], [-1, 9999, -1], [10000, 9998, 9997]),
        [2, 1, 1],
    ),
    "two islands, one short": (
        matrix([5, 6, -1, -1], [7, 5, -1, -1], [6, 6, -1, -1], [-1, -1, 4, 9], [-1, -1, 9, -1]),
        [1, 1, 1, 2],
    ),
}


@pytest.fixture(params=["whole", "by prices"])
def way(request, monkeypatch):
    """Both ways to solve, whatever the size; few promising pairs, so that the prices must add."""
    if request.param == "by prices":
        monkeypatch.setattr(assignment, "SMALL", -1)
        for name in ("PER_STUDENT", "PER_MENTOR", "ADDED"):
            monkeypatch.setattr(assignment, name, 1)
    else:
        monkeypatch.setattr(assignment, "SMALL", 10**9)
    return request.param


def check_assignment(points, places, expected):
    choice, prices, unit = assign(points, np.array(places))
    made = [int(points[row, column]) for row, column in enumerate(choice) if column != NO]
    assert (len(made), sum(made)) == expected
    assert min(made, default=0) >= 0
    used = [list(choice).count(column) for column in range(points.shape[1])]
    assert all(number <= limit for number, limit in zip(used, places, strict=True))
    check_prices(points, places, choice, prices, unit)


def check_prices(points, places, choice, prices, unit):
    """Dual feasible, and the same sum on both sides: nothing better can exist."""
    points = points.astype(np.int64)
    worth = [0 if column == NO else points[row, column] + unit - prices[column] for row, column in enumerate(choice)]
    assert min(worth, default=0) >= 0 and min(prices, default=0) >= 0
    for row, column in np.argwhere(points >= 0):
        assert worth[row] + prices[column] >= points[row, column] + unit
    value = sum(int(points[r, c]) + unit for r, c in enumerate(choice) if c != NO)
    assert sum(worth) + int(np.dot(places, prices)) == value


@pytest.mark.parametrize("name", NASTY)
def test_nasty_families_against_all_possibilities(name, way):
    points, places = NASTY[name]
    check_assignment(points, places, best_total(points, places))


def small_matrices(most_students=8, most_mentors=5):
    levels = st.sampled_from([NO, NO, 0, 1, 2, 5000, 9999, 10000])
    shape = st.tuples(st.integers(1, most_students), st.integers(1, most_mentors))
    return shape.flatmap(
        lambda size: st.tuples(
            st.lists(
                st.lists(levels, min_size=size[1], max_size=size[1]),
                min_size=size[0],
                max_size=size[0],
            ),
            st.lists(st.integers(0, 3), min_size=size[1], max_size=size[1]),
        )
    )


@pytest.mark.parametrize("small", [-1, 10**9])
@hypothesis_settings(deadline=None, max_examples=150)
@given(case=small_matrices())
def test_any_small_matrix_against_all_possibilities(small, case):
    points, places = np.array(case[0], np.int16), case[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "SMALL", small)
        patch.setattr(assignment, "PER_STUDENT", 1)
        patch.setattr(assignment, "PER_MENTOR", 1)
        check_assignment(points, places, best_total(points, places))


def plain_solve(points, places):
    """Matched and total of scipy's answer on the full matrix with a column per place."""
    columns = np.repeat(np.arange(points.shape[1]), places)
    worth = np.where(points < 0, 0, points.astype(float) + 10_000 * len(points) + 1)
    rows, picked = linear_sum_assignment(worth[:, columns], maximize=True)
    made = [points[r, columns[c]] for r, c in zip(rows, picked, strict=True)]
    return sum(one >= 0 for one in made), sum(int(one) for one in made if one >= 0)


@pytest.mark.parametrize("share_ruled_out", [0.0, 0.3, 0.97])
@pytest.mark.parametrize("levels", [3, 10_000])
@pytest.mark.parametrize("most_places", [2, 5])
def test_larger_matrices_against_the_plain_solve(share_ruled_out, levels, most_places):
    """Ties (3 levels), scarce places, few pairs; popular mentors through a bonus per column."""
    pick = np.random.default_rng([levels, most_places, int(100 * share_ruled_out)])
    shape = (300, 250)
    points = pick.integers(0, levels, shape) * 5000 // levels + pick.integers(0, 5000, shape[1])
    points = np.where(pick.random(shape) < share_ruled_out, NO, points).astype(np.int16)
    places = pick.integers(0, most_places, shape[1])
    assert points.size > assignment.SMALL
    check_assignment(points, places, plain_solve(points, places))


@hypothesis_settings(deadline=None, max_examples=100)
@given(case=small_matrices(4, 4))
def test_the_fairest_floor_against_all_possibilities(case):
    points, places = np.array(case[0], np.int16), np.array(case[1])
    floor = best_floor(points, places)
    choice, _, _ = assign(np.where(points < floor, np.int16(NO), points), places)
    made = [int(points[row, column]) for row, column in enumerate(choice) if column != NO]
    assert (len(made), min(made, default=0), sum(made)) == best_fair(points, places.tolist())


@hypothesis_settings(deadline=None, max_examples=80)
@given(cases(5, 4), st.sampled_from(["total", "fairest", "ranked"]), st.data())
def test_people_with_locks_against_all_possibilities(case, aim, data):
    """From records to matches, with up to two locked pairs that break no rule."""
    students, mentors, settings, forbidden = case
    settings = Settings(**{**{f: getattr(settings, f) for f in settings.__slots__}, "aim": aim})
    ceiling = 9 if settings.students_per_group is None else settings.students_per_group
    places = [min(one.capacity, ceiling) for one in mentors]
    points = np.array(
        [
            [NO if reference.broken_rules(s, m, settings, forbidden) else reference.points(s, m, settings) for m in mentors]
            for s in students
        ],
        np.int64,
    ).reshape(len(students), len(mentors))
    locked, free = [], list(range(len(students)))
    for row, column in data.draw(st.permutations([tuple(p) for p in np.argwhere(points >= 0)]))[:2]:
        if row in free and places[column]:
            locked.append((row, column))
            free.remove(row)
            places[column] -= 1
    result = solve(students, mentors, settings, [(students[r].id, mentors[c].id) for r, c in locked], forbidden)
    rest = [one.points for one in result.matches if not one.locked]
    if aim == "ranked":
        choice = np.array([[reference.choice(s, m) for m in mentors] for s in students]).reshape(points.shape)
        by_id = {one.id: one for one in [*students, *mentors]}
        chosen = [reference.choice(by_id[one.student_id], by_id[one.mentor_id]) for one in result.matches if not one.locked]
        assert (len(rest), sum(chosen), sum(rest)) == best_ranked(points[free], choice[free], places)
    elif aim == "total":
        assert (len(rest), sum(rest)) == best_total(points[free], places)
    else:
        assert (len(rest), min(rest, default=0), sum(rest)) == best_fair(points[free], places)
    told = {(one.student_id, one.mentor_id) for one in result.matches if one.locked}
    assert told == {(students[r].id, mentors[c].id) for r, c in locked}
    assert verify(result) == ()


FAMILIES = ("ties", "popular", "scarce", "few pairs", "one good mentor", "any")


@st.composite
def crowds(draw):
    """A larger matrix of a family: equal scores, mentors everybody wants, few places, few pairs."""
    family, shape = draw(st.sampled_from(FAMILIES)), (draw(st.integers(1, 60)), draw(st.integers(1, 40)))
    pick = np.random.default_rng(draw(st.integers(0, 2**32)))
    levels = 3 if family == "ties" else 9000
    points = pick.integers(0, levels, shape) * (9000 // levels)
    if family == "popular":
        points += pick.integers(0, 1000, shape[1])
    if family == "one good mentor":
        points[:, 0] = 10_000 - np.arange(shape[0])
    ruled_out = 0.95 if family == "few pairs" else 0.3
    points = np.where(pick.random(shape) < ruled_out, NO, points).astype(np.int16)
    return points, pick.integers(0, 2 if family == "scarce" else 4, shape[1])


@pytest.mark.parametrize("small", [-1, 10**9])
@hypothesis_settings(deadline=None, max_examples=60)
@given(case=crowds())
def test_any_crowd_against_the_plain_solve(small, case):
    points, places = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "SMALL", small)
        patch.setattr(assignment, "PER_STUDENT", 2)
        patch.setattr(assignment, "PER_MENTOR", 1)
        check_assignment(points, places, plain_solve(points, places))


@pytest.mark.parametrize("value", [0, 5000])
def test_a_large_matrix_where_everything_is_equal(value):
    """Thousands of equally good pairs: few of them are looked at, and the answer holds."""
    points = np.full((300, 200), value, np.int16)
    points[:, ::3] = NO
    places = np.arange(200) % 3
    assert len(assignment._promising(points)) < points.size / 4
    check_assignment(points, places, plain_solve(points, places))
