from datetime import date

import pytest

from programmes.roster.dates import evidence, parse_date
from programmes.roster.errors import BadValueError
from programmes.roster.fields import field_of
from programmes.roster.numbers import parse_integer
from programmes.roster.text import clean, split_list
from programmes.roster.values import READERS, Context
from tests.programmes.roster.making import TODAY


def read(kind, name, cell, **context):
    """Return (value, warnings) of one cell; a refusal as its (code, message)."""
    field, context = field_of(kind, name), Context(TODAY, **context)
    try:
        return READERS[field.reader](cell, field, context), context.warnings
    except BadValueError as fault:
        return fault.code, fault.message


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  Zoë   O'Brien ", "Zoë O'Brien"),
        ("Zoe\u0308", "Zoë"),
        ("Łukasz\u00a0Nowak\t", "Łukasz Nowak"),
        ("\u202eevil\u200b\x07", "evil"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("👩\u200d🎓 Ada", "👩\u200d🎓 Ada"),
        ("אבי", "אבי"),
        (date(2026, 9, 1), "2026-09-01"),
    ],
)
def test_text_is_cleaned_and_names_keep_their_letters(cell, expected):
    assert clean(cell) == expected


def test_names_of_300_characters_fit_and_longer_ones_do_not():
    assert read("students", "last_name", "Ł" * 300) == ("Ł" * 300, [])
    assert read("students", "last_name", "Ł" * 301) == (
        "too_long", "This is 301 characters long; at most 300 fit. Shorten it.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("http://x","Click")', " =1+1", "＝1", "@SUM(1)", "+cmd|' /C calc'!A0", "-x!A1"]
)
def test_a_formula_is_not_a_name(cell):
    assert read("students", "last_name", cell) == (
        "formula", "This is a spreadsheet formula, not text. Type what the cell should say.",
    )  # fmt: skip


@pytest.mark.parametrize("cell", ["-", "+44 20 7946 0000", "@ada", "#1 in maths", "'t Hooft", "A=B"])
def test_text_that_only_looks_a_little_like_one_is_kept(cell):
    assert read("students", "career_goal", cell) == (cell, [])


def test_a_spreadsheets_error_mark_is_refused():
    assert read("students", "town", "#N/A") == (
        "sheet_error",
        "This is a spreadsheet's error mark, “#N/A”. Type what the cell should say.",
    )


@pytest.mark.parametrize("cell", ["Th?o", "?ukasz Byrne", "Tr\ufffdn"])
def test_lost_letters_are_a_warning(cell):
    message = f"Letters were lost when this file was made: “{cell}”. Correct the name, or export the file again as UTF-8."
    assert read("students", "first_name", cell) == (cell, [("letters_lost", message)])


def test_garbled_letters_are_a_warning_that_says_what_may_be_meant():
    message = "“JosÃ©” may be meant to read “José”. Correct the name, or export the file again as UTF-8."
    assert read("students", "first_name", "JosÃ©") == ("JosÃ©", [("garbled", message)])
    assert read("students", "first_name", "Núñez Ãvila") == ("Núñez Ãvila", [])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (" ADA@College.Example ", "ada@college.example"),
        ("Ada Obi <ada@college.example>", "ada@college.example"),
        ("mailto:ada@college.example", "ada@college.example"),
        ("ada@college.example;", "ada@college.example"),
        ("o'brien+x@college.example", "o'brien+x@college.example"),
    ],
)
def test_addresses_are_tidied(cell, expected):
    assert read("students", "email", cell) == (expected, [])


@pytest.mark.parametrize(
    "cell", ["not-an-email", "a@b", "a b@c.example", "a@c.example, b@c.example", "@c.example", "a@c..example"]
)
def test_what_is_no_address_is_refused(cell):
    assert read("students", "email", cell) == (
        "bad_email", f"“{cell}” is not an e-mail address. Write one such as name@college.example.",
    )  # fmt: skip


