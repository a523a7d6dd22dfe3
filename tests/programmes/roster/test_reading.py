import io
import zipfile

import pytest

from programmes.roster import RosterError, inspect, parse, xlsx_file
from programmes.roster.reading import read_table
from tests.programmes.roster.making import TODAY, csv_bytes, roster, table, xlsx_bytes

PEOPLE = [
    ["Learner Ref", "Forename", "Surname", "E-mail"],
    ["N1", "Zoë", "Łuczak", "zoe@college.example"],
    ["N2", "Bo", "Ö", "bo@c.example"],
]
LATIN = [[cell.replace("Ł", "L") for cell in row] for row in PEOPLE]


def names(data):
    return [(row.student_id, row.first_name, row.last_name, row.email) for row in parse("students", data, today=TODAY).rows]


def refusal(data, kind="students", **more):
    with pytest.raises(RosterError) as caught:
        parse(kind, data, today=TODAY, **more)
    return caught.value.code, caught.value.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    ("codec", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_every_encoding_separator_and_line_end_gives_the_same_rows(codec, mark, found, delimiter, newline):
    data = mark + csv_bytes(PEOPLE, codec, delimiter, newline)
    read = read_table(data)
    assert (read.format, read.encoding, read.delimiter) == ("csv", found, delimiter)
    assert names(data) == [("N1", "Zoë", "Łuczak", "zoe@college.example"), ("N2", "Bo", "Ö", "bo@c.example")]


def test_windows_text_is_read_and_said():
    parsed = parse("students", csv_bytes(LATIN, "cp1252", ";"), today=TODAY)
    assert [row.first_name for row in parsed.rows] == ["Zoë", "Bo"]
    assert [(note.code, note.message) for note in parsed.notes] == [
        ("encoding", "Read as Windows text (code page 1252). If names look wrong, export the file as UTF-8.")
    ]


def test_the_directive_some_exports_begin_with_is_obeyed_and_not_a_row():
    parsed = parse(
        "students", b"sep=;\r\n" + csv_bytes([*PEOPLE, ["N3", "", "", "x@c.example"]], delimiter=";"), today=TODAY
    )
    assert [row.number for row in parsed.rows] == [2, 3]
    assert [problem.row for problem in parsed.problems] == [4]


def test_a_title_above_the_headers_is_passed_over():
    data = csv_bytes([["Placement report, autumn"], ["Printed", "2026-09-01"], [], *PEOPLE])
    assert [row.number for row in parse("students", data, today=TODAY).rows] == [5, 6]


def test_lists_inside_cells_do_not_mislead_about_the_separator():
    data = csv_bytes(
        [["email", "forename", "skills"], *[[f"a{n}@c.example", "A", "x, y, z | w"] for n in range(9)]], delimiter=";"
    )
    assert read_table(data).delimiter == ";"


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "empty", "This file is empty."),
        (b"\xef\xbb\xbf \r\n\r\n", "empty", "This file is empty."),
        (b"\x00" * 50, "empty", "This file is empty."),
        (
            bytes(range(256)) * 40,
            "not_text",
            "This file is not a table of text. Upload a CSV file or an Excel workbook (.xlsx).",
        ),
        (b"%PDF-1.7 ...", "not_a_table", "This is a PDF file. Upload a CSV file or an Excel workbook (.xlsx)."),
        (b"\x89PNG\r\n\x1a\n...", "not_a_table", "This is a PNG file. Upload a CSV file or an Excel workbook (.xlsx)."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
            "old_excel",
            "This is an old Excel file, or one with a password. Save it as .xlsx or CSV without a password, and upload that.",
        ),
        (
            b"PK\x03\x04 broken",
            "not_a_table",
            "This is not an Excel workbook. In the program it comes from, save it as .xlsx or CSV and upload that.",
        ),
        (
            b"Dear all,\nthe list follows tomorrow.\n",
            "no_headers",
            "No row of this file has headers that are known, such as “email” or “student_id”. Use the template's headers.",
        ),
        (
            b'student_id,first_name,email\r\nN1,"Ada,ada@c.example\r\nN2,Bo,bo@c.example\r\nN3,Cy,cy@c.example\r\n',
            "broken_quotes",
            "In row 2 a quotation mark is opened and not closed, so the rows after it run together. Correct it there.",
        ),
        (
            b'student_id,first_name,email\r\nN0,Zed,z@c.example\r\nN1,"Ada,ada@c.example\r\n' + b"N2,Bo,bo@c.example\r\n" * 9000,
            "broken_quotes",
            "In row 3 a quotation mark is opened and not closed, so the rows after it run together. Correct it there.",
        ),
        (b"student_id,first_name,email\r\n,,\r\n", "no_rows", "This file has headers and no rows below them."),
        (b"student_id,first_name,email" + b",x" * 200, "too_many_columns",
         "Row 1 has more than 200 columns. This does not look like a roster."),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used(data, code, message):
    assert refusal(data) == (code, message)


def test_a_file_of_twenty_megabytes_is_refused_before_it_is_read():
    assert refusal(b"a,b\n" * (5 * 2**20)) == (
        "too_big",
        "This file has 20 MB; at most 10 MB can be read. Leave out what is not a row of the table.",
    )


