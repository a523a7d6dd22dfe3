"""A day and a time on the clock of a place, as a moment. Pure but for the current time zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone


class SkippedTimeError(ValueError):
    """The clocks go forward over this time: it does not exist. ``next_time``: the first one afterwards."""

    def __init__(self, next_time: time):
        super().__init__(f"the clocks go forward to {next_time:%H:%M}")
        self.next_time = next_time


class DoubledTimeError(ValueError):
    """The clocks go back over this time: it comes twice, and nobody knows which is meant."""


def local_moment(day: date, at: time, zone: tzinfo | None = None) -> datetime:
    """The moment at which the clocks of ``zone`` (default: the current one) show this day and time.

    Raises SkippedTimeError and DoubledTimeError for the hours in which daylight saving begins and ends (PEP 495).
    """
    zone = zone or timezone.get_current_timezone()
    moment = datetime.combine(day, at, tzinfo=zone)
    before, after = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    if before == after:
        return moment
    if after > before:
        raise SkippedTimeError(_end_of_gap(moment).time())
    raise DoubledTimeError


def _end_of_gap(moment: datetime) -> datetime:
    """The first local time after the gap: minute by minute, as clocks have been changed by other steps than an hour."""
    while moment.utcoffset() != moment.replace(fold=1).utcoffset():
        moment = (moment.replace(tzinfo=None) + timedelta(minutes=1)).replace(tzinfo=moment.tzinfo)
    return moment.replace(second=0, microsecond=0)


def in_utc(moment: datetime) -> datetime:
    """The same moment on the clock of UTC."""
    return moment.astimezone(UTC)


def chosen_moment(day: date, at: time, zone: tzinfo | None = None) -> tuple[datetime, bool]:
    """(the moment, whether that time comes twice) for a day and a time somebody typed.

    Of a time that comes twice the first is taken, always: the one before the clocks go back. Raises SkippedTimeError.
    """
    zone = zone or timezone.get_current_timezone()
    try:
        return local_moment(day, at, zone), False
    except DoubledTimeError:
        return datetime.combine(day, at, tzinfo=zone), True
