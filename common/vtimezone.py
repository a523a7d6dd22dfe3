"""A time zone as a calendar file carries it (VTIMEZONE, RFC 5545 3.6.5). Pure.

Each change of the clocks between two days is written out with its date, so that a calendar program needs no rules of its own.
An onset is told on the clock that is about to be changed (TZOFFSETFROM); `icalendar`'s own writer tells it on the new one.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


def vtimezone(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """The component for ``zone``, right for every moment from ``first`` to ``last``, both included."""
    component = Timezone()
    component.add("tzid", zone.key)
    begins = datetime.combine(first, time(), tzinfo=UTC) - ONE_DAY
    offset = begins.astimezone(zone).utcoffset()
    component.add_component(_observance(zone, begins, offset))
    for change in clock_changes(zone, begins, datetime.combine(last, time(), tzinfo=UTC) + 2 * ONE_DAY):
        before = (change - ONE_MINUTE).astimezone(zone).utcoffset()
        component.add_component(_observance(zone, change, before))
    return component


def clock_changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[datetime]:
    """The moments (UTC) between the two at which the offset of ``zone`` changes, to the minute, earliest first.

    Two changes within one day that cancel each other out are not seen; no zone has had any since 1970.
    """
    found, day = [], first
    while day < last:
        following = min(day + ONE_DAY, last)
        if _offset(zone, day) != _offset(zone, following):
            found.append(_change_between(zone, day, following))
        day = following
    return found


def _change_between(zone, before, after):
    old = _offset(zone, before)
    minutes = int((after - before) / ONE_MINUTE)
    low, high = 0, minutes
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, before + middle * ONE_MINUTE) == old:
            low = middle
        else:
            high = middle
    return before + high * ONE_MINUTE


def _observance(zone, moment, offset_from):
    local = moment.astimezone(zone)
    row = TimezoneDaylight() if local.dst() else TimezoneStandard()
    row.add("dtstart", (moment + offset_from).replace(tzinfo=None))
    row.add("tzoffsetfrom", offset_from)
    row.add("tzoffsetto", local.utcoffset())
    row.add("tzname", local.tzname())
    return row


def _offset(zone, moment):
    return moment.astimezone(zone).utcoffset()
