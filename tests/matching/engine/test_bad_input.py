"""Contradictions are named; emptiness is an answer."""

from datetime import date

import pytest

from matching.engine import INPUT_ERRORS, Criterion, EngineInputError, Lock, Settings, Weights, score_pair, solve, verify
from tests.matching.engine.people import mentor, student

NAN, INFINITE = float("nan"), float("inf")
ONE, TWO = [student(1), student(2)], [mentor(10), mentor(11)]

BAD = {
    "duplicate_student": (([student(1), student(1)], TWO), {}, {"student": 1}),
    "duplicate_mentor": ((ONE, [mentor(10), mentor(10)]), {}, {"mentor": 10}),
    "negative_capacity": ((ONE, [mentor(10, capacity=-1)]), {}, {"mentor": 10, "value": -1}),
    "bad_capacity": ((ONE, [mentor(10, capacity=1.5)]), {}, {"mentor": 10, "value": 1.5}),
    "bad_years": ((ONE, [mentor(10, years_experience=-2)]), {}, {"mentor": 10, "value": -2}),
    "bad_placement_dates": (
        ([student(1, placement_start=date(2026, 5, 2), placement_end=date(2026, 5, 1))], TWO),
        {},
        {"student": 1},
    ),
    "bad_weight": ((ONE, TWO, Settings(Weights(goals=-1))), {}, {"axis": "goals", "value": -1}),
    "weights_all_zero": ((ONE, TWO, Settings(Weights(0, 0, 0, 0, 0))), {}, {}),
    "bad_setting": (
        (ONE, TWO, Settings(minimum_score=101)),
        {},
        {"setting": "minimum_score", "value": 101},
    ),
    "bad_travel_time": (
        (ONE, TWO, Settings(travel_minutes={("Hull", "York"): -5})),
        {},
        {"start": "Hull", "end": "York", "value": -5},
    ),
    "bad_criterion": (
        (ONE, TWO, Settings(criteria=(Criterion("a", "goals", "nearly"),))),
        {},
        {"key": "a", "field": "kind", "value": "nearly"},
    ),
    "duplicate_criterion": (
        (ONE, TWO, Settings(criteria=(Criterion("a", "goals", "same"), Criterion("a", "role", "near")))),
        {},
        {"key": "a"},
    ),
    "bad_answer": (
        ([student(1, answers={"a": "often"})], TWO, Settings(criteria=(Criterion("a", "goals", "near"),))),
        {},
        {"person": 1, "key": "a", "value": "often"},
    ),
    "bad_seniority": ((ONE, [mentor(10, seniority=2.5)]), {}, {"person": 10, "value": 2.5}),
    "formats_apart": (
        (ONE, TWO, Settings(mentors_per_student=2, least_per_group=7)),
        {},
        {"setting": "mentors_per_student", "other": "least_per_group"},
    ),
    "too_many_for_aim": (
        (
            [student(k) for k in range(6000)],
            [mentor(k, capacity=10**9) for k in (10, 11, 12)],
            Settings(aim="ranked", mentors_per_student=2),
        ),
        {},
        {"aim": "ranked"},
    ),
    "unknown_student": ((ONE, TWO), {"locked": [(9, 10)]}, {"student": 9}),
    "unknown_mentor": ((ONE, TWO), {"forbidden": [(1, 99)]}, {"mentor": 99}),
    "locked_twice": (
        (ONE, TWO),
        {"locked": [(1, 11), (1, 10)]},
        {"student": 1, "first": 10, "second": 11},
    ),
    "lock_is_forbidden": (
        (ONE, TWO),
        {"locked": [(1, 10)], "forbidden": [(1, 10), (2, 10)]},
        {"student": 1, "mentor": 10},
    ),
    "lock_is_kept_out": (
        (ONE, TWO),
        {"locked": [(1, 10)], "kept_out_mentors": [10]},
        {"student": 1, "mentor": 10},
    ),
    "lock_breaks_rule": (
        (ONE, [mentor(10, trained=False)]),
        {"locked": [(1, 10)]},
        {"student": 1, "mentor": 10, "rule": "not_trained"},
    ),
    "lock_breaks_capacity": (
        (ONE, TWO),
        {"locked": [(1, 10), (2, 10)]},
        {"mentor": 10, "places": 1, "locked": 2},
    ),
}


def test_every_error_has_a_case():
    assert set(BAD) == set(INPUT_ERRORS)


@pytest.mark.parametrize("code", BAD)
def test_contradictions_are_named(code):
    given, more, params = BAD[code]
    with pytest.raises(EngineInputError) as caught:
        solve(*given, **more)
    assert (caught.value.code, caught.value.params) == (code, params)
    assert str(caught.value) == INPUT_ERRORS[code].format(**params)


@pytest.mark.parametrize("weight", [NAN, INFINITE, -INFINITE, -0.1, True, "30", None, 1j])
def test_absurd_weights(weight):
    with pytest.raises(EngineInputError) as caught:
        score_pair(ONE[0], TWO[0], Settings(Weights(place=weight)))
    assert caught.value.code == "bad_weight"


