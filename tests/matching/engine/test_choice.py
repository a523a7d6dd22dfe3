"""Who chose whom: as a weight, as the first aim, as a rule."""

import random
from dataclasses import replace

import pytest

from matching.engine import (
    FOR_COORDINATORS,
    REASONS_FOR,
    EngineInputError,
    Settings,
    Weights,
    assignment,
    score_pair,
    solve,
    verify,
)
from tests.matching.engine.people import mentor, student

ONLY_CHOICE = Settings(Weights(0, 0, 0, 0, 0), rank_weight=1)


def choice(of_student, of_mentor):
    found = score_pair(student(1, ranks=of_student), mentor(2, ranks=of_mentor), ONLY_CHOICE)
    assert found.axes["choice"] == found.score
    return found.score


def test_what_a_place_on_a_list_is_worth():
    assert [choice((*range(50, 50 + k), 2), ()) for k in (0, 1, 2, 8, 9, 10, 40)] == [100, 90, 80, 20, 10, 10, 10]
    assert (choice((), (1,)), choice((7,), ()), choice((2,), (1,)), choice((2,), (7,)), choice((9, 2), (1,))) == (
        100,
        0,
        100,
        50,
        95,
    )
    assert choice((2, 2, 7), ()) == 100
    assert score_pair(student(1), mentor(2), ONLY_CHOICE).score == 50


def test_without_a_weight_choices_count_for_nothing():
    found = score_pair(student(1, ranks=(2,)), mentor(2, ranks=(9,)))
    assert (found.score, found.reasons_for, found.reasons_against) == (50, (), ())
    assert "choice" not in found.axes
    with pytest.raises(EngineInputError) as caught:
        solve([student(1)], [mentor(2)], Settings(rank_weight=float("nan")))
    assert (caught.value.code, caught.value.params["axis"]) == ("bad_weight", "choice")


def test_a_choice_met_comes_before_any_score_where_that_is_the_aim():
    """By score student 1 goes to mentor 11 and student 2 to 10; both chose otherwise."""
    people = [student(1, industry="a", ranks=(10,)), student(2, industry="b", ranks=(11,))]
    others = [mentor(10, industry="b", years_experience=10), mentor(11, industry="a", years_experience=10)]
    pairs = {}
    for aim in ("total", "ranked"):
        result = solve(people, others, Settings(Weights(1, 0, 0, 0, 0), aim=aim))
        pairs[aim] = [one.mentor_id for one in result.matches]
        assert verify(result) == ()
    assert pairs == {"total": [11, 10], "ranked": [10, 11]}
    told = result.matches[0].alternative
    assert (told.mentor_id, told.costs_choice, told.difference) == (11, 100, -100)


def test_nobody_goes_without_a_mentor_for_a_choice():
    people = [student(1, ranks=(10,)), student(2, ranks=(10,), excluded_mentors=frozenset({11}))]
    result = solve(people, [mentor(10), mentor(11)], Settings(aim="ranked"))
    assert [(one.student_id, one.mentor_id) for one in result.matches] == [(1, 11), (2, 10)]
    assert verify(result) == ()


def crowd(size, seed):
    pick = random.Random(seed)
    keys = range(size)
    others = range(1000, 1000 + size // 2)
    people = [student(k, industry=pick.choice("abc"), ranks=tuple(pick.sample(others, pick.randint(0, 4)))) for k in keys]
    return people, [
        mentor(
            k, capacity=pick.randint(0, 3), industry=pick.choice("abc"), ranks=tuple(pick.sample(keys, pick.randint(0, 5)))
        )
        for k in others
    ]


@pytest.mark.parametrize("small", [-1, 10**9])
@pytest.mark.parametrize("strict", [False, True])
def test_many_who_chose_are_matched_provably_best(small, strict, monkeypatch):
    monkeypatch.setattr(assignment, "SMALL", small)
    people, others = crowd(150, 4)
    settings = Settings(aim="ranked", rank_weight=10, require_ranked=strict)
    result = solve(people, others, settings)
    assert verify(result) == ()
    assert len(result.matches) > 30
    met = sum(one.axes["choice"] for one in result.matches)
    plain = solve(people, others, replace(settings, aim="total"))
    assert met > sum(one.axes["choice"] for one in plain.matches) or strict
    if strict:
        chosen = {one.id: one.ranks for one in [*people, *others]}
        for match in result.matches:
            for one, other in (match[:2], match[1::-1]):
                assert not chosen[one] or other in chosen[one]


def test_a_place_more_is_told_in_choices_and_points():
    """Against solving again with the place."""
    people, others = crowd(24, 2)
    settings = Settings(aim="ranked")
    told = {one.mentor_id: one for one in solve(people, others, settings).full_mentors}
    assert told

    def worth(result):
        met = sum(score_pair(by_id[m.student_id], by_id[m.mentor_id], ONLY_CHOICE).score for m in result.matches)
        return len(result.matches), met, result.total

    by_id = {one.id: one for one in [*people, *others]}
    before = worth(solve(people, others, settings))
    for key, one in told.items():
        more = [replace(m, capacity=m.capacity + (m.id == key)) for m in others]
        gained = [a - b for a, b in zip(worth(solve(people, more, settings)), before, strict=True)]
        assert [one.more_matched, one.more_choice, one.more_points] == gained


def test_what_one_of_the_two_said_alone_is_for_coordinators():
    found = [
        reason.code
        for ranks in [((2,), ()), ((), (1,))]
        for reason in score_pair(student(1, ranks=ranks[0]), mentor(2, ranks=ranks[1]), Settings(rank_weight=9)).reasons_for
    ]
    assert set(found) == FOR_COORDINATORS
    assert set(REASONS_FOR) > FOR_COORDINATORS
