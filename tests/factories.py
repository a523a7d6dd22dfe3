"""Rows for tests, made the short way. Everything belongs to the organisation whose scope is open."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from checkins.models import CheckIn, Concern, Note, TimeOption, TimesProposal
from goals.models import Goal, GoalStep, Objective, OwnActivity
from matching.agreement_text import CURRENT_VERSION
from matching.models import Agreement, MatchRun, Mentorship, MentorshipMember, Proposal
from organisations.models import Membership, Organisation
from programmes.models import Employer, LineManager, Participant, Placement, Programme, Site
from training.models import Gathering, Guest, OwnResource, Reflection, Supervision, SupervisionSeat

PASSWORD = "demo-mentoring-2026"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ["slug"]

    slug = factory.Sequence(lambda n: f"college-{n}")
    name = factory.LazyAttribute(lambda o: o.slug.title())


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ["email"]
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@college.example")
    name = "Person"

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        self.save()


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    first_name = factory.Sequence(lambda n: f"Person{n}")
    last_name = "Example"
    email = factory.Sequence(lambda n: f"member{n}@college.example")
    roles = factory.LazyFunction(list)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    name = factory.Sequence(lambda n: f"Programme {n}")
    starts_on = factory.LazyFunction(lambda: dt.date.today() - dt.timedelta(days=40))
    ends_on = factory.LazyFunction(lambda: dt.date.today() + dt.timedelta(days=44))


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    programme = factory.SubFactory(ProgrammeFactory)
    membership = factory.SubFactory(MembershipFactory)
    industry = "digital"
    town = "Leeds"
    availability = ["Mon am", "Tue pm"]
    languages = ["English"]
    channel = "video"


class StudentFactory(ParticipantFactory):
    side = "student"
    student_ref = factory.Sequence(lambda n: f"S{n:05d}")
    course = "T Level Digital Production"
    career_goal = "go to university"
    wants_skills = ["python", "networking"]
    membership = factory.SubFactory(MembershipFactory, roles=["student"])


class MentorFactory(ParticipantFactory):
    side = "mentor"
    capacity = 2
    employer_name = "Hallam Data Services"
    job_title = "Engineer"
    skills = ["python", "sql"]
    years_experience = 8
    check_valid_until = factory.LazyFunction(lambda: dt.date.today() + dt.timedelta(days=800))
    membership = factory.SubFactory(MembershipFactory, roles=["mentor"])


class EmployerFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    name = factory.Sequence(lambda n: f"Employer {n}")


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    employer = factory.SubFactory(EmployerFactory)
    town = "Leeds"


class LineManagerFactory(DjangoModelFactory):
    class Meta:
        model = LineManager

    employer = factory.SubFactory(EmployerFactory)
    name = "Mateusz Silva"
    email = factory.Sequence(lambda n: f"manager{n}@employers.example")


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    student = factory.SubFactory(StudentFactory)
    programme = factory.SelfAttribute("student.programme")
    site = factory.SubFactory(SiteFactory)
    line_manager = factory.LazyAttribute(lambda o: LineManagerFactory(employer=o.site.employer))
    role = "Junior developer"
    starts_on = factory.LazyAttribute(lambda o: o.programme.starts_on)
    ends_on = factory.LazyAttribute(lambda o: o.programme.ends_on)
    planned_hours = 315


class MatchRunFactory(DjangoModelFactory):
    class Meta:
        model = MatchRun

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: n + 1)
    status = "draft"
    totals = {
        "students": 1, "mentors": 1, "matched": 1, "total": 7000, "worst": 70, "seconds": 0.1,
        "certificate": {"total": 7000, "bound": 7000, "gap": 0},
    }  # fmt: skip


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    run = factory.SubFactory(MatchRunFactory)
    programme = factory.SelfAttribute("run.programme")
    student = factory.LazyAttribute(lambda o: StudentFactory(programme=o.programme))
    mentor = factory.LazyAttribute(lambda o: MentorFactory(programme=o.programme))
    score = 70


class MentorshipFactory(DjangoModelFactory):
    """A running mentorship of one student and one mentor; pass ``student`` and ``mentor`` (participants) to choose them."""

    class Meta:
        model = Mentorship
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    started_on = factory.LazyAttribute(lambda o: o.programme.starts_on)
    stage_since = factory.LazyAttribute(lambda o: o.programme.starts_on)
    ends_on = factory.LazyAttribute(lambda o: o.programme.ends_on)

    @factory.post_generation
    def student(self, create, extracted, **kwargs):
        student = extracted or StudentFactory(programme=self.programme)
        MentorshipMember.objects.create(organisation_id=self.organisation_id, mentorship=self, participant=student, side="student")

    @factory.post_generation
    def mentor(self, create, extracted, **kwargs):
        mentor = extracted or MentorFactory(programme=self.programme)
        MentorshipMember.objects.create(organisation_id=self.organisation_id, mentorship=self, participant=mentor, side="mentor")


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    mentorship = factory.SubFactory(MentorshipFactory)
    version = CURRENT_VERSION


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal

    mentorship = factory.SubFactory(MentorshipFactory)
    title = "Brief two colleagues on the new booking form"
    due_on = factory.LazyAttribute(lambda o: o.mentorship.ends_on)
    pending = ""  # agreed by both
    agreed_at = factory.LazyFunction(timezone.now)


class OwnActivityFactory(DjangoModelFactory):
    class Meta:
        model = OwnActivity

    title = factory.Sequence(lambda n: f"Ward round {n}")
    stages = ["rapport"]
    functions = ["exposure"]
    minutes = 40
    purpose = "See the ward wake up."
    steps = "Ask the sister\nBe there at seven"


class GoalStepFactory(DjangoModelFactory):
    class Meta:
        model = GoalStep

    goal = factory.SubFactory(GoalFactory)
    text = "Write three bullet points"


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = Objective

    placement = factory.SubFactory(PlacementFactory)
    text = factory.Sequence(lambda n: f"Handle a customer’s order, part {n}")


class CheckInFactory(DjangoModelFactory):
    class Meta:
        model = CheckIn

    mentorship = factory.SubFactory(MentorshipFactory)
    number = factory.Sequence(lambda n: n + 1)
    due_on = factory.LazyFunction(lambda: dt.date.today() + dt.timedelta(days=3))


class TimesFactory(DjangoModelFactory):
    """Two times, in three and in four days, proposed just now by ``proposed_by``."""

    class Meta:
        model = TimesProposal
        skip_postgeneration_save = True

    mentorship = factory.SubFactory(MentorshipFactory)
    proposed_by = factory.SubFactory(MembershipFactory)
    proposed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def options(self, create, extracted, **kwargs):
        for days in (3, 4):
            TimeOption.objects.create(times=self, starts_at=timezone.now() + dt.timedelta(days=days))


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note

    mentorship = factory.SubFactory(MentorshipFactory)
    author = factory.SubFactory(MembershipFactory)
    text = "Went well."


class ConcernFactory(DjangoModelFactory):
    class Meta:
        model = Concern

    urgency = "soon"
    category = "boundaries"
    text = "Something worries me."


class GatheringFactory(DjangoModelFactory):
    """An event in three days, of an hour and a half."""

    class Meta:
        model = Gathering

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Listening before advising {n}")
    aspects = ["functions"]
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=3))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(minutes=90))
    place = "Room 4, Old Library"
    counts_as = "initial"


class GuestFactory(DjangoModelFactory):
    """A mentor who was asked to an event two days ago."""

    class Meta:
        model = Guest

    gathering = factory.SubFactory(GatheringFactory)
    mentor = factory.LazyAttribute(lambda o: MentorFactory(programme=o.gathering.programme))
    invited_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=2))


class SupervisionFactory(DjangoModelFactory):
    """A talk of an hour last week; ``mentors``: who took part (participants)."""

    class Meta:
        model = Supervision
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    held_on = factory.LazyFunction(lambda: dt.date.today() - dt.timedelta(days=7))
    minutes = 60
    led_by = "Rosa Whitfield"
    topics = "Silence"

    @factory.post_generation
    def mentors(self, create, extracted, **kwargs):
        for mentor in extracted or ():
            SupervisionSeat.objects.create(supervision=self, mentor=mentor)


class ReflectionFactory(DjangoModelFactory):
    class Meta:
        model = Reflection

    author = factory.SubFactory(MembershipFactory)
    text = "I talk more than I listen."


class OwnResourceFactory(DjangoModelFactory):
    """A text for everybody."""

    class Meta:
        model = OwnResource

    kind = "text"
    title = factory.Sequence(lambda n: f"How we do things here {n}")
    body = "## Whom to ask\n\nThe front desk."
    roles = ["mentor", "student", "tutor", "line_manager"]
