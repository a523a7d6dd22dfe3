"""The proof holds for a true result and fails for every kind of tampering."""

from dataclasses import replace

import pytest

from matching.engine import Settings, Weights, solve, verify
from tests.matching.engine.people import mentor, student

STUDENTS = [
    student(1, industry="digital", languages=frozenset({"English"})),
    student(2, industry="digital", line_manager_emails=frozenset({"b@x.example"})),
    student(3, industry="health"),
    student(4, industry="health"),
]
MENTORS = [
    mentor(10, industry="digital", email="a@x.example", languages=frozenset({"English"})),
    mentor(11, industry="digital", email="b@x.example", years_experience=9),
    mentor(12, industry="health", languages=frozenset({"Welsh"})),
]


@pytest.fixture(params=["total", "fairest"])
def result(request):
    return solve(STUDENTS, MENTORS, Settings(aim=request.param))


def changed_match(result, position, **given):
    matches = list(result.matches)
    matches[position] = matches[position]._replace(**given)
    return replace(result, matches=tuple(matches))


def test_a_true_result_holds(result):
    assert verify(result) == ()
    pairs = {one.student_id: one.mentor_id for one in result.matches}
    assert (len(pairs), pairs.pop(1), pairs.pop(2), *pairs.values()) == (3, 11, 10, 12)
    assert result.certificate.gap == 0


def test_a_better_score_than_the_records_give(result):
    assert "scores" in verify(changed_match(result, 0, points=10_000))
    assert verify(changed_match(result, 0, score=result.matches[0].score + 1)) == ("scores",)


def test_a_pair_against_a_rule_or_over_capacity(result):
    faults = verify(changed_match(result, 1, mentor_id=11))
    assert {"rules", "capacity"} <= set(faults)


def test_a_worse_matching_with_right_totals(result):
    """Students 3 and 2 swap: each pair is described truly, yet the sum is lower."""
    settings = result.inputs.settings
    locked = [(2, 12), (3, 10), (1, 11)]
    worse = solve(STUDENTS, MENTORS, settings, locked)
    disguised = replace(
        result,
        matches=tuple(one._replace(locked=False) for one in worse.matches),
        unmatched=worse.unmatched,
        total=worse.total,
        worst=worse.worst,
    )
    assert worse.total < result.total
    assert "bound" in verify(disguised)


def test_a_student_left_out_or_twice(result):
    assert verify(replace(result, matches=result.matches[1:])) == ("people",)
    assert verify(replace(result, matches=result.matches * 2)) == ("people",)
    assert verify(changed_match(result, 0, mentor_id=99)) == ("people",)


def test_a_match_withheld(result):
    """One student fewer than possible, told as unmatched: the bound shows it."""
    lost = result.unmatched[0]._replace(student_id=result.matches[0].student_id)
    shorter = replace(
        result,
        matches=result.matches[1:],
        unmatched=(*result.unmatched, lost),
        total=result.total - result.matches[0].points,
        worst=min(one.score for one in result.matches[1:]),
    )
    assert "bound" in verify(shorter)


def test_altered_prices(result):
    proof = result.certificate
    for side in ("student_prices", "mentor_prices"):
        prices = dict(getattr(proof, side))
        key = max(prices, key=prices.get)
        lower = replace(proof, **{side: {**prices, key: prices[key] - 1}})
        assert "prices" in verify(replace(result, certificate=lower))
        negative = replace(proof, **{side: {**prices, key: -1}})
        assert "prices" in verify(replace(result, certificate=negative))
        higher = replace(proof, **{side: {**prices, key: prices[key] + 1}})
        assert verify(replace(result, certificate=higher)) == ("bound",)


def test_altered_bound_unit_totals_and_locks(result):
    proof = result.certificate
    for given in ({"bound": proof.bound + 1}, {"value": proof.value + 1}):
        assert verify(replace(result, certificate=replace(proof, **given))) == ("bound",)
    assert "bound" in verify(replace(result, certificate=replace(proof, unit=1)))
    assert verify(replace(result, total=result.total + 1)) == ("totals",)
    assert verify(replace(result, worst=result.worst + 1)) == ("totals",)
    assert "locks" in verify(changed_match(result, 0, locked=True))


def test_a_floor_that_is_too_low():
    """The best total leaves student 2 with a score of 0; the fairest gives both 30."""
    slots = frozenset({"Mon am", "Tue am", "Wed am"})
    people = [
        student(1, industry="digital", availability=slots),
        student(2, industry="health", availability=frozenset({"Mon am"})),
    ]
    others = [
        mentor(10, industry="digital", availability=slots, years_experience=10),
        mentor(11, industry="digital", availability=frozenset({"Fri pm"})),
    ]
    weights = Weights(1, 0, 0, 1, 0)
    best = solve(people, others, Settings(weights))
    fair = solve(people, others, Settings(weights, aim="fairest"))
    assert [one.score for one in best.matches] == [100, 0]
    assert [one.score for one in fair.matches] == [30, 30]
    assert (verify(best), verify(fair)) == ((), ())
    told = replace(best, inputs=fair.inputs, certificate=replace(best.certificate, floor=0))
    assert verify(told) == ("floor",)
    assert "floor" in verify(replace(fair, certificate=replace(fair.certificate, floor=None)))


def test_locks_are_part_of_the_proof():
    result = solve(STUDENTS, MENTORS, Settings(), [(3, 11)])
    assert verify(result) == ()
    without = replace(result, inputs=replace(result.inputs, locked=()))
    assert "locks" in verify(without)
