"""Why a student stays without a mentor, and that the change told would really match them."""

from dataclasses import replace
from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from matching.engine import CHANGES, UNMATCHED, Criterion, Reason, Settings, in_english, solve
from tests.matching.engine.people import LATE, cases, mentor, student

END = date(2027, 7, 1)
ONE = student(
    1,
    town="Leeds",
    online_ok=False,
    languages=frozenset({"Polish"}),
    availability=frozenset({"Mon am"}),
    line_manager_emails=frozenset({"boss@x.example"}),
    placement_end=END,
    seniority=2,
    answers={"car": frozenset({"yes"})},
)
STRICT = Settings(
    require_common_slot=True,
    require_reachable=True,
    travel_minutes={("Leeds", "Hull"): 80},
    max_travel_minutes=60,
)
# One thing away from fitting: (mentor, settings, forbidden, kept out, reason, change).
CASES = {
    "nobody_has_places": (mentor(10, capacity=0), Settings(), "first_place", {}),
    "nobody_trained": (mentor(10, trained=False), Settings(), "finish_training", {}),
    "nobody_in_run": (mentor(10), Settings(), "bring_in", {}),
    "no_check": (mentor(10, check_valid_until=None), Settings(), "record_check", {"until": END}),
    "checks_too_short": (
        mentor(10, check_valid_until=date(2027, 6, 30)),
        Settings(),
        "renew_check",
        {"until": END},
    ),
    "only_line_manager": (mentor(10, email="boss@x.example"), Settings(), "more_mentors", {}),
    "all_excluded": (
        mentor(10, excluded_students=frozenset({1})),
        Settings(),
        "lift_exclusion",
        {},
    ),
    "all_conflicts": (
        mentor(10, declared_conflicts=frozenset({1})),
        Settings(),
        "settle_conflict",
        {},
    ),
    "all_forbidden": (mentor(10), Settings(), "allow_pair", {}),
    "no_shared_language": (
        mentor(10, languages=frozenset({"English"})),
        Settings(),
        "allow_language",
        {},
    ),
    "nobody_free": (mentor(10, availability=frozenset({"Fri pm"})), STRICT, "find_slot", {}),
    "nobody_in_reach": (mentor(10, town="Hull"), STRICT, "travel_longer", {"minutes": 20}),
    "all_differ": (
        mentor(10, answers={"car": frozenset({"no"})}),
        Settings(criteria=(Criterion("car", "place", "same", label="Can drive", hard=True),)),
        "allow_difference",
        {"label": "Can drive"},
    ),
    "nobody_senior": (mentor(10, seniority=1), Settings(seniority="peer"), "more_mentors", {}),
    "nobody_junior": (mentor(10, seniority=3), Settings(seniority="reverse"), "more_mentors", {}),
    "nobody_ranked": (mentor(10, ranks=(7,)), Settings(require_ranked=True), "widen_choice", {}),
    "all_below_minimum": (
        mentor(10, town="York", online_ok=False),
        Settings(minimum_score=90),
        "lower_minimum",
        {},
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_one_rule_keeps_everybody_out(code):
    other, settings, change, params = CASES[code]
    forbidden = [(1, 10)] if code == "all_forbidden" else []
    kept_out = [10] if code == "nobody_in_run" else []
    result = solve([ONE], [other], settings, forbidden=forbidden, kept_out_mentors=kept_out)
    (found,) = result.unmatched
    assert (found.student_id, found.reason.code) == (1, code)
    (told,) = found.changes
    assert told.code == change
    if change != "more_mentors":
        assert told.params["mentor"] == 10
        assert {key: told.params[key] for key in params} == params


def test_every_reason_has_a_case():
    elsewhere = {"kept_out", "no_mentors", "no_place_left", "several_rules", "no_group", "nobody_else"}
    assert set(CASES) | elsewhere == set(UNMATCHED)
    told = {change for _, _, change, _ in CASES.values()}
    assert told | {"one_more_place", "meet_otherwise", "smaller_group"} == set(CHANGES)


def test_kept_out_and_no_mentors():
    result = solve([student(1), student(2)], [], kept_out_students=[2])
    assert [(one.reason, one.changes) for one in result.unmatched] == [
        (Reason("no_mentors"), (Reason("more_mentors"),)),
        (Reason("kept_out"), ()),
    ]


def test_no_place_left_names_the_best_full_mentor():
    """Mentor 11 suits student 3 better than 10; 12 would fit too but for the training."""
    people = [student(k, industry="health", placement_end=END) for k in (1, 2)] + [
        student(3, industry="digital", placement_end=END)
    ]
    others = [
        mentor(10, industry="health"),
        mentor(11, industry="health", town="Leeds", years_experience=8),
        mentor(12, industry="digital", trained=False),
    ]
    result = solve(people, others, locked=[(1, 10), (2, 11)])
    (found,) = result.unmatched
    assert found.reason == Reason("no_place_left", {"mentors": 2})
    assert [change.code for change in found.changes] == ["one_more_place", "finish_training"]
    assert [change.params["mentor"] for change in found.changes][1] == 12
    assert found.changes[1].params["score"] > found.changes[0].params["score"]


def test_an_untrained_mentor_whose_place_would_not_be_free_is_no_way_out():
    """Mentor 10 is locked to student 2 with an exception, so training alone gives no place."""
    from matching.engine import Lock

    lock = Lock(2, 10, frozenset({"not_trained"}))
    result = solve([student(1), student(2)], [mentor(10, trained=False)], locked=[lock])
    (found,) = result.unmatched
    assert found.reason.code == "nobody_trained"
    assert found.changes == (Reason("more_mentors"),)


def test_several_rules_are_counted():
    others = [
        mentor(10, trained=False),
        mentor(11, trained=False),
        mentor(12, email="boss@x.example"),
        mentor(13, trained=False, check_valid_until=None),
    ]
    (found,) = solve([ONE], others).unmatched
    assert found.reason == Reason("several_rules", {"rules": (("not_trained", 2), ("line_manager", 1))})
    (found,) = solve([ONE], [others[3]]).unmatched
    assert found.reason.params == {"rules": (("check_missing", 1), ("not_trained", 1))}
    assert found.changes == (Reason("more_mentors"),)
    assert in_english(*found.reason) == (
        "each mentor is ruled out, for different reasons; most often: "
        "has no background check (1), has not completed the training (1)"
    )


def test_a_journey_that_is_not_known_cannot_be_made_longer():
    (found,) = solve([ONE], [mentor(10, town="York")], STRICT).unmatched
    assert [change.code for change in found.changes] == ["meet_otherwise"]


def carried_out(change, one, others, settings, forbidden, kept_out):  # noqa: C901 - one branch a change
    """The same input with the change made, as a reader of the words would."""
    key = change.params["mentor"]
    (other,) = [m for m in others if m.id == key]
    code = change.code
    if code in ("one_more_place", "first_place"):
        if settings.students_per_group is not None:
            return None  # the ceiling of the format, not this mentor's own places
        other = replace(other, capacity=other.capacity + 1)
    elif code == "finish_training":
        other = replace(other, trained=True)
    elif code == "bring_in":
        kept_out = [k for k in kept_out if k != key]
    elif code in ("record_check", "renew_check"):
        other = replace(other, check_valid_until=change.params["until"] or LATE)
    elif code in ("lift_exclusion", "settle_conflict"):
        other = replace(other, excluded_students=frozenset(), declared_conflicts=frozenset())
        one = replace(one, excluded_mentors=frozenset(), declared_conflicts=frozenset())
    elif code == "allow_pair":
        forbidden = [pair for pair in forbidden if pair != (one.id, key)]
    elif code == "allow_language":
        other = replace(other, languages=frozenset())
    elif code == "find_slot":
        other = replace(other, availability=other.availability | one.availability)
    elif code == "travel_longer":
        longest = settings.max_travel_minutes + change.params["minutes"]
        settings = replace(settings, max_travel_minutes=longest)
    elif code == "meet_otherwise":
        settings = replace(settings, require_reachable=False)
    elif code == "allow_difference":
        asked = [replace(c, hard=c.hard and (c.label or c.key) != change.params["label"]) for c in settings.criteria]
        settings = replace(settings, criteria=tuple(asked))
    elif code == "widen_choice":
        settings = replace(settings, require_ranked=False)
    elif code == "lower_minimum":
        settings = replace(settings, minimum_score=change.params["score"])
    return one, other, settings, forbidden, kept_out


@hypothesis_settings(deadline=None, max_examples=200)
@given(cases(5, 4))
def test_every_change_told_would_match_one_more(case):
    students, mentors, settings, forbidden = case
    kept_out = [m.id for m in mentors[:1]]
    before = solve(students, mentors, settings, forbidden=forbidden, kept_out_mentors=kept_out)
    for found in before.unmatched:
        (one,) = [s for s in students if s.id == found.student_id]
        for change in found.changes:
            if change.code == "more_mentors":
                continue
            made = carried_out(change, one, mentors, settings, sorted(forbidden), kept_out)
            if made is None:
                continue
            changed, other, rules, pairs, out = made
            after = solve(
                [changed if s.id == one.id else s for s in students],
                [other if m.id == other.id else m for m in mentors],
                rules,
                forbidden=pairs,
                kept_out_mentors=out,
            )
            assert len(after.matches) > len(before.matches), change


@hypothesis_settings(deadline=None, max_examples=100)
@given(cases(6, 4))
def test_everybody_unmatched_has_a_reason_whose_words_can_be_said(case):
    students, mentors, settings, forbidden = case
    result = solve(students, mentors, settings, forbidden=forbidden)
    for found in result.unmatched:
        for words, told in [(UNMATCHED, [found.reason]), (CHANGES, found.changes)]:
            for one in told:
                names = {name for _, name, _, _ in Formatter().parse(words[one.code]) if name}
                assert names == set(one.params) or names < set(one.params)
    matched = {one.student_id for one in result.matches}
    assert matched.isdisjoint({one.student_id for one in result.unmatched})
