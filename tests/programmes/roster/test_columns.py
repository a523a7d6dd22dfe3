import pytest

from programmes.roster import RosterError, parse
from programmes.roster.columns import detect_kind, find_header, fold, recognise
from tests.programmes.roster.making import TODAY, csv_bytes, roster

NORTHFIELD = "student_id,first_name,last_name,email,date_of_birth,course,industry,town,career_goal,wants_skills,availability,languages,channel,tutor_email"
RIVERSIDE = "Learner Ref;Forename;Surname;E-mail;DOB;Learning Aim Title;Sector;Town;Career aspiration;Skills to develop;Free periods;Languages;Contact by;Personal tutor"
LAKEHEAD = "ID\tFIRST_NAME\tLAST_NAME\tEMAIL_ADDR\tBIRTH_DT\tPROGRAM\tindustry\ttown\tcareer_goal\tSKILLS_WANTED\tavailability\tlanguages\tchannel\ttutor_email"
MENTORS = "first_name,last_name,email,employer,job_title,industry,town,skills,availability,capacity,languages,channel,years_experience,check_valid_until"
RIVERSIDE_MENTORS = "Forename;Surname;E-mail;Employer name;Position;Sector;Town;Can help with;Free periods;Max learners;Languages;Contact by;Yrs exp;DBS expiry"
PLACEMENTS = "student_id,employer,site_town,job_role,line_manager_name,line_manager_email,start_date,end_date,planned_hours"
RIVERSIDE_PLACEMENTS = "Learner Ref;Employer name;Workplace;Role;Supervisor;Supervisor email;Start;End;Planned hrs"
LAKEHEAD_PLACEMENTS = "ID,employer,site_town,job_role,line_manager_name,line_manager_email,START_DT,END_DT,HRS"


@pytest.mark.parametrize(
    ("kind", "header", "separator", "names"),
    [
        ("students", RIVERSIDE, ";", NORTHFIELD),
        ("students", LAKEHEAD, "\t", NORTHFIELD),
        ("mentors", MENTORS, ",", MENTORS),
        ("mentors", RIVERSIDE_MENTORS, ";", MENTORS),
        ("placements", RIVERSIDE_PLACEMENTS, ";", PLACEMENTS),
        ("placements", LAKEHEAD_PLACEMENTS, ",", PLACEMENTS),
    ],
)
def test_headers_of_three_systems_mean_the_same_fields(kind, header, separator, names):
    headers = header.split(separator)
    assert [column.field for column in recognise(headers, kind)] == names.split(",")
    assert detect_kind(headers) == kind


@pytest.mark.parametrize("headers", [["email", "first name"], ["x", "y"], [""], []])
def test_a_file_that_could_be_several_kinds_is_none(headers):
    assert detect_kind(headers) is None


@pytest.mark.parametrize("header", ["E-mail", "EMAIL", " e mail ", "Ｅｍａｉｌ", "e_mail:"])
def test_headers_are_compared_by_letters_and_digits(header):
    assert fold(header) == "email"


def test_a_second_column_of_the_same_meaning_is_left_unused():
    columns = recognise(["Forename", "Email", "E-mail", "Preferred name"], "students")
    assert [column.field for column in columns] == ["first_name", "email", None, None]


def test_a_person_may_say_what_columns_mean():
    rows = [["Ref", "Student", "Contact", "Email"], ["N1", "Ada Obi", "ada@college.example", "parent@home.example"]]
    parsed = parse(
        "students", csv_bytes(rows), today=TODAY, mapping={"contact": "email", "Email": None, "Student": "full_name"}
    )
    (row,) = parsed.rows
    assert (row.student_id, row.first_name, row.last_name, row.email) == ("N1", "Ada", "Obi", "ada@college.example")
    assert [(column.header, column.field) for column in parsed.columns] == [
        ("Ref", "student_id"), ("Student", "full_name"), ("Contact", "email"), ("Email", None),
    ]  # fmt: skip
    assert [(note.code, note.message) for note in parsed.notes] == [("unused", "Columns not used: Email.")]
    assert parsed.fields == {"student_id", "first_name", "last_name", "email"}
    assert parsed.header_of("email") == "Contact"


def test_headers_that_nobody_knows_can_all_be_mapped():
    rows = [["Imię", "Adres"], ["Ada", "ada@college.example"]]
    with pytest.raises(RosterError) as caught:
        parse("mentors", csv_bytes(rows), today=TODAY)
    assert (caught.value.code, caught.value.headers) == ("no_headers", ("Imię", "Adres"))
    (row,) = parse("mentors", csv_bytes(rows), today=TODAY, mapping={"Imię": "first_name", "Adres": "email"}).rows
    assert (row.first_name, row.email) == ("Ada", "ada@college.example")


def test_a_mapping_to_a_field_that_the_kind_lacks_is_refused():
    with pytest.raises(RosterError) as caught:
        parse("students", roster("students", {}), mapping={"email": "capacity"})
    assert (caught.value.code, caught.value.message) == (
        "bad_mapping",
        "“capacity” is not something a file of this kind can say.",
    )


def test_missing_columns_are_named_with_those_that_are_there():
    with pytest.raises(RosterError) as caught:
        parse("students", csv_bytes([["Learner Ref", "Surname", "Shoe size"], ["N1", "Obi", "38"]]), today=TODAY)
    assert (caught.value.code, caught.value.message, caught.value.headers) == (
        "missing_columns",
        "This file has no column for: first name, e-mail address. Its columns are: Learner Ref, Surname, Shoe size.",
        ("Learner Ref", "Surname", "Shoe size"),
    )


@pytest.mark.parametrize(
    ("asked", "given", "message"),
    [
        ("students", "placements", "This looks like a file of placements. Upload it as placements."),
        ("placements", "students", "This looks like a file of students. Upload it as students."),
        ("placements", "mentors", "This looks like a file of mentors. Upload it as mentors."),
        ("mentors", "placements", "This looks like a file of placements. Upload it as placements."),
    ],
)
def test_a_file_of_another_kind_is_recognised(asked, given, message):
    with pytest.raises(RosterError) as caught:
        parse(asked, roster(given, {}), today=TODAY)
    assert (caught.value.code, caught.value.message) == ("wrong_kind", message)


def test_the_row_that_knows_most_is_the_header():
    rows = [
        (1, ("Students",)),
        (3, ("email", "as of Monday")),
        (4, ("Email", "Forename", "DOB")),
        (5, ("a@b.example", "A", "")),
    ]
    assert find_header(rows, "students") == (4, ("Email", "Forename", "DOB"))
