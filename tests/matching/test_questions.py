"""What questions count for, without a database."""

import pytest

from matching.background_topics import TOPICS, allowed, engine_groups, wish_criteria
from matching.engine import Criterion
from matching.questionnaire_preset import PRESET
from matching.questions import (
    CHOICE,
    FACTS,
    MANY,
    PLACE,
    SCALE,
    TEXT,
    Asked,
    Sheet,
    compare,
    criteria_of,
    engine_answers,
    shares,
)


def sheets(students, mentors):
    return Sheet("student", 1, tuple(students)), Sheet("mentor", 1, tuple(mentors))


def asked(key, kind=CHOICE, **more):
    return Asked(key, kind, f"{key}?", options=("a", "b") if kind in (CHOICE, MANY) else (), **more)


def how(student, mentor):
    return [(one.student.key, one.how) for one in compare(student, mentor)]


def test_how_two_questions_are_compared():
    mine = [
        asked("industry"), asked("help", MANY, axis="goals"), asked("rhythm", axis="time"), asked("style", SCALE, axis="compatibility"),
        asked("alone", axis="goals"), asked("unlike", SCALE, axis="goals"), asked("note", TEXT),
    ]  # fmt: skip
    theirs = [asked("industry"), asked("help"), asked("rhythm"), asked("style", SCALE), asked("unlike"), asked("note", TEXT)]
    assert how(*sheets(mine, theirs)) == [
        ("industry", "fact"), ("help", "overlap"), ("rhythm", "same"), ("style", "near"), ("alone", "unpaired"),
        ("unlike", "unlike"), ("note", "read"),
    ]  # fmt: skip


def test_only_what_is_compared_becomes_a_criterion_and_a_fact_only_where_it_is_a_must():
    mine = [
        asked("industry", is_hard=True), asked("channel"), asked("town", PLACE, is_hard=True), asked("rhythm", axis="time", weight=4),
        asked("alone", axis="goals", is_hard=True), asked("help", MANY, axis="goals", weight=1, is_hard=True), asked("note", TEXT),
    ]  # fmt: skip
    theirs = [asked("industry"), asked("channel"), asked("town", PLACE), asked("rhythm"), asked("help", MANY), asked("note", TEXT)]
    assert criteria_of(*sheets(mine, theirs)) == (
        Criterion("industry", "role", "same", 0, "industry?", hard=True),
        Criterion("rhythm", "time", "same", 1.0, "rhythm?"),
        Criterion("help", "goals", "overlap", 0.25, "help?", hard=True),
    )


def test_answers_that_are_no_longer_offered_count_for_nobody():
    question = asked("rhythm", axis="time")
    student, mentor = sheets([question, asked("style", SCALE, axis="time")], [question, asked("style", SCALE)])
    criteria = criteria_of(student, mentor)
    assert engine_answers(student, {"rhythm": ["B"], "style": ["4"]}, criteria) == {"rhythm": frozenset({"B"}), "style": 4.0}
    assert engine_answers(student, {"rhythm": ["gone"], "style": ["9"], "note": ["x"]}, criteria) == {}
    assert engine_answers(mentor, {"rhythm": ["a", "gone"]}, criteria) == {"rhythm": frozenset({"a"})}


def test_a_fact_keeps_words_that_no_list_has():
    question = asked("industry", is_hard=True)
    student, mentor = sheets([question], [question])
    assert engine_answers(student, {"industry": ["bee keeping"]}, criteria_of(student, mentor)) == {"industry": frozenset({"bee keeping"})}


def test_shares_are_of_the_whole_axis_with_what_is_compared_anyway():
    mine = [asked("a", axis="time", weight=2), asked("b", axis="time", weight=4), asked("c", axis="goals", weight=4), asked("industry")]
    assert shares(*sheets(mine, mine)) == {"a": 20, "b": 40, "c": 50}


@pytest.mark.parametrize("side", ["student", "mentor"])
def test_our_preset_is_whole(side):
    questions = PRESET[side]
    assert len({one.key for one in questions}) == len(questions) <= 15
    assert all(len(str(one.label)) <= 300 and len(one.key) <= 40 for one in questions)
    assert [one.key for one in questions if one.kind in (CHOICE, MANY) and len(one.options) < 2] == []
    assert {one.key for one in questions if one.fact(side)} >= set(FACTS) - ({"career_goal"} if side == "mentor" else set())


def test_our_preset_covers_the_five_axes_and_every_criterion_has_both_sides():
    student, mentor = (Sheet(side, 0, PRESET[side]) for side in ("student", "mentor"))
    found = compare(student, mentor)
    assert {one.axis for one in found if one.counts} == {"role", "goals", "place", "time", "compatibility"}
    assert [one.student.key for one in found if one.how in ("unpaired", "unlike")] == []
    assert {one.key for one in criteria_of(student, mentor)} == {"help", "rhythm", "style"}


def test_background_topics_have_answers_on_both_sides_and_unknown_ones_are_dropped():
    for topic in TOPICS:
        assert [key for key, _words in topic.words("told")] == [key for key, _words in topic.words("wish")] != []
    assert allowed("faith", ["sikh", "jedi", "sikh", "muslim"]) == ["sikh", "muslim"]
    assert allowed("shoe size", ["sikh"]) == []


def test_wishes_are_criteria_that_add_and_rule_nobody_out():
    [one] = wish_criteria({"faith", "unknown"})
    assert (one.key, one.kind, one.hard, one.label) == ("background:faith", "wish", False, "")
    assert engine_groups([("faith", ["sikh"]), ("gender", [])]) == {"background:faith": frozenset({"sikh"})}
