"""Whole rosters: which rows are taken, which refused, and the exact words that say why."""

import pytest

from programmes.roster import MentorRow, PlacementRow, Refused, StudentRow, check_dates, check_references, parse
from tests.programmes.roster.making import TODAY, csv_bytes, roster, said, table, xlsx_bytes

ADA = {
    "student_id": "N1",
    "first_name": "Ada",
    "last_name": "Obi",
    "email": "ada@college.example",
    "date_of_birth": "2008-03-08",
}


def read(kind, *changes, without=(), **more):
    return parse(kind, roster(kind, *changes, without=without), today=TODAY, **more)


def test_a_clean_file_is_taken_whole_and_says_nothing():
    parsed = read("mentors", {}, {"email": "kim@works.example", "check_valid_until": "2027-01-31"})
    assert [(row.number, row.email, row.capacity) for row in parsed.rows] == [
        (2, "femi@works.example", 2),
        (3, "kim@works.example", 2),
    ]
    assert (parsed.refused, parsed.problems, parsed.notes) == ((), (), ())
    assert parsed.fields == {"first_name", "last_name", "email", "employer", "capacity", "check_valid_until"}


@pytest.mark.parametrize(
    ("kind", "change", "column", "code", "message"),
    [
        ("students", {"email": ""}, "email", "missing", "This cell is empty. It needs an e-mail address."),
        ("students", {"student_id": " "}, "student_id", "missing", "This cell is empty. It needs the student's number."),
        ("students", {"first_name": "", "last_name": ""}, "first_name", "missing", "This cell is empty. It needs a first name."),
        ("students", {"email": "not-an-email"}, "email", "bad_email",
         "“not-an-email” is not an e-mail address. Write one such as name@college.example."),
        ("students", {"last_name": '=HYPERLINK("http://x")'}, "last_name", "formula",
         "This is a spreadsheet formula, not text. Type what the cell should say."),
        ("students", {"date_of_birth": "2027-01-01"}, "date_of_birth", "born_in_future",
         "This date of birth, 2027-01-01, is in the future. Check it."),
        ("students", {"date_of_birth": "30/02/2008"}, "date_of_birth", "bad_date",
         "“30/02/2008” is not a date. Write it as year-month-day, such as 2026-09-14."),
        ("students", {"course": "x" * 201}, "course", "too_long", "This is 201 characters long; at most 200 fit. Shorten it."),
        ("mentors", {"capacity": ""}, "capacity", "missing",
         "This cell is empty. It needs how many students this mentor can take, 1 or more."),
        ("mentors", {"capacity": "0"}, "capacity", "no_capacity",
         "0 is not a number of students. Write 1 or more, or leave out a mentor who can take nobody."),
        ("mentors", {"capacity": "900"}, "capacity", "absurd_capacity", "One mentor cannot take 900 students. Write 1 to 50."),
        ("mentors", {"capacity": "a few"}, "capacity", "bad_number", "“a few” is not a whole number. Write digits only."),
        ("placements", {"end_date": "2026-09-01"}, "end_date", "dates_order",
         "The placement ends on 2026-09-01, before it starts on 2026-10-05. Correct one of the two dates."),
        ("placements", {"start_date": ""}, "start_date", "missing", "This cell is empty. It needs the first day of the placement."),
        ("placements", {"job_role": ""}, "job_role", "missing", "This cell is empty. It needs what the student does there."),
        ("placements", {"end_date": "2026-10-05", "planned_hours": "25"}, "planned_hours", "hours_do_not_fit",
         "25 hours do not fit between 2026-10-05 and 2026-10-05. Correct the hours or the dates."),
        ("placements", {"line_manager_email": "sam@"}, "line_manager_email", "bad_email",
         "“sam@” is not an e-mail address. Write one such as name@college.example."),
    ],
)  # fmt: skip
def test_a_bad_cell_refuses_its_row_and_no_other(kind, change, column, code, message):
    other = {"email": "other@college.example", "student_id": "N2"}
    other = {
        name: value
        for name, value in other.items()
        if kind == "students" or name == ("email" if kind == "mentors" else "student_id")
    }
    parsed = read(kind, change, other)
    assert said(parsed) == [(2, column, code, message, True)]
    assert [row.number for row in parsed.refused] == [2]
    assert [row.number for row in parsed.rows] == [3]


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    parsed = read("students", {"email": "x", "date_of_birth": "soon", "first_name": "Th?o"})
    assert [(problem.column, problem.code, problem.refuses) for problem in parsed.problems] == [
        ("first_name", "letters_lost", False), ("email", "bad_email", True), ("date_of_birth", "bad_date", True),
    ]  # fmt: skip
    assert parsed.refused == (Refused(2, "Th?o Obi"),)


