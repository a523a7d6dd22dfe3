"""Real exports of three systems, byte for byte: what is taken, and every refusal by row."""

from datetime import date
from pathlib import Path

import pytest

import programmes
from programmes.roster import KINDS, inspect, parse
from tests.programmes.roster.making import TODAY, said

SAMPLES = Path(programmes.__file__).parent / "samples" / "northfield"
FILES = Path(__file__).parent / "files"
RIVERSIDE, LAKEHEAD = FILES / "riverside_mis_export", FILES / "lakehead_sis_export"


def read(folder, kind):
    return parse(kind, (folder / f"{kind}.csv").read_bytes(), today=TODAY)


def refusals(parsed):
    return [(p.row, p.column, p.code) for p in parsed.problems if p.refuses]


@pytest.mark.parametrize("folder", [SAMPLES, RIVERSIDE, LAKEHEAD])
@pytest.mark.parametrize("kind", KINDS)
def test_each_file_is_recognised_for_what_it_is(folder, kind):
    assert inspect((folder / f"{kind}.csv").read_bytes()).kind == kind
    assert [column.header for column in read(folder, kind).columns if column.field is None] == []


@pytest.mark.parametrize(("kind", "count"), [("students", 120), ("mentors", 55), ("placements", 120)])
def test_northfield_is_clean(kind, count):
    parsed = read(SAMPLES, kind)
    assert (len(parsed.rows), parsed.refused, parsed.notes) == (count, (), ())
    assert [problem.code for problem in parsed.problems] == (["check_expired"] * 3 if kind == "mentors" else [])


@pytest.mark.parametrize(
    ("folder", "kind", "count", "expected"),
    [
        (RIVERSIDE, "students", 77,
         [(9, "E-mail", "missing"), (42, "E-mail", "bad_email"), (43, "Learner Ref", "duplicate"), (49, "Surname", "formula")]),
        (RIVERSIDE, "mentors", 29, [(18, "E-mail", "duplicate"), (24, "E-mail", "formula")]),
        (RIVERSIDE, "placements", 78, [(43, "", "duplicate"), (53, "Role", "missing"), (74, "Workplace", "formula")]),
        (LAKEHEAD, "students", 57,
         [(33, "ID", "duplicate"), (38, "EMAIL_ADDR", "bad_email"), (39, "EMAIL_ADDR", "missing"), (52, "LAST_NAME", "formula")]),
        (LAKEHEAD, "mentors", 24, [(4, "EMAIL_ADDR", "formula"), (15, "EMAIL_ADDR", "duplicate")]),
        (LAKEHEAD, "placements", 58, [(25, "job_role", "missing"), (33, "", "duplicate"), (43, "site_town", "formula")]),
    ],
)  # fmt: skip
def test_what_the_others_refuse(folder, kind, count, expected):
    parsed = read(folder, kind)
    assert len(parsed.rows) == count
    assert refusals(parsed) == expected
    assert [row.number for row in parsed.refused] == [row for row, _column, _code in expected]


def test_riverside_says_what_was_skipped():
    notes = [(note.code, note.message) for note in read(RIVERSIDE, "students").notes]
    assert notes == [
        ("encoding", "Read as Windows text (code page 1252). If names look wrong, export the file as UTF-8."),
        ("totals", "Row 84 is a line of totals and was left out."),
        ("blank", "1 blank row was left out."),
    ]


def test_riverside_names_broken_by_its_export_are_warned_of():
    first, second, third = said(read(RIVERSIDE, "students"))[:3]
    words = "Letters were lost when this file was made: “{}”. Correct the name, or export the file again as UTF-8."
    assert first == (2, "Forename", "letters_lost", words.format("Th?o"), False)
    assert second == (2, "Surname", "letters_lost", words.format("Tr?n"), False)
    assert third == (3, "Surname", "letters_lost", words.format("Y?lmaz"), False)


def test_riverside_dates_lists_and_spaces():
    first = read(RIVERSIDE, "students").rows[0]
    assert (first.email, first.date_of_birth, first.wants_skills) == (
        "tho.trn30@riverside.example", date(2008, 4, 6), ("cad", "quality control", "confidence", "networking"),
    )  # fmt: skip
    byrne = read(RIVERSIDE, "mentors").rows[4]
    assert (byrne.last_name, byrne.languages, byrne.check_valid_until) == ("Byrne", ("English", "Polish"), date(2026, 10, 1))
    assert read(RIVERSIDE, "placements").rows[2].employer == "Calder Pumps plc"


def test_lakehead_dates_are_month_first():
    parsed = read(LAKEHEAD, "placements")
    assert (parsed.rows[0].start_date, parsed.rows[0].end_date, parsed.rows[0].planned_hours) == (
        date(2026, 10, 19),
        date(2026, 12, 21),
        1200,
    )
    assert [note.message for note in parsed.notes] == [
        "Dates in “START_DT” are read month first.",
        "Dates in “END_DT” are read month first.",
        "Row 64 is a line of totals and was left out.",
        "1 blank row was left out.",
    ]
    second = read(LAKEHEAD, "students").rows[1]
    assert (second.first_name, second.wants_skills) == ("Élodie", ("data analysis", "networking", "teamwork"))
