"""Rosters brought in: what is written, what is left alone, what is refused; twice, cancelled, broken, foreign."""

import datetime as dt

import pytest

from organisations.models import Job, Membership
from organisations.services import jobs
from programmes.models import Employer, LineManager, Participant, Placement, RosterImport, Site
from programmes.roster import RosterError, parse
from programmes.services import imports
from programmes.signals import participants_joined
from tests import factories as make
from tests.programmes.importing import LAKEHEAD, NORTHFIELD, RIVERSIDE, bring_in, counts, read, small, upload

KINDS = ["students", "mentors", "placements"]


@pytest.fixture
def house(northfield):
    """Northfield, inside its scope, with an empty programme."""
    with northfield.scope():
        northfield.programme = make.ProgrammeFactory(
            name="Autumn", starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2027, 7, 31)
        )
        yield northfield


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        (NORTHFIELD, [(120, 0), (55, 0)]),
        (RIVERSIDE, [(77, 4), (29, 2)]),
        (LAKEHEAD, [(57, 4), (24, 2)]),
    ],
)
def test_each_family_comes_in_and_a_second_time_changes_nothing(house, folder, expected):
    for kind in KINDS:
        found = bring_in(house, (folder / f"{kind}.csv").read_bytes())
        assert (found.status, found.kind, bytes(found.content)) == ("applied", kind, b"")
        if kind != "placements":
            assert (counts(found)["new"], counts(found)["refused"]) == expected[KINDS.index(kind)]
    people = Participant.objects.filter(programme=house.programme)
    assert people.students().count() == expected[0][0]
    assert people.mentors().count() == expected[1][0]
    assert Placement.objects.filter(programme=house.programme).count() == counts(found)["new"]
    assert (counts(found)["new"], counts(found)["refused"]) == _placements_of_taken_students(folder)
    before = _everything()
    for kind in KINDS:
        again = bring_in(house, (folder / f"{kind}.csv").read_bytes())
        assert (counts(again)["new"], counts(again)["changed"]) == (0, 0)
        assert counts(again)["same"] > 0
    assert _everything() == before


def _placements_of_taken_students(folder):
    """(taken, refused) by reading alone: a placement comes in when its row is good and its student's row was."""
    students = parse("students", (folder / "students.csv").read_bytes())
    placements = parse("placements", (folder / "placements.csv").read_bytes())
    ids = {row.student_id for row in students.rows}
    taken = sum(row.student_id in ids for row in placements.rows)
    return taken, len(placements.refused) + len(placements.rows) - taken


def _everything():
    """All rows an import may write, their history too."""
    return {
        model.__name__: sorted(map(repr, model.objects.values_list()))
        for model in (Membership, Participant, Employer, Site, LineManager, Placement)
    } | {
        model.__name__: model.pgh_event_model.objects.count() for model in (Membership, Participant, Placement)
    }


def test_a_student_is_written_whole(house):
    bring_in(
        house,
        small("students", {"course": "T Level Health", "industry": "health", "town": "Leeds", "career_goal": "be a nurse",
              "wants_skills": "First Aid; patience", "availability": "Mon am; Thu pm", "languages": "English; Polish",
              "channel": "Teams", "tutor_email": "sam.okoye2@northfield.example"}),
    )  # fmt: skip
    person = Participant.objects.get(programme=house.programme)
    assert (person.name, person.membership.email, person.membership.roles) == ("Ada Obi", "ada@college.example", ["student"])
    assert (person.side, person.student_ref, person.date_of_birth) == ("student", "N1", dt.date(2008, 3, 8))
    assert (person.course, person.industry, person.town, person.career_goal) == ("T Level Health", "health", "Leeds", "be a nurse")
    assert (person.wants_skills, person.availability) == (["first aid", "patience"], ["Mon am", "Thu pm"])
    assert (person.languages, person.channel) == (["English", "Polish"], "video")
    assert (person.tutor.name, person.tutor.roles) == ("Sam Okoye", ["tutor"])
    assert (person.capacity, person.skills, person.interests) == (0, [], [])


