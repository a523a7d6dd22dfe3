"""What the pages about surveys show."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from checkins.services.members import people_of
from matching.models import Mentorship

from .change import changes
from .models import Survey, SurveyAnswer, SurveyRequest
from .presets import CANNOT_SAY, SCALE
from .services.people import managers_of
from .services.surveys import questions_for

WORDS = dict(SCALE)
VOICES = list(SurveyRequest.Voice)


def readers_of(request) -> str:
    """Who will read the answers, as a sentence. The same rule as AnswerQuerySet.visible_to."""
    if request.survey.kind == Survey.Kind.EXIT or request.voice == SurveyRequest.Voice.LINE_MANAGER:
        return _("Only the coordinators of the programme read what you write. Reports show numbers of many people together, never a name.")
    if request.survey.programme.spec.is_group:
        if request.voice == SurveyRequest.Voice.STUDENT:
            return _("The mentors of your group and the coordinators of the programme can read what you write. The other students cannot.")
        return _("The coordinators of the programme, and whoever leads the group with you, can read what you write. The students cannot.")
    if request.voice == SurveyRequest.Voice.STUDENT:
        return _("Your mentor and the coordinators of the programme can read what you write.")
    return _("Your student and the coordinators of the programme can read what you write.")


def next_of(request) -> str:
    """What happens with the answers, as a sentence."""
    if request.survey.kind == Survey.Kind.EXIT:
        return _("The coordinators use the answers to improve the next run of the programme.")
    return _("The same four questions come again at the end, so that the change can be seen. If something should be different, a coordinator gets in touch.")


@dataclass
class AnswerPage:
    """One person's survey: what it is about, nothing private."""

    request: object

    def __post_init__(self):
        row = self.request
        self.survey = questions_for(row.survey, row.voice)
        people = people_of([row.mentorship_id])[row.mentorship_id]
        self.facts = self._facts(row, people)

    @property
    def title(self):
        return self.survey.title

    @property
    def readers(self):
        return readers_of(self.request)

    @property
    def next(self):
        return next_of(self.request)

    def _facts(self, row, people):
        """(label, value) pairs: the others in the mentorship, and the placement."""
        facts = []
        placements = managers_of([row.mentorship], {row.mentorship_id: people}).get(row.mentorship_id, [])
        if row.line_manager_id:
            placements = [one for one in placements if one.line_manager_id == row.line_manager_id]
        if row.voice != SurveyRequest.Voice.STUDENT:
            facts.append((_("Student"), people.student_names))
        if row.voice != SurveyRequest.Voice.MENTOR:
            facts.append((_("Mentor"), people.mentor_names))
        if placements:
            facts.append((_("Placement"), placements[0].role))
        return facts


def survey_cards(surveys, today) -> list[dict]:
    """Each survey with its state and, for each voice, "n of m" answered. One query for all."""
    counts = _counts(surveys)
    return [
        {
            "survey": survey,
            "state": state_of(survey, today),
            "voices": [
                {"label": voice.label, "answered": done, "asked": asked}
                for voice in VOICES
                for done, asked in [counts.get((survey.pk, voice.value), (0, 0))]
            ],
            "answered": sum(done for (pk, _voice), (done, _all) in counts.items() if pk == survey.pk),
            "asked": sum(asked for (pk, _voice), (_done, asked) in counts.items() if pk == survey.pk),
        }
        for survey in surveys
    ]


def state_of(survey, today) -> str:
    """planned, open or closed."""
    if today > survey.closes_on:
        return "closed"
    return "open" if survey.opened_at else "planned"


def _counts(surveys):
    rows = SurveyRequest.objects.filter(survey__in=surveys, asked_at__isnull=False)
    rows = rows.values("survey_id", "voice").annotate(asked=Count("pk"), done=Count("pk", filter=Q(answered_at__isnull=False)))
    return {(row["survey_id"], row["voice"]): (row["done"], row["asked"]) for row in rows.order_by()}


def waiting_rows(requests) -> list[dict]:
    """Who has not answered, with their mentorship's people. ``requests``: one page of them, names loaded."""
    people = people_of({row.mentorship_id for row in requests})
    return [{"request": row, "name": row.person_name, "people": people[row.mentorship_id]} for row in requests]


@dataclass
class MentorshipSurveys:
    """Both surveys of one mentorship for one reader: who has answered, the answers they may read, the change."""

    mentorship: Mentorship
    membership: object

    def __post_init__(self):
        asked = SurveyRequest.objects.filter(mentorship=self.mentorship).select_related(
            "survey__programme", "participant__membership", "line_manager"
        )
        self.requests = list(asked.order_by("survey__opens_on", "survey_id", "pk"))
        seen = SurveyAnswer.objects.visible_to(self.membership).filter(request__in=self.requests).order_by("pk")
        self.answers = {}
        for answer in seen:
            self.answers.setdefault(answer.request_id, {})[answer.question] = answer
        self.people = people_of([self.mentorship.pk])[self.mentorship.pk]

    def surveys(self):
        """[{"survey", "voices": [{"request", "name", "mine", "lines"}]}]; lines: None where the reader may not read them."""
        surveys = list(Survey.objects.filter(programme=self.mentorship.programme_id).order_by("opens_on", "pk"))
        return [{"survey": one, "voices": [self._voice(row) for row in self.requests if row.survey_id == one.pk]} for one in surveys]

    def changed(self):
        """[{"name", "voice", "changes"}] of each person who answered both, as far as the reader may read both."""
        people = {}
        for row in self.requests:
            if row.pk in self.answers:
                people.setdefault((row.voice, row.participant_id, row.line_manager_id), {})[row.survey.kind] = row
        found = []
        for pair in people.values():
            if len(pair) == 2:
                before, after = (self._values(pair[kind]) for kind in (Survey.Kind.REVIEW, Survey.Kind.EXIT))
                row = pair[Survey.Kind.EXIT]
                found.append({"name": row.person_name, "voice": row.get_voice_display(), "changes": changes(before, after)})
        return found

    def _values(self, row):
        return {answer.measure: answer.value for answer in self.answers[row.pk].values() if answer.measure}

    def _voice(self, row):
        mine = bool(row.participant_id) and row.participant.membership_id == self.membership.pk
        return {"request": row, "name": row.person_name, "mine": mine, "lines": self._lines(row)}

    def _lines(self, row):
        given = self.answers.get(row.pk)
        if given is None:
            return None
        asked = questions_for(row.survey, row.voice).all_questions
        return [(question.text, _said(given[question.key])) for question in asked if question.key in given]


def _said(answer):
    if answer.text:
        return answer.text
    if answer.value is None:
        return CANNOT_SAY if answer.measure else ""
    return _("%(words)s (%(value)s of 5)") % {"words": WORDS[answer.value], "value": answer.value}
