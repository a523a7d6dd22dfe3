"""Counts and hours in a roster."""

import re

from django.utils.translation import gettext as _

from .errors import BadValueError, shown

MOST_STUDENTS = 50  # for one mentor; a large group has ten
MOST_YEARS = 80
MOST_HOURS = 5_000  # two and a half years of full-time work

_NUMBER = re.compile(r"(-?\d{1,3}(?:,\d{3})+|-?\d{1,9})(?:\.0{1,2})?\s*(?:\+|[a-z]{1,8})?$", re.IGNORECASE)


def parse_integer(cell) -> int:
    """Return the whole number in a cell; "1,200", "350.0", "5+", "350 hours" count. BadValueError otherwise."""
    match = _NUMBER.match(str(cell).strip())
    if not match:
        raise BadValueError(
            "bad_number", _("“%(value)s” is not a whole number. Write digits only.") % {"value": shown(cell)}
        )
    return int(match[1].replace(",", ""))


def read_capacity(cell, field, context):
    """Return how many students a mentor can take, 1 to 50."""
    number = parse_integer(cell)
    if number < 1:
        message = _("%(number)d is not a number of students. Write 1 or more, or leave out a mentor who can take nobody.")
        raise BadValueError("no_capacity", message % {"number": number})
    return _at_most(
        number, MOST_STUDENTS, "absurd_capacity", _("One mentor cannot take %(number)d students. Write 1 to %(most)d.")
    )


def read_years(cell, field, context):
    """Return full years of experience, 0 to 80 ("2.5" is 2); None for an empty cell."""
    cell = re.sub(r"^(\d+)\.\d+", r"\1", str(cell).strip())
    return _from_zero(
        cell, MOST_YEARS, "bad_years", _("%(number)d years of experience cannot be right. Write 0 to %(most)d.")
    )


def read_hours(cell, field, context):
    """Return planned hours, 1 to 5,000; None for an empty cell."""
    message = _("%(number)d planned hours cannot be right. Write 1 to %(most)d.")
    number = _from_zero(cell, MOST_HOURS, "bad_hours", message)
    if number == 0:
        raise BadValueError("bad_hours", message % {"number": 0, "most": MOST_HOURS})
    return number


def _from_zero(cell, most, code, message):
    if not str(cell).strip():
        return None
    number = parse_integer(cell)
    if number < 0:
        raise BadValueError(code, message % {"number": number, "most": most})
    return _at_most(number, most, code, message)


def _at_most(number, most, code, message):
    if number > most:
        raise BadValueError(code, message % {"number": number, "most": most})
    return number
