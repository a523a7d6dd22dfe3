"""Questions of the organisation's own: what they add, what they forbid, and what is never told."""

from dataclasses import replace

from hypothesis import given
from hypothesis import settings as hypothesis_settings

from matching.engine import Criterion, Settings, Weights, score_mentors, score_pair, solve
from tests.matching.engine.people import cases, mentor, student

ONLY_FIT = Weights(0, 0, 0, 0, 1)


def names(*given):
    return frozenset(given)


def fit(kind, left, right, **given):
    """The score where one question alone decides."""
    asked = Settings(ONLY_FIT, criteria=(Criterion("q", "compatibility", kind, **given),))
    return score_pair(student(1, answers={"q": left}), mentor(2, answers={"q": right}), asked).score


def test_what_each_kind_gives():
    assert fit("overlap", names("a", "b", "c"), names("b", "d")) == 33
    assert fit("overlap", names("b"), names("a", "b", "c")) == 100
    assert [fit("same", names("x"), names(other)) for other in (" X", "y")] == [100, 0]
    assert [fit("near", 1, other, span=4) for other in (1, 2, 5, 90)] == [100, 75, 0, 0]
    assert [fit("slots", names(*"abcd"), names(*other)) for other in ("x", "a", "ab", "abc")] == [0, 60, 85, 100]
    assert fit("same", frozenset(), names("x")) == fit("near", None, 3) == 50


def test_a_weight_is_measured_against_the_built_in_value():
    """Same channel gives 100 by itself; the question gives 0 and weighs a third, as much, three times as much."""
    one = student(1, channel="phone", answers={"q": names("x")})
    other = mentor(2, channel="phone", answers={"q": names("y")})
    scores = [
        score_pair(one, other, Settings(ONLY_FIT, criteria=(Criterion("q", "compatibility", "same", weight),))).score
        for weight in (0, 0.5, 1, 3)
    ]
    assert scores == [100, 67, 50, 25]


def test_a_hard_question_forbids_only_where_both_have_answered():
    asked = Settings(criteria=(Criterion("car", "place", "same", label="Can drive", hard=True),))
    others = [mentor(2), mentor(3, answers={"car": names("no")}), mentor(4, answers={"car": names("yes")})]
    found = score_mentors(student(1, answers={"car": names("yes")}), others, asked)
    assert [one.broken_rules for one in found] == [(), ("criterion_failed",), ()]
    assert [one.failed_criteria for one in found] == [(), (("car", "Can drive"),), ()]
    far = Settings(criteria=(Criterion("age", "role", "near", hard=True, span=5),))
    pair = student(1, answers={"age": 20}), [mentor(k, answers={"age": 20 + k}) for k in (4.9, 5)]
    assert [bool(one.broken_rules) for one in score_mentors(*pair, far)] == [False, True]


WISH = Criterion("first", "compatibility", "wish", 5, label="First in the family to study")


def everything_said(found):
    return repr((found.reasons_for, found.reasons_against))


@hypothesis_settings(deadline=None, max_examples=150)
@given(cases())
def test_a_wish_never_lowers_a_score_and_is_never_named(case):
    students, mentors, settings, forbidden = case
    without = replace(settings, minimum_score=0, criteria=tuple(one for one in settings.criteria if one.kind != "wish"))
    wish = replace(WISH, key="wished")
    asked = replace(without, criteria=(*without.criteria, wish))
    for one in students:
        for less, more in zip(
            score_mentors(one, mentors, without, forbidden), score_mentors(one, mentors, asked, forbidden), strict=True
        ):
            assert more.points >= less.points
            assert everything_said(more) == everything_said(less)
            assert more.broken_rules == less.broken_rules


def test_a_wish_that_is_met_counts_and_one_that_is_not_does_not():
    asked = Settings(ONLY_FIT, criteria=(WISH,))
    wishing = student(1, channel="chat", wishes={"first": names("yes")})
    told = [mentor(2, channel="phone"), mentor(3, channel="phone", background={"first": names("no")})]
    met = mentor(4, channel="phone", background={"first": names("yes")})
    assert [one.score for one in score_mentors(wishing, [*told, met], asked)] == [30, 30, 88]
    assert (
        score_pair(student(1, background={"first": names("yes")}), mentor(2, wishes={"first": names("yes")}), asked).score
        == 100
    )
    assert score_pair(wishing, mentor(5, channel="chat", wishes={"first": names("no")}), asked).score == 100


def test_nothing_that_leaves_the_engine_names_a_wish():
    people = [
        student(
            k,
            wishes={"first": names("a wish")},
            background={"first": names("an origin")},
            answers={"first": names("a wish")},
        )
        for k in range(4)
    ]
    others = [mentor(k, background={"first": names("a wish")}, wishes={"first": names("an origin")}) for k in (10, 11)]
    result = solve(people, others, Settings(criteria=(WISH,)))
    told = repr(replace(result, inputs=None))
    assert len(result.matches) == 2 and result.matches[0].score > 50
    for secret in ("first", "First", "a wish", "an origin"):
        assert secret not in told
