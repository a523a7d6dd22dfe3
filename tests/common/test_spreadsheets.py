import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.spreadsheets import Sheet, clean_text, defuse, restore, stream_csv, write_csv, write_xlsx

ATTACKS = {
    '=HYPERLINK("http://x.example","Click")': '\'=HYPERLINK("http://x.example","Click")',
    "+1+1": "'+1+1",
    "-2+3": "'-2+3",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1+1": "'\t=1+1",
    "\r=1+1": "'\n=1+1",
    "\n=1+1": "'\n=1+1",
    "  =1+1": "'  =1+1",
    "\u00a0=1+1": "'\u00a0=1+1",
    "\u200b=1+1": "'\u200b=1+1",
    "＝1+1": "'＝1+1",
    "＋1": "'＋1",
    "－1": "'－1",
    "＠SUM": "'＠SUM",
    "\x00=1": "'=1",
    "'=1": "''=1",
}
# A program that cuts lines at tabs would start a cell after the first mark as well.
ATTACKS_IN_CSV = {"\t=1+1": "'\t'=1+1", "\r=1+1": "'\n'=1+1", "\n=1+1": "'\n'=1+1"}
HARMLESS = [
    "Zoë O'Brien",
    "'t Hooft",
    "Smith-Jones",
    "a=b",
    "Łukasz 🎓",
    "محمد",
    "x" * 300,
    "",
    "1,200",
    "a\nb",
    "notes\n- one\n- two",
]


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_csv_of_one(text):
    """Return what a CSV file of one long cell holds below its header."""
    csv.field_size_limit(2_000_000)
    try:
        return read_csv(write_csv([[text]], ["a"]))[1:]
    finally:
        csv.field_size_limit(131_072)


def read_xlsx(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


@pytest.mark.parametrize(("text", "expected"), ATTACKS.items())
def test_formulas_become_text(text, expected):
    assert defuse(text) == expected
    assert read_csv(write_csv([["x", text]], ["a", "b"])) == [["a", "b"], ["x", ATTACKS_IN_CSV.get(text, expected)]]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([Sheet("s", ["a", "b"], [["x", text]])])))
    cell = book["s"]["B2"]
    assert (cell.value, cell.data_type) == (expected, "s")


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left_alone(text):
    assert defuse(text) == text
    assert read_csv(write_csv([["x", text]], ["a", "b"]))[1] == ["x", text]
    assert read_xlsx(write_xlsx([Sheet("s", ["a", "b"], [["x", text]])]))["s"][1] == ["x", text or None]


def test_a_formula_behind_another_lists_separator_is_defused_in_csv_only():
    text = "python;=cmd|' /C calc'!A0"
    assert read_csv(write_csv([["x", text]], ["a", "b"]))[1] == ["x", "python;'=cmd|' /C calc'!A0"]
    assert read_xlsx(write_xlsx([Sheet("s", ["a", "b"], [["x", text]])]))["s"][1] == ["x", text]


@pytest.mark.parametrize("unit", ["\n", "\t", ";", "'", "\n'", "\n -", "\n \u200b", "-"])
def test_a_hundred_thousand_repeats_come_back(unit):
    text = "x" + unit * 100_000  # backtracking over these would never end
    (row,) = read_csv_of_one(text)
    assert [restore(cell) for cell in row] == [text]


def test_headers_are_defused_too():
    assert read_csv(write_csv([], ["=1", "b"])) == [["'=1", "b"]]
    assert read_xlsx(write_xlsx([Sheet("s", ["=1", "b"], [])]))["s"] == [["'=1", "b"]]


def test_numbers_and_dates_stay_what_they_are():
    values = [-5, 2.5, Decimal("1.50"), True, None, date(2026, 9, 14), datetime(2026, 9, 14, 9, 30, tzinfo=UTC)]
    header = list("abcdefg")
    assert (
        write_csv([values], header).decode("utf-8-sig").splitlines()[1] == "-5,2.5,1.50,yes,,2026-09-14,2026-09-14 09:30:00"
    )
    row = read_xlsx(write_xlsx([Sheet("s", header, [values])]))["s"][1]
    assert row == [-5, 2.5, 1.5, "yes", None, datetime(2026, 9, 14), datetime(2026, 9, 14, 9, 30)]


def test_what_a_workbook_cannot_hold_as_a_value_stands_as_text():
    values = [10**20, date(1850, 1, 1), float("nan"), "#N/A", "_x0041_", "y" * 40_000, ["a", "=b"]]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([Sheet("s", list("abcdefg"), [values])])))
    cells = list(book["s"][2])
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [
        "1" + "0" * 20, "1850-01-01", "nan", "#N/A", "_x005F_x0041_", "y" * 32_766 + "…", "a; =b",
    ]  # fmt: skip


def test_characters_illegal_in_xml_are_left_out():
    assert clean_text("a\x00b\x0bc\ud800d\uffffe\r\nf\rg") == "abcde\nf\ng"
    assert read_xlsx(write_xlsx([Sheet("s", ["a"], [["x\x01\x1fy"]])]))["s"][1] == ["xy"]


def test_sheet_titles_are_made_acceptable_and_different():
    titles = ["a/b*c", "", "x" * 40, "X" * 40, "history", "'q'"]
    data = write_xlsx([Sheet(title, ["h"], []) for title in titles])
    assert list(read_xlsx(data)) == ["a b c", "Sheet", "x" * 31, "X" * 26 + " 2", "history 2", "q"]


def test_no_sheets_still_make_a_workbook():
    assert read_xlsx(write_xlsx([])) == {"Sheet": []}


def test_streaming_gives_the_same_bytes_without_holding_them():
    rows = [[number, "é"] for number in range(1200)]
    pieces = list(stream_csv(iter(rows), ["n", "t"]))
    assert b"".join(pieces) == write_csv(rows, ["n", "t"])
    assert len(pieces) == 4
    assert pieces[0] == b"\xef\xbb\xbfn,t\r\n"


texts = st.sampled_from(["_x0041_", "_x005F_", "#N/A"]) | st.text(
    alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n; ,\"|(!＝a\u200b"), st.characters()), max_size=40
)


@settings(deadline=None)
@given(st.lists(st.lists(texts, min_size=3, max_size=3), max_size=4))
def test_csv_written_and_read_again_keeps_the_text(rows):
    read = read_csv(write_csv(rows, ["a", "b", "c"]))[1:]
    assert [[restore(cell) for cell in row] for row in read] == [[clean_text(cell) for cell in row] for row in rows]


@settings(deadline=None, max_examples=40)
@given(st.lists(texts, min_size=1, max_size=6))
def test_xlsx_written_and_read_again_keeps_the_text(row):
    header = [str(number) for number in range(len(row) + 1)]
    _first, *read = read_xlsx(write_xlsx([Sheet("s", header, [["x", *row]])]))["s"][1]
    read = [re.sub("_x005F_", "_", cell) if cell else cell for cell in read]  # as Excel does, and openpyxl does not
    assert read == [defuse(cell) or None for cell in row]
    assert [restore(cell or "") for cell in read] == [clean_text(cell) for cell in row]
