"""Calendar files (RFC 5545 and 5546): one entry for a letter, or many for a feed. Pure.

One entry has one UID for life. Each change that people are told of raises SEQUENCE, so that a calendar replaces what it
has; a cancelled one is sent with the method CANCEL. Without a zone times are written in UTC, which every calendar shows
on its owner's clock; with one they are written on the clock of that place, and the zone goes along.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from .vtimezone import vtimezone

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
PRODUCT = "-//Alongside//Mentoring//EN"
FEED_EVERY = timedelta(hours=4)  # how often a calendar is asked to fetch a feed again


@dataclass(frozen=True)
class Entry:
    """What a calendar should know. organiser and guest: (name, e-mail address); stamp: when this version was written.

    starts_at and ends_at: moments, or two dates for whole days, of which the second is the day after the last.
    """

    uid: str
    sequence: int
    title: str
    text: str
    starts_at: datetime | date
    ends_at: datetime | date
    place: str
    url: str
    organiser: tuple[str, str] | None
    stamp: datetime
    guest: tuple[str, str] | None = None
    zone: ZoneInfo | None = None

    @property
    def is_timed(self):
        return isinstance(self.starts_at, datetime)


def calendar_file(entry: Entry, method: str) -> bytes:
    """The file for one entry. method: REQUEST (asked, or moved), CANCEL, or PUBLISH (fetched by hand, for nobody named)."""
    calendar = _calendar([entry])
    calendar.add("method", method)
    calendar.add_component(_event(entry, method))
    return calendar.to_ical()


def feed_file(entries: list[Entry], *, name: str) -> bytes:
    """The file a calendar program fetches again and again: all entries, and what the calendar is called."""
    calendar = _calendar(entries)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", FEED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for entry in entries:
        calendar.add_component(_event(entry, PUBLISH))
    return calendar.to_ical()


def content_type(method: str) -> str:
    return f"text/calendar; method={method}; charset=utf-8"


def _calendar(entries):
    """An empty calendar with the zones its entries speak of."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    timed = [entry for entry in entries if entry.zone and entry.is_timed]
    for zone in sorted({entry.zone for entry in timed}, key=lambda one: one.key):
        days = [moment.date() for entry in timed if entry.zone == zone for moment in (entry.starts_at, entry.ends_at)]
        calendar.add_component(vtimezone(zone, min(days), max(days)))
    return calendar


def _event(entry, method):
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("dtstart", _point(entry, entry.starts_at))
    event.add("dtend", _point(entry, entry.ends_at))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    if not entry.is_timed:
        event.add("transp", "TRANSPARENT")  # a day on which something is due is not a day one is away
    for name, value in (("description", entry.text), ("location", entry.place)):
        if value:
            event.add(name, value)
    if entry.url:
        event.add("url", entry.url)
    if entry.organiser:
        event.add("organizer", _person(entry.organiser))
    if entry.guest and method != PUBLISH:
        guest = _person(entry.guest)
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
        guest.params["RSVP"] = vText("FALSE")  # the answer is given on our page; a calendar's own would reach nobody
        event.add("attendee", guest, encode=0)
    return event


def _point(entry, value):
    return value.astimezone(entry.zone or UTC) if entry.is_timed else value


def _person(who):
    name, address = who
    person = vCalAddress(f"mailto:{address}")
    if name:
        person.params["CN"] = vText(name.replace('"', "'"))
    return person
