"""An event with guests, made by the services, at a time that stands still."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from post.models import Letter
from tests import factories as make
from training.models import Guest
from training.services.gatherings import create_gathering
from training.services.guests import send_invitations

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 2, 10, tzinfo=ZONE)
START = datetime(2026, 11, 5, 17, 30, tzinfo=ZONE)


def plan(house, **fields):
    """An event of the house's programme on 5 November at half past five, for all its mentors."""
    wanted = {"title": "Listening before advising", "aspects": ["functions"], "place": "Room 4", "counts_as": "initial"}
    wanted |= {"kind": "training", "starts_at": START, "minutes": 90}
    return create_gathering(programme=house.programme, by=house.people["coordinator"], **wanted | fields)


def invited(house, mentors=0, **fields):
    """The same with its invitations sent, to the house's mentor and so many more; (event, guests in order)."""
    make.MentorFactory.create_batch(mentors, programme=house.programme)
    gathering = plan(house, **fields)
    send_invitations(gathering=gathering, by=house.people["coordinator"])
    return gathering, list(Guest.objects.filter(gathering=gathering).order_by("pk"))


def letters(name=None):
    """[(name, to)] of what waits or went, oldest first."""
    rows = Letter.objects.exclude(status="dropped").order_by("pk")
    rows = rows.filter(name=name) if name else rows.filter(name__startswith="event_")
    return list(rows.values_list("name", "to_email"))


def entry_of(letter):
    """(method, the calendar entry) of the file that goes with a letter."""
    (file,) = letter.attachments.all()
    calendar = Calendar.from_ical(bytes(file.content))
    (event,) = calendar.walk("VEVENT")
    assert file.content_type == f"text/calendar; method={calendar['METHOD']}; charset=utf-8"
    return str(calendar["METHOD"]), event


def later(**span):
    return START + timedelta(**span)
