"""One participant's answers: kept while they are given, saved, changed. Facts go into the participant's own row."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.enums import Purpose
from organisations.models import SignedLink
from organisations.services import drafts
from post.services.outbox import drop_letters
from programmes.models import Participant
from programmes.services.people import change_participant

from ..models import QuestionnaireAnswer, QuestionnaireResponse
from ..questions import AVAILABILITY, CHOICE, ONLINE_ONLY, PLACE, Sheet
from .refused import Refused

FORM = "questionnaire"


class ChangedMeanwhile(Refused):
    """Answered in another window since this one was opened."""


def response_of(participant) -> QuestionnaireResponse:
    """The participant's response, made empty when there is none yet."""
    response, _made = QuestionnaireResponse.objects.get_or_create(
        participant=participant, defaults={"organisation_id": participant.organisation_id}
    )
    return response


def stamp_of(response) -> str:
    """What a page notes about the answers it shows, so that an older window does not overwrite a newer one."""
    return response.changed_at.isoformat() if response and response.changed_at else ""


def is_open(participant) -> bool:
    """Whether somebody may answer: they take part, and the programme runs. Answers count for the next run, whenever it is."""
    return not (participant.withdrawn_at or participant.membership.left_at or participant.programme.closed_at)


def fact_values(participant, question) -> list[str]:
    """What the participant's row holds for a question about a fact."""
    value = getattr(participant, question.fact(participant.side))
    return list(value) if isinstance(value, list) else [value] if value else []


def answers_of(participant, sheet: Sheet, stored) -> dict[str, list[str]]:
    """Question's key -> answer, as the form begins. stored: key -> values of the rows. Facts are read from the participant."""
    found = {}
    for question in sheet.questions:
        if question.fact(participant.side):
            found[question.key] = fact_values(participant, question)
        else:
            found[question.key] = [value for value in stored.get(question.key, ()) if question.may_be(value)]
    return found


def stored_answers(response) -> dict[str, list[str]]:
    """Key -> values of everything somebody has answered."""
    return dict(response.answers.values_list("key", "values")) if response else {}


def save_answers(*, participant, sheet: Sheet, answers, by, by_link=False, seen="", at=None) -> QuestionnaireResponse:
    """Keep all answers at once. answers: key -> list of texts ([] for none). seen: stamp_of the response the page showed.

    ChangedMeanwhile when another window saved since; Refused when the programme is over for them.
    """
    at = at or timezone.now()
    with transaction.atomic():
        response = response_of(participant)
        response = QuestionnaireResponse.objects.select_for_update(of=("self",)).get(pk=response.pk)
        if not is_open(participant):
            raise Refused(_("This questionnaire is closed now. Nothing was changed."))
        if stamp_of(response) != seen:
            raise ChangedMeanwhile(
                _("You have saved other answers in another window meanwhile. Press the button again to keep the ones below.")
            )
        is_first = response.answered_at is None
        _write_facts(participant, sheet, answers, by)
        _write_rows(response, sheet, answers, at)
        response.version, response.changed_at, response.by_link = sheet.version, at, by_link
        response.answered_at = response.answered_at or at
        response.started_at = response.started_at or at
        response.save()
        drop_letters(response)
        drop_draft(participant)
        links = SignedLink.objects.filter(purpose=Purpose.QUESTIONNAIRE, target_id=participant.pk, used_at=None)
        links.update(used_at=at)
        record("questionnaire answered" if is_first else "questionnaire changed", by=by, about=response, by_link=by_link)
    return response


def _write_facts(participant, sheet, answers, by):
    person = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    facts = {}
    for question in sheet.questions:
        field = question.fact(person.side)
        if not field or question.key not in answers:
            continue
        values = answers[question.key]
        value = (values[0] if values else "") if question.kind in (CHOICE, PLACE) else values
        if not _is_same(getattr(person, field), value):
            facts[field] = value
    if facts:
        change_participant(participant=person, by=by, **facts)


def _is_same(old, new):
    """Lists are sets here: the order of chips is the page's."""
    return sorted(old) == sorted(new) if isinstance(old, list) else old == new


def _write_rows(response, sheet, answers, at):
    """One row for each question that has an answer; what is not asked any more, or was emptied, is not kept."""
    before = stored_answers(response)
    given = {one.key: list(answers.get(one.key, ())) for one in sheet.questions if answers.get(one.key)}
    response.answers.exclude(key__in=given).delete()
    for key, values in given.items():
        if before.get(key) != values:
            QuestionnaireAnswer.objects.update_or_create(
                response=response,
                key=key,
                defaults={"values": values, "answered_at": at, "organisation_id": response.organisation_id},
            )


def save_draft(participant, data, at=None):
    """Keep what stands in the form. It is the participant's, so that the signed link finds what was begun signed in."""
    drafts.save_draft(author_key=_author(participant), form_key=FORM, data=data)
    response = response_of(participant)
    QuestionnaireResponse.objects.filter(pk=response.pk, started_at=None).update(started_at=at or timezone.now())


def load_draft(participant) -> dict:
    return drafts.load_draft(author_key=_author(participant), form_key=FORM)


def drop_draft(participant):
    drafts.drop_draft(author_key=_author(participant), form_key=FORM)


def _author(participant):
    return f"participant:{participant.pk}"


def came_last(question, participant, said) -> bool | None:
    """Whether a fact still is what its person answered: False when a roster or a coordinator changed it since.

    said: values of their QuestionnaireAnswer, or None without one; then None.
    """
    if said is None:
        return None
    now = fact_values(participant, question)
    if question.kind == AVAILABILITY:
        return set(now) == set(said)
    return sorted(_folded(now)) == sorted(_folded(said))


def _folded(values):
    return [ONLINE_ONLY.casefold() if value.casefold() == ONLINE_ONLY.casefold() else value.strip().casefold() for value in values]
