"""An object for every number in an address: the cast's own, somebody else's in the organisation."""

from datetime import timedelta

from checkins.models import Absence, Action, ConcernShare
from common.storage import save_private
from documents.models import Document, DocumentBatch
from goals.models import ContactRule, GoalProgress, MentorshipActivity
from matching.models import (
    AgreementPaper,
    Candidate,
    ChangeRequest,
    ChoiceSheet,
    ChoosingRound,
    Exclusion,
    HelpEntry,
    HelpShare,
    JourneyTime,
    Question,
    Questionnaire,
    SpeedMeeting,
)
from matching.services.agreement_versions import keep_version
from organisations.models import Job
from post.models import Letter
from post.rendering import example_context
from post.services.outbox import queue_letter
from post.services.returns import note_undeliverable
from programmes.models import ChecklistItem, GuardianConsent, Holiday, ReminderRule, RosterImport, YoungPerson
from tests import factories as make
from training.models import (
    ChecklistAnswer,
    ChecklistResponse,
    ChecklistTemplate,
    ChecklistVersion,
    TemplateAspect,
    TrainingHours,
    TrainingRules,
)


class Objects:
    """Ids by the name of the number in the address. ``own`` belongs to the cast, ``other`` to nobody of it."""

    def __init__(self, house):
        self.house = house
        with house.scope():
            self.own = self._make(house.mentorship, house.student, house.mentor, house.people["mentor"])
            other_student, other_mentor = (
                house.other_mentorship.members.get(side=side).participant for side in ("student", "mentor")
            )
            self.other = self._make(house.other_mentorship, other_student, other_mentor, other_mentor.membership)

    def _make(self, mentorship, student, mentor, person):
        house = self.house
        goal = make.GoalFactory(mentorship=mentorship)
        if student.tutor is None:
            student.tutor = make.MembershipFactory(roles=["tutor"])
            student.save()
        placement = mentorship.placement or make.PlacementFactory(student=student)
        evidence = save_private(house.organisation.pk, "notes.txt", b"Went well.")
        check_in = make.CheckInFactory(mentorship=mentorship, number=90)
        concern = make.ConcernFactory(mentorship=mentorship, raised_by=person)
        run = make.MatchRunFactory(programme=house.programme)
        proposal = make.ProposalFactory(run=run, student=student, mentor=mentor)
        type(proposal).objects.filter(pk=proposal.pk).update(status="published", published_at=house.organisation.created_at)
        employer = make.EmployerFactory()
        path = save_private(house.organisation.pk, "plan.pdf", b"%PDF-1.7 example")
        ready = {"path": path, "size": 16, "ready_at": house.organisation.created_at}
        lead_note = make.NoteFactory(mentorship=mentorship, author=person, visibility="lead")
        agreement = make.AgreementFactory(mentorship=mentorship)
        survey_request = self._survey_request(mentorship, student)
        guest = make.GuestFactory(gathering__programme=house.programme, mentor=mentor, attended_at=house.organisation.created_at)
        talk = make.SupervisionFactory(programme=house.programme, mentors=[mentor], noted_by=person)
        return self._training(mentor) | {
            "programme_id": house.programme.pk,
            "mentorship_id": mentorship.pk,
            "participant_id": mentor.pk,
            "student_participant_id": student.pk,
            "membership_id": person.pk,
            "goal_id": goal.pk,
            "step_id": make.GoalStepFactory(goal=goal).pk,
            "entry_id": GoalProgress.objects.create(goal=goal, percent=10, by=person, path=evidence, file_name="notes.txt", file_size=10).pk,
            "activity_key": "three-objects",
            "farewell_kind": "thanks",
            "contact_id": ContactRule.objects.create(mentorship=mentorship, number=1, kind="organisation", words="By post", until=mentorship.ends_on, by=person).pk,
            "planned_id": MentorshipActivity.objects.create(mentorship=mentorship, key="pass-it-on", title="Pass it on").pk,
            "own_activity_id": make.OwnActivityFactory().pk,
            "objective_id": make.ObjectiveFactory(placement=placement).pk,
            "objectives_placement_id": placement.pk,
            "check_in_id": check_in.pk,
            "rule_id": self._rule().pk,
            "action_id": Action.objects.create(check_in=check_in, text="Ask Amara").pk,
            "concern_id": concern.pk,
            "share_id": ConcernShare.objects.create(
                concern=concern, membership=house.people["coordinator"], by=house.lead, ended_at=house.organisation.created_at
            ).pk,
            "absence_id": Absence.objects.create(
                membership=house.lead if mentorship == house.mentorship else person, starts_on=house.programme.starts_on, ends_on=house.programme.ends_on
            ).pk,
            "consent_id": self._consent(student).pk,
            "note_id": lead_note.pk,
            "times_id": make.TimesFactory(mentorship=mentorship, proposed_by=person).pk,
            "agreement_id": agreement.pk,
            "paper_id": self._paper(agreement, path).pk,
            "number": 1,
            "topic": "schedule",
            "owner_id": self._card(student, mentor),
            "help_topic": "learn",
            "change_id": ChangeRequest.objects.create(mentorship=mentorship, participant=student, wish="another", reason="We do not fit.").pk,
            "proposal_id": proposal.pk,
            "run_id": run.pk,
            "exclusion_id": Exclusion.objects.create(programme=house.programme, student=make.StudentFactory(programme=house.programme), mentor=mentor).pk,
            "employer_id": employer.pk,
            "placement_id": make.PlacementFactory(student=student, site=make.SiteFactory(employer=employer)).pk,
            "item_id": ChecklistItem.objects.create(
                programme=house.programme, phase="before", title="Find mentors", due_on=house.programme.starts_on
            ).pk,
            "holiday_id": Holiday.objects.create(
                programme=house.programme, name="Half-term", first_on=house.programme.starts_on, last_on=house.programme.starts_on + timedelta(days=person.pk)
            ).pk,
            "document_id": Document.objects.create(mentorship=mentorship, version=1, status="ready", **ready).pk,
            "batch_id": DocumentBatch.objects.create(programme=house.programme, **ready).pk,
            "job_id": Job.objects.create(kind="example", started_by=person).pk,
            "letter_id": self._letter(person).pk,
            "address_id": note_undeliverable(self._letter(person, "no_account"), kind="returned").pk,
            "concern_letter_id": self._letter(person, "concern_acknowledged").pk,
            "import_id": RosterImport.objects.create(
                programme=house.programme, kind="students", file_name="students.csv", content=b"first_name,last_name,email\n"
            ).pk,
            "question_id": self._question().pk,
            "sheet_id": self._choice_sheet(student, mentor).pk,
            "journey_id": JourneyTime.objects.create(start=f"Ayton {person.pk}", end="Beeford", minutes=20).pk,
            "side": "student",
            "request_id": survey_request.pk,
            "survey_id": survey_request.survey_id,
            "gathering_id": guest.gathering_id,
            "guest_id": guest.pk,
            "supervision_id": talk.pk,
            "reflection_id": make.ReflectionFactory(author=person, supervision=talk).pk,
            "resource_id": make.OwnResourceFactory(kind="file", path=path, file_name="plan.pdf", size=16).pk,
            "resource_kind": "text",
            "resource_slug": "what-mentoring-is-for",
            "kind": "students",
            "survey_kind": "review",
            "ending": "csv",
        }

    def _rule(self):
        """A reminder rule of the programme's own, on a day of its own."""
        return ReminderRule.objects.create(
            programme=self.house.programme, event="check_in_planned", offset_days=40 + ReminderRule.objects.count(),
            recipient="mentor", letter="check_in_overdue", opening="Do look in.",
        )  # fmt: skip

    def _consent(self, student):
        """A guardian's yes on paper, in a programme that asks for none."""
        house = self.house
        young = YoungPerson.objects.create(
            participant=student, under_18_until=house.programme.ends_on, guardian_name="Anwen", guardian_email="anwen@home.example"
        )
        path = save_private(house.organisation.pk, "yes.pdf", b"%PDF-1.7 yes")
        return GuardianConsent.objects.create(
            young=young, is_yes=True, version="1.1", signed_name="Anwen", how="paper", at=house.organisation.created_at, path=path, file_name="yes.pdf"
        )

    def _training(self, mentor):
        """A checklist of the organisation's own, in use and with a draft; answered by the mentor, who asks for more on its point."""
        now, programme = self.house.organisation.created_at, mentor.programme
        template = ChecklistTemplate.objects.create(name="Ours", state="published")
        version = ChecklistVersion.objects.create(template=template, published_at=now)
        TemplateAspect.objects.create(version=version, key="purpose", position=1, title="What it is for", explanation="You can say it.")
        draft = ChecklistVersion.objects.create(template=template, number=2)
        point = TemplateAspect.objects.create(version=draft, key="purpose", position=1, title="What it is for", explanation="You can say it.")
        response = ChecklistResponse.objects.create(mentor=mentor, version="1", template_version=version, finished_at=now)
        ChecklistAnswer.objects.create(response=response, aspect="purpose", value="need", note="A talk would help.")
        TrainingRules.objects.get_or_create(programme=programme, defaults={"end_opened_on": programme.starts_on})
        hours = TrainingHours.objects.create(
            membership=mentor.membership, kind="initial", minutes=90, on=now.date(), what="An evening", by=self.house.people["coordinator"]
        )
        return {
            "template_id": template.pk,
            "version_id": version.pk,
            "point_id": point.pk,
            "aspect_key": "purpose",
            "hours_id": hours.pk,
        }

    def _paper(self, agreement, path):
        """The agreement's first version, kept, with a paper that shows who signed it."""
        keep_version(agreement)
        return AgreementPaper.objects.create(
            agreement=agreement, number=1, signed_on=agreement.mentorship.started_on, path=path, file_name="signed.pdf"
        )

    def _card(self, student, mentor):
        """A student's card with one field that their mentor may read; the student's membership id."""
        entry = HelpEntry.objects.create(owner=student.membership, topic="learn", text="Show me once.")
        HelpShare.objects.create(entry=entry, reader=mentor.membership)
        return student.membership_id

    def _survey_request(self, mentorship, student):
        from evaluation.models import Survey, SurveyRequest

        survey, _made = Survey.objects.get_or_create(
            programme=mentorship.programme,
            kind="review",
            defaults={"version": "1", "opens_on": mentorship.started_on, "closes_on": mentorship.ends_on},
        )
        return SurveyRequest.objects.create(
            survey=survey, mentorship=mentorship, voice="student", participant=student, asked_at=self.house.organisation.created_at
        )

    def _question(self):
        """One of the students' draft, which both objects share: a programme has one."""
        draft, _made = Questionnaire.objects.get_or_create(
            programme=self.house.programme, side="student", status="draft", defaults={"version": 1}
        )
        place = draft.questions.count() + 1
        return Question.objects.create(questionnaire=draft, position=place, key=f"shift-{place}", kind="text", label="Which shift?")

    def _choice_sheet(self, student, mentor):
        """The mentor's, in an open round that both objects share, after they have met."""
        now = self.house.organisation.created_at
        choosing, _made = ChoosingRound.objects.get_or_create(
            programme=self.house.programme,
            number=1,
            defaults={"shown_to_most": 3, "sides": "both", "meets_at": now, "opens_at": now, "closes_on": now.date() + timedelta(days=9), "place": "Room 4"},
        )
        sheet = ChoiceSheet.objects.create(round=choosing, person=mentor)
        Candidate.objects.create(sheet=sheet, person=student, position=1, reasons=[{"code": "same_town", "params": {"town": "Leeds"}}])
        SpeedMeeting.objects.create(round=choosing, student=student, mentor=mentor, slot=0)
        return sheet

    def _letter(self, person, name="proposal"):
        context = example_context(name)
        key = f"example-{name}:{person.pk}"
        queue_letter(name, to_email=person.email, context=context, dedupe_key=key)
        return Letter.objects.get(dedupe_key__endswith=f":{key}")

