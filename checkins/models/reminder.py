from django.contrib.postgres.fields import ArrayField
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


class LetterPreferenceQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """One's own; coordinators see them, to know why somebody gets no reminder."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.filter(membership=membership)


@tenant_table
class LetterPreference(Owned):
    """How one person wants to be reminded: a member, or a line manager without a sign-in. Without a row: each letter as it comes.

    weekly: one letter on Mondays. unwanted: keys of kinds (programmes.reminder_kinds). paused_until: the last day of a pause.
    """

    membership = models.OneToOneField(
        "organisations.Membership", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    line_manager = models.OneToOneField(
        "programmes.LineManager", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    weekly = models.BooleanField(default=False)
    unwanted = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()

    objects = ScopedManager.from_queryset(LetterPreferenceQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(membership=None, line_manager__isnull=False) | models.Q(membership__isnull=False, line_manager=None),
                name="letter_preference_of_one",
            )
        ]

    def __str__(self):
        return self.person_key

    @property
    def person_key(self):
        return f"membership:{self.membership_id}" if self.membership_id else f"line-manager:{self.line_manager_id}"
