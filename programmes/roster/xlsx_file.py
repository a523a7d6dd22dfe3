"""Excel workbooks: guarded against what a hostile one can hold, then the first visible sheet with something in it.

Formulas are never worked out: the value the program last saved is read. Guards, because a small upload can unfold
into gigabytes: the size unpacked, the number of tags, the size of one row, and no document types (entities).
"""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from itertools import islice, pairwise

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .errors import RosterError

MAX_UNPACKED = 200 * 2**20  # bytes; the same roster, which Excel writes with much around each cell
MAX_TAGS = 12_000_000  # 50,000 rows of a wide roster, each cell three tags and their ends
MAX_ROW = 2**20  # bytes of XML from one row to the next
MAX_PARTS = 2_000
LAST_ROW = 1_048_576  # of any sheet
WIDEST = 200  # columns read

_DOCUMENT_TYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|<\x00?!\x00?E\x00?N\x00?T")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_workbook(data: bytes, first: int | None = None):
    """Return (sheet title, titles of other visible sheets, [(row number, cells)]); cells are text or dates.

    Rows with nothing in them are left out but counted in the numbers. first: read only so many rows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on extensions it does not know
            return _first_sheet(load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False), first)
    except RosterError:
        raise
    except Exception as fault:
        raise RosterError(
            "damaged", _("This Excel workbook is damaged and cannot be read. Open it, save it again, and upload that.")
        ) from fault


def _guard(archive):
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _unfolds()
    tags = 0
    for part in parts:
        if part.is_dir() or not part.filename.lower().endswith((".xml", ".rels")):
            continue
        content = archive.read(part)
        tags += content.count(b"<")
        if tags > MAX_TAGS or _longest_row(content) > MAX_ROW:
            raise _unfolds()
        if _DOCUMENT_TYPE.search(content):
            raise RosterError(
                "unsafe",
                _("This workbook holds instructions that no spreadsheet needs. Copy the table into a new workbook."),
            )


def _longest_row(content):
    """Return the bytes from one row to the next, at most; 0 where there are no rows."""
    if b"sheetData" not in content:
        return 0
    edges = [*(match.start() for match in _ROW.finditer(content)), len(content)]
    return max((end - start for start, end in pairwise(edges)), default=0)


def _unfolds():
    return RosterError(
        "too_big_inside",
        _("This workbook is small outside and far too big inside. Copy just the table into a new workbook and upload that."),
    )


def _first_sheet(book, first):
    try:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in visible:
            rows = list(islice(_rows(sheet), first))
            if rows:
                return sheet.title, [other.title for other in visible if other is not sheet], rows
    finally:
        book.close()
    raise RosterError("empty", _("No visible sheet of this workbook has anything in it."))


def _rows(sheet):
    sheet.reset_dimensions()  # what the file says about its size need not be true
    for number, values in enumerate(sheet.iter_rows(max_col=WIDEST, values_only=True), 1):
        if number > LAST_ROW:
            raise _unfolds()
        width = WIDEST
        while width and values[width - 1] in (None, ""):
            width -= 1
        if width:
            yield number, tuple(_cell(value) for value in values[:width])


def _cell(value):
    """Return text, or a date where the cell is one; numbers as people write them, without a needless ".0"."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    return value if isinstance(value, date) else str(value)
