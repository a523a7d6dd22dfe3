"""Roster imports in words: what the preview shows of rows, changes and columns."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import short_day

from .models import RosterImport
from .roster.fields import FIELDS, field_of
from .services.imports import refusal_rows
from .services.roster_reading import label_of

MOST_SHOWN = 50
_SHOWN = {
    "students": ("student_id", "email", "course", "tutor_email"),
    "mentors": ("email", "employer", "capacity", "check_valid_until"),
    "placements": ("employer", "site_town", "job_role", "start_date", "end_date"),
}


def tell(value) -> str:
    """A value of a roster as people read it."""
    if value in (None, "", (), []):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return short_day(value) if isinstance(value, date) else str(value)


def heads(kind) -> list[str]:
    """The column heads of the preview's tables, after the first (the name)."""
    return [capfirst(field_of(kind, name).label) for name in _SHOWN[kind]]


def lines(kind, rows) -> list[dict]:
    """The first rows of a kind of roster: name and cells."""
    return [{"number": row.number, "name": label_of(row), "cells": [tell(getattr(row, name)) for name in _SHOWN[kind]]} for row in rows[:MOST_SHOWN]]


def change_lines(kind, changes) -> list[dict]:
    """The first changes: whose, and each as (label, before, after)."""
    return [
        {
            "number": change.row.number,
            "name": label_of(change.row),
            "facts": [(capfirst(field_of(kind, name).label), tell(old), tell(new)) for name, (old, new) in change.changes.items()],
        }
        for change in changes[:MOST_SHOWN]
    ]


def columns_of(parsed) -> list[tuple]:
    """(header, field name or None) for the form that says what columns mean."""
    return [(column.header, column.field) for column in parsed.columns]


def recognised(parsed) -> list[tuple]:
    """(header, label) of the columns that are read."""
    return [(c.header, capfirst(field_of(parsed.kind, c.field).label)) for c in parsed.columns if c.field]


def preview(reading) -> dict:
    """Everything the preview page shows of a RosterReading."""
    kind, comparison = reading.parsed.kind, reading.comparison
    refusals = refusal_rows(reading)
    counts = {
        "new": len(comparison.new),
        "changed": len(comparison.changed),
        "same": len(comparison.same),
        "refused": len(reading.refused),
    }
    return {
        "counts": counts,
        "figures": figures(counts),
        "heads": heads(kind),
        "new": lines(kind, comparison.new),
        "changed": change_lines(kind, comparison.changed),
        "same": lines(kind, comparison.same),
        "refusals": refusals[:MOST_SHOWN],
        "more_refusals": max(0, len(refusals) - MOST_SHOWN),
        "warnings": [[problem.row, problem.column, problem.message] for problem in reading.warnings[:MOST_SHOWN]],
        "more_warnings": max(0, len(reading.warnings) - MOST_SHOWN),
        "notes": [note.message for note in reading.parsed.notes],
        "columns": recognised(reading.parsed),
        "writes": reading.writes,
    }


def summary(found) -> dict:
    """The same of an import that is brought in, from what was kept of it."""
    kept = found.summary
    refusals, warnings = kept.get("refusals", []), kept.get("warnings", [])
    counts = kept.get("counts", {})
    return {
        "counts": counts,
        "figures": figures(counts, done=True),
        "refusals": refusals[:MOST_SHOWN],
        "more_refusals": max(0, len(refusals) - MOST_SHOWN),
        "warnings": warnings[:MOST_SHOWN],
        "more_warnings": max(0, len(warnings) - MOST_SHOWN),
        "notes": kept.get("notes", []),
    }


def figures(counts, *, done=False) -> list[dict]:
    refused = counts.get("refused", 0)
    return [
        {"value": counts.get("new", 0), "label": _("brought in") if done else _("new")},
        {"value": counts.get("changed", 0), "label": _("changed") if done else _("to be changed")},
        {"value": counts.get("same", 0), "label": _("the same as before")},
        {"value": refused, "label": _("left out"), "kind": "bad" if refused else ""},
    ]


def headline(found, counts) -> str:
    """What saying yes does, in a sentence: "118 students will be brought in, 2 rows are left out"."""
    writes = counts["new"] + counts["changed"]
    if not writes:
        return _("Nothing in this file is new")
    said = [_counted(found.kind, writes)]
    if counts["refused"]:
        said.append(ngettext("%(n)d row is left out", "%(n)d rows are left out", counts["refused"]) % {"n": counts["refused"]})
    return ", ".join(said)


def doubt(found) -> str:
    """What to ask before bringing in a file whose headers speak for another kind than was chosen; "" when they do not."""
    words = {
        "students": _("The headers look like a file of students."),
        "mentors": _("The headers look like a file of mentors."),
        "placements": _("The headers look like a file of placements."),
    }
    return words.get(found.summary.get("looks_like"), "")


def _counted(kind, n):
    words = {
        RosterImport.Kind.STUDENTS: ngettext("%(n)d student will be brought in", "%(n)d students will be brought in", n),
        RosterImport.Kind.MENTORS: ngettext("%(n)d mentor will be brought in", "%(n)d mentors will be brought in", n),
        RosterImport.Kind.PLACEMENTS: ngettext("%(n)d placement will be brought in", "%(n)d placements will be brought in", n),
    }
    return words[kind] % {"n": n}


def steps() -> list[str]:
    """The pages of an import."""
    return [_("Upload"), _("Look"), _("Bring in")]


def guides() -> list[dict]:
    """The three files a programme is brought in with, in the order that works."""
    words = {
        "students": (_("Students"), "graduation-cap", _("Who they are, what they study, what they hope for, and who their tutor is.")),
        "mentors": (_("Mentors"), "handshake", _("Where they work, what they can help with, how many students they can take.")),
        "placements": (_("Placements"), "building-2", _("Which student is where, from when to when, and who the line manager is. Bring in the students first.")),
    }
    return [
        {
            "kind": kind,
            "title": title,
            "icon": icon,
            "text": text,
            "needed": [capfirst(field.label) for field in FIELDS[kind] if field.need.name != "OPTIONAL" and field.name != "full_name"],
        }
        for kind, (title, icon, text) in words.items()
    ]
