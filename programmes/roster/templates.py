"""What a coordinator downloads before filling a roster: the empty table, and what each column means."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.spreadsheets import Sheet, write_csv, write_xlsx

from .fields import FIELDS, Need, template_headers


@dataclass(frozen=True)
class ColumnHelp:
    """A line of help about one column of our template."""

    header: str
    label: str
    needed: bool
    hint: str


def describe_columns(kind: str) -> list[ColumnHelp]:
    """Return what each column of the template means, in its order."""
    return [
        ColumnHelp(field.name, str(field.label), field.need is not Need.OPTIONAL, str(field.hint))
        for field in FIELDS[kind]
        if field.name != "full_name"
    ]


def template_csv(kind: str) -> bytes:
    """Return an empty CSV file with the headers of one kind of roster."""
    return write_csv([], template_headers(kind))


def template_xlsx(kind: str) -> bytes:
    """Return an empty workbook with the same headers, and a second sheet that says what they mean."""
    help_rows = [
        [line.header, line.label, _("yes") if line.needed else _("no"), line.hint] for line in describe_columns(kind)
    ]
    return write_xlsx(
        [
            Sheet(kind, template_headers(kind), []),
            Sheet(_("how to fill it in"), [_("column"), _("meaning"), _("needed"), _("how to write it")], help_rows),
        ]
    )
