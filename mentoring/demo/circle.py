"""A group that is alive: one mentor with four students of Riverside, begun weeks ago by the product's own services."""

from datetime import timedelta

from checkins.models import CheckIn
from checkins.services.log import Entry, give_feedback, log_check_in
from goals.services.goals import create_goal
from matching.fit import FIT_AXES
from matching.models import Mentorship, Proposal
from matching.run_rules import RunRules
from matching.services import answers, fit_cards, publishing
from matching.services.agreements import sign_agreement
from matching.services.runs import make_run
from organisations.models import Membership
from programmes.models import Participant

from .programme import make_programme
from .times import at, monday_before, own_times
from .training import finish_training

NAME = "Career circle"
MENTOR = "volunteer1@employers.example"
STUDENTS = ("learner1@riverside.example", "learner2@riverside.example", "learner3@riverside.example", "learner4@riverside.example")
STARTED_DAYS_AGO, WEEKS = 65, 36
GOALS = ("Speak to two people whose work I know nothing about", "Write down three jobs I could see myself in, and why")
SHARED_GOAL = "Visit one workplace together and tell the year group about it"


def make_circle(*, by, today, chance):
    """The programme, its group, and what has happened in it: a check-in with everybody, one with somebody away."""
    starts_on = monday_before(today - timedelta(days=STARTED_DAYS_AGO))
    asked_on = starts_on + timedelta(days=1)
    with own_times():
        programme = make_programme(
            name=NAME,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=WEEKS, days=-3),
            by=by,
            today=today,
            preset="career_mentoring_year",
        )
        mentor, students = _enrol(programme)
        finish_training([mentor], by_day=starts_on - timedelta(days=10), by=by, chance=chance)
    _begin(programme, by, asked_on)
    mentorship = Mentorship.objects.get(programme=programme)
    for person in [mentor, *students[:-1]]:  # the last name is still missing
        sign_agreement(agreement=mentorship.agreement, participant=person, signed_name=person.name, by=person.membership)
    _meet(mentorship, mentor, students, today)
    for student, title in zip(students, GOALS, strict=False):
        create_goal(mentorship=mentorship, by=student.membership, title=title, due_on=today + timedelta(days=40), owner=student)
    create_goal(mentorship=mentorship, by=mentor.membership, title=SHARED_GOAL, due_on=today + timedelta(days=60))


def _enrol(programme):
    people = {one.email: one for one in Membership.objects.filter(email__in=[MENTOR, *STUDENTS])}
    shared = {
        "programme": programme, "industry": "education", "town": "York", "availability": ["Wed am"], "languages": ["English"],
        "channel": "video", "invited_at": at(programme.starts_on - timedelta(days=14), 9),
    }  # fmt: skip
    mentor = Participant.objects.create(
        membership=people[MENTOR], side="mentor", capacity=4, skills=["confidence", "planning"], years_experience=8,
        employer_name="Little Acorns Nursery", job_title="Team lead", check_valid_until=programme.ends_on + timedelta(days=300), **shared,
    )  # fmt: skip
    students = [
        Participant.objects.create(
            membership=people[email], side="student", student_ref=f"C{number:04d}", course="Foundation year",
            career_goal="find out what suits me", wants_skills=["confidence"], **shared,
        )
        for number, email in enumerate(STUDENTS)
    ]  # fmt: skip
    return mentor, students


def _begin(programme, by, day):
    """Matched, published, answered by everybody: the group begins two days later."""
    run = make_run(programme=programme, rules=RunRules(), by=by)
    publishing.publish_run(run=run, by=by, at=at(day, 9))
    rows = list(Proposal.objects.filter(run=run).select_related("student__membership", "mentor__membership"))
    sides = [(one, "student", one.student) for one in rows] + [(rows[0], "mentor", rows[0].mentor)]
    fit = dict.fromkeys((axis.key for axis in FIT_AXES), "yes")
    for number, (proposal, side, person) in enumerate(sides):
        when = at(day + timedelta(days=2), 10 + number)
        fit_cards.send_fit_card(proposal=proposal, side=side, fit=fit, by=person.membership, at=when)
        answers.answer_proposal(proposal=proposal, side=side, decision="accept", by=person.membership, by_link=True, at=when)


def _meet(mentorship, mentor, students, today):
    """What was planned by yesterday is held; from the last one a student was away, and another was a bit lost."""
    due = list(mentorship.check_ins.filter(status=CheckIn.Status.PLANNED, due_on__lt=today).order_by("due_on"))
    for place, check_in in enumerate(due):
        is_last = place == len(due) - 1
        there = [mentor, *(students[:-1] if is_last else students)]
        entry = Entry(
            held_on=check_in.due_on, minutes=60, way="in_person", mood=4, topics=["What comes next"],
            progress="Everybody brought one question about a job they had seen.", present=[one.pk for one in there],
        )  # fmt: skip
        log_check_in(check_in=check_in, entry=entry, by=mentor.membership, at=at(check_in.due_on, 16))
    if due:
        give_feedback(check_in=due[-1], mood=2, feedback="I would like to hear how you chose your first job.", by=students[0].membership)
