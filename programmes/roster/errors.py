"""What can be wrong with a roster: the whole file, one cell, or nothing worse than worth saying."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


class RosterError(Exception):
    """The file as a whole cannot be used; nothing of it was read.

    code: stable word for tests and links. message: plain English, says what to do.
    headers: the headers found, where the reader got that far, so that a person can say what they mean.
    """

    def __init__(self, code: str, message: str, headers: tuple[str, ...] = ()):
        super().__init__(message)
        self.code = code
        self.message = message
        self.headers = headers


def no_rows(headers) -> RosterError:
    """The error of a file that ends with its headers."""
    return RosterError("no_rows", _("This file has headers and no rows below them."), headers)


class BadValueError(Exception):
    """One cell cannot be used; the row is refused."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to say about one row.

    row: its number as a spreadsheet program shows it (headers count). column: the header as in the file, empty when
    the whole row is meant. refuses: whether the row is left out because of it; otherwise it is a warning.
    """

    row: int
    column: str
    code: str
    message: str
    refuses: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to say about the file: what was skipped or assumed."""

    code: str
    message: str


def shown(value, longest=40) -> str:
    """Return a cell's text for use inside a message, cut when long."""
    text = " ".join(str(value).split())
    return text if len(text) <= longest else f"{text[:longest]}…"
