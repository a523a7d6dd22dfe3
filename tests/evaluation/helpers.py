"""Short ways to surveys, requests, answers and links for the tests of this folder."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from evaluation.models import Survey, SurveyAnswer, SurveyRequest
from evaluation.services import asking
from organisations.enums import Purpose
from organisations.services import links
from post.models import Letter

CAST = [
    ("line_manager", "Mateusz Silva"),
    ("mentor", "Mentor Example"),
    ("student", "Student Example"),
]


def at_noon(days=0):
    """Midday UTC of a day from today."""
    return dt.datetime.combine(timezone.localdate() + dt.timedelta(days=days), dt.time(12), dt.UTC)


def make_survey(house, kind="exit", *, opens=0, closes=21, opened=False, **fields):
    """A survey of the house's programme; days count from today."""
    today = timezone.localdate()
    return Survey.objects.create(
        programme=house.programme,
        kind=kind,
        version="2026-1",
        opens_on=today + dt.timedelta(days=opens),
        closes_on=today + dt.timedelta(days=closes),
        opened_at=timezone.now() if opened else None,
        **fields,
    )


def asked(house, survey, voice, *, mentorship=None, **fields):
    """A request to somebody of the cast that was asked already."""
    who = {"student": {"participant": house.student}, "mentor": {"participant": house.mentor}}
    person = who.get(voice) or {"line_manager": house.placement.line_manager}
    fields = {"asked_at": timezone.now(), **person, **fields}
    return SurveyRequest.objects.create(survey=survey, mentorship=mentorship or house.mentorship, voice=voice, **fields)


def answer_row(request, **values):
    """Answers on the scale, straight into the table, and the request marked as answered."""
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(organisation_id=request.organisation_id, request=request, question=key, measure=key, value=value)
        for key, value in values.items()
    )
    SurveyRequest.objects.filter(pk=request.pk).update(answered_at=timezone.now())


def open_it(house, survey, at=None):
    with house.scope():
        return asking.ask_due(survey_id=survey.pk, at=at, limit=None, right_away=True)


def letters(house, **lookup):
    with house.scope():
        return sorted(Letter.objects.filter(**lookup).values_list("name", "to_email"))


def requests_of(house, **lookup):
    """[(voice, person's name, asked or not)], sorted."""
    with house.scope():
        rows = SurveyRequest.objects.filter(**lookup).select_related("participant__membership", "line_manager")
        return sorted((row.voice, row.person_name, row.asked_at is not None) for row in rows)


def token_for(house, row, **kwargs):
    """(link, token) of a signed link for the person who was asked."""
    who = {"holder_name": row.line_manager.name} if row.line_manager_id else {"membership": row.participant.membership}
    return links.make_link(Purpose.SURVEY, row.pk, **{**who, **kwargs})


def link_page(token):
    return reverse("evaluation:answer_by_link", args=[token])


def own_page(house, row):
    return reverse("evaluation:answer", args=[house.organisation.slug, row.pk])


def page(house, name, *args, **query):
    return reverse(f"evaluation:{name}", args=[house.organisation.slug, *args], query=query or None)


def filled(**changed):
    """What the form sends when the four questions are answered."""
    return {"goal": "4", "objectives": "3", "relationship": "5", "work": "0", **changed}


def answers_of(house, row):
    """{question: value or text} as kept."""
    with house.scope():
        rows = SurveyAnswer.objects.filter(request=row)
        return {one.question: one.text or one.value for one in rows}
