"""The day before an event, those who come and those who have not answered get one letter. A sweep: safe at any time, and twice."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from common.tenancy import organisation_scope, system_scope

from ..models import Gathering, Guest
from . import event_letters
from .locking import locked

logger = logging.getLogger(__name__)
BEFORE = timedelta(hours=28)  # seen by the hourly sweep on the afternoon before a morning event
NOT_AFTER = timedelta(hours=24)  # of the invitation: at most one letter a day


def remind_everywhere(at=None) -> int:
    """Write about every event that is near, in every organisation. Returns letters handed in. One event's trouble stops no other."""
    at = at or timezone.now()
    count = 0
    for organisation_id, gathering_id in _near(at):
        try:
            with organisation_scope(organisation_id):
                count += remind_guests(gathering_id=gathering_id, at=at)
        except Exception:
            logger.exception("event %s of organisation %s", gathering_id, organisation_id)
    return count


@transaction.atomic
def remind_guests(*, gathering_id, at) -> int:
    """Write to the guests of one event; whoever had a reminder of it at this time already gets none."""
    gathering = locked(Gathering(pk=gathering_id))
    if gathering.cancelled_at or gathering.has_begun(at):
        return 0
    with timezone.override(gathering.programme.organisation.time_zone):
        rows = [
            guest
            for guest in event_letters.asked(gathering)
            if guest.answer in {Guest.Answer.YES, Guest.Answer.OPEN} and guest.invited_at <= at - NOT_AFTER
        ]
        return event_letters.remind(gathering, rows, at=at)


def _near(at):
    with system_scope("find events that are near"):
        rows = Gathering.unscoped.filter(cancelled_at=None, starts_at__gt=at, starts_at__lte=at + BEFORE)
        return list(rows.order_by("organisation_id", "pk").values_list("organisation_id", "pk"))
