"""A goal's first day is the organisation's own, not that of UTC."""

import datetime as dt

from django.utils import timezone

from goals.models import Goal
from goals.presenters import goal_card
from goals.track import is_on_track
from home.mentorship.lists import lines
from matching.models import Mentorship
from tests import factories as make


def test_a_goal_written_in_the_morning_far_east(northfield):
    """Written on the 22nd in Auckland, where UTC still had the 21st: half of the time is gone on the 23rd, not two thirds."""
    with northfield.scope(), timezone.override("Pacific/Auckland"):
        goal = make.GoalFactory(mentorship=northfield.mentorship, due_on=dt.date(2026, 11, 24), percent=30)
        Goal.objects.filter(pk=goal.pk).update(created_at=dt.datetime(2026, 11, 21, 20, tzinfo=dt.UTC))
        goal, today = Goal.objects.get(pk=goal.pk), dt.date(2026, 11, 23)
        row = Mentorship.objects.select_related("programme", "placement", "organisation").get(pk=northfield.mentorship.pk)
        found = (goal_card(goal, mentorship=row, today=today).track.on, is_on_track(goal, today), lines([row], today=today)[0].goals_words)
    assert found == (True, True, "1 of 1 on track")
