"""Rosters: spreadsheets of students, mentors and placements, read with patience and judged row by row. No database."""

from .compare import Change, Comparison, compare
from .errors import Note, Problem, RosterError, no_rows
from .fields import FIELDS, KINDS
from .plan import Plan, make_plan
from .reading import MAX_BYTES, MAX_ROWS, read_table
from .records import MentorRow, PlacementRow, StudentRow, mentor_keys, placement_keys, student_keys
from .references import check_dates, check_references
from .rows import Inspection, Parsed, Refused, inspect, parse
from .templates import describe_columns, template_csv, template_xlsx

__all__ = [
    "FIELDS", "KINDS", "MAX_BYTES", "MAX_ROWS",
    "Change", "Comparison", "Inspection", "MentorRow", "Note", "Parsed", "PlacementRow", "Plan", "Problem", "Refused", "RosterError",
    "StudentRow",
    "check_dates", "check_references", "compare", "describe_columns", "inspect", "make_plan", "mentor_keys", "no_rows", "parse",
    "placement_keys", "read_table", "student_keys", "template_csv", "template_xlsx",
]  # fmt: skip
