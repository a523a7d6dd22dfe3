"""The letters of the weeks before seeding: written by the real sweep, but noted as sent long ago, so that none goes out now."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from checkins.models import ReminderSent
from checkins.services.reminders import send_due
from common.tenancy import organisation_scope
from post.models import Letter, Undeliverable
from post.services.returns import note_undeliverable

from .times import ZONE

CAME_BACK = "550 5.1.1 The e-mail account does not exist"
MORNING = time(8, 5)  # two days ago: longer than the 24 hours in which nobody gets a second letter


def send_in_the_past(organisation_id, *, one_came_back=False) -> int:
    """Let the reminder rules write what was due by now, and note it as sent. Returns how many."""
    send_due(organisation_id)
    with organisation_scope(organisation_id):
        letters = Letter.objects.filter(organisation_id=organisation_id, status=Letter.Status.WAITING)
        bad = letters.filter(name="line_manager_reminder").order_by("pk").first() or letters.order_by("pk").first()
        day = timezone.localdate(timezone=ZONE) - timedelta(days=2)
        sent_at = datetime.combine(day, MORNING, ZONE)
        ReminderSent.objects.filter(organisation_id=organisation_id).update(at=sent_at)
        count = letters.update(status=Letter.Status.SENT, sent_at=sent_at, attempts=1)
        if one_came_back and bad:
            Letter.objects.filter(pk=bad.pk).update(
                status=Letter.Status.FAILED, sent_at=None, attempts=1, last_error=CAME_BACK
            )
            note_undeliverable(bad, kind=Undeliverable.Kind.RETURNED, status="5.1.1", reason=CAME_BACK, at=sent_at)
    return count