@pytest.mark.parametrize(
    ("kind", "change", "column", "code", "message"),
    [
        ("students", {"first_name": ""}, "first_name", "one_name",
         "No first name: “Obi” is taken as the whole name. Correct it if the person has two names."),
        ("students", {"tutor_email": "Ms Jones"}, "tutor_email", "no_tutor",
         "“Ms Jones” is not an e-mail address, so no tutor is noted. Write the tutor's e-mail address."),
        ("mentors", {"check_valid_until": "2026-08-31"}, "check_valid_until", "check_expired",
         "This background check ended on 2026-08-31. The mentor cannot be matched until it is renewed."),
        ("placements", {"line_manager_name": "Sam Roe"}, "line_manager_name", "no_line_manager_email",
         "No e-mail address for Sam Roe, so the line manager is not noted and cannot be asked. Add the address."),
    ],
)  # fmt: skip
def test_a_warning_keeps_the_row(kind, change, column, code, message):
    parsed = read(kind, change)
    assert said(parsed) == [(2, column, code, message, False)]
    assert (len(parsed.rows), parsed.refused) == (1, ())


def test_one_name_is_enough():
    assert [(row.first_name, row.last_name) for row in read("students", {"first_name": ""}).rows] == [("Obi", "")]
    assert [(row.first_name, row.last_name) for row in read("students", {"last_name": ""}).rows] == [("Ada", "")]


def test_whole_names_are_cut():
    names = ["Ada Obi", "Obi, Ada", "Ada", "Ludwig van Beethoven"]
    rows = [["name", "email"], *([name, f"p{number}@c.example"] for number, name in enumerate(names))]
    parsed = parse("mentors", csv_bytes(rows), today=TODAY)
    assert [(row.first_name, row.last_name) for row in parsed.rows] == [
        ("Ada", "Obi"), ("Ada", "Obi"), ("Ada", ""), ("Ludwig", "van Beethoven"),
    ]  # fmt: skip
    assert [(note.code, note.message) for note in parsed.notes] == [
        ("no_capacity", "No column says how many students a mentor can take; each is taken to have one place."),
    ]
    assert [row.capacity for row in parsed.rows] == [1, 1, 1, 1]


def test_people_twice_in_a_file():
    parsed = read(
        "students",
        {"first_name": "First"},
        {"student_id": "n1", "email": "ADA@college.example"},
        {"student_id": "N2"},
        {"email": "other@college.example"},
        {"student_id": "N3", "email": "third@college.example"},
        {"student_id": "N1", "email": "third@college.example"},
    )
    assert said(parsed) == [
        (
            3,
            "student_id",
            "duplicate",
            "Row 2 has the same student number and e-mail address. Keep one of the two rows.",
            True,
        ),
        (4, "email", "duplicate", "Row 2 has the same e-mail address. Keep one of the two rows.", True),
        (5, "student_id", "duplicate", "Row 2 has the same student number. Keep one of the two rows.", True),
        (7, "student_id", "duplicate", "Row 2 has the same student number. Keep one of the two rows.", True),
    ]
    assert [row.number for row in parsed.rows] == [2, 6]


def test_a_refused_row_is_not_the_first_of_two():
    parsed = read("students", {"date_of_birth": "soon"}, {})
    assert [problem.code for problem in parsed.problems] == ["bad_date"]
    assert [row.number for row in parsed.rows] == [3]


def test_a_student_may_have_two_placements_but_not_one_twice():
    parsed = read("placements", {}, {"start_date": "2026-11-01"}, {"employer": "CALDER  PUMPS"})
    assert said(parsed) == [
        (
            4,
            "",
            "duplicate",
            "Row 2 is the same placement: student, employer, site, role and first day. Keep one of the two rows.",
            True,
        )
    ]
    assert [row.number for row in parsed.rows] == [2, 3]


def test_blank_rows_and_totals_are_left_out_and_said():
    header, ada, bo = table("students", {}, {"student_id": "N2", "email": "bo@college.example"})
    rows = [header, [], ada, ["", " ", "", "", ""], [""], bo, ["Total", "2", "", "", ""], [], []]
    parsed = parse("students", csv_bytes(rows), today=TODAY)
    assert [row.number for row in parsed.rows] == [3, 6]
    assert [(note.code, note.message) for note in parsed.notes] == [
        ("totals", "Row 7 is a line of totals and was left out."),
        ("blank", "3 blank rows were left out."),
    ]
    assert parsed.problems == ()


