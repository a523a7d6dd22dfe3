"""The zone in a calendar file, read as the standard says: an onset is told on the clock that is about to be changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Timezone

from common.ical import REQUEST, Entry, calendar_file
from common.vtimezone import vtimezone

ZONES = ["Europe/London", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "America/St_Johns"]
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)


def onsets(component):
    """[(moment from which, offset)] of a VTIMEZONE, by the letter of RFC 5545."""
    read = Timezone.from_ical(component.to_ical())
    return sorted(
        ((row["DTSTART"].dt - row["TZOFFSETFROM"].td).replace(tzinfo=UTC), row["TZOFFSETTO"].td) for row in read.subcomponents
    )


@pytest.fixture(scope="module")
def written():
    return {name: onsets(vtimezone(ZoneInfo(name), FIRST, LAST)) for name in ZONES}


@given(name=st.sampled_from(ZONES), minutes=st.integers(min_value=0, max_value=(LAST - FIRST).days * 24 * 60))
def test_every_moment_has_the_offset_of_the_zone(written, name, minutes):
    moment = datetime(FIRST.year, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    offset = [offset for onset, offset in written[name] if onset <= moment][-1]
    assert offset == moment.astimezone(ZoneInfo(name)).utcoffset()


def test_london_goes_forward_at_one_and_back_at_two():
    component = vtimezone(ZoneInfo("Europe/London"), date(2026, 3, 1), date(2026, 11, 30))
    rows = [(row.name, row["DTSTART"].dt, str(row["TZNAME"])) for row in component.subcomponents]
    assert rows[1:] == [("DAYLIGHT", datetime(2026, 3, 29, 1), "BST"), ("STANDARD", datetime(2026, 10, 25, 2), "GMT")]


@pytest.mark.parametrize("moment", [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)])
def test_a_file_with_a_zone_says_the_time_on_that_clock_and_carries_the_zone(moment):
    zone = ZoneInfo("Europe/London")
    entry = Entry("1@x", 0, "Check-in", "", moment - timedelta(days=1), moment - timedelta(hours=23), "", "", None, moment, zone=zone)
    calendar = Calendar.from_ical(calendar_file(entry, REQUEST))
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == "Europe/London" == str(calendar.walk("VTIMEZONE")[0]["TZID"])
    assert event["DTSTART"].dt == entry.starts_at
