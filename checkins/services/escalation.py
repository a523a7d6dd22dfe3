"""The clock of a concern: not confirmed in time, it goes to the deputies, then to the owners. A sweep, safe at any time and twice."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.tenancy import organisation_scope, system_scope

from ..enums import Level
from ..models import Concern
from . import concern_letters as letters
from .handlers import answer_by, next_asked
from .record import write_step
from .sharing import let_stand_in

logger = logging.getLogger(__name__)


def escalate_all(*, at=None) -> int:
    """Every concern whose clock has run out; returns how many went on. One organisation's trouble does not stop the others."""
    at = at or timezone.now()
    with system_scope("find concerns that nobody has confirmed in time"):
        rows = Concern.unscoped.filter(answer_by__lte=at, acknowledged_at=None, closed_at=None)
        found = sorted(set(rows.order_by().values_list("organisation_id", flat=True)))
    moved = 0
    for organisation_id in found:
        try:
            with organisation_scope(organisation_id):
                moved += _escalate(at)
        except Exception:
            logger.exception("clock of concerns, organisation %s", organisation_id)
    return moved


def _escalate(at):
    late = Concern.objects.waiting().filter(answer_by__lte=at).select_for_update(of=("self",), skip_locked=True)
    rows = list(late.select_related("organisation", "mentorship__programme").order_by("answer_by", "pk"))
    return sum(_move_on(row, at) for row in rows)


@transaction.atomic
def _move_on(concern, at) -> bool:
    """One step up. After the owners there is nobody: the clock stops and the record says so."""
    asked = next_asked(level=concern.level, mentorship=concern.mentorship, organisation=concern.organisation, at=at)
    concern.answer_by = answer_by(concern.urgency, at) if asked else None
    if asked:
        concern.level = asked[0]
    concern.save(update_fields=["answer_by", "level"])
    if not asked:
        write_step(concern, _("Not confirmed in time. There is nobody further to ask."))
        return False
    ask(concern, *asked, is_late=True)
    return True


def ask(concern, level, people, *, is_late=False):
    """Ask people of a level to look after a concern, and write it down. Leads read it anyway; others are let in."""
    names = ", ".join(one.name for one in people)
    if level == Level.LEAD:
        for one in people:
            letters.write("concern_raised", concern, one, "checkins:concern", concern.pk)
        words = _("Went to the named lead: %(names)s.")
    else:
        let_stand_in(concern, people)
        for one in people:
            letters.write("concern_waits", concern, one, "checkins:concern", concern.pk, is_late=is_late)
        words = _("Went to the deputy: %(names)s.") if level == Level.DEPUTY else _("Went to the owners: %(names)s.")
        if is_late:
            words = _("Not confirmed in time.") + " " + words
    write_step(concern, words % {"names": names})
    record("concern passed on" if is_late else "concern sent", about=concern, level=int(level))
