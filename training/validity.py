"""Until when training holds. Pure.

Training holds for some months from the day it was complete. Refresher training renews it: as soon as the minutes since the
last renewal add up to what is asked, it holds again for as long from that day.
"""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def valid_until(*, trained_on: date, refreshers: list[tuple[date, int]], months: int, minutes: int) -> date | None:
    """Last day on which the training holds, None where it does not run out (``months`` is 0).

    refreshers: (day, minutes) of refresher training, in any order; what lies before ``trained_on`` renews nothing.
    minutes: how much refresher training renews it.
    """
    if not months:
        return None
    since, sum_of_minutes = trained_on, 0
    for day, length in sorted(refreshers):
        if day <= trained_on:
            continue
        sum_of_minutes += length
        if sum_of_minutes >= minutes:
            since, sum_of_minutes = day, 0
    return add_months(since, months)


def end_opens_on(starts_on: date, ends_on: date, percent: int) -> date:
    """First day of a programme on which so much of its time is over, and at the latest its last."""
    return starts_on + (ends_on - starts_on) * percent // 100
