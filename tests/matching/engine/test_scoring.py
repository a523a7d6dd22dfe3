"""The matrix, the single pair and the slow reference agree pair by pair."""

import numpy as np
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from matching.engine import AXES, RULES, Settings, Weights, score_mentors, score_pair
from matching.engine.scoring import score_all
from matching.engine.table import build_table
from tests.matching.engine import reference
from tests.matching.engine.people import cases, mentor, student


@hypothesis_settings(deadline=None, max_examples=150)
@given(cases())
def test_every_pair_scores_as_in_the_reference(case):
    students, mentors, settings, forbidden = case
    found = score_all(build_table(students, mentors, settings, forbidden), settings)
    broken = [[reference.broken_rules(s, m, settings, forbidden) for m in mentors] for s in students]
    expected = [
        [-1 if broken[i][j] else reference.points(s, m, settings) for j, m in enumerate(mentors)]
        for i, s in enumerate(students)
    ]
    assert found.points.tolist() == expected
    flat = [rules for line in broken for rules in line]
    for rule, number in found.ruled_out.items():
        assert number == sum(rule in rules for rules in flat), rule
    assert set().union(*flat) <= set(found.ruled_out)


@hypothesis_settings(deadline=None, max_examples=100)
@given(cases())
def test_a_single_pair_scores_as_in_the_reference(case):
    students, mentors, settings, forbidden = case
    for one in students:
        for other, found in zip(mentors, score_mentors(one, mentors, settings, forbidden), strict=True):
            assert found.points == reference.points(one, other, settings)
            assert found.axes == {axis: reference.value(axis, one, other, settings) for axis in AXES} | (
                {"choice": reference.choice(one, other)} if settings.rank_weight else {}
            )
            rules = reference.broken_rules(one, other, settings, forbidden)
            assert found.broken_rules == tuple(rule for rule in RULES if rule in rules)
            unmet = [c.key for c in settings.criteria if reference.criterion_fails(c, one, other)]
            assert [key for key, _ in found.failed_criteria] == unmet
            assert found.score == (found.points + 50) // 100


def test_many_students_with_few_answers_score_as_in_the_reference():
    """Enough students that axes are worked out once per answer."""
    pick = np.random.default_rng(5).integers
    words = ["a", "b", "c", "d", "e"]

    def sides():
        return {
            "industry": words[pick(3)],
            "town": words[pick(5)],
            "channel": words[pick(2)],
            "languages": frozenset(words[: pick(1, 3)]),
            "availability": frozenset(words[pick(4) :]),
            "online_only": bool(pick(2)),
        }

    students = [student(key, wants=frozenset(words[pick(5) :]), **sides()) for key in range(60)]
    mentors = [
        mentor(key, skills=frozenset(words[: pick(5)]), years_experience=int(pick(20)), **sides()) for key in range(25)
    ]
    settings = Settings(require_common_slot=True, require_reachable=True)
    found = score_all(build_table(students, mentors, settings), settings).points
    for i, one in enumerate(students):
        for j, other in enumerate(mentors):
            allowed = not reference.broken_rules(one, other, settings)
            assert found[i, j] == (reference.points(one, other, settings) if allowed else -1)


def test_only_the_proportion_of_weights_counts():
    one = student(1, industry="health", wants=frozenset({"first aid"}))
    other = mentor(2, industry="health", skills=frozenset({"planning"}))
    small = score_pair(one, other, Settings(weights=Weights(3, 2.5, 1.5, 2, 1)))
    large = score_pair(one, other, Settings(weights=Weights(3e300, 2.5e300, 1.5e300, 2e300, 1e300)))
    assert small == large == score_pair(one, other)
    only = score_pair(one, other, Settings(weights=Weights(0, 1, 0, 0, 0)))
    assert (only.score, only.axes["goals"]) == (0, 0)


def test_nothing_answered_is_neutral_and_gives_no_reason():
    found = score_pair(student(1), mentor(2))
    assert (found.score, set(found.axes.values())) == (50, {50})
    assert (found.reasons_for, found.reasons_against, found.broken_rules) == ((), (), ())
