"""Formats: teams, groups with a least size, second mentors, peers and the reverse."""

import random
from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from matching.engine import (
    FORMATS,
    EngineInputError,
    Group,
    Settings,
    exact_cost,
    groups,
    score_pair,
    settings_for,
    solve,
    verify,
)
from tests.matching.engine.people import mentor, student

WORDS = ["python", "testing", "sql", "design", "writing"]


def crowd(students, mentors, seed=1, capacity=None):
    pick = random.Random(seed)
    people = [student(k, industry=pick.choice("abc"), wants=frozenset(pick.sample(WORDS, 2))) for k in range(students)]
    others = [
        mentor(
            100 + k,
            capacity=capacity or pick.randint(1, 4),
            industry=pick.choice("abc"),
            skills=frozenset(pick.sample(WORDS, 3)),
            years_experience=pick.randint(0, 12),
        )
        for k in range(mentors)
    ]
    return people, others


def of(result):
    """Student -> their mentors."""
    pairs = {}
    for one in result.matches:
        pairs.setdefault(one.student_id, []).append(one.mentor_id)
    return pairs


@pytest.mark.parametrize("aim", ["total", "fairest", "ranked"])
@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_holds_and_is_proven_as_it_says(kind, aim):
    settings = settings_for(kind, aim=aim)
    people, others = crowd(16, 9, capacity=10 if kind == "large_group" else None)
    if kind == "large_group" and aim == "fairest":
        with pytest.raises(EngineInputError) as caught:
            solve(people, others, settings)
        assert caught.value.code == "formats_apart"
        return
    result = solve(people, others, settings)
    assert verify(result) == ()
    assert result.exact == ("solver" if kind == "large_group" else "proven")
    assert sorted(student for group in result.groups for student in group.student_ids) == sorted(of(result))
    sizes = Counter(one.mentor_id for one in result.matches)
    assert max(sizes.values()) <= (settings.students_per_group or 4)


# --- teams ------------------------------------------------------------------------------------


def test_everybody_gets_a_first_mentor_before_anybody_gets_a_second():
    people, others = crowd(10, 5, capacity=2)
    result = solve(people, [*others, mentor(200, capacity=2)], settings_for("team"))
    pairs = of(result)
    assert sorted(map(len, pairs.values())) == [1] * 8 + [2] * 2
    assert [one.student_id for one in result.partial] == sorted(key for key, own in pairs.items() if len(own) == 1)
    assert {one.reason.code for one in result.partial} == {"no_place_left"}
    assert (len(result.unmatched), verify(result)) == (0, ())


def test_a_student_never_gets_the_same_mentor_twice():
    result = solve([student(1)], [mentor(10, capacity=3)], settings_for("team"))
    assert of(result) == {1: [10]}
    (told,) = result.partial
    assert (told.reason.code, [one.code for one in told.changes]) == ("nobody_else", ["more_mentors"])


def test_locked_mentors_are_part_of_the_team():
    people, others = crowd(6, 8, capacity=2)
    locked = [(0, 100), (0, 101), (1, 102)]
    result = solve(people, others, settings_for("team"), locked)
    pairs = of(result)
    assert (sorted(pairs[0]), len(pairs[1]), 102 in pairs[1]) == ([100, 101], 2, True)
    assert {(m.student_id, m.mentor_id) for m in result.matches if m.locked} == set(locked)
    assert verify(result) == ()
    with pytest.raises(EngineInputError) as caught:
        solve(people, others, settings_for("team"), [*locked, (0, 103)])
    assert caught.value.code == "locked_twice"


def test_those_with_the_same_mentors_are_one_team():
    people = [student(k, excluded_mentors=frozenset(out)) for k, out in enumerate([(12,), (12,), (10,)])]
    result = solve(people, [mentor(k, capacity=4) for k in (10, 11, 12)], settings_for("team"))
    assert result.groups == (Group((0, 1), (10, 11)), Group((2,), (11, 12)))