@pytest.mark.parametrize(
    "given",
    [
        {"key": ""},
        {"axis": "luck"},
        {"weight": -1},
        {"weight": 1e308},
        {"weight": NAN},
        {"span": 0},
        {"span": NAN},
        {"kind": "wish", "hard": True},
    ],
)
def test_absurd_criteria(given):
    asked = Criterion(**{"key": "a", "axis": "goals", "kind": "same", **given})
    with pytest.raises(EngineInputError) as caught:
        solve(ONE, TWO, Settings(criteria=(asked,)))
    assert caught.value.code == "bad_criterion"
    assert caught.value.params["field"] in given


@pytest.mark.parametrize(
    ("kind", "value"),
    [("near", NAN), ("near", INFINITE), ("near", True), ("near", frozenset({"1"})), ("same", "yes"), ("overlap", 3),
     ("slots", ["Mon am"]), ("same", frozenset({1})), ("wish", "yes")],
)  # fmt: skip
def test_answers_that_cannot_be_read(kind, value):
    where = "background" if kind == "wish" else "answers"
    with pytest.raises(EngineInputError) as caught:
        score_pair(ONE[0], mentor(10, **{where: {"a": value}}), Settings(criteria=(Criterion("a", "goals", kind),)))
    assert (caught.value.code, caught.value.params["person"]) == ("bad_answer", 10)


def test_a_criterion_nobody_answered_decides_nothing_and_is_told():
    asked = (Criterion("a", "goals", "near"), Criterion("b", "role", "same", hard=True), Criterion("c", "time", "wish"))
    people = [student(1, answers={"a": 3, "b": None, "of another form": "text"}), student(2)]
    result, plain = solve(people, TWO, Settings(criteria=asked)), solve(people, TWO)
    assert result.unanswered == ("a", "b")
    assert [one.points for one in result.matches] == [one.points for one in plain.matches]


@pytest.mark.parametrize("weights", [Weights(1e-300, 0, 0, 0, 0), Weights(1e300, 1e300, 1, 0, 0)])
def test_extreme_weights_still_give_a_score(weights):
    assert score_pair(ONE[0], TWO[0], Settings(weights)).score == 50


@pytest.mark.parametrize("value", [NAN, 1.0, True, "2", None])
def test_places_that_are_no_number(value):
    with pytest.raises(EngineInputError) as caught:
        solve(ONE, [mentor(10, capacity=value)])
    assert caught.value.code == "bad_capacity"


@pytest.mark.parametrize(
    "given",
    [
        {"aim": "best"},
        {"seed": 1.5},
        {"seed": 2**63},
        {"students_per_group": -1},
        {"max_travel_minutes": 0},
        {"minimum_score": NAN},
        {"mentors_per_student": 0},
        {"mentors_per_student": 4},
        {"mentors_per_group": 3},
        {"least_per_group": -1},
        {"seniority": "older"},
    ],
)
def test_bad_settings(given):
    with pytest.raises(EngineInputError) as caught:
        solve(ONE, TWO, Settings(**given))
    (name,) = given
    assert (caught.value.code, caught.value.params["setting"]) == ("bad_setting", name)


@pytest.mark.parametrize("aim", ["total", "fairest"])
@pytest.mark.parametrize("kept_out", [False, True])
def test_nobody_at_all(aim, kept_out):
    settings = Settings(aim=aim)
    everybody = {"kept_out_students": [1, 2]} if kept_out else {}
    for students, mentors in (([], []), ([], TWO), (ONE, []), (ONE, [mentor(10, capacity=0)])):
        result = solve(students, mentors, settings, **(everybody if students else {}))
        assert (result.matches, result.total, result.worst) == ((), 0, None)
        assert [one.student_id for one in result.unmatched] == [one.id for one in students]
        assert (result.full_mentors, verify(result)) == ((), ())


def test_more_places_than_anybody_needs():
    result = solve(ONE, [mentor(10, capacity=10**12)])
    assert [one.mentor_id for one in result.matches] == [10, 10]
    assert (result.full_mentors[0].more_points if result.full_mentors else 0) == 0


def test_everybody_locked():
    result = solve(ONE, TWO, locked=[(1, 11), (2, 10)])
    assert [(one.student_id, one.mentor_id, one.locked) for one in result.matches] == [
        (1, 11, True),
        (2, 10, True),
    ]
    assert verify(result) == ()


def test_a_lock_may_set_a_rule_aside_knowingly():
    manager = mentor(10, email="Boss@x.example")
    one = student(1, line_manager_emails=frozenset({" boss@X.example"}))
    lock = Lock(1, 10, frozenset({"line_manager"}))
    result = solve([one], [manager], locked=[lock])
    assert [reason.code for reason in result.matches[0].reasons_against] == ["lock_despite"]
    assert result.matches[0].reasons_against[0].params == {"rule": "line_manager"}
    assert verify(result) == ()
    with pytest.raises(EngineInputError) as caught:
        solve([one], [manager], locked=[(1, 10)])
    assert caught.value.params["rule"] == "line_manager"


def test_progress_is_told_and_can_stop_the_run():
    told = []
    solve(ONE, TWO, progress=lambda stage, share: told.append((stage, share)))
    assert [stage for stage, _ in told] == ["reading", "scoring", "matching", "explaining", "done"]
    assert [share for _, share in told] == sorted(share for _, share in told)

    class CancelledError(Exception):
        pass

    def stop(stage, share):
        if stage == "matching":
            raise CancelledError

    with pytest.raises(CancelledError):
        solve(ONE, TWO, progress=stop)
