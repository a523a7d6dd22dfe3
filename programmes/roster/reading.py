"""From uploaded bytes to a table, whatever program made them. The file's name is never trusted: its content decides."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from common.spreadsheets import clean_text, restore

from . import csv_file, xlsx_file
from .errors import Note, RosterError, shown

MAX_BYTES = 10 * 2**20
MAX_ROWS = 50_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_NAMED = {  # what people upload by mistake, by how it begins
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
}


@dataclass(frozen=True)
class Table:
    """A file that could be opened.

    rows: call it for a fresh iterator of (row number, cells); a cell is text or, from Excel, a date. length: about how
    many rows there are, for showing progress.
    """

    format: str  # "csv" or "xlsx"
    rows: Callable[[], Iterator[tuple[int, tuple]]]
    length: int
    notes: tuple[Note, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def read_table(
    data: bytes, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS, first: int | None = None
) -> Table:
    """Return the table in the bytes; RosterError when there is none or it is too big.

    first: only so many rows of a workbook are unpacked, for a look at its headers.
    """
    _check_size(data, max_bytes)
    if data.startswith(_OLE):
        raise RosterError(
            "old_excel",
            _(
                "This is an old Excel file, or one with a password. Save it as .xlsx or CSV without a password, and upload that."
            ),
        )
    table = _from_workbook(data, first) if data.startswith(_ZIP) else _from_text(data)
    return Table(**{**vars(table), "rows": lambda: _counted(table.rows(), max_rows)})


def _check_size(data, max_bytes):
    if not data or not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise RosterError("empty", _("This file is empty."))
    if len(data) > max_bytes:
        raise RosterError(
            "too_big",
            _("This file has %(size)d MB; at most %(most)d MB can be read. Leave out what is not a row of the table.")
            % {"size": round(len(data) / 2**20), "most": max_bytes // 2**20},
        )


def _from_workbook(data, first):
    if not _is_workbook(data):
        raise RosterError(
            "not_a_table",
            _("This is not an Excel workbook. In the program it comes from, save it as .xlsx or CSV and upload that."),
        )
    title, others, rows = xlsx_file.read_workbook(data, first)
    notes = ()
    if others:
        message = _("Read from the sheet “%(sheet)s”. Not read: %(others)s.")
        notes = (Note("sheet", message % {"sheet": shown(title), "others": ", ".join(shown(other) for other in others)}),)
    return Table("xlsx", lambda: iter(rows), len(rows), notes, sheet=title)


def _is_workbook(data):
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _from_text(data):
    for start, name in _NAMED.items():
        if data.startswith(start):
            raise RosterError(
                "not_a_table", _("This is a %(name)s file. Upload a CSV file or an Excel workbook (.xlsx).") % {"name": name}
            )
    encoding = csv_file.find_encoding(data)
    delimiter = csv_file.find_delimiter(data, encoding)
    notes = ()
    if encoding == "cp1252":
        message = _("Read as Windows text (code page 1252). If names look wrong, export the file as UTF-8.")
        notes = (Note("encoding", message),)
    lines = data.count(b"\n") + 1
    return Table("csv", lambda: csv_file.read_rows(data, encoding, delimiter), lines, notes, encoding, delimiter)


def _counted(rows, max_rows):
    for count, (number, cells) in enumerate(rows):
        if count > max_rows:
            raise RosterError(
                "too_many_rows",
                _("This file has more than %(most)d rows. Split it into several files.") % {"most": max_rows},
            )
        if len(cells) > xlsx_file.WIDEST:
            raise RosterError(
                "too_many_columns",
                _("Row %(row)d has more than %(most)d columns. This does not look like a roster.")
                % {"row": number, "most": xlsx_file.WIDEST},
            )
        yield number, tuple(_tidy(cell) for cell in cells)


def _tidy(cell):
    """Return text as it was before it was made safe for spreadsheets, and fit for a database; dates as they are."""
    if not isinstance(cell, str):
        return cell
    return restore(cell if cell.isprintable() else clean_text(cell))
