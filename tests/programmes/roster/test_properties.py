"""Whatever the bytes: RosterError or rows, never anything else. Whatever the names: what was written is read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from common.spreadsheets import Sheet, write_csv, write_xlsx
from programmes.roster import KINDS, RosterError, inspect, parse
from programmes.roster.text import clean
from tests.programmes.roster.making import TODAY, roster, table, xlsx_bytes

PIECES = [b"email", b"first_name", b"student_id", b"start_date", b"\r\n", b",", b";", b"\t", b'"', b"\x00", b"=", b"31/12/2026",
    b"\xff\xfe", b"a@b.example", b"Total", "Ł".encode(), b"sep=", b"PK\x03\x04", b"9" * 30, "²".encode(), "٣/٤/٢٠٢٦".encode()]  # fmt: skip
WORKBOOK = xlsx_bytes(table("students", {}))


def attempt(kind, data):
    for read in (lambda: inspect(data), lambda: parse(kind, data, today=TODAY)):
        try:
            read()
        except RosterError as fault:
            assert fault.code
            assert fault.message


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(KINDS), st.binary(max_size=400))
def test_random_bytes(kind, data):
    attempt(kind, data)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(KINDS), st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join))
def test_random_pieces_of_rosters(kind, data):
    attempt(kind, data)


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(KINDS),
    st.lists(
        st.lists(st.text(max_size=12) | st.sampled_from([p.decode("latin-1") for p in PIECES]), max_size=9), max_size=5
    ),
)
def test_random_cells_below_good_headers(kind, rows):
    attempt(kind, roster(kind) + write_csv(rows, []).removeprefix("\ufeff\r\n".encode()))


@settings(deadline=None, max_examples=150)
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_bytes_changed(place, change):
    attempt("students", WORKBOOK[:place] + change + WORKBOOK[place + len(change) :])


names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=40).filter(
    lambda text: clean(text) == text and "?" not in text and "\ufffd" not in text and text[0] not in "=＝﹦+-@＋－＠#"
)


@settings(deadline=None, max_examples=100)
@given(st.lists(names, min_size=1, max_size=5))
def test_names_written_by_our_writers_are_read_back(people):
    header = ["student_id", "first_name", "email"]
    rows = [[f"N{number}", name, f"p{number}@college.example"] for number, name in enumerate(people)]
    from_csv = parse("students", write_csv(rows, header), today=TODAY)
    from_xlsx = parse("students", write_xlsx([Sheet("people", header, rows)]), today=TODAY)
    assert [row.first_name for row in from_csv.rows] == people
    assert from_csv.rows == from_xlsx.rows
