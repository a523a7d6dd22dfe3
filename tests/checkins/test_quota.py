"""What a month comes to. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.quota import Contact, Limits, Month, expected_in_month, is_extra, month_of
from common.moments import SkippedTimeError, chosen_moment

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
contacts = st.lists(st.builds(Contact, days, st.integers(1, 600), st.booleans()), max_size=20)
ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "Asia/Kolkata", "Pacific/Apia"]


@given(contacts, days)
def test_every_contact_counts_once_in_its_own_month(rows, on):
    months = [month_of(rows, date(2026, number, 1)) for number in range(1, 13)]
    assert sum(one.regular + one.extra for one in months) == len(rows)
    assert sum(one.minutes + one.extra_minutes for one in months) == sum(row.minutes for row in rows)
    assert month_of(rows, on) == months[on.month - 1]


@given(contacts, days, st.integers(0, 5), st.integers(0, 90))
def test_over_says_exactly_what_is_over(rows, on, calls, minutes):
    month = month_of(rows, on)
    said = {what: (there, most) for what, there, most in month.over(Limits(None, None, calls, minutes))}
    assert ("extra_calls" in said) == (month.extra > calls)
    assert ("extra_minutes" in said) == (month.extra_minutes > minutes)
    assert all(there > most for there, most in said.values())


@pytest.mark.parametrize(("every", "expected"), [(7, 4), (14, 2), (21, 1), (28, 1), (30, 1), (120, 1), (1, 30)])
def test_what_a_rhythm_brings(every, expected):
    assert expected_in_month(every) == expected


def test_the_third_of_a_fortnightly_month_is_extra_and_the_next_month_begins_anew():
    rows = [Contact(date(2026, 11, 3), 45), Contact(date(2026, 11, 17), 45)]
    assert not is_extra(rows[:1], date(2026, 11, 20), 14)
    assert is_extra(rows, date(2026, 11, 30), 14)
    assert not is_extra(rows, date(2026, 12, 1), 14)


def test_the_fourth_call_and_the_thirty_first_minute():
    month = Month(date(2026, 11, 1), extra=4, extra_minutes=31)
    assert month.over(Limits()) == [("extra_calls", 4, 3), ("extra_minutes", 31, 30)]
    assert Month(date(2026, 11, 1), extra=3, extra_minutes=30, minutes=500).over(Limits()) == []
    assert Month(date(2026, 11, 1), minutes=76).over(Limits(60, 75)) == [("most_minutes", 76, 75)]


@given(st.sampled_from(ZONES), days, st.times())
def test_a_time_somebody_typed_is_that_time_or_is_refused_with_the_next(name, day, at):
    zone, at = ZoneInfo(name), at.replace(second=0, microsecond=0)
    try:
        moment, doubled = chosen_moment(day, at, zone)
    except SkippedTimeError as skipped:
        before = datetime.combine(day, at, tzinfo=zone)
        assert before.astimezone(UTC).astimezone(zone).time() != at  # it does not exist
        moment, doubled = chosen_moment(day, skipped.next_time, zone)
        assert not doubled
        assert moment.time() == skipped.next_time > at
        return
    back = moment.astimezone(UTC).astimezone(zone)
    assert (back.date(), back.time()) == (day, at)
    later = moment.astimezone(UTC) + timedelta(hours=1)
    if doubled:  # the first of the two: the same clock time comes once more, later
        again = moment.replace(fold=1).astimezone(UTC)
        assert moment.astimezone(UTC) < again
        assert again.astimezone(zone).time() == at
    else:
        assert later.astimezone(zone) != moment


def test_midnight_may_be_skipped_too():
    with pytest.raises(SkippedTimeError) as refused:
        chosen_moment(date(2024, 4, 26), time(0, 30), ZoneInfo("Africa/Cairo"))
    assert refused.value.next_time == time(1)
