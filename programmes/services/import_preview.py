"""What is kept of a roster once it was read, for pages to show without reading it again: the first rows, counts, remarks."""

from datetime import date

from common.words import short_day

from .roster_reading import label_of

MOST_SHOWN = 50  # rows of a kind, and remarks on one page
SHOWN = {
    "students": ("student_id", "email", "course", "tutor_email"),
    "mentors": ("email", "employer", "capacity", "check_valid_until"),
    "placements": ("employer", "site_town", "job_role", "start_date", "end_date"),
}


def outcome(reading) -> dict:
    """Counts, notes on the file, and the first remarks, fit for JSON. The same before and after it is brought in."""
    return {
        "counts": {
            "new": len(reading.comparison.new),
            "changed": len(reading.comparison.changed),
            "same": len(reading.comparison.same),
            "refused": len(reading.refused),
        },
        "notes": [str(note.message) for note in (*reading.parsed.notes, *reading.notes)],
    }


def preview(reading) -> dict:
    """The first rows of each kind, and what the columns were taken to mean."""
    kind, comparison = reading.parsed.kind, reading.comparison
    return {
        "new": _lines(kind, comparison.new),
        "same": _lines(kind, comparison.same),
        "changed": [_change_line(change) for change in comparison.changed[:MOST_SHOWN]],
        "columns": [[column.header, column.field] for column in reading.parsed.columns],
        "writes": reading.writes,
    }


def remarks(reading) -> dict:
    """Every refusal as [row, who or what, column, reason] and every warning as [row, column, remark], in the file's order."""
    labels = {one.number: one.label for one in reading.refused}
    return {
        "refusals": [[one.row, labels.get(one.row, ""), one.column, str(one.message)] for one in reading.refusals],
        "warnings": [[one.row, one.column, str(one.message)] for one in reading.warnings],
    }


def first_of(all_remarks) -> dict:
    """Of remarks: the first page and how many there are."""
    found = {name: rows[:MOST_SHOWN] for name, rows in all_remarks.items()}
    return found | {f"all_{name}": len(rows) for name, rows in all_remarks.items()}


def tell(value) -> str:
    """A value of a roster as people read it."""
    if value in (None, "", (), []):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return short_day(value) if isinstance(value, date) else str(value)


def _lines(kind, rows):
    names = SHOWN[kind]
    return [
        {"number": row.number, "name": label_of(row), "cells": [tell(getattr(row, name)) for name in names]}
        for row in rows[:MOST_SHOWN]
    ]


def _change_line(change):
    return {
        "number": change.row.number,
        "name": label_of(change.row),
        "facts": [[name, tell(old), tell(new)] for name, (old, new) in change.changes.items()],
    }
