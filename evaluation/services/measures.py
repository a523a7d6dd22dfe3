"""Reads the facts of a report: a fixed number of queries, however large the programme."""

from collections import defaultdict

from django.db.models import Count, Q

from checkins.models import CheckIn
from goals.models import Goal
from matching.models import Mentorship, MentorshipMember
from programmes.models import Participant, Placement
from training.models import ChecklistAnswer, ChecklistResponse

from ..figures import AnswerFact, CheckInFact, Facts, MentorshipFact, PlacementFact
from ..models import SurveyAnswer, SurveyRequest


def gather(programme, *, today) -> Facts:
    """Everything the figures of one programme need. ``today``: the organisation's own day."""
    facts = Facts(today=today, first_meeting_days=programme.first_meeting_days)
    people = list(Participant.objects.filter(programme=programme).values_list("pk", "side", "withdrawn_at"))
    facts.people = {pk: withdrawn is None for pk, _side, withdrawn in people}
    facts.students = {pk for pk, side, _withdrawn in people if side == "student"}
    facts.mentorships = _mentorships(programme)
    facts.check_ins = _check_ins(programme)
    facts.moving = _moving(programme)
    facts.answers = _answers(programme)
    facts.placements = _placements(programme)
    facts.needs = _needs(programme)
    return facts


def answered(programme) -> list[tuple[str, str, int, int]]:
    """(kind, voice, answered, asked) of each survey and voice."""
    rows = SurveyRequest.objects.filter(survey__programme=programme, asked_at__isnull=False)
    rows = rows.values("survey__kind", "voice").annotate(asked=Count("pk"), done=Count("pk", filter=Q(answered_at__isnull=False)))
    return [(row["survey__kind"], row["voice"], row["done"], row["asked"]) for row in rows.order_by("survey__kind", "voice")]


def _mentorships(programme):
    seats = defaultdict(lambda: {"student": [], "mentor": []})
    members = MentorshipMember.objects.filter(mentorship__programme=programme).order_by("pk")
    for mentorship, participant, side in members.values_list("mentorship_id", "participant_id", "side"):
        seats[mentorship][side].append(participant)
    rows = Mentorship.objects.filter(programme=programme).order_by("pk").values_list("pk", "status", "started_on")
    return [
        MentorshipFact(pk, status, started_on, tuple(seats[pk]["student"]), tuple(seats[pk]["mentor"]))
        for pk, status, started_on in rows
    ]


def _check_ins(programme):
    rows = CheckIn.objects.filter(mentorship__programme=programme)
    rows = rows.exclude(status__in=[CheckIn.Status.MOVED, CheckIn.Status.DROPPED]).order_by("pk")
    return [CheckInFact(*row) for row in rows.values_list("mentorship_id", "status", "due_on", "held_on", "minutes")]


def _moving(programme):
    rows = Goal.objects.filter(mentorship__programme=programme).exclude(status=Goal.Status.DROPPED)
    rows = rows.filter(Q(percent__gt=0) | Q(status=Goal.Status.DONE))
    return set(rows.order_by().values_list("mentorship_id", flat=True).distinct())


def _answers(programme):
    rows = SurveyAnswer.objects.filter(request__survey__programme=programme, request__answered_at__isnull=False).exclude(measure="")
    rows = rows.order_by("pk").values_list(
        "request__mentorship_id",
        "request__voice",
        "request__participant_id",
        "request__line_manager_id",
        "request__survey__kind",
        "measure",
        "value",
    )
    return [
        AnswerFact(mentorship, voice, (participant, manager), kind, measure, value)
        for mentorship, voice, participant, manager, kind, measure, value in rows
    ]


def _placements(programme):
    rows = Placement.objects.filter(programme=programme, student__withdrawn_at=None).order_by("pk")
    return [PlacementFact(*row) for row in rows.values_list("student_id", "done_hours", "planned_hours")]


def _needs(programme):
    """{mentor: {moment: open needs}} of finished checklists."""
    rows = ChecklistResponse.objects.filter(mentor__programme=programme, finished_at__isnull=False)
    rows = rows.annotate(needs=Count("answers", filter=Q(answers__value=ChecklistAnswer.Value.NEED)))
    found = defaultdict(dict)
    for mentor, moment, needs in rows.order_by("pk").values_list("mentor_id", "moment", "needs"):
        found[mentor][moment] = needs
    return dict(found)