def test_limits_can_be_set():
    data = roster("students", {}, {"student_id": "N2", "email": "b@c.example"})
    assert refusal(data, max_rows=1) == ("too_many_rows", "This file has more than 1 rows. Split it into several files.")
    assert refusal(data, max_bytes=2)[0] == "too_big"
    assert len(parse("students", data, today=TODAY, max_rows=2, max_bytes=len(data)).rows) == 2


def test_a_cell_with_lines_in_it_is_one_cell_and_one_row():
    parsed = parse(
        "students",
        roster("students", {"career_goal": "work\r\nin health"}, {"student_id": "", "email": "b@c.example"}),
        today=TODAY,
    )
    assert [(row.number, row.career_goal) for row in parsed.rows] == [(2, "work in health")]
    assert [problem.row for problem in parsed.problems] == [3]


def test_the_first_visible_sheet_with_something_in_it_is_read():
    rows = table("students", {"first_name": "Visible"})
    data = xlsx_bytes(
        rows,
        title="People",
        before=[("Secret", table("students", {"first_name": "Hidden"})), ("Cover", [])],
        after=[("Old", table("students", {"first_name": "Old"}))],
        hidden=["Secret"],
    )
    parsed = parse("students", data, today=TODAY)
    assert [row.first_name for row in parsed.rows] == ["Visible"]
    assert [(note.code, note.message) for note in parsed.notes] == [
        ("sheet", "Read from the sheet “People”. Not read: Cover, Old.")
    ]


def test_a_workbook_with_nothing_to_see_is_refused():
    data = xlsx_bytes([], before=[("Secret", table("students", {}))], hidden=["Secret"])
    assert refusal(data) == ("empty", "No visible sheet of this workbook has anything in it.")


def test_formulas_are_never_worked_out():
    data = xlsx_bytes(table("students", {"career_goal": "=1+1", "course": "plain"}))
    (row,) = parse("students", data, today=TODAY).rows
    assert (row.career_goal, row.course) == ("", "plain")  # no program has saved a value for it


def rezip(data, **changed):
    """Return the workbook with some of its parts replaced (keys: file names with the folder left out)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            name = part.filename.rsplit("/", 1)[-1].removesuffix(".xml")
            new.writestr(part.filename, changed[name](old.read(part)) if name in changed else old.read(part))
    return out.getvalue()


BOMB = "This workbook is small outside and far too big inside. Copy just the table into a new workbook and upload that."


@pytest.mark.parametrize(
    "spoil",
    [
        lambda xml: xml + b" " * (61 * 2**20),
        lambda xml: xml.replace(b"</row>", b"<c/>" * 300_000 + b"</row>", 1),
    ],
)
def test_a_workbook_that_unfolds_is_refused(spoil):
    data = rezip(xlsx_bytes(table("students", {})), sheet1=spoil)
    assert len(data) < 2**20
    assert refusal(data) == ("too_big_inside", BOMB)


@pytest.mark.parametrize(
    ("limit", "enough", "too_little"),
    [
        ("MAX_UNPACKED", 20_000, 2_000),
        ("MAX_TAGS", 900, 90),
        ("MAX_ROW", 900, 200),
        ("MAX_PARTS", 12, 3),
        ("LAST_ROW", 2, 1),
    ],
)
def test_each_limit_of_a_workbook_holds_alone(monkeypatch, limit, enough, too_little):
    data = xlsx_bytes(table("students", {}))
    monkeypatch.setattr(xlsx_file, limit, enough)
    assert len(parse("students", data, today=TODAY).rows) == 1
    monkeypatch.setattr(xlsx_file, limit, too_little)
    assert refusal(data) == ("too_big_inside", BOMB)


def test_characters_that_no_database_takes_are_left_out():
    data = xlsx_bytes(
        table("students", {"first_name": "A_x0000_d_xD800_a", "email": "_x0000_nobody", "date_of_birth": "_x0000_soon"})
    )
    parsed = parse("students", data, today=TODAY)
    assert [(row.number, row.label) for row in parsed.refused] == [(2, "Ada Obi")]
    assert [problem.message for problem in parsed.problems] == [
        "“nobody” is not an e-mail address. Write one such as name@college.example.",
        "“soon” is not a date. Write it as year-month-day, such as 2026-09-14.",
    ]


def test_rows_numbered_into_the_billions_are_refused():
    data = rezip(xlsx_bytes(table("students", {})), sheet1=lambda xml: xml.replace(b'<row r="2"', b'<row r="9000000000"'))
    assert refusal(data) == ("too_big_inside", BOMB)


def test_a_workbook_that_defines_entities_is_refused():
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = rezip(xlsx_bytes(table("students", {})), sheet1=lambda xml: doctype + xml)
    assert refusal(data) == (
        "unsafe",
        "This workbook holds instructions that no spreadsheet needs. Copy the table into a new workbook.",
    )


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles"])
def test_a_damaged_workbook_is_refused(part):
    data = rezip(xlsx_bytes(table("students", {})), **{part: lambda xml: xml[: len(xml) // 2]})
    assert refusal(data) == (
        "damaged",
        "This Excel workbook is damaged and cannot be read. Open it, save it again, and upload that.",
    )


def test_inspect_says_what_a_file_seems_to_be():
    seen = inspect(roster("mentors", {}))
    assert (seen.kind, seen.format, seen.encoding) == ("mentors", "csv", "utf-8")
    assert seen.headers == ("first_name", "last_name", "email", "employer", "capacity")
