"""One person's answers to one survey: kept while typed, sent once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from matching.services.refused import Refused
from organisations.days import local_today
from organisations.enums import Purpose
from organisations.models import SignedLink
from organisations.services import drafts
from post.services.outbox import drop_letters

from ..models import SurveyAnswer, SurveyRequest
from .surveys import questions_for

_ROWS = ["survey__programme__organisation", "mentorship__placement", "participant__membership", "line_manager"]


class AlreadyAnswered(Refused):
    """The answers are in."""


def own_requests(membership):
    """What a member was asked themselves, other voices left out even for coordinators."""
    return SurveyRequest.objects.filter(participant__membership=membership).select_related(*_ROWS)


def request_of_link(link) -> SurveyRequest | None:
    """The request a signed link is for, if it is its holder's: the member named in it, or the line manager without account."""
    rows = SurveyRequest.objects.select_related(*_ROWS).filter(pk=link.target_id)
    if link.membership_id:
        return rows.filter(participant__membership=link.membership_id).first()
    return rows.filter(line_manager__isnull=False).first()


def is_open(request, at=None) -> bool:
    """Asked, and neither the survey nor the programme closed."""
    survey = request.survey
    today = local_today(survey.programme.organisation, at)
    return bool(request.asked_at) and not survey.programme.closed_at and today <= survey.closes_on


@transaction.atomic
def send_answers(*, request, answers, by, by_link=False, at=None) -> SurveyRequest:
    """Keep the answers and say that they are in. answers: {question key: 1 to 5, None for "cannot say", or text}.

    ``by``: the member, or the line manager's name. AlreadyAnswered the second time; Refused once closed.
    """
    row = SurveyRequest.objects.select_for_update(of=("self",)).select_related(*_ROWS).get(pk=request.pk)
    if row.answered_at:
        raise AlreadyAnswered(_("Your answers are in already. Nothing was changed."))
    if not is_open(row, at):
        raise Refused(_("This survey is closed now."))
    asked = questions_for(row.survey, row.voice).all_questions
    SurveyAnswer.objects.bulk_create(
        _answer(row, question, answers[question.key]) for question in asked if _says_something(question, answers)
    )
    row.answered_at, row.by_link = at or timezone.now(), by_link
    row.save(update_fields=["answered_at", "by_link"])
    drop_letters(row)
    drop_draft(row)
    used = SignedLink.objects.filter(purpose=Purpose.SURVEY, target_id=row.pk, used_at=None)
    used.update(used_at=row.answered_at)
    record("survey answered", by=by, about=row, by_link=by_link)
    return row


def save_draft(request, data):
    """Keep what is typed. The draft is the request's, so that the reminder's link finds what the first link began."""
    drafts.save_draft(author_key=_author(request), form_key="survey", data=data)


def load_draft(request) -> dict:
    return drafts.load_draft(author_key=_author(request), form_key="survey")


def drop_draft(request):
    drafts.drop_draft(author_key=_author(request), form_key="survey")


def _author(request):
    return f"survey-request:{request.pk}"


def _says_something(question, answers):
    return question.key in answers and (question.kind == "scale" or bool(answers[question.key]))


def _answer(row, question, given):
    scale = question.kind == "scale"
    return SurveyAnswer(
        organisation_id=row.organisation_id,
        request=row,
        question=question.key,
        measure=question.measure,
        value=given if scale else None,
        text="" if scale else given,
    )