def test_a_person_called_total_is_a_person():
    parsed = read("students", {"student_id": "Total"})
    assert [row.student_id for row in parsed.rows] == ["Total"]


def test_a_row_with_more_cells_than_headers_is_refused():
    parsed = parse("students", roster("students", {}).replace(b"Obi", b"Obi,BSc"), today=TODAY)
    assert [(p.row, p.column, p.code, p.message) for p in parsed.problems][-1] == (
        2, "", "too_wide", "This row has more cells than there are headers. A text with a separator in it needs quotation marks.",
    )  # fmt: skip
    assert (parsed.rows, len(parsed.refused)) == ((), 1)


def test_a_short_row_is_read_as_far_as_it_goes():
    (row,) = parse("students", b"email,first_name,town\r\na@c.example,Ada\r\n", today=TODAY).rows
    assert row == StudentRow(2, "Ada", "", "a@c.example")


def dated(*pairs):
    """Return placements read from (start, end) cells, as (start, end, notes)."""
    rows = [{"student_id": f"N{number}", "start_date": start, "end_date": end} for number, (start, end) in enumerate(pairs)]
    parsed = read("placements", *rows)
    spans = [(row.start_date.isoformat(), row.end_date.isoformat()) for row in parsed.rows]
    return spans, [(note.code, note.message) for note in parsed.notes], [(p.row, p.column, p.code) for p in parsed.problems]


def test_day_first_by_evidence():
    assert dated(("03/10/2026", "25/12/2026"), ("13/10/2026", "01/12/2026")) == (
        [("2026-10-03", "2026-12-25"), ("2026-10-13", "2026-12-01")], [], [],
    )  # fmt: skip


def test_month_first_by_evidence_is_said():
    assert dated(("10/03/2026", "12/25/2026"), ("10/13/2026", "12/01/2026")) == (
        [("2026-10-03", "2026-12-25"), ("2026-10-13", "2026-12-01")],
        [
            ("dates_month_first", "Dates in “start_date” are read month first."),
            ("dates_month_first", "Dates in “end_date” are read month first."),
        ],
        [],
    )


def test_a_column_without_evidence_follows_the_others():
    assert dated(("10/03/2026", "12/25/2026"))[:2] == (
        [("2026-10-03", "2026-12-25")],
        [
            ("dates_like_others", "Dates in “start_date” are read month first, as in the other columns of this file."),
            ("dates_month_first", "Dates in “end_date” are read month first."),
        ],
    )


def test_without_any_evidence_day_first_is_taken_and_said():
    assert dated(("03/10/2026", "04/12/2026"))[:2] == (
        [("2026-10-03", "2026-12-04")],
        [
            ("dates_assumed", "Dates in “start_date” could be read both ways; they are read day first."),
            ("dates_assumed", "Dates in “end_date” could be read both ways; they are read day first."),
        ],
    )


def test_dates_both_ways_in_one_column_follow_the_most_and_refuse_the_rest():
    spans, notes, problems = dated(("13/10/2026", "2026-12-01"), ("14/10/2026", "2026-12-01"), ("10/15/2026", "2026-12-01"))
    assert spans == [("2026-10-13", "2026-12-01"), ("2026-10-14", "2026-12-01")]
    assert notes == [
        ("dates_mixed", "Dates in “start_date” are written both ways; they are read day first, as most of them are.")
    ]
    assert problems == [(4, "start_date", "bad_date")]


def test_a_file_may_lack_student_numbers():
    parsed = read("students", {}, without=["student_id"])
    assert parsed.rows[0].keys == (("email", "ada@college.example"),)
    assert [note.code for note in parsed.notes] == ["no_student_id"]


def test_a_workbook_and_a_csv_file_of_the_same_data_give_equal_rows():
    rows = table(
        "placements",
        {"student_id": "240001", "line_manager_name": "Zoë 🎓", "line_manager_email": "z@w.example"},
        {"student_id": "240002", "planned_hours": "1200", "site_town": "'=x"},
    )
    native = [rows[0], *([_native(cell) for cell in row] for row in rows[1:])]
    from_csv = parse("placements", csv_bytes(rows), today=TODAY)
    from_xlsx = parse("placements", xlsx_bytes(native), today=TODAY)
    assert from_csv.rows == from_xlsx.rows
    assert from_csv.problems == from_xlsx.problems
    assert from_csv.columns == from_xlsx.columns
    assert len(from_csv.rows) == 1  # the other is a formula in disguise