def test_a_mentor_and_a_placement_are_written_whole(house):
    bring_in(house, small("students", {}))
    bring_in(house, small("mentors", {"job_title": "Fitter", "skills": "Welding", "years_experience": "8", "check_valid_until": "2028-01-31"}))
    bring_in(house, small("placements", {"line_manager_name": "Mo Silva", "line_manager_email": "Mo@Works.example"}))
    mentor = Participant.objects.mentors().get(programme=house.programme)
    assert (mentor.name, mentor.membership.roles, mentor.employer_name, mentor.job_title) == ("Femi Cole", ["mentor"], "Calder Pumps", "Fitter")
    assert (mentor.skills, mentor.capacity, mentor.years_experience) == (["welding"], 2, 8)
    assert mentor.check_valid_until == dt.date(2028, 1, 31)
    placement = Placement.objects.get(programme=house.programme)
    assert (placement.student.student_ref, placement.role) == ("N1", "Fitter")
    assert (placement.site.town, placement.site.employer.name) == ("Leeds", "Calder Pumps")
    assert (placement.line_manager.name, placement.line_manager.email) == ("Mo Silva", "mo@works.example")
    assert (placement.starts_on, placement.ends_on) == (dt.date(2026, 10, 5), dt.date(2026, 12, 7))
    assert (placement.planned_hours, placement.done_hours, placement.objectives) == (350, 0, "")


def test_a_known_person_is_that_person_with_one_role_more(house):
    known = make.MembershipFactory(first_name="Adaeze", last_name="Obi", email="Ada@College.example", roles=["tutor"])
    bring_in(house, small("students", {}))
    known.refresh_from_db()
    assert (known.name, known.email, known.roles) == ("Adaeze Obi", "Ada@College.example", ["tutor", "student"])
    assert Participant.objects.get(programme=house.programme).membership == known


def test_what_is_empty_or_absent_changes_nothing(house):
    bring_in(house, small("students", {"town": "Leeds", "course": "Health"}))
    bring_in(house, b"student_id,first_name,last_name,email,town,industry\nN1,Ada,,ada@college.example,,care\n")
    person = Participant.objects.get(programme=house.programme)
    assert (person.name, person.town, person.course, person.industry) == ("Ada Obi", "Leeds", "Health", "care")
    assert person.date_of_birth == dt.date(2008, 3, 8)


def test_a_mentor_file_without_places_does_not_reset_them(house):
    bring_in(house, small("mentors", {"capacity": "4"}))
    found = bring_in(house, b"first_name,last_name,email,town\nFemi,Cole,femi@works.example,Hull\n", kind="mentors")
    mentor = Participant.objects.get(programme=house.programme)
    assert (counts(found)["changed"], mentor.town, mentor.capacity) == (1, "Hull", 4)


def test_who_signs_in_keeps_their_name_and_address(house):
    student = house.people["student"]
    make.StudentFactory(programme=house.programme, membership=student, student_ref="N1", town="York")
    found = bring_in(house, small("students", {"first_name": "Renamed", "email": "new@college.example", "town": "Leeds"}))
    student.refresh_from_db()
    assert (student.first_name, student.email) == ("Student", "student@northfield.example")
    assert Participant.objects.get(programme=house.programme).town == "Leeds"
    assert [line[2] for line in found.summary["warnings"]] == [
        "This person signs in as student@northfield.example; the address in the file is not taken over."
    ]
    assert not Membership.objects.filter(email="new@college.example").exists()


