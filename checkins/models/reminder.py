from django.db import models

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


class ReminderSentQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators see who was reminded of what."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@tenant_table
class ReminderSent(Owned):
    """One rule carried out for one thing and one person: the row that makes it happen exactly once."""

    rule = models.ForeignKey("programmes.ReminderRule", on_delete=models.CASCADE, related_name="sent", db_index=False)
    target = models.CharField(max_length=80)  # "checkins.checkin:12"
    recipient = models.CharField(max_length=80)  # "membership:7" or "line-manager:3"
    letter_key = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(ReminderSentQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "rule", "target", "recipient"], name="reminder_once")]
        indexes = [models.Index(fields=["organisation", "target"], name="reminder_target")]
