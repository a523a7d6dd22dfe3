"""When check-ins fall, and when a mentorship has gone quiet. Pure functions on dates.

Weekdays count as in `datetime`: 0 is Monday. Without a weekday of its own, a plan keeps to Monday to Friday.
"""

from collections.abc import Collection
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def plan(start, end, every_days, *, holidays=(), weekday=None):
    """Return the dates of planned check-ins between `start` and `end`, both included, earliest first.

    The rhythm counts from the first date, so a check-in moved by a holiday does not move those after it. A date
    that falls on a weekend or a holiday moves to the next possible day; it is dropped when that reaches the
    following check-in or lies after `end`.

    Raises ValueError when `every_days` is below 1 or `weekday` is not 0 to 6.
    """
    _check_rhythm(every_days, weekday)
    closed = frozenset(holidays)
    anchor = _forward_to(start, weekday) if start <= end else None
    dates: list[date] = []
    while anchor is not None and anchor <= end:
        following = _plus(anchor, every_days)
        day = first_open(_forward_to(anchor, weekday), closed, weekday)
        is_free = day is not None and day <= end and (not dates or day > dates[-1])
        if is_free and (following is None or day < _forward_to(following, weekday)):
            dates.append(day)
        anchor = following
    return dates


def next_after(last, every_days, *, end=None, holidays=(), weekday=None):
    """Return the date to propose for the next check-in after one held on `last`, or None when it is past `end`.

    With a weekday, the nearest such day to `last` plus the rhythm is taken, always after `last`.
    """
    _check_rhythm(every_days, weekday)
    nominal = _plus(last, every_days)
    if nominal is None:
        return None
    if weekday is not None:
        nominal = _nearest(nominal, weekday, after=last)
    day = first_open(nominal, frozenset(holidays), weekday)
    return None if day is None or (end is not None and day > end) else day


def days_quiet(last_contact, today, *, started=None):
    """Return the days since the last contact, or since `started` when there was none yet; 0 when neither is known."""
    since = last_contact or started
    return 0 if since is None else max(0, (today - since).days)


def is_quiet(last_contact, today, quiet_days, *, started=None):
    """Say whether nothing has been heard for `quiet_days` or longer, counted as in `days_quiet`."""
    return (last_contact or started) is not None and days_quiet(last_contact, today, started=started) >= quiet_days


def _check_rhythm(every_days, weekday):
    if every_days < 1:
        message = "every_days must be 1 or more"
        raise ValueError(message)
    if weekday is not None and weekday not in range(7):
        message = "weekday must be 0 (Monday) to 6 (Sunday)"
        raise ValueError(message)


def _plus(day, days):
    """Return the day so many days later, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _forward_to(day, weekday):
    """Return the first such weekday on or after `day`; `day` itself without a weekday."""
    return day if weekday is None else _plus(day, (weekday - day.weekday()) % 7) or day


def _nearest(day, weekday, *, after):
    ahead = (weekday - day.weekday()) % 7
    back = ahead - 7
    candidate = _plus(day, back if -back < ahead else ahead) or day
    return candidate if candidate > after else _plus(candidate, 7) or day


def first_open(day, closed: Collection[date], weekday=None):
    """Return `day` or the first later day that is neither closed nor a weekend (unless the weekend was chosen)."""
    weekend_chosen = weekday is not None and weekday >= SATURDAY
    while day in closed or (day.weekday() >= SATURDAY and not (weekend_chosen and day.weekday() == weekday)):
        later = _plus(day, 1)
        if later is None:
            return None
        day = later
    return day