def test_a_new_address_and_name_reach_whoever_has_no_sign_in(house):
    bring_in(house, small("students", {}))
    found = bring_in(house, small("students", {"last_name": "Obi-Lund", "email": "ada.lund@college.example"}))
    person = Participant.objects.get(programme=house.programme)
    assert (counts(found)["new"], counts(found)["changed"]) == (0, 1)
    assert (person.name, person.membership.email) == ("Ada Obi-Lund", "ada.lund@college.example")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"student_id": "N1", "email": "femi@college.example"}], "one person here"),  # his address, her number
        ([{"email": "else@college.example"}, {"student_id": "N9"}], "about the same person"),
        ([{"email": "outside@college.example"}], "one person here"),  # the address of somebody not in the programme
        ([{"student_id": "N7", "email": "gone@college.example"}], "has left the organisation"),
    ],
)
def test_two_people_are_never_made_one(house, rows, code):
    bring_in(house, small("students", {}, {"student_id": "N2", "first_name": "Femi", "email": "femi@college.example"}))
    make.MembershipFactory(email="outside@college.example")
    make.MembershipFactory(email="gone@college.example", left_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    before = Participant.objects.count(), Membership.objects.count()
    found = bring_in(house, small("students", *rows))
    assert counts(found)["refused"] == 1
    assert code in found.summary["refusals"][0][3]
    assert (Participant.objects.count(), Membership.objects.count()) == before


def test_a_tutor_who_left_is_not_noted_and_does_not_come_up_again(house):
    make.MembershipFactory(email="gone@college.example", roles=["tutor"], left_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    content = small("students", {"tutor_email": "gone@college.example"})
    bring_in(house, content)
    assert Participant.objects.get(programme=house.programme).tutor is None
    assert counts(bring_in(house, content)) == {"new": 0, "changed": 0, "same": 1, "refused": 0}


def test_placements_of_unknown_students_are_refused_and_the_others_come_in(house):
    make.StudentFactory(programme=make.ProgrammeFactory(), student_ref="N2")  # in another programme
    bring_in(house, small("students", {}))
    found = bring_in(house, small("placements", {}, {"student_id": "N2"}))
    assert counts(found) == {"new": 1, "changed": 0, "same": 0, "refused": 1}
    assert found.summary["refusals"] == [
        [3, "N2", "student_id", "No student in this programme has the number “N2”. Bring in the students first, or correct the number."]
    ]
    assert Employer.objects.filter(name="Calder Pumps").count() == 1


def test_two_spellings_are_one_employer_one_site_one_line_manager(house):
    make.SiteFactory(employer__name="CALDER PUMPS", town="Leeds")
    bring_in(house, small("students", {}, {"student_id": "N2", "first_name": "Bo", "email": "bo@college.example"}))
    content = small(
        "placements",
        {"employer": "Calder pumps", "site_town": "LEEDS", "line_manager_name": "Mo Silva", "line_manager_email": "mo@works.example"},
        {"student_id": "n2", "line_manager_name": "M. Silva", "line_manager_email": "MO@works.example"},
    )
    found = bring_in(house, content)
    assert counts(found)["new"] == 2
    here = Employer.objects.filter(name__iexact="calder pumps")
    assert [one.name for one in here] == ["CALDER PUMPS"]
    assert list(Site.objects.filter(employer__in=here).values_list("town", flat=True)) == ["Leeds"]
    assert list(LineManager.objects.filter(employer__in=here).values_list("name", flat=True)) == ["Mo Silva"]
    assert counts(bring_in(house, content)) == {"new": 0, "changed": 0, "same": 2, "refused": 0}


def test_a_placement_changes_its_end_hours_and_line_manager(house):
    bring_in(house, small("students", {}))
    bring_in(house, small("placements", {"line_manager_name": "Mo Silva", "line_manager_email": "mo@works.example"}))
    found = bring_in(house, small("placements", {"end_date": "2027-01-08", "planned_hours": "", "line_manager_email": "jo.bell@works.example"}))
    placement = Placement.objects.get(programme=house.programme)
    assert (counts(found)["new"], counts(found)["changed"]) == (0, 1)
    assert (placement.ends_on, placement.planned_hours) == (dt.date(2027, 1, 8), 350)
    assert (placement.line_manager.name, placement.line_manager.email) == ("Jo Bell", "jo.bell@works.example")
    assert LineManager.objects.filter(name="Mo Silva").count() == 1


def test_a_placement_without_a_town_has_one_site(house):
    bring_in(house, small("students", {}))
    content = small("placements", {"site_town": ""})
    bring_in(house, content)
    assert Placement.objects.get(programme=house.programme).site.town == "Main site"
    assert counts(bring_in(house, content))["same"] == 1


@pytest.mark.parametrize(
    "name", ["O'Brien-D’Angelo", "Łukasz", "Zoë 🌱", "שָׁלוֹם", "محمد علی", "x" * 300, "%s %(x)s", "a\\b", "Robert'); drop table x;--"]
)
def test_names_come_through_as_they_are(house, name):
    bring_in(house, small("students", {"first_name": name}))
    assert Participant.objects.get(programme=house.programme).membership.first_name == name
    assert counts(bring_in(house, small("students", {"first_name": name})))["same"] == 1


def test_news_goes_out_once_with_the_new_ones_only(house):
    heard = []

    def listen(sender, programme, participants, by, **kwargs):
        heard.append((programme, sorted(participants), by))

    participants_joined.connect(listen)
    try:
        bring_in(house, small("students", {}))
        bring_in(house, small("students", {"town": "Hull"}, {"student_id": "N2", "email": "bo@college.example"}))
        bring_in(house, small("placements", {}))
    finally:
        participants_joined.disconnect(listen)
    ids = list(Participant.objects.filter(programme=house.programme).order_by("pk").values_list("pk", flat=True))
    coordinator = house.people["coordinator"]
    assert heard == [(house.programme, ids[:1], coordinator), (house.programme, ids[1:], coordinator)]


def test_a_job_that_dies_in_the_middle_leaves_nothing_and_can_be_said_yes_to_again(house, monkeypatch):
    from programmes.services import apply_roster

    found = upload(house, (NORTHFIELD / "students.csv").read_bytes())
    before = _everything()
    with monkeypatch.context() as patched:
        patched.setattr(apply_roster._Writing, "_change_participants", lambda _self: 1 / 0)  # people and tutors are written by then
        job = imports.confirm_import(roster_import=found, by=house.people["coordinator"])
        jobs.run(house.organisation.pk, job.pk)
    job.refresh_from_db()
    assert (job.status, job.message) == ("failed", "Something went wrong on our side. Nothing was changed; please try again.")
    assert _everything() == before
    again = imports.confirm_import(roster_import=found, by=house.people["coordinator"])
    jobs.run(house.organisation.pk, again.pk)
    found.refresh_from_db()
    assert (found.status, counts(found)["new"]) == ("applied", 120)


def test_cancelling_in_the_middle_leaves_nothing(house):
    found = upload(house, (NORTHFIELD / "students.csv").read_bytes())
    before = _everything()
    job = imports.confirm_import(roster_import=found, by=house.people["coordinator"])

    class Stop:
        def __call__(self, done, total, message=""):
            if total == 120:
                raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled), house.scope():
        imports.apply_import(import_id=job.target_id, by=job.started_by, progress=Stop())
    found.refresh_from_db()
    assert (found.status, _everything() == before) == ("applying", True)


def test_the_same_job_twice_writes_once(house):
    found = bring_in(house, small("students", {}))
    before = _everything()
    again = imports.apply_import(import_id=found.pk, by=house.people["coordinator"], progress=lambda *_args: None)
    assert again == counts(found)
    assert _everything() == before


def test_of_two_who_say_yes_the_second_is_told(house):
    found = upload(house, small("students", {}))
    imports.confirm_import(roster_import=found, by=house.people["coordinator"])
    with pytest.raises(imports.ImportOver):
        imports.confirm_import(roster_import=found, by=house.people["owner"])
    with pytest.raises(imports.ImportOver):
        imports.drop_import(roster_import=found, by=house.people["owner"])
    assert Job.objects.filter(kind=imports.JOB).count() == 1


def test_what_was_set_aside_keeps_nothing_and_cannot_be_brought_in(house):
    found = imports.drop_import(roster_import=upload(house, small("students", {})), by=house.people["coordinator"])
    assert (bytes(found.content), found.summary, found.status) == (b"", {}, "dropped")
    with pytest.raises(imports.ImportOver):
        imports.confirm_import(roster_import=found, by=house.people["coordinator"])
    with pytest.raises(RosterError):
        imports.apply_import(import_id=found.pk, by=house.people["coordinator"], progress=lambda *_args: None)
    assert Participant.objects.filter(programme=house.programme).count() == 0


def test_an_upload_nobody_confirmed_is_forgotten_after_a_month(house):
    old, young = upload(house, small("students", {})), upload(house, small("mentors", {}))
    RosterImport.objects.filter(pk=old.pk).update(uploaded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    upload(house, small("students", {}))
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.status, bytes(old.content), young.status, bytes(young.content) != b"") == ("dropped", b"", "read", True)


def test_another_organisation_is_neither_read_nor_written(house, riverside):
    with riverside.scope():
        make.MembershipFactory(first_name="Other", email="ada@college.example", roles=["owner"])
        make.StudentFactory(programme=riverside.programme, student_ref="N1")
        make.EmployerFactory(name="Calder Pumps")
        before = _everything()
    bring_in(house, small("students", {}))
    found = bring_in(house, small("placements", {}))
    assert counts(found) == {"new": 1, "changed": 0, "same": 0, "refused": 0}
    person = Participant.objects.get(programme=house.programme)
    assert (person.membership.roles, person.organisation) == (["student"], house.organisation)
    with riverside.scope():
        assert _everything() == before


def test_one_person_is_mentor_and_student_of_a_peer_programme(house):
    bring_in(house, small("students", {}))
    bring_in(house, small("mentors", {"email": "ADA@college.example", "first_name": "Ada", "last_name": "Obi"}))
    rows = Participant.objects.filter(programme=house.programme)
    assert sorted(rows.values_list("side", flat=True)) == ["mentor", "student"]
    assert Membership.objects.get(email="ada@college.example").roles == ["student", "mentor"]


def test_columns_that_a_person_explains(house):
    content = b"Wer,Mail,Nr\nAda Obi,ada@college.example,N1\n"
    with pytest.raises(RosterError) as nobody_knows:
        upload(house, content)
    assert nobody_knows.value.code == "unknown_kind"
    found = upload(house, content, kind="students")
    with pytest.raises(RosterError) as missing:
        imports.read_import(found)
    assert missing.value.code == "missing_columns"
    found = imports.change_mapping(
        roster_import=found, mapping={"Wer": "full_name", "Mail": "email", "Nr": "student_id"}, by=house.people["coordinator"]
    )
    read(house, found)
    job = imports.confirm_import(roster_import=found, by=house.people["coordinator"])
    jobs.run(house.organisation.pk, job.pk)
    person = Participant.objects.get(programme=house.programme)
    assert (person.name, person.student_ref) == ("Ada Obi", "N1")


def test_a_withdrawn_student_stays_withdrawn(house):
    at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    person = make.StudentFactory(programme=house.programme, student_ref="N1", withdrawn_at=at, membership__email="ada@college.example")
    found = bring_in(house, small("students", {"town": "Hull"}))
    person.refresh_from_db()
    assert (person.withdrawn_at, person.town, counts(found)["changed"]) == (at, "Hull", 1)
    assert [line[0] for line in found.summary["warnings"]] == [2]


@pytest.mark.parametrize("rights", [{"roles": ["owner"]}, {"is_safeguarding_lead": True}])
def test_a_roster_does_not_move_the_address_of_an_owner_or_lead_who_has_not_joined(house, rights):
    """Else a coordinator could have an owner's invitation sent to an address of their own."""
    chair = make.MembershipFactory(user=None, first_name="Iris", email="chair@northfield.example", **rights)
    bring_in(house, small("students", {"email": "chair@northfield.example"}))
    found = bring_in(house, small("students", {"email": "mine@college.example"}))
    chair.refresh_from_db()
    assert (chair.first_name, chair.email) == ("Iris", "chair@northfield.example")
    assert (counts(found)["new"], counts(found)["changed"]) == (0, 0)
    assert [problem[2] for problem in found.summary["warnings"]] == [
        "This person signs in as chair@northfield.example; the address in the file is not taken over."
    ]
