from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goals.dates_in_words import Frame, find_date, find_dates, without_dates

# Friday 9 October 2026, in a placement from Monday 5 October to Friday 18 December.
FRAME = Frame(set_on=date(2026, 10, 9), start=date(2026, 10, 5), end=date(2026, 12, 18))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 27 November", date(2026, 11, 27)),
        ("by 27th of November", date(2026, 11, 27)),
        ("by the 27th November 2026", date(2026, 11, 27)),
        ("by 27 Nov.", date(2026, 11, 27)),
        ("by November 27", date(2026, 11, 27)),
        ("by November 27th, 2027", date(2027, 11, 27)),
        ("by 27\u00a0November", date(2026, 11, 27)),
        ("on 2026-11-27 at noon", date(2026, 11, 27)),
        ("27/11/2026", date(2026, 11, 27)),
        ("27.11.26", date(2026, 11, 27)),
        ("by 27/11", date(2026, 11, 27)),
        ("by 3 January", date(2027, 1, 3)),
        ("by 6 October", date(2026, 10, 6)),  # in the placement, so not next year
        ("by the end of November", date(2026, 11, 30)),
        ("by the middle of November", date(2026, 11, 15)),
        ("by November", date(2026, 11, 1)),
        ("in November", date(2026, 11, 30)),
        ("by early December", date(2026, 12, 10)),
        ("by the end of my placement", date(2026, 12, 18)),
        ("before I leave", date(2026, 12, 18)),
        ("by my last day", date(2026, 12, 18)),
        ("by the end of the week", date(2026, 10, 9)),
        ("by the end of the month", date(2026, 10, 31)),
        ("by Friday", date(2026, 10, 16)),
        ("next Tuesday", date(2026, 10, 13)),
        ("by week 6", date(2026, 11, 13)),
        ("by the end of week two", date(2026, 10, 16)),
        ("within three weeks", date(2026, 10, 30)),
        ("in 10 days", date(2026, 10, 19)),
        ("in a fortnight", date(2026, 10, 23)),
        ("for four weeks", date(2026, 11, 6)),
        ("by next week", date(2026, 10, 16)),
        ("tomorrow", date(2026, 10, 10)),
        ("by Christmas", date(2026, 12, 25)),
        ("BY 27 NOVEMBER", date(2026, 11, 27)),
    ],
)
def test_the_day_is_understood(text, day):
    assert find_date(f"Brief two colleagues {text}", FRAME).day == day


@pytest.mark.parametrize(
    "text",
    [
        "Serve 27 customers",
        "March up to the desk and say hello",
        "I may 2 times",
        "Work 24/7",
        "Be there at 8.50",
        "Meet every Friday",
        "Reach Level 3",
        "Answer 1/2 of the calls",
        "Secondary data",
        "",
    ],
)
def test_what_is_no_date_is_not_taken_for_one(text):
    assert find_date(text, FRAME) is None


def test_a_date_after_by_wins_over_a_later_one_in_the_text():
    found = find_date("By 27 November prepare the stall for the fair on 5 December", FRAME)
    assert found.day == date(2026, 11, 27)


def test_without_by_the_last_date_counts():
    assert find_date("Between 2 November and 9 November", FRAME).day == date(2026, 11, 9)


def test_a_day_that_does_not_exist_is_found_and_told():
    found = find_date("Weld the frame by 31 November", FRAME)
    assert (found.day, found.possible, found.fixed) == (None, False, True)


def test_without_a_placement_its_weeks_and_end_are_dated_but_unknown():
    frame = Frame(set_on=date(2026, 10, 9))
    assert [find_date(text, frame).day for text in ("by week 6", "by the end of my placement")] == [None, None]


def test_without_a_placement_a_date_without_year_is_the_next_one():
    frame = Frame(set_on=date(2026, 10, 9))
    assert find_date("by 6 October", frame).day == date(2027, 10, 6)


def test_dates_are_blanked_out_and_the_rest_is_untouched():
    assert without_dates("Brief two colleagues by 27 November, please", FRAME).split() == [
        "Brief",
        "two",
        "colleagues",
        ",",
        "please",
    ]


@given(st.text(max_size=300), st.dates(), st.dates(), st.dates())
def test_any_text_on_any_day(text, set_on, start, end):
    frame = Frame(set_on, start, end)
    assert find_dates(text, frame) == find_dates(text, frame)
    assert len(without_dates(text, frame)) == len(text)


@given(st.dates(min_value=date(2026, 10, 5), max_value=date(2026, 12, 18)))
def test_every_day_of_the_placement_is_read_back(day):
    assert find_date(f"Finish it by {day.day} {day:%B}", FRAME).day == day
