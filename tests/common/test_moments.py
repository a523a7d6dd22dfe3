"""The hours in which daylight saving begins and ends, on the clocks of several places."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.moments import DoubledTimeError, SkippedTimeError, local_moment

LONDON, LORD_HOWE, NEW_YORK = (ZoneInfo(name) for name in ("Europe/London", "Australia/Lord_Howe", "America/New_York"))


def test_an_ordinary_time_is_itself():
    assert local_moment(date(2026, 7, 1), time(10), LONDON).astimezone(UTC) == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert local_moment(date(2026, 12, 1), time(10), LONDON).astimezone(UTC) == datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "zone", "next_time"),
    [
        (date(2027, 3, 28), time(1, 0), LONDON, time(2, 0)),
        (date(2027, 3, 28), time(1, 30), LONDON, time(2, 0)),
        (date(2027, 3, 28), time(1, 59), LONDON, time(2, 0)),
        (date(2027, 3, 14), time(2, 30), NEW_YORK, time(3, 0)),
        (date(2026, 10, 4), time(2, 15), LORD_HOWE, time(2, 30)),  # the clocks go forward by half an hour
    ],
)
def test_a_time_the_clocks_skip_is_refused_and_the_next_one_named(day, at, zone, next_time):
    with pytest.raises(SkippedTimeError) as refused:
        local_moment(day, at, zone)
    assert refused.value.next_time == next_time
    assert local_moment(day, next_time, zone).time() == next_time


@pytest.mark.parametrize("at", [time(1, 0), time(1, 30), time(1, 59)])
def test_a_time_that_comes_twice_is_refused(at):
    with pytest.raises(DoubledTimeError):
        local_moment(date(2026, 10, 25), at, LONDON)


@pytest.mark.parametrize(("day", "at"), [(date(2027, 3, 28), time(0, 59)), (date(2027, 3, 28), time(2, 0)), (date(2026, 10, 25), time(2, 0))])
def test_the_minutes_around_it_are_taken(day, at):
    assert local_moment(day, at, LONDON).time() == at


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.times(), st.sampled_from([LONDON, NEW_YORK, LORD_HOWE, ZoneInfo("Asia/Kolkata")]))
def test_what_is_taken_shows_on_the_clock_as_it_was_given(day, at, zone):
    try:
        moment = local_moment(day, at, zone)
    except (SkippedTimeError, DoubledTimeError):
        return
    back = moment.astimezone(UTC).astimezone(zone)
    assert (back.date(), back.time()) == (day, at)
