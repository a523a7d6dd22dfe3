"""Reading a whole roster: every row is taken or refused with its reasons, and what was skipped is said."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .build import Builder
from .columns import Column, check_columns, detect_kind, find_header, recognise
from .date_order import decide_order
from .errors import Note, Problem, no_rows, shown
from .fields import KINDS, Need, field_of
from .reading import MAX_BYTES, MAX_ROWS, Table, read_table
from .text import clean
from .twins import Twins
from .values import Context

LOOK = 50  # rows of a workbook that are unpacked for a first look
TELL_EVERY = 500  # rows

_TOTALS = frozenset(
    {"total", "totals", "grand total", "subtotal", "sum", "count", "number of learners", "number of students"}
)


@dataclass(frozen=True)
class Refused:
    """A row that is left out. label: the words by which a person finds it (name, number or address)."""

    number: int
    label: str


@dataclass(frozen=True)
class Parsed:
    """A roster as read.

    rows: those taken, as StudentRow, MentorRow or PlacementRow. refused: those left out. problems: why, and warnings,
    in the order of the file. notes: what was skipped or assumed. fields: names of what the file says at all.
    """

    kind: str
    columns: tuple[Column, ...]
    rows: tuple
    refused: tuple[Refused, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    fields: frozenset[str] = frozenset()

    def header_of(self, name: str) -> str:
        """Return the header, as in the file, of the column that gives a field; "" when none does."""
        return next((column.header for column in self.columns if column.field == name), "")


@dataclass(frozen=True)
class Inspection:
    """A first look at a file: its headers, the kind they suggest (None when they could be several), whether rows follow."""

    kind: str | None
    headers: tuple[str, ...]
    format: str
    encoding: str
    has_rows: bool


def inspect(data: bytes, *, kind: str = "", max_bytes: int = MAX_BYTES) -> Inspection:
    """Return what the file seems to be, from its headers alone, which is quick for a file of any size.

    kind: what somebody says it is. RosterError when it is no table, or cannot be read as that kind.
    """
    table = read_table(data, max_bytes=max_bytes, first=LOOK)
    header_row, cells = find_header(table.rows(), kind or None)
    columns = recognise(cells, kind or KINDS[0])
    if kind:
        check_columns(columns, kind)
    has_rows = any(number > header_row and any(row) for number, row in table.rows())
    headers = tuple(column.header for column in columns)
    return Inspection(detect_kind(cells), headers, table.format, table.encoding, has_rows)


def parse(
    kind: str,
    data: bytes,
    *,
    mapping: Mapping[str, str | None] | None = None,
    today: date | None = None,
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
    tell: Callable[[int, int], None] | None = None,
) -> Parsed:
    """Read a roster.

    kind: students, mentors or placements. mapping: header → field name where a person chose (None leaves a column
    out). today: for ages and expired checks; the machine's date by default. max_bytes, max_rows: refuse more.
    tell: called as the rows are read, with how many are and about how many there are; may raise to stop.
    Raises RosterError when the file as a whole cannot be used, and nothing else of its own whatever the bytes are.
    """
    table = read_table(data, max_bytes=max_bytes, max_rows=max_rows)
    header_row, cells = find_header(table.rows(), kind, mapping)
    columns = recognise(cells, kind, mapping)
    check_columns(columns, kind)
    reading = _Reading(kind, table, header_row, columns, today or date.today())
    reading.read(tell or (lambda done, total: None))
    return reading.parsed()


class _Reading:
    """One pass over the rows below the headers, and a shorter one before it for the order of dates."""

    def __init__(self, kind, table: Table, header_row, columns, today):
        self.kind, self.table, self.header_row, self.columns = kind, table, header_row, columns
        self.given = [(column, field_of(kind, column.field)) for column in columns if column.field]
        self.width = max(column.index for column in columns) + 1
        self.notes = list(table.notes)
        self.rows, self.refused, self.problems = [], [], []
        self.twins = Twins(kind, {column.field: column.header for column in columns if column.field})
        month_first, notes = decide_order(self._below(), self.given)
        self.notes += notes
        self.builder = Builder(kind, self.given, Context(today, month_first))
        self._note_columns()

    def parsed(self) -> Parsed:
        fields = {field.name for _column, field in self.given}
        if "full_name" in fields and "first_name" not in fields:
            fields |= {"first_name", "last_name"}
        return Parsed(
            self.kind,
            self.columns,
            tuple(self.rows),
            tuple(self.refused),
            tuple(self.problems),
            tuple(self.notes),
            frozenset(fields - {"full_name"}),
        )

    def read(self, tell):
        for count, (number, cells) in enumerate(self._body()):
            if count % TELL_EVERY == 0:
                tell(count, max(count, self.table.length))
            self._read_row(number, cells)
        if not self.rows and not self.refused:
            raise no_rows(tuple(column.header for column in self.columns))

    def _below(self) -> Iterator[tuple[int, tuple]]:
        return ((number, cells) for number, cells in self.table.rows() if number > self.header_row)

    def _body(self) -> Iterator[tuple[int, tuple]]:
        """Yield the rows that mean a person or a placement; note the blank ones between them, and totals."""
        last, blank = self.header_row, 0
        for number, cells in self._below():
            if not any(cell.strip() if isinstance(cell, str) else cell for cell in cells):
                continue
            if _is_totals(cells):
                self.notes.append(Note("totals", _("Row %(row)d is a line of totals and was left out.") % {"row": number}))
            else:
                yield number, cells
            blank += number - last - 1
            last = number
        if blank:
            message = ngettext("%(count)d blank row was left out.", "%(count)d blank rows were left out.", blank)
            self.notes.append(Note("blank", message % {"count": blank}))

    def _read_row(self, number, cells):
        values = {field.name: cells[column.index] if column.index < len(cells) else "" for column, field in self.given}
        row, problems = self.builder.build(number, values)
        if self.table.format == "csv" and any(cells[self.width :]):
            problems.append(self._too_wide(number))
        if row is not None and not _refuses(problems):
            problems += self.twins.check(row)
        if row is not None and not _refuses(problems):
            self.twins.remember(row)
            self.rows.append(row)
        else:
            self.refused.append(Refused(number, _label(values)))
        self.problems += problems

    def _too_wide(self, number):
        message = _("This row has more cells than there are headers. A text with a separator in it needs quotation marks.")
        return Problem(number, "", "too_wide", message)

    def _note_columns(self):
        if unused := [column.header for column in self.columns if not column.field and column.header]:
            self.notes.append(Note("unused", _("Columns not used: %(headers)s.") % {"headers": ", ".join(unused)}))
        present = {field.name for _column, field in self.given}
        for name, note in _ABSENT.get(self.kind, {}).items():
            if name not in present and field_of(self.kind, name).need is Need.IF_COLUMN:
                self.notes.append(Note(f"no_{name}", note()))


_ABSENT = {
    "students": {
        "student_id": lambda: _("No column gives student numbers, so a file of placements cannot refer to these students.")
    },
    "mentors": {
        "capacity": lambda: _("No column says how many students a mentor can take; each is taken to have one place.")
    },
}


def _refuses(problems):
    return any(problem.refuses for problem in problems)


def _is_totals(cells):
    """Whether the row is a sum below a table: it begins with such a word, and little stands beside it."""
    texts = [str(cell).strip() for cell in cells]
    filled = [text for text in texts if text]
    return filled[0].casefold().rstrip(":") in _TOTALS and len(filled) <= max(2, len(texts) // 3)


def _label(values):
    """Return the words by which a person finds a refused row."""
    names = clean(" ".join(str(values.get(name, "")) for name in ("first_name", "last_name", "full_name")))
    return shown(names or clean(values.get("student_id") or values.get("email") or ""), 100)
