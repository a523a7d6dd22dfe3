"""A row in every tenant table of an organisation, and a marker in every text, character, list and JSON field of each."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from audit.services import record, record_reading
from checkins.models import (
    Attendance,
    CheckIn,
    ConcernNote,
    ContactRules,
    LetterPreference,
    MeetingPlace,
    ReminderSent,
    Rhythm,
    Safeguarding,
    TimeOption,
    TimesProposal,
    TimeYes,
)
from evaluation.models import SurveyAnswer, SurveyRequest
from goals.models import (
    ContactRule,
    ContactYes,
    EndingNote,
    GoalProgress,
    GoalStep,
    HiddenActivity,
    Objective,
    ObjectiveAgreement,
)
from goals.services.goals import tie_objectives
from goals.services.wordings import propose_wording
from matching.models import (
    Agreement,
    AgreementLook,
    AgreementSignature,
    BackgroundAnswer,
    ContactPause,
    EarlyEnd,
    Expectation,
    ExpectationAnswer,
    ExpectationYes,
    FitCard,
    Proposal,
    ProposalAnswer,
    QuestionnaireAnswer,
    QuestionnaireResponse,
    StageMove,
    UnmatchedStudent,
    Wave,
)
from organisations.models import Draft, Membership, Organisation, Owned
from organisations.services.links import make_link
from post.models import Letter, Undeliverable
from post.services.returns import note_undeliverable
from programmes.models import Holiday, ReminderRule, SafetyRules
from tests import factories as make
from tests.access.objects import Objects
from training.models import (
    ChecklistResponse,
    CodeClause,
    CodeSignature,
    CodeVersion,
    LaterAnswer,
    ResourceRead,
    SelfRating,
    TrainingOverride,
)

MARKER = "zqcanary"
# Fields that name a thing of the house (a letter, a question, a file) and are read by the worker: marked after the sweeps.
KEYS = {
    "letter", "version", "aspect", "code", "resource", "preset", "phase", "checklist_key", "review_key", "exit_key", "question",
    "letter_key", "target", "topic", "recipient", "author_key", "form_key", "kind", "purpose", "secret_hash", "path", "sha256",
    "content_key", "settings", "params", "axes", "fit", "side", "email", "dedupe_key", "name_of_letter",
}  # fmt: skip


def tenant_models():
    return [model for model in apps.get_models() if issubclass(model, Owned)]


def fill(house) -> dict:
    """At least one row in every tenant table; returns the ids by the name of the number in an address."""
    objects = Objects(house)
    now = timezone.now()
    with house.scope():
        mentor, student = (house.people[role] for role in ("mentor", "student"))
        own = objects.own
        proposal = Proposal.objects.get(pk=own["proposal_id"])
        ProposalAnswer.objects.create(proposal=proposal, side="student", decision="accepted", reason="Fits.")
        FitCard.objects.create(proposal=proposal, side="student", fit={"time": "yes"})
        wave = Wave.objects.create(
            programme=house.programme, run=proposal.run, number=1, chosen={"course": "Health"},
            answer_by=house.programme.ends_on, published_at=now,
        )  # fmt: skip
        Proposal.objects.filter(pk=proposal.pk).update(wave=wave)
        UnmatchedStudent.objects.create(run=proposal.run, student=make.StudentFactory(programme=house.programme), code="no-place")
        agreement = Agreement.objects.get(pk=own["agreement_id"])
        AgreementSignature.objects.create(agreement=agreement, participant=house.student, signed_name="Student Example")
        plant_settling(house, agreement, now)
        ConcernNote.objects.create(concern_id=own["concern_id"], text="Spoke to them.", by=house.lead)
        Safeguarding.objects.create(phone="01632 960123")
        MeetingPlace.objects.create(check_in=CheckIn.objects.get(pk=own["check_in_id"]), venue="college", supervised_by="Ms Hughes")
        ContactPause.objects.create(mentorship=house.other_mentorship, why="lead", since=now, ended_at=now)
        SafetyRules.objects.create(programme=house.programme)
        SurveyAnswer.objects.create(request=SurveyRequest.objects.get(pk=own["request_id"]), question="progress", text="Good.")
        asked = QuestionnaireResponse.objects.create(participant=house.mentor, asked_at=now, answered_at=now, changed_at=now, version=0)
        QuestionnaireAnswer.objects.create(response=asked, key="note", values=["Mornings are best."], answered_at=now)
        BackgroundAnswer.objects.create(participant=house.mentor, kind="told", topic="faith", values=["sikh"])
        BackgroundAnswer.objects.create(participant=house.student, kind="wish", topic="faith", values=["sikh"])
        EndingNote.objects.create(mentorship=house.mentorship, participant=house.student, kind="thanks", text="Thank you.", shown_at=now)
        ContactYes.objects.create(rule=ContactRule.objects.get(pk=own["contact_id"]), participant=house.student)
        EarlyEnd.objects.create(mentorship=house.mentorship, participant=house.student)
        HiddenActivity.objects.create(key="after-a-no", by=mentor)
        StageMove.objects.create(mentorship=house.mentorship, came_from="rapport", stage="direction", why="Ready.", by=mentor, at=now)
        step = GoalStep.objects.get(pk=own["step_id"])
        GoalProgress.objects.create(goal=step.goal, percent=40, note="Started.", by=student)
        objective = Objective.objects.get(pk=own["objective_id"])
        tie_objectives(goal=step.goal, objectives=[objective], by=student)
        ObjectiveAgreement.objects.create(objective=objective, version=1, voice="tutor", name="Tutor Example", membership=house.people["tutor"])
        wording = propose_wording(goal=step.goal, by=mentor, side="mentor", title="Other words", measure="", why="", work="", due_on=None)
        assert wording.agreements.exists()
        rule = ReminderRule.objects.create(
            programme=house.programme, event="check_in_planned", offset_days=-1, recipient="mentor", letter="check_in_due"
        )
        ReminderSent.objects.create(rule=rule, target="checkins.checkin:1", recipient="mentor", letter_key="example")
        LetterPreference.objects.create(membership=mentor, unwanted=["stage"], changed_at=now)
        Draft.objects.create(author_key=f"membership:{mentor.pk}", form_key="goal:1", data={"title": "Half a goal"})
        make_link("proposal", proposal.pk, membership=mentor)
        plant_training(house, now)
        points = dict.fromkeys(("empathy", "communication", "listening", "collaboration", "self_awareness"), 3)
        SelfRating.objects.create(mentor=house.mentor, moment="start", **points)
        ResourceRead.objects.create(membership=mentor, resource="what-mentoring-is-for")
        record("goal written", by=student, about=step.goal)
        record_reading("concern", by=house.lead, reason="The lead’s own work")
        make.NoteFactory(mentorship=house.mentorship, author=mentor, visibility="mentorship")
        planned = make.CheckInFactory(mentorship=house.mentorship, number=91, due_on=house.programme.starts_on)
        Attendance.objects.create(check_in=planned, participant=house.student, mood=4, feedback="Thank you for the tour.")
        plant_times(house, now)
    return objects.own


def plant_times(house, now):
    """Rules for contact, a rhythm, a holiday; times proposed and answered."""
    ContactRules.objects.create(programme=house.programme)
    Rhythm.objects.create(mentorship=house.mentorship, every_days=7, chosen_at=now)
    Holiday.objects.create(programme=house.programme, name="Half-term", first_on=now.date(), last_on=now.date())
    times = TimesProposal.objects.create(
        mentorship=house.mentorship, proposed_by=house.people["mentor"], proposed_at=now, place="Library", note="Any of these?"
    )
    option = TimeOption.objects.create(times=times, starts_at=now + timedelta(days=2))
    TimeYes.objects.create(times=times, participant=house.student, option=option, said_at=now)


def plant_settling(house, agreement, now):
    """What the two answered and settled, and what they said when the review asked."""
    row = Expectation.objects.create(
        mentorship=house.mentorship, topic="schedule", wording="Tuesdays.", settled="Mondays.", worded_by=house.mentor, worded_at=now
    )
    ExpectationYes.objects.create(expectation=row, participant=house.mentor, number=1, at=now)
    ExpectationAnswer.objects.create(
        mentorship=house.mentorship, participant=house.student, topic="schedule", choices=["weekly"], text="Not too early."
    )
    AgreementLook.objects.create(agreement=agreement, participant=house.student, since=now, fits=True)


def plant_training(house, now):
    """What was said after the checklist, decisions, and a code of conduct of the organisation's own."""
    coordinator = house.people["coordinator"]
    response = ChecklistResponse.objects.get(mentor=house.mentor)
    LaterAnswer.objects.create(
        response=response, aspect="purpose", value="covered", how="talked", note="We spoke.", on=now.date(), by=coordinator
    )
    TrainingOverride.objects.create(mentor=house.mentor, reason="Has done it for years.", by=coordinator)
    code = CodeVersion.objects.create(published_at=now, published_by=coordinator)
    CodeClause.objects.create(version=code, key="focus", position=1, title="Focus", text="You are there.")
    CodeSignature.objects.create(mentor=house.mentor, version="1", code_version=code, signed_name="Mentor Example")


