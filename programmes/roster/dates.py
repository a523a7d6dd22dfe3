"""Dates as people and systems write them. Whether 03/10 is March or October is decided per column, by evidence."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from .errors import BadValueError, shown

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?$")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)$")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d\d)(?: \d{1,2}:\d{2}.*)?$")
_DAY_MONTH = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[- ]?(?:of )?([a-z]{3,9})\.?,?[- ]?(\d{4}|\d\d)$")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
_SERIAL = re.compile(r"\d{5}$")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of Excel's count, as it stands after 1900-02-28

EARLIEST, LATEST = 1900, 2100  # years outside are slips of the keyboard


def evidence(cell) -> tuple[bool, bool, bool]:
    """Return (is written in numbers of which the order matters, can only be day first, can only be month first)."""
    match = _NUMBERS.match(cell.strip()) if isinstance(cell, str) else None
    if not match:
        return False, False, False
    first, second = int(match[1]), int(match[2])
    return True, first > 12 >= second, second > 12 >= first


def parse_date(cell, *, day_first: bool = True) -> date:
    """Return the date in a cell; BadValueError when there is none. Two-digit years 00-68 are 2000-2068."""
    if isinstance(cell, date):
        found = cell
    else:
        text = " ".join(cell.split())
        try:
            found = _parse(text.lower(), day_first)
        except ValueError:
            message = _("“%(value)s” is not a date. Write it as year-month-day, such as 2026-09-14.")
            raise BadValueError("bad_date", message % {"value": shown(text)}) from None
    if not EARLIEST <= found.year <= LATEST:
        raise BadValueError("bad_year", _("The year %(year)d cannot be right. Check it.") % {"year": found.year})
    return found


def _parse(text, day_first):
    if match := _ISO.match(text) or _COMPACT.match(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.match(text):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if day_first else (second, first)
        return date(_year(match[3]), month, day)
    if match := _DAY_MONTH.match(text):
        return date(_year(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.match(text):
        return date(_year(match[3]), _month(match[1]), int(match[2]))
    if _SERIAL.match(text):  # a date cell saved as its number
        return _SERIAL_ZERO + timedelta(days=int(text))
    raise ValueError(text)


def _year(digits):
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 69 else 1900)


def _month(word):
    """Return the number of a month named in full or by its first letters; 0 when none is."""
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)


def read_date(cell, field, context):
    """Return the date in a cell, or None for an empty one."""
    return parse_date(cell, day_first=context.day_first(field.name)) if str(cell).strip() else None


def read_birth(cell, field, context):
    """Return a date of birth; refuses those in the future and ages under 13 or over 100 on the day of reading."""
    born = read_date(cell, field, context)
    if born is None:
        return None
    age = context.today.year - born.year - ((context.today.month, context.today.day) < (born.month, born.day))
    if born > context.today:
        raise BadValueError(
            "born_in_future", _("This date of birth, %(date)s, is in the future. Check it.") % {"date": born}
        )
    if age < 13:
        message = _("Born on %(date)s, this student would be %(age)d years old; the youngest can be 13. Check the date.")
        raise BadValueError("too_young", message % {"date": born, "age": age})
    if age > 100:
        message = _("Born on %(date)s, this student would be %(age)d years old. Check the year.")
        raise BadValueError("too_old", message % {"date": born, "age": age})
    return born