def _native(cell):
    """Return the cell as a person types it into Excel: numbers as numbers, dates as dates."""
    from datetime import datetime

    if cell.isdigit():
        return float(cell)
    return datetime.fromisoformat(cell) if cell.startswith("2026-") else cell


def test_a_workbook_counts_rows_as_excel_does():
    header, row = table("students", {"email": "x"})
    parsed = parse("students", xlsx_bytes([[], header, [], row, ["", "a note in the margin"]]), today=TODAY)
    assert [problem.row for problem in parsed.problems if problem.code == "bad_email"] == [4]


def test_a_note_in_the_margin_of_a_workbook_refuses_nothing():
    header, row = table("students", {})
    parsed = parse("students", xlsx_bytes([header, [*row, "", "ask Sam"]]), today=TODAY)
    assert ([row.number for row in parsed.rows], parsed.problems) == ([2], ())


def test_every_field_of_every_kind_is_read():
    (student,) = read(
        "students",
        {
            **ADA, "course": "T Level Health", "industry": "health", "town": "Leeds", "career_goal": "work in health",
            "wants_skills": "first aid;confidence", "availability": "Mon am;Thu pm", "languages": "English;Welsh",
            "channel": "video", "tutor_email": "Tutor@college.example",
        },
    ).rows  # fmt: skip
    assert student == StudentRow(
        2, "Ada", "Obi", "ada@college.example", "N1", TODAY.replace(2008, 3, 8), "T Level Health", "health", "Leeds",
        "work in health", ("first aid", "confidence"), ("Mon am", "Thu pm"), ("English", "Welsh"), "video", "tutor@college.example",
    )  # fmt: skip
    (mentor,) = read(
        "mentors",
        {
            "job_title": "Nurse", "industry": "health", "town": "Leeds", "skills": "first aid", "availability": "Mon am",
            "languages": "English", "channel": "phone", "years_experience": "27", "check_valid_until": "2028-10-12",
        },
    ).rows  # fmt: skip
    assert mentor == MentorRow(
        2, "Femi", "Cole", "femi@works.example", "Calder Pumps", "Nurse", "health", "Leeds", ("first aid",), ("Mon am",), 2,
        ("English",), "phone", 27, TODAY.replace(2028, 10, 12),
    )  # fmt: skip
    (placement,) = read("placements", {"line_manager_name": "Sam Roe", "line_manager_email": "Sam@works.example"}).rows
    assert placement == PlacementRow(
        2, "N1", "Calder Pumps", "Fitter", TODAY.replace(2026, 10, 5), TODAY.replace(2026, 12, 7), "Leeds", "Sam Roe",
        "sam@works.example", 350,
    )  # fmt: skip


def test_placements_of_unknown_students():
    rows = read("placements", {}, {"student_id": "X9"}).rows
    (problem,) = check_references(rows, ["n1", "N2"], column="Learner Ref")
    assert (problem.row, problem.column, problem.code, problem.refuses) == (3, "Learner Ref", "unknown_student", True)
    assert (
        problem.message
        == "No student in this programme has the number “X9”. Bring in the students first, or correct the number."
    )


def test_placements_outside_the_programme_are_a_warning():
    rows = read("placements", {}, {"student_id": "N2", "start_date": "2026-09-07", "end_date": "2027-08-01"}).rows
    problems, notes = check_dates(rows, TODAY.replace(2026, 9, 14), TODAY.replace(2027, 7, 31))
    assert [(p.row, p.code, p.message, p.refuses) for p in problems] == [
        (3, "before_programme", "Starts on 2026-09-07, before the programme (2026-09-14). Check the date.", False),
        (3, "after_programme", "Ends on 2027-08-01, after the programme (2027-07-31). Check the date.", False),
    ]
    assert notes == ()
    assert check_dates(rows, None, None) == ((), ())


@pytest.mark.parametrize(("many", "remarks", "notes"), [(5, 5, 0), (6, 0, 1)])
def test_many_placements_outside_the_programme_are_summed_up(many, remarks, notes):
    rows = [PlacementRow(n + 2, f"N{n}", "Calder Pumps", "Fitter", TODAY.replace(2025, 9, n + 1), TODAY) for n in range(many)]
    problems, said = check_dates(rows, TODAY.replace(2025, 9, 14), None)
    assert (len(problems), len(said)) == (remarks, notes)
    examples = "row 2 (1 Sep 2025), row 3 (2 Sep 2025), row 4 (3 Sep 2025)"
    rest = "They come in as they are. Check their dates, or move the programme’s first day."
    for note in said:
        assert note.code == "before_programme"
        assert note.message == f"6 placements start before the programme does, on 14 Sep 2025: {examples} and more. {rest}"
