"""CSV and XLSX files that are safe to open in any spreadsheet program.

A text that a program would run as a formula gets an apostrophe in front, so that it stays text; `restore` takes it
away again, so what we wrote we can read back unchanged. The rule follows OWASP's page on CSV injection, with the
full-width signs East Asian versions accept, and white space or invisible marks before the sign. Numbers and dates
stay numbers and dates. Characters that XML forbids are left out.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from numbers import Real

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# Spaces and invisible marks that programs skip before a formula.
_SKIPPED = r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
_STARTS_FORMULA = re.compile(rf"'*{_SKIPPED}*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫]")
# Where a comma is not the list separator, a program cuts our lines at semicolons and tabs, inside quotes too; what
# follows would start a cell. Plain hyphens are left alone there: lists of points begin with them.
_FOLLOWS_CUT = r"(?=[=@＝＠﹦﹫]|[+\-＋－﹢﹣][^;\t\n]*[(|!])"
_ON_THE_LINE = rf"(?:(?![\t\n]){_SKIPPED})*+"  # never gives back: a long run of line ends stays quick
_CUT = re.compile(rf"([;\t\n]{_ON_THE_LINE})('*+){_FOLLOWS_CUT}")
_CUT_DEFUSED = re.compile(rf"([;\t\n]{_ON_THE_LINE})'('*+){_FOLLOWS_CUT}")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NEWLINES = re.compile(r"\r\n?")
_XLSX_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BAD_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

XLSX_LONGEST_TEXT = 32_767
XLSX_EXACT_INTEGERS = 10**15  # above this a spreadsheet rounds
XLSX_FIRST_DATE = date(1900, 3, 1)  # before it, programs disagree about 1900 being a leap year

_CHUNK = 500  # rows in one piece of a streamed file


@dataclass(frozen=True)
class Sheet:
    """One sheet to write: a title, the header texts, and rows of values."""

    title: str
    header: Iterable
    rows: Iterable[Iterable]


def clean_text(value) -> str:
    """Return the value as text without characters illegal in XML and with one kind of line end."""
    return _ILLEGAL.sub("", _NEWLINES.sub("\n", str(value)))


def defuse(value) -> str:
    """Return the value as clean text that no spreadsheet program takes for a formula."""
    text = clean_text(value)
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def restore(text: str) -> str:
    """Undo `defuse` and what `write_csv` does to text; any other text comes back as it is."""
    if "'" not in text:
        return text
    if text[0] == "'" and _STARTS_FORMULA.match(text, 1):
        text = text[1:]
    return _CUT_DEFUSED.sub(r"\1\2", text)


def write_csv(rows: Iterable[Iterable], header: Iterable) -> bytes:
    """Return a CSV file: UTF-8 with a byte order mark (or Excel guesses wrong), commas, CRLF.

    Values may be text, numbers, dates, booleans, None (empty), or lists (joined by semicolons).
    """
    return b"".join(stream_csv(rows, header))


def stream_csv(rows: Iterable[Iterable], header: Iterable) -> Iterator[bytes]:
    """Yield the same file as `write_csv` in pieces, so that a long one never stands in memory."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    for number, row in enumerate(chain([header], rows)):
        writer.writerow([_csv_value(value) for value in row])
        if number % _CHUNK == 0:
            yield _drain(buffer)
    yield _drain(buffer)


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Return an XLSX workbook with one sheet per `Sheet`; headers are bold and stay in view.

    A text longer than a cell can hold (32,767 characters) ends in "…".
    """
    book = Workbook(write_only=True)
    taken = set()
    for sheet in sheets:
        _write_sheet(book.create_sheet(_title(sheet.title, taken)), sheet)
    if not taken:
        book.create_sheet(_title("", taken))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _drain(buffer):
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece


def _plain(value):
    """Return a number, date or time as it is, and everything else as text not yet defused."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "; ".join(str(item) for item in value)
    if isinstance(value, (Real, Decimal)):
        return value if _is_finite(value) else str(value)
    if isinstance(value, (date, time)):
        return value
    return str(value)


def _is_finite(number):
    return not (number != number or number in (float("inf"), float("-inf")))  # noqa: PLR0124  only NaN differs from itself


def _csv_value(value):
    value = _plain(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.replace(microsecond=0, tzinfo=None).isoformat(" ")
    if isinstance(value, str):
        return _csv_text(value)
    return value


def _csv_text(value):
    text = _CUT.sub(r"\1'\2", clean_text(value))
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def _title(text, taken):
    """Return a sheet title a workbook accepts (31 characters, some forbidden, each once) and remember it."""
    base = _BAD_IN_TITLE.sub(" ", clean_text(text)).strip(" '")[:31] or "Sheet"
    title, number = base, 1
    while title.casefold() in taken or title.casefold() == "history":
        number += 1
        title = f"{base[:26]} {number}"
    taken.add(title.casefold())
    return title


def _write_sheet(target, sheet):
    header = [clean_text(cell) for cell in sheet.header]
    target.freeze_panes = "A2"
    for number, text in enumerate(header, 1):
        target.column_dimensions[get_column_letter(number)].width = min(max(len(text) + 4, 12), 40)
    bold = Font(bold=True)
    target.append([_text_cell(target, text, bold) for text in header])
    for row in sheet.rows:
        target.append([_xlsx_cell(target, value) for value in row])


def _xlsx_cell(target, value):
    value = _plain(value)
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)  # a cell has no time zone: the wall clock of the value stays
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, date):
        return value if day >= XLSX_FIRST_DATE else value.isoformat()
    if isinstance(value, (Real, Decimal)) and abs(value) >= XLSX_EXACT_INTEGERS:
        value = str(value)
    return _text_cell(target, value) if isinstance(value, str) else value


def _text_cell(target, value, font=None):
    """Return a cell that is text whatever it looks like (openpyxl would make "=…" a formula and "#N/A" an error)."""
    text = defuse(value)
    if len(text) > XLSX_LONGEST_TEXT:
        text = f"{text[: XLSX_LONGEST_TEXT - 1]}…"
    cell = WriteOnlyCell(target)
    cell.value = _XLSX_ESCAPE.sub("_x005F_", text) or None
    if cell.value is not None:
        cell.data_type = "s"
    if font:
        cell.font = font
    return cell
