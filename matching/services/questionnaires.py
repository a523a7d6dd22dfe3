"""Versions of a questionnaire: a draft to change, publishing it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record

from ..models import Question, Questionnaire
from ..questions import CHOICE, MANY
from .questionnaire_sheets import COPIED, draft, sheet_now, sheet_of
from .refused import Refused
from .runs import lock_programme


def start_draft(*, programme, side, by) -> Questionnaire:
    """A version to change, begun as a copy of what is asked now. Where there is one already, that one."""
    refuse_if_closed(programme)
    with transaction.atomic():
        lock_programme(programme)
        found = draft(programme, side)
        if found:
            return found
        sheet = sheet_now(programme, side)
        row = Questionnaire.objects.create(
            programme=programme,
            side=side,
            version=_newest(programme, side) + 1,
            offers_background=sheet.offers_background,
            made_by=by,
        )
        write_questions(row, sheet.questions)
        record("questionnaire draft begun", by=by, about=row)
    return row


def write_questions(questionnaire, questions):
    """Put questions into a draft that has none."""
    rows = [
        Question(
            organisation_id=questionnaire.organisation_id,
            questionnaire=questionnaire,
            position=place,
            **{name: getattr(one, name) for name in COPIED} | {"options": list(one.options)},
        )
        for place, one in enumerate(questions, 1)
    ]
    Question.objects.bulk_create(rows)


def publish_questionnaire(*, questionnaire, by, at=None) -> Questionnaire:
    """Ask this version from now on; the one before it is kept, and so is every answer whose question is still there.

    Refused where somebody has published or dropped it meanwhile, and where it asks nothing.
    """
    at = at or timezone.now()
    refuse_if_closed(questionnaire.programme)
    with transaction.atomic():
        row = locked_draft(questionnaire)
        sheet = sheet_of(row)
        faults = faults_of(sheet)
        if faults:
            raise Refused(faults[0])
        before = Questionnaire.objects.filter(programme=row.programme_id, side=row.side, status=Questionnaire.Status.PUBLISHED)
        before.update(status=Questionnaire.Status.REPLACED)
        row.status, row.published_at = Questionnaire.Status.PUBLISHED, at
        row.save(update_fields=["status", "published_at"])
        record("questionnaire published", by=by, about=row, side=row.side, version=row.version)
    return row


def faults_of(sheet) -> list[str]:
    """What keeps a version from being published, in words."""
    if not sheet.questions:
        return [_("There is no question in it yet. Add one first.")]
    return [
        _("“%(question)s” has nothing to choose from. Give it at least two options.") % {"question": one.label}
        for one in sheet.questions
        if one.kind in (CHOICE, MANY) and len(one.options) < 2 and not one.allows_other
    ]


def drop_draft(*, questionnaire, by):
    """Throw a draft away; what is asked now stays. Twice is once."""
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update(of=("self",)).filter(pk=questionnaire.pk).first()
        if row is None or row.status != Questionnaire.Status.DRAFT:
            return
        record("questionnaire draft dropped", by=by, about=row)
        row.delete()


def offer_background(*, questionnaire, offered, by) -> Questionnaire:
    """Whether the page about one's background is offered beside this version."""
    with transaction.atomic():
        row = locked_draft(questionnaire)
        row.offers_background = offered
        row.save(update_fields=["offers_background"])
        record("background questions offered" if offered else "background questions not offered", by=by, about=row)
    return row


def locked_draft(questionnaire) -> Questionnaire:
    """The draft as it is now, nobody else changing it. Refused where it is none any more."""
    row = Questionnaire.objects.select_for_update(of=("self",)).filter(pk=questionnaire.pk).first()
    if row is None or row.status != Questionnaire.Status.DRAFT:
        raise Refused(_("This draft has been published or dropped meanwhile. What people are asked is never changed afterwards."))
    return row


def refuse_if_closed(programme):
    if programme.closed_at:
        raise Refused(_("This programme is closed."))


def _newest(programme, side):
    rows = Questionnaire.objects.filter(programme=programme, side=side)
    return rows.order_by("-version").values_list("version", flat=True).first() or 0