@pytest.mark.parametrize("seed", range(3))
def test_what_a_place_is_worth_and_a_pair_costs_against_solving_again(seed):
    people, others = crowd(9, 6, seed)
    settings = settings_for("team")
    result = solve(people, others, settings)

    def counts(one):
        return len(of(one)), len(one.matches), one.total

    for full in result.full_mentors:
        if full.places == settings.students_per_group:
            continue  # the format has no more
        again = solve(people, [replace(m, capacity=m.capacity + (m.id == full.mentor_id)) for m in others], settings)
        gained = [a - b for a, b in zip(counts(again), counts(result), strict=True)]
        assert [full.more_matched, full.more_matched + full.more_mentors, full.more_points] == gained
    for match in result.matches:
        if match.alternative is None:
            continue
        cost = exact_cost(result, match.student_id, match.alternative.mentor_id)
        again = solve(people, others, settings, [(match.student_id, match.alternative.mentor_id)])
        assert list(cost) == [a - b for a, b in zip(counts(result), counts(again), strict=True)]
        if cost[:2] == (0, 0):
            assert cost.points >= 100 * match.alternative.costs_at_least
        if match.alternative.exact:
            assert cost[:2] == (0, 0) and cost.points // 100 == match.alternative.costs_at_least


# --- groups with a least size -----------------------------------------------------------------


def best_groups(points, places, least):
    """All ways, each student with one mentor or none: (matched, total)."""
    best = (0, 0)
    for choice in product(range(-1, points.shape[1]), repeat=len(points)):
        sizes = np.bincount([c for c in choice if c >= 0], minlength=points.shape[1])
        if ((sizes > places) | ((sizes > 0) & (sizes < least))).any():
            continue
        own = [int(points[r, c]) for r, c in enumerate(choice) if c >= 0]
        if min(own, default=0) >= 0:
            best = max(best, (len(own), sum(own)))
    return best


@pytest.mark.parametrize("seed", range(12))
def test_least_sizes_against_all_possibilities(seed):
    pick = np.random.default_rng(seed)
    shape = (6, 3)
    points = np.where(pick.random(shape) < 0.3, -1, pick.integers(0, 10_000, shape))
    places, least = pick.integers(0, 6, shape[1]), np.full(shape[1], int(pick.integers(2, 4)))
    relaxed = groups.assign(points.astype(np.int16), places)[0]
    found = groups.assign_groups(points, places, least, 0, relaxed)
    made = [int(points[row, column]) for row, column in enumerate(found.choice) if column >= 0]
    assert (len(made), sum(made)) == best_groups(points, places, least)
    assert found.whole


def test_a_group_that_would_stay_too_small_is_not_led_and_said_so():
    """Four students suit mentor 10 and one mentor 11; groups are of three at least."""
    people = [student(k, industry="a", excluded_mentors=frozenset({11})) for k in range(4)]
    people.append(student(9, industry="b", excluded_mentors=frozenset({10})))
    others = [mentor(10, capacity=5, industry="a"), mentor(11, capacity=5, industry="b")]
    settings = Settings(students_per_group=5, least_per_group=3)
    result = solve(people, others, settings)
    assert result.groups == (Group((0, 1, 2, 3), (10,)),)
    (left,) = result.unmatched
    assert (left.student_id, left.reason.code, left.reason.params) == (9, "no_group", {"mentors": 1, "least": 3})
    assert (left.changes[0].code, left.changes[0].params) == ("smaller_group", {"mentor": 11, "score": 53, "students": 1})
    assert (result.exact, result.full_mentors, verify(result)) == ("solver", (), ())
    assert result.certificate.gap > 0
    smaller = solve(people, others, replace(settings, least_per_group=1))
    assert (len(smaller.matches), smaller.exact, verify(smaller)) == (5, "proven", ())


def test_least_sizes_that_hold_anyway_are_proven_by_prices():
    people, others = crowd(12, 2, capacity=6)
    result = solve(people, others, Settings(students_per_group=6, least_per_group=4))
    assert (result.exact, result.certificate.gap, verify(result)) == ("proven", 0, ())
    assert len(result.full_mentors) == 2


