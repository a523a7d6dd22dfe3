"""Which row holds the headers, what each column means, and which kind of roster a file is."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import RosterError, shown
from .fields import FIELDS, KINDS, Need, field_of
from .text import clean

HEADER_WITHIN = 20  # rows: some systems print a title and a date above the table


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file; field is None when nothing is read from it."""

    index: int
    header: str
    field: str | None


def fold(header) -> str:
    """Return a header as letters and digits only, so that "E-mail", "EMAIL" and "e mail " are one."""
    text = unicodedata.normalize("NFKC", str(header)).casefold()
    return "".join(character for character in text if character.isalnum())


def recognise(headers: Sequence, kind: str, mapping: Mapping[str, str | None] | None = None) -> tuple[Column, ...]:
    """Return what each column means for a kind of file.

    mapping: header → field name, or None to leave a column out; it wins over what the headers suggest.
    RosterError when it names a field that the kind does not have.
    """
    chosen = _checked(kind, mapping)
    taken = {chosen.get(fold(header)) for header in headers} - {None}
    columns = []
    for index, header in enumerate(headers):
        key = fold(header)
        if key in chosen:
            field = chosen.pop(key)  # of two columns with one header the first is meant
        else:
            field = next((f.name for f in FIELDS[kind] if key in f.aliases and f.name not in taken), None)
        if field:
            taken.add(field)
        columns.append(Column(index, _header_text(header), field))
    return tuple(columns)


def _checked(kind, mapping):
    chosen = {}
    for header, field in (mapping or {}).items():
        if field and field not in {f.name for f in FIELDS[kind]}:
            raise RosterError(
                "bad_mapping", _("“%(field)s” is not something a file of this kind can say.") % {"field": shown(field)}
            )
        chosen[fold(header)] = field or None
    return chosen


def _header_text(header):
    return clean(header)[:100]


def matches(headers: Sequence, kind: str, mapping=None) -> int:
    """Return how many different fields of the kind the headers give."""
    return sum(column.field is not None for column in recognise(headers, kind, mapping))


def detect_kind(headers: Sequence) -> str | None:
    """Return the kind whose fields the headers give most of; None when none or two fit equally."""
    scores = sorted(
        ((matches(headers, kind) - 2 * len(missing(recognise(headers, kind), kind)), kind) for kind in KINDS), reverse=True
    )
    best, second = scores[0], scores[1]
    return best[1] if best[0] > max(second[0], 0) else None


def missing(columns: Sequence[Column], kind: str) -> list[str]:
    """Return the names of fields that a file of this kind cannot do without and that no column gives."""
    given = {column.field for column in columns}
    if "full_name" in given:
        given.add("first_name")
    return [field.name for field in FIELDS[kind] if field.need is Need.ALWAYS and field.name not in given]


def find_header(rows, kind: str | None = None, mapping=None) -> tuple[int, tuple]:
    """Return (row number, header cells): of the first rows with something in them the one most of which is known.

    kind: of None any kind counts. RosterError when no row has a known header.
    """
    best, first = (0, 0, ()), ()
    seen = 0
    for number, cells in rows:
        if not any(cells):
            continue
        first = first or cells
        score = max(matches(cells, each, mapping if kind else None) for each in ([kind] if kind else KINDS))
        if score > best[0]:
            best = (score, number, cells)
        seen += 1
        if seen == HEADER_WITHIN:
            break
    if not best[0]:
        raise RosterError(
            "no_headers",
            _(
                "No row of this file has headers that are known, such as “email” or “student_id”. Use the template's headers."
            ),
            tuple(_header_text(cell) for cell in first),
        )
    return best[1], best[2]


def check_columns(columns: Sequence[Column], kind: str) -> None:
    """Raise RosterError when a column that the kind cannot do without is not there."""
    lacking = missing(columns, kind)
    if not lacking:
        return
    headers = tuple(column.header for column in columns if column.header)
    other = detect_kind(headers)
    if other not in (None, kind):
        raise RosterError("wrong_kind", _OTHER_KIND[other](), headers)
    raise RosterError(
        "missing_columns",
        _("This file has no column for: %(lacking)s. Its columns are: %(headers)s.")
        % {
            "lacking": ", ".join(str(field_of(kind, name).label) for name in lacking),
            "headers": ", ".join(shown(header) for header in headers),
        },
        headers,
    )


_OTHER_KIND = {
    "students": lambda: _("This looks like a file of students. Upload it as students."),
    "mentors": lambda: _("This looks like a file of mentors. Upload it as mentors."),
    "placements": lambda: _("This looks like a file of placements. Upload it as placements."),
}