def test_a_tutors_name_is_left_out_and_a_broken_address_refused():
    warning = "“Ms Jones” is not an e-mail address, so no tutor is noted. Write the tutor's e-mail address."
    assert read("students", "tutor_email", "Ms Jones") == ("", [("no_tutor", warning)])
    assert read("students", "tutor_email", "jones@")[0] == "bad_email"
    assert read("students", "tutor_email", "") == ("", [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | b, c | a", ["a", "b, c"]),
        ("a;b;;b ;A", ["a", "b"]),
        ("a, b,c", ["a", "b", "c"]),
        ("a\nb, c", ["a", "b, c"]),
        ("  ", []),
    ],
)
def test_lists_are_cut_at_the_strongest_separator(text, expected):
    assert split_list(text) == expected


def test_skills_are_lower_case_and_languages_as_written():
    assert read("mentors", "skills", "SQL, Python") == (("sql", "python"), [])
    assert read("mentors", "languages", "English | Welsh") == (("English", "Welsh"), [])
    assert read("mentors", "skills", "ok; =1+1")[0] == "formula"


def test_a_list_has_an_end():
    fifty = ",".join(f"skill {number}" for number in range(50))
    assert len(read("mentors", "skills", fifty)[0]) == 50
    assert read("mentors", "skills", fifty + ",one more") == (
        "too_many_items", "51 things are named here; at most 50 fit. Keep those that matter most.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Mon am;Thu pm", ("Mon am", "Thu pm")),
        ("MON AM | Tuesday afternoon", ("Mon am", "Tue pm")),
        ("Wed, Thurs p.m.", ("Wed am", "Wed pm", "Thu pm")),
        ("Fri all day;Fri am", ("Fri am", "Fri pm")),
        ("", ()),
    ],
)
def test_slots(cell, expected):
    assert read("students", "availability", cell) == (expected, [])


def test_slots_not_understood_are_left_out_with_a_warning():
    message = "Not understood and left out: lunchtimes, Fri evening. Write half days such as Mon am; Thu pm."
    assert read("students", "availability", "Mon am;lunchtimes;Fri evening") == (("Mon am",), [("bad_slot", message)])


@pytest.mark.parametrize(
    ("cell", "expected"), [("Face to Face", "in person"), ("Teams", "video"), ("letter", "letter"), ("", "")]
)
def test_ways_to_keep_in_touch(cell, expected):
    assert read("students", "channel", cell) == (expected, [])


@pytest.mark.parametrize(
    ("cell", "day_first", "expected"),
    [
        ("2026-09-14", True, date(2026, 9, 14)),
        ("2026/9/4", True, date(2026, 9, 4)),
        ("20260914", True, date(2026, 9, 14)),
        ("2026-09-14T00:00:00Z", True, date(2026, 9, 14)),
        ("2026-09-14 00:00:00", True, date(2026, 9, 14)),
        ("03/10/2026", True, date(2026, 10, 3)),
        ("03/10/2026", False, date(2026, 3, 10)),
        ("3.10.26", True, date(2026, 10, 3)),
        ("06-04-99", True, date(1999, 4, 6)),
        ("14/09/2026 00:00", True, date(2026, 9, 14)),
        ("14 Sep 2026", True, date(2026, 9, 14)),
        ("14-Sept-26", True, date(2026, 9, 14)),
        ("Mon, 14th September 2026", True, date(2026, 9, 14)),
        ("September 14, 2026", True, date(2026, 9, 14)),
        ("46279", True, date(2026, 9, 14)),
        (date(2026, 9, 14), True, date(2026, 9, 14)),
    ],
)
def test_dates(cell, day_first, expected):
    assert parse_date(cell, day_first=day_first) == expected


@pytest.mark.parametrize(
    "cell", ["31/02/2005", "2026-13-01", "soon", "14/09", "25/12/2020 or so", "14 Foo 2026", "00/00/0000"]
)
def test_what_is_no_date(cell):
    with pytest.raises(BadValueError) as caught:
        parse_date(cell)
    assert (caught.value.code, caught.value.message) == (
        "bad_date", f"“{cell}” is not a date. Write it as year-month-day, such as 2026-09-14.",
    )  # fmt: skip


