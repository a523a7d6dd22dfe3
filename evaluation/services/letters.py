"""Letters about surveys: who gets which, and the signed link in it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from checkins.services.members import people_of
from checkins.services.reminders import Person
from matching.words import listing
from organisations.days import local_today
from organisations.enums import Purpose
from organisations.services import links
from post.services.bulk import Draft, queue_letters
from post.services.outbox import label

from ..models import SurveyRequest
from .people import managers_of

MINUTES = {"student": 5, "mentor": 5, "line_manager": 2}
EARLY = timedelta(days=28)  # to answer what opens for one mentorship long before the rest
LEAST = timedelta(days=7)  # that somebody who is reminded late still has
OPENING = {
    ("review", False): "review_open",
    ("review", True): "line_manager_review",
    ("exit", False): "survey_open",
    ("exit", True): "line_manager_survey",
}
REMINDING = {
    ("review", False): "review_reminder",
    ("review", True): "line_manager_reminder",
    ("exit", False): "survey_reminder",
    ("exit", True): "line_manager_reminder",
}


def person_of(request) -> Person:
    """Who is written to about a request."""
    if request.line_manager_id:
        manager = request.line_manager
        return Person(f"line-manager:{manager.pk}", manager.email, manager.name, manager.name)
    return Person.of(request.participant.membership)


def letter_for(request, letters=OPENING) -> str:
    return letters[request.survey.kind, request.voice == SurveyRequest.Voice.LINE_MANAGER]


def answer_by(request, today):
    """The last day named in a letter: the survey's, or four weeks where it opened early for this mentorship."""
    survey = request.survey
    if survey.opens_on <= today:
        return survey.closes_on
    asked_on = local_today(survey.programme.organisation, request.asked_at) if request.asked_at else today
    return min(survey.closes_on, max(asked_on + EARLY, today + LEAST))


def contexts_of(requests, today) -> dict[int, dict]:
    """{request id: what its letters need, but for the link}; few queries for many. Needs survey.programme.organisation loaded."""
    mentorships = list({row.mentorship_id: row.mentorship for row in requests}.values())
    people = people_of([row.pk for row in mentorships])
    managers = managers_of(mentorships, people)
    return {row.pk: _context(row, people[row.mentorship_id], managers.get(row.mentorship_id, []), today) for row in requests}


def send(requests, names, dedupe, *, at, due_at) -> int:
    """Queue one letter for each request with its own link. names: {request id: letter}; dedupe: request -> key."""
    if not requests:
        return 0
    organisation = requests[0].survey.programme.organisation
    today = local_today(organisation, at)
    contexts = contexts_of(requests, today)
    urls = _urls(requests, contexts, organisation, at)
    drafts = []
    for row in requests:
        person = person_of(row)
        context = {**contexts[row.pk], "first_name": person.first_name, "url": urls[row.pk]}
        drafts.append(Draft(names[row.pk], person.email, person.name, context, dedupe(row), due_at, label(row)))
    return queue_letters(drafts)


def link_life(closes_on, organisation, at) -> timedelta:
    """From ``at`` to the end of the last day where the organisation is."""
    end = datetime.combine(closes_on + timedelta(days=1), time(0), ZoneInfo(organisation.time_zone))
    return end - at


def _urls(requests, contexts, organisation, at):
    found = {}
    for day in sorted({context["closes_on"] for context in contexts.values()}):
        rows = [row for row in requests if contexts[row.pk]["closes_on"] == day]
        life = link_life(day, organisation, min(at, timezone.now()))
        asked = [(Purpose.SURVEY, row.pk, person_of(row).membership, person_of(row).name) for row in rows]
        tokens = links.make_links(asked, life=life)
        for row, token in zip(rows, tokens, strict=True):
            found[row.pk] = links.absolute(reverse("evaluation:answer_by_link", args=[token]))
    return found


def _context(request, people, placements, today):
    programme = request.survey.programme
    students = people.student_names
    if request.line_manager_id:
        students = listing(one.student.name for one in placements if one.line_manager_id == request.line_manager_id) or students
    other_names = people.mentor_names if request.voice == SurveyRequest.Voice.STUDENT else people.student_names
    return {
        "organisation": programme.organisation.name,
        "programme": programme.name,
        "other_names": other_names,
        "student_name": students,
        "closes_on": answer_by(request, today),
        "minutes": MINUTES[request.voice],
    }
