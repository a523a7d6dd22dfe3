"""The house's activities as data, the shelf, and which two or three fit. Pure but for the shelf."""

import re

import pytest

from goals.activities import activities, by_key
from goals.activities.spec import Activity
from goals.activity_shelf import find_on_shelf, shelf_for, suggest_activities
from goals.enums import Function, Setting
from goals.services.activities import add_own_activity, hide_activity, show_activity
from programmes.enums import Stage

OWN = {
    "title": "Ward round with the sister", "stages": ["rapport"], "functions": ["exposure"], "minutes": 40, "way": "in_person",
    "purpose": "See the ward wake up.", "needs": "", "steps": "Ask the sister\nBe there at seven", "questions": "", "safety": "",
}  # fmt: skip


def idea(key, stage="rapport", function="skills", helps=()):
    return Activity(key, key, (stage,), (function,), 20, "both", "", "", (), (), helps=helps)


def test_there_are_forty_and_more_each_with_a_key_and_title_of_its_own():
    every = activities()
    assert len(every) >= 40
    assert len(by_key()) == len(every) == len({str(one.title) for one in every}) == len({str(one.purpose) for one in every})
    assert [one.key for one in every if not re.fullmatch(r"[a-z]+(-[a-z]+)+", one.key) or len(one.key) > 60] == []


def test_every_stage_function_way_and_length_of_time_is_covered():
    every = activities()
    assert [stage for stage in Stage.values if sum(stage in one.stages for one in every) < 6] == []
    assert [function for function in Function.values if sum(function in one.functions for one in every) < 4] == []
    assert {one.way for one in every} == set(Setting.values)
    assert min(one.minutes for one in every) <= 15
    assert max(one.minutes for one in every) >= 60


def test_each_is_complete_and_short_enough_for_a_phone():
    wrong = []
    for one in activities():
        texts = [one.title, one.purpose, one.needs, *one.steps, *one.questions]
        if not (set(one.stages) <= set(Stage.values) and set(one.functions) <= set(Function.values) and one.way in Setting.values):
            wrong.append((one.key, "values"))
        if not 10 <= one.minutes <= 60 or one.minutes % 5:
            wrong.append((one.key, "minutes"))
        if not 3 <= len(one.steps) <= 6 or not 2 <= len(one.questions) <= 3:
            wrong.append((one.key, "steps or questions"))
        if len(str(one.title)) > 40 or any(not str(text).strip() or len(str(text)) > 160 for text in texts) or len(str(one.safety)) > 200:
            wrong.append((one.key, "length"))
        if [text for text in [one.purpose, *one.steps] if str(text).rstrip("”")[-1] not in ".?!"] or [q for q in one.questions if "?" not in str(q)]:
            wrong.append((one.key, "ends of sentences"))
    assert wrong == [], wrong


def test_what_happens_away_from_the_desk_says_what_to_mind():
    assert [one.key for one in activities() if one.way == "in_person" and not one.safety] == ["hand-in-the-keys"]
    assert [one.key for one in activities() if "counsel" in one.functions and one.stages[0] != "winding_down" and not one.safety] == []


def test_what_fits_is_of_the_stage_not_done_and_helps_with_a_goal_first():
    offered = [idea("a"), idea("b", function="exposure"), idea("c", stage="direction"), idea("d", function="counsel"), idea("e", helps=("present",))]
    fits = suggest_activities(offered, stage="rapport", done=["b"], goals=["Write a list", "Present one piece of work"])
    assert [(fit.activity.key, fit.goal) for fit in fits] == [("e", "Present one piece of work"), ("d", ""), ("a", "")]
    assert [fit.activity.key for fit in suggest_activities(offered, stage="rapport", most=2)] == ["a", "b"]
    assert [fit.activity.key for fit in suggest_activities(offered, stage="rapport", turn=1, most=2)] == ["b", "d"]
    assert suggest_activities(offered, stage="moving_on") == []
    assert [fit.goal for fit in suggest_activities([idea("e", helps=("sent",))], stage="rapport", goals=["Present it"])] == [""]


@pytest.mark.parametrize("stage", Stage.values)
def test_every_stage_has_three_to_suggest_for_different_purposes(stage):
    found = suggest_activities(activities(), stage=stage)
    assert len(found) == len({fit.activity.functions[0] for fit in found}) == 3


def test_filters_leave_what_fits_all_of_them(northfield):
    with northfield.scope():
        student = northfield.people["student"]
        assert len(shelf_for(student)) == len(activities())
        found = shelf_for(student, stage="progression", function="exposure", minutes=30, way="remote")
        assert {one.activity.key for one in found} == {"ask-three-people", "open-a-door"}
        expected = {
            one.key for one in activities()
            if "progression" in one.stages and "exposure" in one.functions and one.minutes <= 30 and one.way in ("remote", "both")
        }  # fmt: skip
        assert {one.activity.key for one in found} == expected


def test_own_ones_stand_first_and_hidden_ones_are_gone_until_they_are_put_back(northfield, riverside):
    coordinator, student = northfield.people["coordinator"], northfield.people["student"]
    with northfield.scope():
        own = add_own_activity(by=coordinator, **OWN)
        assert add_own_activity(by=coordinator, **OWN) == own
        assert shelf_for(student)[0].own == own
        for key in (own.key, "three-objects"):
            for _twice in range(2):
                hide_activity(shelved=find_on_shelf(coordinator, key), by=coordinator)
        offered = {one.activity.key for one in shelf_for(student)}
        assert offered == set(by_key()) - {"three-objects"}
        assert {one.activity.key for one in shelf_for(coordinator, hidden=True)} == {own.key, "three-objects"}
        assert find_on_shelf(student, "three-objects").hidden is True
        for key in (own.key, "three-objects"):
            show_activity(shelved=find_on_shelf(coordinator, key), by=coordinator)
        assert len(shelf_for(student)) == len(activities()) + 1
    with riverside.scope():
        assert len(shelf_for(riverside.people["student"])) == len(activities())
        assert find_on_shelf(riverside.people["student"], own.key) is None


@pytest.mark.parametrize("key", ["own-", "own-x", "own-99999999999999999999", "own-7", "nothing-like-it"])
def test_an_unknown_key_is_nothing(northfield, key):
    with northfield.scope():
        assert find_on_shelf(northfield.people["student"], key) is None
