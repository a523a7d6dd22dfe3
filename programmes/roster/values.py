"""One reader for each kind of cell: `reader(cell, field, context)` gives the value or raises BadValueError.

The context warns of what is not wrong enough to refuse, knows today, and which way round a column's dates are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from . import dates, numbers, text

READERS: Mapping[str, Callable] = {
    "text": text.read_text,
    "name": text.read_name,
    "code": text.read_code,
    "email": text.read_email,
    "tutor": text.read_tutor,
    "names": text.read_names,
    "words": text.read_words,
    "slots": text.read_slots,
    "channel": text.read_channel,
    "date": dates.read_date,
    "birth": dates.read_birth,
    "capacity": numbers.read_capacity,
    "years": numbers.read_years,
    "hours": numbers.read_hours,
}

DATE_READERS = frozenset({"date", "birth"})


@dataclass
class Context:
    """What a reader may know beside its cell. month_first: names of date fields read month-first."""

    today: date
    month_first: frozenset[str] = frozenset()
    warnings: list[tuple[str, str]] = field(default_factory=list)

    def warn(self, code: str, message: str) -> None:
        self.warnings.append((code, message))

    def take_warnings(self) -> list[tuple[str, str]]:
        taken, self.warnings = self.warnings, []
        return taken

    def day_first(self, name: str) -> bool:
        return name not in self.month_first
