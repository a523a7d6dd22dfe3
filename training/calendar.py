"""The calendar entry of an event (RFC 5545 and 5546). Pure.

One entry has one UID for life. Each change that people are told of raises SEQUENCE, so that a calendar replaces what it
has; a cancelled event is sent with the method CANCEL. Times are written in UTC: an event happens once, and every calendar
shows it on its owner's clock.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
PRODUCT = "-//Alongside//Mentoring//EN"


@dataclass(frozen=True)
class Entry:
    """What a calendar should know. organiser and guest: (name, e-mail address); stamp: when this version was written."""

    uid: str
    sequence: int
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime
    place: str
    url: str
    organiser: tuple[str, str]
    stamp: datetime
    guest: tuple[str, str] | None = None


def calendar_file(entry: Entry, method: str) -> bytes:
    """The file for one entry. method: REQUEST (asked, or moved), CANCEL, or PUBLISH (fetched by hand, for nobody named)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    for name, value in (("description", entry.text), ("location", entry.place)):
        if value:
            event.add(name, value)
    if entry.url:
        event.add("url", entry.url)
    event.add("organizer", _person(entry.organiser))
    if entry.guest and method != PUBLISH:
        guest = _person(entry.guest)
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
        guest.params["RSVP"] = vText("FALSE")  # the answer is given on our page; a calendar's own would reach nobody
        event.add("attendee", guest, encode=0)
    calendar.add_component(event)
    return calendar.to_ical()


def content_type(method: str) -> str:
    return f"text/calendar; method={method}; charset=utf-8"


def _person(who):
    name, address = who
    person = vCalAddress(f"mailto:{address}")
    if name:
        person.params["CN"] = vText(name.replace('"', "'"))
    return person
