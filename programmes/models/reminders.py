from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import Recipient, ReminderEvent


class ReminderRuleQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators set them."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@tenant_table
class ReminderRule(Owned):
    """Who is written to, how many days after (or, negative, before) what, unless it is done by then."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="reminder_rules")
    event = models.CharField(_("counted from"), max_length=30, choices=ReminderEvent.choices)
    offset_days = models.SmallIntegerField(_("days after"))
    recipient = models.CharField(_("goes to"), max_length=20, choices=Recipient.choices)
    letter = models.CharField(_("letter"), max_length=60)
    is_active = models.BooleanField(_("on"), default=True)

    objects = ScopedManager.from_queryset(ReminderRuleQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["event", "offset_days", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "event", "offset_days", "recipient"], name="reminder_rule_once"
            )
        ]
