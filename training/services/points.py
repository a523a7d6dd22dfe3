"""A point answered again after the checklist was finished: by the mentor, or by a coordinator who notes that a need was met."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record

from ..enums import Answer, How
from ..models import ChecklistResponse, LaterAnswer
from .aspects import checklist_of
from .reading import mark_read
from .refused import TrainingError


def speaking_response(mentor) -> ChecklistResponse | None:
    """The finished response that says how a mentor stands now: the one of the end, else the one of the start."""
    rows = ChecklistResponse.objects.filter(mentor=mentor, finished_at__isnull=False)
    return rows.order_by("moment").first()  # "end" comes before "start"


@transaction.atomic
def answer_again(*, mentor, aspect, value, by, how="", note="", on=None) -> LaterAnswer | None:
    """The mentor says anew how one aspect stands; None where it stands so already. TrainingError for what cannot be.

    A need is covered by something: ``how`` says what. Whoever read the text for it has it marked as read.
    """
    row = _say(mentor=mentor, aspect=aspect, value=value, how=how, note=note, on=on, by=by, verb="aspect answered again")
    if row and row.how == How.READ:
        point = checklist_of(row.response).by_key[aspect]
        if point.resource:
            mark_read(membership=mentor.membership, slug=point.resource)
    return row


def note_need_met(*, mentor, aspect, how, note, on, by) -> LaterAnswer | None:
    """A coordinator notes that a need was met: what closed it, in a few words, and on which day."""
    if not note.strip():
        raise TrainingError(_("Say in a few words what was done: it is kept with your name."), "note")
    return _say(mentor=mentor, aspect=aspect, value=Answer.COVERED, how=how, note=note, on=on, by=by, verb="need noted as met")


@transaction.atomic
def _say(*, mentor, aspect, value, how, note, on, by, verb):
    response = speaking_response(mentor)
    if response is None:
        raise TrainingError(_("Finish the checklist first; until then every answer on it can be changed."))
    response = ChecklistResponse.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if aspect not in checklist_of(response).keys:
        raise TrainingError(_("This point is not on the checklist that was answered."))
    if value not in Answer.values:
        raise TrainingError(_("Choose one of the two answers."), "value")
    if value == Answer.COVERED and how not in How.values:
        raise TrainingError(_("Choose what helped."), "how")
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise TrainingError(_("This day is still to come."), "on")
    if _stands(response, aspect) == value:
        return None
    row = LaterAnswer.objects.create(
        response=response,
        aspect=aspect,
        value=value,
        how=how if value == Answer.COVERED else "",
        note=note.strip()[:1000],
        on=on,
        by=by,
    )
    record(verb, by=by, about=response, aspect=aspect, value=str(value), how=row.how)
    return row


def _stands(response, aspect):
    newest = response.later_answers.filter(aspect=aspect).last()
    return newest.value if newest else response.answers.get(aspect=aspect).value
