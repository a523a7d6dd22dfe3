"""Riverside Sixth Form: a small programme of its own, so that two organisations can be seen side by side."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from common.tenancy import organisation_scope
from programmes.models import Programme
from programmes.roster.records import MentorRow, PlacementRow, StudentRow

from . import accounts, stories
from .circle import make_circle
from .letters import send_in_the_past
from .matching import match, publish
from .programme import make_programme
from .relationships import tell
from .roster import enrol
from .surveys import ask_review
from .times import ZONE, at, monday_before, own_times, season_of
from .training import begin_training, finish_training

SLUG, NAME = "riverside", "Riverside Sixth Form"
STARTED_DAYS_AGO, WEEKS = 30, 10
PREPARED = timedelta(days=12)
STUDENTS = (
    "Leo Fontaine", "Zoë Mensah", "Thảo Trần", "Aisha Yılmaz", "Siân Pugh", "Ivo Novák", "Maja Łuczak", "Owen Baptiste", "Rosa Marín",
)  # fmt: skip
MENTORS = ("Nadia Rahman", "Viktor Holt", "Élodie Garnier", "Kwame Asante", "Ingrid Solberg", "Pádraig Walsh")
EMPLOYERS = (("Calder Pumps", "Hull"), ("Little Acorns Nursery", "York"), ("Aire Valley Clinic", "Leeds"))
ROLES = ("Maintenance technician", "Classroom assistant", "Ward helper")
INDUSTRIES = ("engineering", "education", "health")


def seed(today) -> bool:
    """Make it; False when it is there already."""
    organisation = accounts.make_organisation(SLUG, NAME)
    with organisation_scope(organisation.pk), timezone.override(ZONE):
        cast = accounts.make_cast(SLUG, accounts.RIVERSIDE)
        if Programme.objects.exists():
            return False
        with own_times():
            _programme(cast, today)
        make_circle(by=cast["coordinator"], today=today, chance=Random(9))  # noqa: S311  as below
    send_in_the_past(organisation.pk)
    return True


def _programme(cast, today):
    chance = Random(8)  # noqa: S311  the demo is the same each time
    starts_on = monday_before(today - timedelta(days=STARTED_DAYS_AGO))
    programme = make_programme(
        name=season_of(starts_on),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=WEEKS, days=-3),
        by=cast["coordinator"],
        today=today,
    )
    before = starts_on - PREPARED
    students, mentors, placements = _rows(programme)
    roster = enrol(programme, students=students, mentors=mentors, placements=placements, now=at(before, 9))
    finish_training(roster.mentors[:-1], by_day=before, by=cast["coordinator"], chance=chance)
    begin_training(roster.mentors[-1:], by_day=today - timedelta(days=2), chance=chance)
    run, proposals = match(programme, by=cast["coordinator"], on=before)
    proposals.sort(key=lambda row: (row.student_id != roster.students[0].pk, -row.score, row.pk))
    _give_own_mentor(proposals, roster)
    pairs = list(zip(proposals, (stories.LIVELY, *stories.RIVERSIDE), strict=False))
    told = tell(
        programme,
        [(row.student, row.mentor, story) for row, story in pairs],
        placements=roster.placements,
        today=today,
        chance=chance,
    )
    publish(run, on=before, accepted={row: one.mentorship for (row, _story), one in zip(pairs, told, strict=True)})
    ask_review(programme, told, today=today, chance=chance)
    people = {one.membership_id: one.membership for one in (*roster.students, *roster.mentors)}
    accounts.let_join([one for one in people.values() if one.user_id is None], at(before, 18))


def _give_own_mentor(proposals, roster):
    """The two who can sign in are a pair: swap mentors with whoever has the demo's mentor."""
    own, mentor = proposals[0], roster.mentors[0]
    if own.mentor_id == mentor.pk:
        return
    other = next((row for row in proposals if row.mentor_id == mentor.pk), None)
    if other:
        other.mentor = own.mentor
    own.mentor = mentor
    for row in filter(None, (own, other)):
        row.save(update_fields=["mentor"])


def _rows(programme):
    students, mentors, placements = [], [], []
    for number, name in enumerate(STUDENTS):
        first, last = name.split(" ", 1)
        email = f"student@{SLUG}.example" if number == 0 else f"learner{number}@{SLUG}.example"
        tutor = f"tutor@{SLUG}.example" if number % 2 == 0 else f"tutor{number % 3}@{SLUG}.example"
        students.append(
            StudentRow(
                number=number, first_name=first, last_name=last, email=email, student_id=f"R{number:04d}",
                course="Foundation year", industry=INDUSTRIES[number % 3], town=EMPLOYERS[number % 3][1],
                career_goal="find out what suits me", wants_skills=("confidence", "teamwork"),
                availability=("Tue pm", "Wed am"), languages=("English",), channel="video", tutor_email=tutor,
            )
        )  # fmt: skip
        employer, town = EMPLOYERS[number % 3]
        placements.append(
            PlacementRow(
                number=number, student_id=f"R{number:04d}", employer=employer, site_town=town, job_role=ROLES[number % 3],
                start_date=programme.starts_on, end_date=programme.ends_on, planned_hours=315,
                line_manager_name=("Ben Hartley", "Chidi Obi", "Lena Fischer")[number % 3],
                line_manager_email=f"manager{number % 3}@employers.example",
            )
        )  # fmt: skip
    for number, name in enumerate(MENTORS):
        first, last = name.split(" ", 1)
        email = f"mentor@{SLUG}.example" if number == 0 else f"volunteer{number}@employers.example"
        mentors.append(
            MentorRow(
                number=number, first_name=first, last_name=last, email=email, employer=EMPLOYERS[(number + 1) % 3][0],
                job_title="Team lead", industry=INDUSTRIES[number % 3], town=EMPLOYERS[number % 3][1],
                skills=("teamwork", "confidence", "planning"), availability=("Tue pm", "Wed am"), capacity=2,
                languages=("English",), channel="video", years_experience=5 + number,
                check_valid_until=programme.ends_on + timedelta(days=400),
            )
        )  # fmt: skip
    return students, mentors, placements
