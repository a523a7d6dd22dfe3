"""The calendar file, read back as a calendar program reads it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from common.ical import CANCEL, PUBLISH, REQUEST, Entry, calendar_file, content_type

ENTRY = Entry(
    uid="5b1c@alongside.example",
    sequence=3,
    title="Listening, before advising; really",
    text="Bring a pen.\nAnd \\ two questions, Łódź 🌱",
    starts_at=datetime(2026, 10, 8, 17, 30, tzinfo=timezone(timedelta(hours=1))),
    ends_at=datetime(2026, 10, 8, 19, 0, tzinfo=timezone(timedelta(hours=1))),
    place="Room 4; Old Library, " + "a long way down " * 8,
    url="https://alongside.example/o/x/training/events/1/",
    organiser=('Northfield "North" College', "office@northfield.example"),
    guest=("Wójcik, Gwen", "gwen@northfield.example"),
    stamp=datetime(2026, 10, 1, 9, tzinfo=UTC),
)


def read(method=REQUEST, entry=ENTRY):
    calendar = Calendar.from_ical(calendar_file(entry, method))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_what_was_written_is_what_is_read():
    calendar, event = read()
    assert (str(calendar["VERSION"]), str(calendar["METHOD"]), bool(calendar["PRODID"])) == ("2.0", "REQUEST", True)
    assert (str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])) == (ENTRY.uid, 3, "CONFIRMED")
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"]), str(event["LOCATION"])) == (ENTRY.title, ENTRY.text, ENTRY.place)
    assert (event["DTSTART"].dt, event["DTEND"].dt, event["DTSTAMP"].dt) == (ENTRY.starts_at, ENTRY.ends_at, ENTRY.stamp)
    assert (str(event["ORGANIZER"]), event["ORGANIZER"].params["CN"]) == ("mailto:office@northfield.example", "Northfield 'North' College")
    guest = event["ATTENDEE"]
    assert (str(guest), guest.params["CN"], guest.params["RSVP"]) == ("mailto:gwen@northfield.example", "Wójcik, Gwen", "FALSE")


def test_times_are_in_utc_lines_end_as_the_standard_says_and_none_is_too_long():
    raw = calendar_file(ENTRY, REQUEST)
    assert b"DTSTART:20261008T163000Z\r\n" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_cancelled_one_says_so_twice():
    calendar, event = read(CANCEL)
    assert (str(calendar["METHOD"]), str(event["STATUS"]), str(event["UID"])) == ("CANCEL", "CANCELLED", ENTRY.uid)


def test_one_fetched_by_hand_names_nobody():
    _calendar, event = read(PUBLISH)
    assert "ATTENDEE" not in event


@pytest.mark.parametrize("method", [REQUEST, CANCEL, PUBLISH])
def test_the_kind_of_file_names_the_same_method(method):
    assert content_type(method) == f"text/calendar; method={method}; charset=utf-8"


def test_a_title_cannot_add_lines_of_its_own():
    from dataclasses import replace

    _calendar, event = read(entry=replace(ENTRY, title="Talk\r\nATTENDEE:mailto:everyone@riverside.example"))
    assert str(event["ATTENDEE"]) == "mailto:gwen@northfield.example"
