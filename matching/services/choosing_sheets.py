"""What a person does with their sheet: move somebody up or down, say "not this one", say that they are done. Kept at each press."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from post.services.outbox import drop_letters

from ..models import Candidate, ChoiceSheet
from .refused import Refused


class ChangedMeanwhile(Refused):
    """Another window has changed the sheet since this one was opened."""


def candidates_of(sheet) -> tuple[list[Candidate], list[Candidate]]:
    """(in order, those ruled out) of whoever is still there to be chosen."""
    rows = list(Candidate.objects.present().filter(sheet=sheet).select_related("person__membership").order_by("position", "pk"))
    return [one for one in rows if not one.is_no], [one for one in rows if one.is_no]


def move(*, sheet, candidate_id, step, seen, at=None) -> ChoiceSheet:
    """Move a candidate up (step -1) or down (+1). At the end of the list nothing happens. seen: the version that was on the page."""
    with transaction.atomic():
        sheet = _locked(sheet, seen, at)
        order, noes = candidates_of(sheet)
        here = next((place for place, one in enumerate(order) if one.pk == candidate_id), None)
        if here is None:
            raise Refused(_("This person cannot be chosen any more."))
        there = here + step
        if 0 <= there < len(order):
            order[here], order[there] = order[there], order[here]
            _keep(sheet, order + noes, ordered=True, at=at)
    return sheet


def rule_out(*, sheet, candidate_id, is_no, seen, at=None) -> ChoiceSheet:
    """ "Not this one", or take that back: then they come last in the order. It counts at once, and nobody is told."""
    with transaction.atomic():
        sheet = _locked(sheet, seen, at)
        order, noes = candidates_of(sheet)
        one = next((one for one in order + noes if one.pk == candidate_id), None)
        if one is None:
            raise Refused(_("This person cannot be chosen any more."))
        if one.is_no != is_no:
            one.is_no = is_no
            rest = [other for other in order if other != one]
            _keep(sheet, [*rest, one, *(other for other in noes if other != one)], ordered=bool(sheet.ordered_at), at=at)
    return sheet


def finish(*, sheet, seen, by, by_link=False, at=None) -> ChoiceSheet:
    """This is my order. Changing it stays possible until the round closes. Twice is once."""
    at = at or timezone.now()
    with transaction.atomic():
        sheet = _locked(sheet, seen, at)
        if sheet.done_at is None:
            sheet.done_at, sheet.ordered_at = at, sheet.ordered_at or at
            sheet.save(update_fields=["done_at", "ordered_at"])
            drop_letters(sheet)
            record("order chosen", by=by, about=sheet, by_link=by_link)
    return sheet


def _locked(sheet, seen, at):
    """The sheet held, if it may still be changed and nobody has changed it since ``seen``."""
    people = ("round__organisation", "round__programme", "person__membership")
    rows = ChoiceSheet.objects.select_for_update(of=("self",)).select_related(*people)
    sheet = rows.get(pk=sheet.pk)
    if sheet.person.withdrawn_at or sheet.person.membership.left_at:
        raise Refused(_("You have left this programme, so there is nothing to choose any more."))
    if sheet.round.programme.closed_at or sheet.round.state(at) == "closed":
        raise Refused(_("Choosing has closed. What stood here then counts; this was not kept."))
    if sheet.round.state(at) == "coming":
        raise Refused(_("Choosing has not begun yet."))
    if sheet.version != seen:
        raise ChangedMeanwhile(_("This was changed in another window, or a button was pressed twice. Here is how it stands now."))
    return sheet


def _keep(sheet, rows, *, ordered, at):
    for place, one in enumerate(rows, 1):
        one.position = place
    Candidate.objects.bulk_update(rows, ["position", "is_no"])
    sheet.version += 1
    if ordered:
        sheet.ordered_at = sheet.ordered_at or at or timezone.now()
    sheet.save(update_fields=["version", "ordered_at"])
