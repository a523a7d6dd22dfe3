from datetime import date

import pytest

from checkins import prompts
from checkins.agenda import AgendaItem, LastAction, OpenGoal, agenda
from checkins.prompts import STAGE_PROMPTS
from matching.enums import Stage

TODAY = date(2026, 11, 22)
OPENING = AgendaItem("opening", STAGE_PROMPTS["progression"][0], "")
CLOSING = [
    AgendaItem("feedback", prompts.FEEDBACK_TITLE, prompts.FEEDBACK_PROMPT),
    AgendaItem("next", prompts.NEXT_TITLE, prompts.NEXT_PROMPT),
]


def test_actions_still_open_then_goals_by_date():
    goals = [
        OpenGoal(1, "Build a sheet", due=date(2026, 12, 4)),
        OpenGoal(2, "Brief two colleagues", due=date(2026, 11, 27), next_step="Brief Amara on Thursday"),
        OpenGoal(3, "Shadow the front desk"),
        OpenGoal(4, "Write the guide", due=date(2026, 11, 20)),
    ]
    actions = [LastAction(7, "Write three points", done=True), LastAction(8, "Ask Mateusz for a slot", due=date(2026, 11, 24))]
    assert agenda(goals, actions, "progression", today=TODAY) == [
        OPENING,
        AgendaItem("action", "Ask Mateusz for a slot", prompts.LAST_ACTIONS_PROMPT, 8),
        AgendaItem("goal", "Write the guide", prompts.OVERDUE_GOAL_PROMPT, 4),
        AgendaItem("goal", "Brief two colleagues", "Brief Amara on Thursday", 2),
        AgendaItem("goal", "Build a sheet", prompts.GOAL_PROMPT, 1),
        *CLOSING,
    ]


def test_without_goals_it_asks_for_the_first():
    assert agenda([], [], "progression") == [
        OPENING,
        AgendaItem("goal", prompts.NO_GOALS_TITLE, prompts.NO_GOALS_PROMPT),
        *CLOSING,
    ]


def test_the_opening_question_changes_from_one_check_in_to_the_next():
    openings = [agenda([], [], "rapport", number=number)[0].title for number in range(6)]
    assert openings == [*STAGE_PROMPTS["rapport"], STAGE_PROMPTS["rapport"][0]]


def test_every_stage_has_three_to_five_prompts():
    assert list(STAGE_PROMPTS) == Stage.values
    assert {stage: len(texts) for stage, texts in STAGE_PROMPTS.items() if not 3 <= len(texts) <= 5} == {}


def test_an_unknown_stage_is_refused():
    with pytest.raises(KeyError):
        agenda([], [], "friendship")
