"""The letters of the weeks before seeding: written by the real sweep, but noted as sent long ago, so that none goes out now."""

from datetime import timedelta

from django.utils import timezone

from checkins.services.reminders import send_due
from common.tenancy import organisation_scope
from post.models import Letter

CAME_BACK = "550 5.1.1 The e-mail account does not exist"
SINCE = timedelta(hours=30)


def send_in_the_past(organisation_id, *, one_came_back=False) -> int:
    """Let the reminder rules write what was due by now, and note it as sent. Returns how many."""
    send_due(organisation_id)
    with organisation_scope(organisation_id):
        letters = Letter.objects.filter(organisation_id=organisation_id, status=Letter.Status.WAITING)
        bad = letters.filter(name="survey_reminder").order_by("pk").first() or letters.order_by("pk").first()
        count = letters.update(status=Letter.Status.SENT, sent_at=timezone.now() - SINCE, attempts=1)
        if one_came_back and bad:
            Letter.objects.filter(pk=bad.pk).update(
                status=Letter.Status.FAILED, sent_at=None, attempts=12, last_error=CAME_BACK
            )
    return count
