"""Filling the checklist, one answer at a time, and signing the code of conduct."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from post.services.outbox import drop_letters

from ..models import ChecklistAnswer, ChecklistResponse, CodeSignature
from ..presets import CHECKLIST_ASPECTS, CHECKLIST_VERSION, CODE_OF_CONDUCT

KEYS = {aspect.key for aspect in CHECKLIST_ASPECTS}


class ChecklistError(Refused):
    """What was asked cannot be done; the message is for the person."""


def response_for(mentor, *, moment=ChecklistResponse.Moment.START) -> ChecklistResponse:
    """The mentor's response of that moment, made empty when there is none yet."""
    response, _made = ChecklistResponse.objects.get_or_create(
        mentor=mentor, moment=moment, defaults={"version": CHECKLIST_VERSION, "organisation_id": mentor.organisation_id}
    )
    return response


def answer_aspect(*, response, aspect, value, note="", by) -> ChecklistAnswer:
    """Keep one answer. ChecklistError for an aspect or value that does not exist."""
    if aspect not in KEYS or value not in ChecklistAnswer.Value.values:
        raise ChecklistError(_("Choose one of the two answers."))
    answer, _made = ChecklistAnswer.objects.update_or_create(
        response=response, aspect=aspect, defaults={"value": value, "note": note.strip()[:2000]}
    )
    return answer


def unanswered(response) -> list:
    """The aspects still without an answer, in the checklist's order."""
    answered = set(response.answers.values_list("aspect", flat=True))
    return [aspect for aspect in CHECKLIST_ASPECTS if aspect.key not in answered]


@transaction.atomic
def finish_checklist(*, response, by, at=None) -> ChecklistResponse:
    """Close the checklist once all ten are answered; ChecklistError names the first that is not. Safe to ask twice."""
    response = ChecklistResponse.objects.select_for_update(of=("self",)).get(pk=response.pk)
    missing = unanswered(response)
    if missing:
        raise ChecklistError(
            _("%(number)s. %(title)s has no answer yet.") % {"number": missing[0].number, "title": missing[0].title}
        )
    if response.finished_at is None:
        response.finished_at = at or timezone.now()
        response.save(update_fields=["finished_at"])
        record("checklist finished", by=by, about=response, moment=response.moment)
        drop_letters(response.mentor)
    return response


def sign_code(*, mentor, name, by) -> CodeSignature:
    """Put a name under the code of conduct in its current version. A second signature changes nothing."""
    name = " ".join(name.split())
    if len(name) < 2:
        raise ChecklistError(_("Type your full name to sign."))
    signature, made = CodeSignature.objects.get_or_create(
        mentor=mentor, version=CODE_OF_CONDUCT.version, defaults={"signed_name": name[:300]}
    )
    if made:
        record("code of conduct signed", by=by, about=signature)
    return signature