def empty_tables(house) -> list[str]:
    """Tenant tables in which the organisation has no row: the canary would prove nothing about them."""
    with house.scope():
        return sorted(model._meta.label for model in tenant_models() if not model.objects.exists())


def mark(house, *, keys):
    """Put the marker into every text of the organisation: the free ones, or (``keys``) those that name things."""
    with house.scope():
        for model in tenant_models():
            fields = [field for field in model._meta.concrete_fields if takes(field) and (field.name in KEYS) == keys]
            for row in model.objects.all() if fields else []:
                values = {field.name: marked(field, getattr(row, field.name), row.pk) for field in fields}
                if model._meta.db_table in settings.APPEND_ONLY_TABLES:
                    again = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields if not field.primary_key}
                    model.objects.create(**again | values)
                else:
                    model.objects.filter(pk=row.pk).update(**values)
        if keys:
            return
        Letter.objects.filter(organisation_id=house.organisation.pk).update(subject=MARKER, text=MARKER, html=MARKER, to_name=MARKER)
        note_undeliverable(Letter.objects.filter(organisation_id=house.organisation.pk).first(), kind="returned", reason=MARKER)
        for row in Undeliverable.objects.filter(organisation_id=house.organisation.pk):
            row.email, row.call_note, row.called_by, row.called_at = f"{MARKER}{row.pk}@riverside.example", MARKER, MARKER, timezone.now()
            row.save()
        record(MARKER, by=MARKER, **{MARKER: MARKER})
        record_reading(MARKER, by=MARKER, reason=MARKER)
        for number, person in enumerate(Membership.objects.exclude(user=None)):
            type(person.user).objects.filter(pk=person.user_id).update(name=f"{MARKER}{number}")
    Organisation.objects.filter(pk=house.organisation.pk).update(name=MARKER, contact_email=f"{MARKER}@riverside.example")