def test_too_many_pairs_for_a_proof_are_told_as_a_bound(monkeypatch):
    monkeypatch.setattr(groups, "WHOLE", 50)
    people, others = crowd(20, 6, capacity=8)
    result = solve(people, others, Settings(students_per_group=8, least_per_group=5))
    assert (result.exact, len(result.matches), verify(result)) == ("bound", 20, ())
    assert result.certificate.gap > 0


def test_a_mentor_with_a_locked_student_may_stay_below_the_least():
    people, others = crowd(8, 2, capacity=8)
    result = solve(people, others, Settings(students_per_group=8, least_per_group=5), [(0, 101)])
    sizes = Counter(one.mentor_id for one in result.matches)
    assert (sizes[101] >= 1, sum(sizes.values()), verify(result)) == (True, 8, ())


def test_nobody_for_a_group_at_all():
    result = solve(*crowd(3, 2, capacity=8), settings_for("large_group"))
    assert (result.matches, len(result.unmatched), result.groups, verify(result)) == ((), 3, (), ())


def test_verify_sees_a_group_that_is_too_small():
    people, others = crowd(12, 3, capacity=6)
    result = solve(people, others, Settings(students_per_group=6))
    stricter = replace(result, inputs=replace(result.inputs, settings=replace(result.inputs.settings, least_per_group=6)))
    assert "groups" in verify(stricter)
    assert "groups" in verify(replace(result, groups=result.groups[1:]))


# --- second mentors ---------------------------------------------------------------------------


def test_second_mentors_come_from_those_without_a_group():
    people, others = crowd(16, 5, capacity=10)
    blocked = replace(others[4], excluded_students=frozenset(range(16)))
    result = solve(people, [*others[:4], blocked], settings_for("large_group"))
    second = {one.mentor_id for one in result.matches if one.second}
    first = {one.mentor_id for one in result.matches if not one.second}
    assert (len(first), len(second), first & second, blocked.id in second) == (2, 2, set(), False)
    for group in result.groups:
        assert len(group.mentor_ids) == 2
    assert all(one.alternative is None for one in result.matches if one.second)
    assert verify(result) == ()


def test_the_second_mentors_are_the_best_for_these_groups():
    """Against every way to hand the two spare mentors to the two groups."""
    people, others = crowd(14, 4, seed=5, capacity=10)
    result = solve(people, others, settings_for("large_group"))
    by_id = {one.id: one for one in [*people, *others]}
    lead = {one.student_id: one.mentor_id for one in result.matches if not one.second}
    spare = sorted({m.id for m in others} - set(lead.values()))
    led = sorted(set(lead.values()))
    assert len(led) == len(spare) == 2

    def total(pairs):
        return sum(score_pair(by_id[s], by_id[pairs[m]], result.inputs.settings).points for s, m in lead.items())

    best = max(total(dict(zip(led, order, strict=True))) for order in (spare, spare[::-1]))
    assert sum(one.points for one in result.matches if one.second) == best


def test_groups_that_are_locked_with_both_mentors_stay():
    people, others = crowd(9, 3, capacity=10)
    first = solve(people, others, settings_for("large_group"))
    locked = [(one.student_id, one.mentor_id) for one in first.matches if one.student_id != 8]
    again = solve(people, others, settings_for("large_group"), locked)
    assert verify(again) == ()
    assert again.groups[0].mentor_ids == first.groups[0].mentor_ids
    assert 8 in {one.student_id for one in again.matches}


# --- peers ------------------------------------------------------------------------------------


def test_peers_are_further_on_and_the_reverse():
    people = [student(1, seniority=1), student(2, seniority=2), student(3)]
    others = [mentor(10, seniority=2), mentor(11, seniority=1), mentor(12)]
    for kind, rule, ruled_out in (
        ("peer", "not_senior", {(1, 11), (2, 10), (2, 11)}),
        ("reverse", "not_junior", {(1, 10), (1, 11), (2, 10)}),
    ):
        settings = settings_for(kind)
        found = {(s.id, m.id) for s in people for m in others if rule in score_pair(s, m, settings).broken_rules}
        assert found == ruled_out
    with pytest.raises(KeyError):
        settings_for("buddies")
