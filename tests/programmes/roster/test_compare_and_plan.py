from dataclasses import replace
from datetime import date

from programmes.roster import (
    MentorRow,
    PlacementRow,
    StudentRow,
    compare,
    make_plan,
    mentor_keys,
    placement_keys,
    student_keys,
)

ADA = StudentRow(
    2,
    "Ada",
    "Obi",
    "ada@college.example",
    "N1",
    course="Health",
    wants_skills=("sql", "cad"),
    tutor_email="t1@college.example",
)
BO = StudentRow(3, "Bo", "Li", "bo@college.example", "N2", tutor_email="t1@college.example")
KNOWN_ADA = {
    "first_name": "Ada", "last_name": "Obi", "email": "ada@college.example", "student_id": "N1", "course": "Health", "town": "Leeds",
    "wants_skills": ["cad", "sql"],
}  # fmt: skip
PUMPS = PlacementRow(
    2, "N1", "Calder Pumps", "Fitter", date(2026, 10, 5), date(2026, 12, 7), "Leeds", "Sam Roe", "sam@works.example", 350
)


def known(*people):
    return {key: person for person in people for key in student_keys(person["student_id"], person["email"])}


def test_rows_are_new_changed_or_the_same():
    changed = replace(ADA, course="Media", town="York")
    assert compare([ADA, BO], {}).new == (ADA, BO)
    found = compare([changed, BO], known(KNOWN_ADA))
    assert (found.new, found.same, found.conflicts) == ((BO,), (), ())
    assert [(change.row, change.changes) for change in found.changed] == [
        (changed, {"course": ("Health", "Media"), "town": ("Leeds", "York")})
    ]
    assert compare([ADA], known(KNOWN_ADA)).same == (ADA,)


def test_an_empty_cell_and_the_order_of_a_list_change_nothing():
    assert ADA.town == ""
    assert KNOWN_ADA["town"] == "Leeds"
    assert compare([replace(ADA, wants_skills=("CAD", "sql"))], known(KNOWN_ADA)).changed == ()


def test_only_what_the_file_says_is_compared():
    row = MentorRow(2, "Femi", "Cole", "femi@works.example", capacity=1)
    existing = {mentor_keys("FEMI@works.example")[0]: {"capacity": 3, "first_name": "Femi"}}
    assert compare([row], existing, fields={"first_name", "email"}).same == (row,)
    assert compare([row], existing).changed[0].changes == {"capacity": (3, 1)}


def test_a_student_is_known_by_number_when_the_address_is_new():
    row = replace(ADA, email="ada.obi@college.example")
    (change,) = compare([row], known(KNOWN_ADA)).changed
    assert change.changes == {"email": ("ada@college.example", "ada.obi@college.example")}


def test_a_student_is_known_by_address_when_the_number_is_new():
    existing = known({**KNOWN_ADA, "student_id": ""})
    (change,) = compare([ADA], existing).changed
    assert change.changes == {"student_id": ("", "N1")}


def test_a_row_that_would_make_one_person_of_two_is_a_conflict():
    other = {**KNOWN_ADA, "student_id": "N9", "email": "bo@college.example"}
    (problem,) = compare([replace(ADA, email="bo@college.example")], known(KNOWN_ADA, other)).conflicts
    assert (problem.row, problem.code, problem.refuses) == (2, "two_people", True)
    assert (
        problem.message
        == "The student number belongs to one person here and the e-mail address to another. Correct one of the two."
    )


def test_a_placement_is_known_whatever_its_spelling():
    key = placement_keys("n1", "CALDER PUMPS", "leeds", "fitter", date(2026, 10, 5))[0]
    found = compare([PUMPS], {key: {"end_date": date(2026, 12, 1), "planned_hours": 350}})
    assert [change.changes for change in found.changed] == [{"end_date": (date(2026, 12, 1), date(2026, 12, 7))}]


def test_the_same_file_again_is_an_empty_plan():
    plan = make_plan("students", compare([ADA], known(KNOWN_ADA)))
    assert (plan.new, plan.changed, plan.same) == (0, 0, 1)
    assert (plan.rows, list(plan.staged()), plan.tutors) == ((), [], ())


def test_a_plan_of_students_keeps_what_the_file_leaves_empty():
    changed = replace(ADA, course="Media", wants_skills=())
    plan = make_plan("students", compare([changed, BO], known(KNOWN_ADA)))
    assert (plan.new, plan.changed, plan.same) == (1, 1, 0)
    assert plan.rows == (BO, replace(changed, town="Leeds", wants_skills=("cad", "sql")))
    assert plan.tutors == ("t1@college.example",)
    assert [dict(zip(plan.columns, values, strict=True))["course"] for values in plan.staged()] == ["", "Media"]


def test_a_plan_of_placements_names_each_employer_site_and_manager_once():
    second = replace(
        PUMPS, number=3, student_id="N2", employer="CALDER PUMPS", site_town="LEEDS", line_manager_name="S. Roe"
    )
    third = replace(
        PUMPS, number=4, student_id="N3", site_town="Hull", line_manager_name="No Address", line_manager_email=""
    )
    plan = make_plan("placements", compare([PUMPS, second, third], {}))
    assert plan.employers == ("Calder Pumps",)
    assert plan.sites == (("Calder Pumps", "Leeds"), ("Calder Pumps", "Hull"))
    assert plan.line_managers == (("Calder Pumps", "Sam Roe", "sam@works.example"),)
    assert [(row.employer, row.site_town) for row in plan.rows] == [
        ("Calder Pumps", "Leeds"), ("Calder Pumps", "Leeds"), ("Calder Pumps", "Hull"),
    ]  # fmt: skip


def test_a_plan_of_mentors():
    row = MentorRow(2, "Femi", "Cole", "femi@works.example", capacity=2)
    plan = make_plan("mentors", compare([row], {}))
    assert plan.columns[:4] == ("number", "first_name", "last_name", "email")
    assert next(plan.staged())[:4] == (2, "Femi", "Cole", "femi@works.example")