def takes(field) -> bool:
    """Whether a field can hold the marker: text of enough length that is not one of a few choices."""
    if isinstance(field, ArrayField):
        return isinstance(field.base_field, models.CharField) and not field.base_field.choices
    if isinstance(field, models.CharField | models.TextField):
        return not field.choices and (field.max_length or 999) >= len(MARKER)
    return isinstance(field, models.JSONField | models.BinaryField)


def marked(field, value, pk):
    """The value with the marker in it."""
    if isinstance(field, ArrayField):
        return [*value, MARKER]
    if isinstance(field, models.JSONField):
        return {**value, MARKER: MARKER} if isinstance(value, dict) else [*value, {"code": MARKER, "params": {MARKER: MARKER}}]
    if isinstance(field, models.BinaryField):
        return bytes(value) + MARKER.encode()
    if isinstance(field, models.EmailField):
        return f"{MARKER}{pk}@riverside.example"
    return f"{MARKER}{pk}"[: field.max_length]


def unmarked(house) -> list[str]:
    """Texts that do not hold the marker after marking: nothing may have slipped through."""
    found = []
    with house.scope():
        for model in tenant_models():
            for field in filter(takes, model._meta.concrete_fields):
                rows = model.objects.order_by("-pk")
                if model._meta.db_table in settings.APPEND_ONLY_TABLES:
                    rows = rows[: rows.count() // 2]  # what was there stays as it was; each has a marked one beside it
                for value in rows.values_list(field.name, flat=True):
                    text = bytes(value).decode() if isinstance(field, models.BinaryField) else str(value)
                    if MARKER not in text:
                        found.append(f"{model._meta.label}.{field.name}")
    return found
