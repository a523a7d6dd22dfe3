"""How long training holds, and when the end checklist opens. Pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.validity import add_months, end_opens_on, valid_until

DAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 15), 24, date(2028, 12, 15)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_months_end_on_a_day_that_exists(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("refreshers", "expected"),
    [
        ([], date(2028, 1, 31)),
        ([(date(2027, 1, 10), 60)], date(2029, 1, 10)),
        ([(date(2027, 1, 10), 59)], date(2028, 1, 31)),
        ([(date(2027, 3, 1), 30), (date(2027, 1, 10), 30)], date(2029, 3, 1)),  # add up, in any order
        ([(date(2027, 1, 10), 90), (date(2027, 3, 1), 30)], date(2029, 1, 10)),  # what is over does not carry on
        ([(date(2025, 1, 10), 600), (DAY, 600)], date(2028, 1, 31)),  # before and on the day itself renews nothing
    ],
)
def test_refreshers_renew_it_once_they_add_up(refreshers, expected):
    assert valid_until(trained_on=DAY, refreshers=refreshers, months=24, minutes=60) == expected


def test_zero_months_never_run_out():
    assert valid_until(trained_on=DAY, refreshers=[], months=0, minutes=60) is None


@given(
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 300)), max_size=6),
    st.integers(1, 300),
)
def test_a_refresher_never_shortens_it_and_order_does_not_matter(refreshers, minutes):
    found = valid_until(trained_on=DAY, refreshers=refreshers, months=12, minutes=minutes)
    assert found >= valid_until(trained_on=DAY, refreshers=[], months=12, minutes=minutes)
    assert found == valid_until(trained_on=DAY, refreshers=refreshers[::-1], months=12, minutes=minutes)


@pytest.mark.parametrize(
    ("ends_on", "percent", "expected"),
    [(date(2026, 4, 11), 80, date(2026, 3, 22)), (date(2026, 4, 11), 100, date(2026, 4, 11)), (date(2026, 1, 1), 80, date(2026, 1, 1))],
)
def test_the_end_opens_when_so_much_of_the_time_is_over(ends_on, percent, expected):
    assert end_opens_on(date(2026, 1, 1), ends_on, percent) == expected
