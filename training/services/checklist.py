"""Filling the checklist, one answer at a time: at the start, and again at the end."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.services import record
from post.services.outbox import drop_letters

from ..models import ChecklistAnswer, ChecklistResponse
from .aspects import checklist_of, current_checklist
from .refused import TrainingError

LONGEST_NOTE = 2000
NOT_ON_IT = gettext_lazy("One point is not on your checklist any more. Load this page again; your other answers are kept.")


class ChecklistError(TrainingError):
    """An answer that cannot be kept; the message is for the person."""


def response_for(mentor, *, moment=ChecklistResponse.Moment.START) -> ChecklistResponse:
    """The mentor's response of that moment, made empty when there is none yet.

    At the start it takes the version in use now; at the end the one answered at the start, so that the two compare.
    """
    found = ChecklistResponse.objects.filter(mentor=mentor, moment=moment).first()
    if found is None:
        version = _version_to_begin(mentor, moment)
        found, _made = ChecklistResponse.objects.get_or_create(
            mentor=mentor,
            moment=moment,
            defaults={"version": version.version, "template_version_id": version.version_id, "organisation_id": mentor.organisation_id},
        )
    return found


@transaction.atomic
def open_response(mentor, *, moment=ChecklistResponse.Moment.START) -> ChecklistResponse:
    """As response_for, for reading: a response without a single answer moves on to the version in use now."""
    response = _locked(response_for(mentor, moment=moment))
    if response.finished_at is None and not response.answers.exists():
        version = _version_to_begin(mentor, moment)
        if response.template_version_id != version.version_id or response.version != version.version:
            response.version, response.template_version_id = version.version, version.version_id
            response.save(update_fields=["version", "template_version_id"])
    return response


@transaction.atomic
def save_answers(*, response, answers, by) -> list[str]:
    """Keep several answers, {aspect key: (value, note)}; returns the keys that are not on this checklist, left out.

    ChecklistError, and nothing kept, for a value that does not exist or a checklist that is finished.
    """
    response = _locked(response)
    if response.finished_at:
        raise ChecklistError(_("This checklist is finished, so its answers stand. You can answer a point again on your training page."))
    wrong = next((aspect for aspect, (value, _note) in answers.items() if value not in ChecklistAnswer.Value.values), None)
    if wrong:
        raise ChecklistError(_("Choose one of the two answers."), wrong)
    known = set(checklist_of(response).keys)
    for aspect in known & set(answers):
        value, note = answers[aspect]
        values = {"value": value, "note": note.strip()[:LONGEST_NOTE]}
        ChecklistAnswer.objects.update_or_create(response=response, aspect=aspect, defaults=values)
    return [aspect for aspect in answers if aspect not in known]


def answer_aspect(*, response, aspect, value, note="", by) -> ChecklistAnswer:
    """Keep one answer. ChecklistError for an aspect that is not on this checklist, or a value that does not exist."""
    if save_answers(response=response, answers={aspect: (value, note)}, by=by):
        raise ChecklistError(NOT_ON_IT)
    return response.answers.get(aspect=aspect)


def unanswered(response) -> list:
    """The aspects still without an answer, in the checklist's order."""
    answered = set(response.answers.values_list("aspect", flat=True))
    return [aspect for aspect in checklist_of(response).aspects if aspect.key not in answered]


@transaction.atomic
def finish_checklist(*, response, by, at=None) -> ChecklistResponse:
    """Close the checklist once all are answered; ChecklistError names the first that is not. Safe to ask twice."""
    response = _locked(response)
    missing = unanswered(response)
    if missing:
        first = missing[0]
        raise ChecklistError(_("%(number)s. %(title)s has no answer yet.") % {"number": first.number, "title": first.title}, first.key)
    if response.finished_at is None:
        response.finished_at = at or timezone.now()
        response.save(update_fields=["finished_at"])
        record("checklist finished", by=by, about=response, moment=response.moment)
        drop_letters(response.mentor)
    return response


def _locked(response):
    return ChecklistResponse.objects.select_for_update(of=("self",)).get(pk=response.pk)


def _version_to_begin(mentor, moment):
    if moment == ChecklistResponse.Moment.END:
        start = ChecklistResponse.objects.filter(mentor=mentor, moment=ChecklistResponse.Moment.START).first()
        if start is not None:
            return checklist_of(start)
    return current_checklist(mentor.programme)
