from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.schedule import days_quiet, is_quiet, next_after, plan

MONDAY, TUESDAY, SATURDAY = 0, 1, 5
START, END = date(2026, 10, 5), date(2026, 12, 18)  # Monday to Friday


def test_every_second_tuesday():
    assert plan(START, END, 14, weekday=TUESDAY) == [
        date(2026, 10, 6),
        date(2026, 10, 20),
        date(2026, 11, 3),
        date(2026, 11, 17),
        date(2026, 12, 1),
        date(2026, 12, 15),
    ]


def test_without_a_weekday_the_rhythm_counts_from_the_first_day():
    assert plan(START, date(2026, 11, 2), 14) == [START, date(2026, 10, 19), date(2026, 11, 2)]


def test_a_holiday_moves_one_check_in_and_not_those_after_it():
    holidays = [date(2026, 10, 20), date(2026, 10, 21)]
    assert plan(START, date(2026, 11, 5), 14, weekday=TUESDAY, holidays=holidays) == [
        date(2026, 10, 6),
        date(2026, 10, 22),
        date(2026, 11, 3),
    ]


def test_a_long_holiday_drops_the_check_in_it_swallows():
    fortnight = [date(2026, 10, 19) + timedelta(days=day) for day in range(14)]
    assert plan(START, date(2026, 11, 9), 7, holidays=fortnight) == [START, date(2026, 10, 12), date(2026, 11, 2), date(2026, 11, 9)]


def test_a_weekend_moves_to_monday():
    assert plan(date(2026, 10, 10), date(2026, 10, 12), 14) == [date(2026, 10, 12)]


def test_a_weekend_after_the_last_day_is_dropped():
    assert plan(date(2026, 10, 10), date(2026, 10, 11), 14) == []


def test_a_chosen_saturday_is_kept():
    assert plan(START, date(2026, 10, 24), 14, weekday=SATURDAY) == [date(2026, 10, 10), date(2026, 10, 24)]


def test_every_month_on_a_monday():
    assert plan(START, END, 30, weekday=MONDAY) == [START, date(2026, 11, 9), date(2026, 12, 7)]


def test_every_day_is_every_working_day():
    assert plan(START, date(2026, 10, 13), 1) == [date(2026, 10, day) for day in (5, 6, 7, 8, 9, 12, 13)]


@pytest.mark.parametrize(("start", "end", "dates"), [(END, START, []), (START, START, [START])])
def test_short_spans(start, end, dates):
    assert plan(start, end, 7) == dates


def test_the_end_of_the_calendar():
    assert plan(date.max, date.max, 7) == [date.max]
    assert next_after(date.max, 7) is None


@pytest.mark.parametrize(
    ("every_days", "weekday", "message"),
    [
        (0, None, "every_days must be 1 or more"),
        (-7, None, "every_days must be 1 or more"),
        (7, 7, "weekday must be 0 (Monday) to 6 (Sunday)"),
        (7, -1, "weekday must be 0 (Monday) to 6 (Sunday)"),
    ],
)
@pytest.mark.parametrize("call", [lambda **rhythm: plan(START, END, **rhythm), lambda **rhythm: next_after(START, **rhythm)])
def test_an_impossible_rhythm_is_refused(call, every_days, weekday, message):
    with pytest.raises(ValueError) as refused:
        call(every_days=every_days, weekday=weekday)
    assert str(refused.value) == message


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(0, 500), st.integers(1, 60), st.none() | st.integers(0, 6), st.sets(st.integers(0, 520), max_size=60))
def test_plans_keep_to_their_rules(start, length, every_days, weekday, closed):
    end = start + timedelta(days=length)
    holidays = [start + timedelta(days=day) for day in closed]
    dates = plan(start, end, every_days, holidays=holidays, weekday=weekday)
    assert dates == sorted(set(dates))
    assert all(start <= day <= end for day in dates)
    assert not set(dates) & set(holidays)
    assert all(day.weekday() < SATURDAY or day.weekday() == weekday for day in dates)
    assert len(dates) <= length // every_days + 1


@pytest.mark.parametrize(
    ("last", "every_days", "settings", "day"),
    [
        (date(2026, 11, 10), 14, {}, date(2026, 11, 24)),
        (date(2026, 11, 10), 14, {"weekday": TUESDAY}, date(2026, 11, 24)),
        (date(2026, 11, 12), 14, {"weekday": TUESDAY}, date(2026, 11, 24)),  # held late: back to the usual day
        (date(2026, 11, 6), 14, {"weekday": TUESDAY}, date(2026, 11, 17)),  # Friday + 14 is a Friday, Tuesday is nearer before
        (date(2026, 11, 10), 1, {"weekday": TUESDAY}, date(2026, 11, 17)),  # never on the same day
        (date(2026, 11, 10), 4, {}, date(2026, 11, 16)),  # Saturday becomes Monday
        (date(2026, 11, 10), 14, {"holidays": [date(2026, 11, 24)]}, date(2026, 11, 25)),
        (date(2026, 12, 10), 14, {"end": END}, None),
        (date(2026, 12, 4), 14, {"end": END}, END),
    ],
)
def test_the_next_check_in(last, every_days, settings, day):
    assert next_after(last, every_days, **settings) == day


@given(DAYS, st.integers(1, 60), st.none() | st.integers(0, 6))
def test_the_next_check_in_is_later_and_near_its_rhythm(last, every_days, weekday):
    day = next_after(last, every_days, weekday=weekday)
    assert day > last
    assert abs((day - last).days - every_days) <= 7


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("last_contact", "started", "days", "quiet"),
    [
        (date(2026, 11, 3), None, 19, True),
        (date(2026, 11, 4), None, 18, True),
        (date(2026, 11, 5), None, 17, False),
        (TODAY, None, 0, False),
        (date(2026, 12, 1), None, 0, False),
        (None, date(2026, 11, 3), 19, True),
        (None, date(2026, 11, 20), 2, False),
        (date(2026, 11, 20), date(2026, 10, 5), 2, False),
        (None, None, 0, False),
    ],
)
def test_quiet_after_eighteen_days(last_contact, started, days, quiet):
    assert days_quiet(last_contact, TODAY, started=started) == days
    assert is_quiet(last_contact, TODAY, 18, started=started) is quiet