@pytest.mark.parametrize(("cell", "year"), [("0206-09-14", 206), ("2206-09-14", 2206), ("1026-09-14", 1026)])
def test_a_year_that_cannot_be_right(cell, year):
    with pytest.raises(BadValueError) as caught:
        parse_date(cell)
    assert (caught.value.code, caught.value.message) == ("bad_year", f"The year {year} cannot be right. Check it.")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("25/12/2026", (True, True, False)),
        ("12/25/2026", (True, False, True)),
        ("03/10/2026", (True, False, False)),
        ("25/25/2026", (True, False, False)),
        ("2026-12-25", (False, False, False)),
        (date(2026, 12, 25), (False, False, False)),
    ],
)
def test_what_a_date_tells_about_its_order(cell, expected):
    assert evidence(cell) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2026-09-02", ("born_in_future", "This date of birth, 2026-09-02, is in the future. Check it.")),
        ("2013-09-02", ("too_young",
            "Born on 2013-09-02, this student would be 12 years old; the youngest can be 13. Check the date.")),
        ("2013-09-01", (date(2013, 9, 1), [])),
        ("1925-09-02", (date(1925, 9, 2), [])),
        ("1925-09-01", ("too_old", "Born on 1925-09-01, this student would be 101 years old. Check the year.")),
        ("2026-09-01", ("too_young",
            "Born on 2026-09-01, this student would be 0 years old; the youngest can be 13. Check the date.")),
        ("", (None, [])),
    ],
)  # fmt: skip
def test_dates_of_birth(born, expected):
    assert read("students", "date_of_birth", born) == expected


@pytest.mark.parametrize(
    ("cell", "number"), [("350", 350), ("1,200", 1200), ("350.0", 350), ("5+", 5), ("12 years", 12), ("-3", -3), (" 7 ", 7)]
)
def test_whole_numbers(cell, number):
    assert parse_integer(cell) == number


@pytest.mark.parametrize("cell", ["three", "1.5", "1.200", "", "1/2", "9" * 12, "1,20"])
def test_what_is_no_whole_number(cell):
    with pytest.raises(BadValueError) as caught:
        parse_integer(cell)
    assert (caught.value.code, caught.value.message) == ("bad_number", f"“{cell}” is not a whole number. Write digits only.")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("0", ("no_capacity", "0 is not a number of students. Write 1 or more, or leave out a mentor who can take nobody.")),
        (
            "-2",
            ("no_capacity", "-2 is not a number of students. Write 1 or more, or leave out a mentor who can take nobody."),
        ),
        ("51", ("absurd_capacity", "One mentor cannot take 51 students. Write 1 to 50.")),
        ("50", (50, [])),
        ("1", (1, [])),
    ],
)
def test_capacity(cell, expected):
    assert read("mentors", "capacity", cell) == expected


def test_years_and_hours():
    assert read("mentors", "years_experience", "") == (None, [])
    assert read("mentors", "years_experience", "2.5") == (2, [])
    assert read("mentors", "years_experience", "0") == (0, [])
    assert read("mentors", "years_experience", "81") == (
        "bad_years",
        "81 years of experience cannot be right. Write 0 to 80.",
    )
    assert read("placements", "planned_hours", "") == (None, [])
    assert read("placements", "planned_hours", "315") == (315, [])
    assert read("placements", "planned_hours", "0") == ("bad_hours", "0 planned hours cannot be right. Write 1 to 5000.")
    assert read("placements", "planned_hours", "-1") == ("bad_hours", "-1 planned hours cannot be right. Write 1 to 5000.")
    assert read("placements", "planned_hours", "5001") == (
        "bad_hours",
        "5001 planned hours cannot be right. Write 1 to 5000.",
    )
