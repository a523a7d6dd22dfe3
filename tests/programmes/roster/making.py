"""Small rosters for the tests: a header, rows, and the bytes a program would write for them."""

import csv
import io
from datetime import date

import openpyxl

TODAY = date(2026, 9, 1)

STUDENT = {
    "student_id": "N1",
    "first_name": "Ada",
    "last_name": "Obi",
    "email": "ada@college.example",
    "date_of_birth": "2008-03-08",
}
MENTOR = {
    "first_name": "Femi",
    "last_name": "Cole",
    "email": "femi@works.example",
    "employer": "Calder Pumps",
    "capacity": "2",
}
PLACEMENT = {
    "student_id": "N1",
    "employer": "Calder Pumps",
    "site_town": "Leeds",
    "job_role": "Fitter",
    "start_date": "2026-10-05",
    "end_date": "2026-12-07",
    "planned_hours": "350",
}
GOOD = {"students": STUDENT, "mentors": MENTOR, "placements": PLACEMENT}


def csv_bytes(rows, encoding="utf-8", delimiter=",", newline="\r\n"):
    """Return lists of cells as CSV bytes."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue().encode(encoding)


def table(kind, *changes, without=()):
    """Return header and rows: the good row of the kind, once for each dict of changes."""
    names = [name for name in {**GOOD[kind], **{key: "" for change in changes for key in change}} if name not in without]
    return [names, *([({**GOOD[kind], **change}).get(name, "") for name in names] for change in changes)]


def roster(kind, *changes, without=()):
    """Return a CSV file of `table`."""
    return csv_bytes(table(kind, *changes, without=without))


def xlsx_bytes(rows, *, title="Sheet", before=(), after=(), hidden=()):
    """Return a workbook with the rows on one sheet. before, after: (title, rows) of others. hidden: titles."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, content in [*before, (title, rows), *after]:
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def said(parsed):
    """Return the problems of a parsed roster as (row, column, code, message, refuses)."""
    return [(p.row, p.column, p.code, p.message, p.refuses) for p in parsed.problems]
