from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from common import words

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 11, 24), "Tuesday 24 November"),
        (date(2027, 1, 4), "Monday 4 January 2027"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Thursday 2 July"),  # past midnight in London's summer
    ],
)
def test_day(value, said):
    assert words.day(value, TODAY) == said


@pytest.mark.parametrize(
    ("days", "said"), [(-2, "Friday 20 November"), (-1, "yesterday"), (0, "today"), (1, "tomorrow"), (2, "Tuesday 24 November")]
)
def test_when(days, said):
    assert words.when(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (19, "19 days")])
def test_days(count, said):
    assert words.days(count) == said


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=12), "12 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=19), "19 days ago"),
        (timedelta(days=90), "Monday 24 August"),
    ],
)
@time_machine.travel(datetime(2026, 11, 22, 15, 0, tzinfo=UTC), tick=False)
def test_ago(gap, said):
    assert words.ago(timezone.now() - gap) == said


@time_machine.travel(datetime(2026, 11, 22, 15, 0, tzinfo=UTC), tick=False)
def test_ago_of_a_plain_date():
    assert [words.ago(TODAY - timedelta(days=n)) for n in (0, 1, 3)] == ["today", "yesterday", "3 days ago"]


@time_machine.travel(datetime(2026, 11, 22, 15, 0, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 10, 5), date(2026, 12, 18), "5 October to 18 December"),
        (date(2026, 10, 5), date(2027, 2, 1), "5 October 2026 to 1 February 2027"),
        (date(2027, 1, 5), date(2027, 2, 1), "5 January to 1 February 2027"),
    ],
)
def test_period(start, end, said):
    assert words.period(start, end) == said


@pytest.mark.parametrize(("arguments", "said"), [((87,), "87\u00a0%"), ((1, 3), "33\u00a0%"), ((0, 0), "–"), ((None,), "–"), ((0, 5), "0\u00a0%")])
def test_percent(arguments, said):
    assert words.percent(*arguments) == said


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Gwen Ørsted", "GØ"), ("Małgorzata van der Berg", "MB"), ("Ines", "I"), ("  ", "?"), ("🌱 (acting) Łukasz", "Ł"), ("عمر الفاروق", "عا"), ("Zoë Mensah, Siân Pugh and Leo Gray", "ZM")],
)
def test_initials(name, letters):
    assert words.initials(name) == letters
