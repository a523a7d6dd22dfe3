"""Stages: what speaks for the next, who moved it and why, what a stage has to say."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.models import Mentorship, StageMove
from matching.services.mentorships import change_stage, end_mentorship
from matching.services.refused import Refused
from matching.stages import FACTS, ORDER, SPECS, Facts, Suggestion, ending_starts_on, is_stuck, suggest
from programmes.enums import Stage

START, END = dt.date(2026, 10, 5), dt.date(2026, 12, 18)
TODAY = dt.date(2026, 11, 22)


def test_every_stage_has_its_purpose_and_three_prompts_for_each_side():
    assert Stage.values == ORDER
    for spec in SPECS.values():
        assert (len(spec.mentor), len(spec.student)) == (3, 3)
        assert all(20 < len(str(text)) < 120 for text in (spec.purpose, *spec.mentor, *spec.student))
    every = [str(text) for spec in SPECS.values() for text in (*spec.mentor, *spec.student)]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    ("stage", "facts", "found"),
    [
        ("rapport", Facts(), None),
        ("rapport", Facts(signed=True), ("direction", "agreement_signed")),
        ("rapport", Facts(goals_agreed=2), None),
        ("rapport", Facts(signed=True, goals_agreed=1), ("progression", "goals_agreed")),
        ("direction", Facts(signed=True), None),
        ("direction", Facts(goals_agreed=1), ("progression", "goals_agreed")),
        ("direction", Facts(ending_due=True), ("winding_down", "ending_due")),
        ("progression", Facts(signed=True, goals_agreed=3), None),
        ("progression", Facts(ending_due=True), ("winding_down", "ending_due")),
        ("progression", Facts(settled=True, days_left=0), None),
        ("winding_down", Facts(ending_due=True), None),
        ("winding_down", Facts(ending_due=True, settled=True), ("moving_on", "contact_settled")),
        ("winding_down", Facts(ending_due=True, days_left=0), ("moving_on", "time_over")),
        ("moving_on", Facts(True, 3, True, True, -4), None),
    ],
)
def test_the_furthest_stage_the_facts_speak_for(stage, facts, found):
    assert suggest(stage, facts) == (Suggestion(*found) if found else None)
    assert found is None or str(suggest(stage, facts).why) == str(FACTS[found[1]])


@pytest.mark.parametrize(
    ("reached_on", "goals", "starts"),
    [
        ((), 0, dt.date(2026, 12, 4)),  # day 60 of 74: 81 per cent; day 59 is 79.7
        ([dt.date(2026, 10, day) for day in (20, 9, 12, 14)], 5, dt.date(2026, 10, 20)),  # the fourth of five
        ([dt.date(2026, 10, day) for day in (20, 9, 12)], 5, dt.date(2026, 12, 4)),
        ([dt.date(2026, 12, 9)], 1, dt.date(2026, 12, 4)),
    ],
)
def test_the_ending_starts_at_four_fifths_of_the_time_or_of_the_goals(reached_on, goals, starts):
    assert ending_starts_on(START, END, reached_on, goals) == starts


@pytest.mark.parametrize(("stage", "days", "stuck"), [("rapport", 21, True), ("direction", 20, False), ("progression", 90, False)])
def test_stuck_after_three_weeks_in_an_early_stage(northfield, stage, days, stuck):
    since = TODAY - dt.timedelta(days=days)
    assert is_stuck(stage, since, TODAY) is stuck
    with northfield.scope():
        Mentorship.objects.update(stage="progression")
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(stage=stage, stage_since=since)
        assert [row.pk for row in Mentorship.objects.stuck(TODAY)] == ([northfield.mentorship.pk] if stuck else [])


def test_a_move_keeps_who_when_and_why(northfield):
    mentor, at = northfield.people["mentor"], timezone.now()
    with northfield.scope():
        row = change_stage(mentorship=northfield.mentorship, stage="progression", why="We  know what to do", by=mentor, at=at)
        assert (row.stage, row.stage_since) == ("progression", timezone.localdate(at))
        change_stage(mentorship=row, stage="progression", by=mentor)  # once more changes nothing
        move = StageMove.objects.get()
        assert (move.came_from, move.stage, move.reason, move.by, move.at) == ("rapport", "progression", "We know what to do", mentor, at)


def test_a_suggestion_confirmed_late_does_not_take_it_back(northfield):
    with northfield.scope():
        change_stage(mentorship=northfield.mentorship, stage="winding_down", by=northfield.people["mentor"])
        row = change_stage(mentorship=northfield.mentorship, stage="direction", fact="agreement_signed", by=northfield.people["student"])
        assert (row.stage, StageMove.objects.count()) == ("winding_down", 1)
        back = change_stage(mentorship=row, stage="direction", why="New goals", by=northfield.people["student"])
        assert back.stage == "direction"


@pytest.mark.parametrize("wrong", [{"stage": "friendship"}, {"stage": "direction", "fact": "the moon"}])
def test_what_is_no_stage_or_no_fact_is_refused(northfield, wrong):
    with northfield.scope(), pytest.raises(Refused):
        change_stage(mentorship=northfield.mentorship, by=northfield.people["mentor"], **wrong)


def test_nothing_moves_once_it_has_ended(northfield):
    with northfield.scope():
        end_mentorship(mentorship=northfield.mentorship, status="completed", by=northfield.people["coordinator"])
        with pytest.raises(Refused):
            change_stage(mentorship=northfield.mentorship, stage="direction", by=northfield.people["mentor"])
        assert StageMove.objects.count() == 0


def test_the_page_moves_it_once_and_says_why_not(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    url = reverse("matching:stage", args=["northfield", northfield.mentorship.pk])
    for _double_click in range(2):
        client.post(url, {"stage": "direction", "fact": "agreement_signed"})
    with northfield.scope():
        assert [(move.stage, move.reason) for move in StageMove.objects.all()] == [("direction", FACTS["agreement_signed"])]
    said = client.post(url, {"stage": "progression", "why": "x" * 301}, follow=True).content.decode()
    assert "at most 300 characters" in said
    with northfield.scope():
        assert StageMove.objects.count() == 1
