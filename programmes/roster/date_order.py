"""Whether 03/10 is the third of October or the tenth of March: decided for each column of a file, and said."""

from django.utils.translation import gettext as _

from .dates import evidence
from .errors import Note
from .values import DATE_READERS


def decide_order(rows, given) -> tuple[frozenset[str], list[Note]]:
    """Return (names of the date fields written month first, notes on what was assumed).

    rows: iterator of (row number, cells). given: (column, field) of what the file says. A column is decided by its
    own cells; one without evidence by the file's other date columns; without any, day first.
    """
    counts = {column: _Count() for column, field in given if field.reader in DATE_READERS}
    for _number, cells in rows if counts else ():
        for column, count in counts.items():
            if column.index < len(cells):
                count.add(cells[column.index])
    overall = sum(count.balance for count in counts.values())
    month_first, notes = set(), []
    for column, count in counts.items():
        if not count.numbers:
            continue
        balance = count.balance if count.decided else overall
        if balance < 0:
            month_first.add(column.field)
        notes += _notes(column, count, balance)
    return frozenset(month_first), notes


class _Count:
    """What the cells of one column tell."""

    def __init__(self):
        self.numbers = self.day_first = self.month_first = 0

    def add(self, cell):
        numbers, day_first, month_first = evidence(cell)
        self.numbers += numbers
        self.day_first += day_first
        self.month_first += month_first

    @property
    def decided(self):
        return self.day_first or self.month_first

    @property
    def balance(self):
        """Above zero: day first. Below: month first."""
        return self.day_first - self.month_first


def _notes(column, count, balance):
    words = {"column": column.header, "order": _("month first") if balance < 0 else _("day first")}
    if count.day_first and count.month_first:
        message = _("Dates in “%(column)s” are written both ways; they are read %(order)s, as most of them are.")
        return [Note("dates_mixed", message % words)]
    if not count.decided and balance:
        message = _("Dates in “%(column)s” are read %(order)s, as in the other columns of this file.")
        return [Note("dates_like_others", message % words)]
    if not count.decided:
        message = _("Dates in “%(column)s” could be read both ways; they are read day first.")
        return [Note("dates_assumed", message % words)]
    if balance < 0:
        return [Note("dates_month_first", _("Dates in “%(column)s” are read month first.") % words)]
    return []
