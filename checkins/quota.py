"""How much a mentorship meets in a month, and what is over its programme's limits. Pure.

A month is a calendar month on the organisation's clock. What is planned counts as well as what was held: people want to
know before they meet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DAYS_IN_MONTH = 30


@dataclass(frozen=True)
class Contact:
    """One check-in, planned or held: its day, how long, and whether it comes on top of the rhythm."""

    on: date
    minutes: int
    is_extra: bool = False


@dataclass(frozen=True)
class Limits:
    """What a programme asks for and allows in a month. None: it says nothing."""

    least_minutes: int | None = None
    most_minutes: int | None = None
    extra_calls: int | None = 3
    extra_minutes: int | None = 30


@dataclass(frozen=True)
class Month:
    """What there is in one month. minutes: of the regular check-ins; extra_minutes: of those on top."""

    first: date
    regular: int = 0
    minutes: int = 0
    extra: int = 0
    extra_minutes: int = 0

    def over(self, limits: Limits) -> list[tuple[str, int, int]]:
        """[(what, how much there is, how much is allowed)] of what goes beyond: "extra_calls", "extra_minutes", "most_minutes"."""
        found = [
            ("extra_calls", self.extra, limits.extra_calls),
            ("extra_minutes", self.extra_minutes, limits.extra_minutes),
            ("most_minutes", self.minutes, limits.most_minutes),
        ]
        return [(what, there, most) for what, there, most in found if most is not None and there > most]


def month_of(contacts: Iterable[Contact], on: date) -> Month:
    """What there is in the month of ``on``."""
    first = on.replace(day=1)
    mine = [one for one in contacts if one.on.replace(day=1) == first]
    regular, extra = [one for one in mine if not one.is_extra], [one for one in mine if one.is_extra]
    return Month(first, len(regular), sum(one.minutes for one in regular), len(extra), sum(one.minutes for one in extra))


def expected_in_month(every_days: int) -> int:
    """How many check-ins a rhythm brings in a month: weekly 4, fortnightly 2, monthly 1."""
    return max(1, round(DAYS_IN_MONTH / every_days))


def is_extra(contacts: Iterable[Contact], on: date, every_days: int) -> bool:
    """Whether one more on this day comes on top: the month has as many regular ones as its rhythm brings."""
    return month_of(contacts, on).regular >= expected_in_month(every_days)
