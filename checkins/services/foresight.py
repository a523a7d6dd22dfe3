"""What the sweep would do on a coming day: its own finders, choice and letters, looked at without writing."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from organisations.days import local_today

from .reminder_letters import preview_of
from .reminders import earliest, foresee

LAST_MOMENT = time(23, 59, 59)


def of_programme(programme, on, query=""):
    """(letters, held) of a programme's day; query: a part of a name or an address. Letters in the order of names."""
    organisation = programme.organisation
    at = datetime.combine(on, LAST_MOMENT, ZoneInfo(organisation.time_zone))
    letters, held = foresee(organisation, at, local_today(organisation, timezone.now()))
    mine = [letter for letter in letters if any(due.rule.programme_id == programme.pk for due in letter)]
    out = [one for one in held if one.due.rule.programme_id == programme.pk]
    asked = query.lower()
    mine = [letter for letter in mine if _fits(letter[0].person, asked)]
    out = [one for one in out if _fits(one.due.person, asked)]
    mine.sort(key=lambda letter: (letter[0].person.name, letter[0].person.key))
    out.sort(key=lambda one: (one.due.person.name, one.due.person.key, one.due.asked_on, one.due.row_id, one.code))
    return mine, out


def as_it_would_be(letter, organisation) -> tuple[str, dict]:
    """(name, context) of a letter, with addresses that lead nowhere. Writes nothing."""
    return preview_of(letter, organisation, earliest(organisation, timezone.now()))


def _fits(person, asked):
    return not asked or asked in person.name.lower() or asked in person.email.lower()
