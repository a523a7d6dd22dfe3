"""Delimited text: which encoding, which separator, then rows one by one."""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections import Counter
from itertools import islice

from django.utils.translation import gettext as _

from .errors import RosterError

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 40
_CHUNK = 1 << 20
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")  # a form feed or an old end-of-file mark is no harm
_SEP_LINE = re.compile(r"sep=(.)\r?\n?$", re.IGNORECASE)


def find_encoding(data: bytes) -> str:
    """Return the codec that reads the text, by its mark, by where zero bytes fall, or by trying; RosterError if none."""
    for mark, codec in ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            guesses = [codec]
            break
    else:
        guesses = [*_by_zero_bytes(data), "utf-8", "cp1252"]
    for codec in guesses:
        if _reads(data, codec):
            return codec
    raise RosterError(
        "not_text",
        _("This file is not a table of text. Upload a CSV file or an Excel workbook (.xlsx)."),
    )


def _by_zero_bytes(data):
    """UTF-16 without a mark: mostly Latin text has a zero in every other byte."""
    sample = data[:4000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.4:
        return ["utf-16-le"]
    if half and sample[0::2].count(0) > half * 0.4:
        return ["utf-16-be"]
    return []


def _reads(data, codec):
    """Whether every byte decodes and no control character, the sign of a binary file, comes out."""
    decoder = getincrementaldecoder(codec)()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _CHUNK):
            if _CONTROL.search(decoder.decode(bytes(view[start : start + _CHUNK]))):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _lines(data, encoding):
    """Open the bytes as lines; the directive `sep=;` that some exports begin with is not one of them."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    if not _SEP_LINE.match(lines.readline()):
        lines.seek(0)
    return lines


def find_delimiter(data: bytes, encoding: str) -> str:
    """Return the separator that cuts the first rows most evenly into most cells."""
    stated = _SEP_LINE.match(io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="").readline())
    if stated:
        return stated[1]
    return max(DELIMITERS, key=lambda delimiter: _evenness(_sample(data, encoding, delimiter)))


def _sample(data, encoding, delimiter):
    try:
        return list(
            islice((row for row in csv.reader(_lines(data, encoding), delimiter=delimiter) if any(row)), SAMPLE_ROWS)
        )
    except csv.Error:
        return []


def _evenness(rows):
    """Cells in a row, times the share of rows that have just so many; nothing when the separator cuts nothing."""
    widths = Counter(len(row) for row in rows)
    if not widths:
        return 0
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
    return (width - 1) * count / len(rows)


def read_rows(data: bytes, encoding: str, delimiter: str):
    """Yield (row number, cells as text); numbers count rows as a spreadsheet program does, blank ones too."""
    width = _usual_width(_sample(data, encoding, delimiter))
    number = 0
    try:
        for number, row in enumerate(csv.reader(_lines(data, encoding), delimiter=delimiter), 1):
            if _ran_together(row, width, delimiter):
                raise _broken_quotes(number)
            yield number, tuple(row)
    except csv.Error:  # a cell without end
        raise _broken_quotes(number + 1) from None


def _usual_width(rows):
    return max(Counter(len(row) for row in rows).items(), key=lambda item: item[1], default=(0, 0))[0]


def _ran_together(row, width, delimiter):
    """Whether a cell has swallowed the lines after it, which would lose people without a word."""
    long = [cell for cell in row if "\n" in cell or "\r" in cell]
    if not long:
        return False
    return len(row) != width or any(
        line.count(delimiter) >= max(width - 1, 1) for cell in long for line in cell.splitlines()[1:]
    )


def _broken_quotes(number):
    return RosterError(
        "broken_quotes",
        _("In row %(row)d a quotation mark is opened and not closed, so the rows after it run together. Correct it there.")
        % {"row": number},
    )
