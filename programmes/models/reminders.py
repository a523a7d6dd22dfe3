from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import Recipient, ReminderEvent
from ..reminder_kinds import sentence


class ReminderRuleQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators set them."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@tenant_table
class ReminderRule(Owned):
    """Who is written to, how many days after (or, negative, before) what, unless it is done by then.

    subject, opening: the programme's own words, "" for ours. counts_from: nothing that came due before this day is written about.
    preset_key: which of the preset's rules this one came from (reminder_rules.RuleSpec.key), "" for a rule of the programme's own.
    version: counts changes, so that of two people who change it at once the second is told.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="reminder_rules")
    event = models.CharField(_("counted from"), max_length=30, choices=ReminderEvent.choices)
    offset_days = models.SmallIntegerField(_("days after"))
    recipient = models.CharField(_("goes to"), max_length=20, choices=Recipient.choices)
    letter = models.CharField(_("letter"), max_length=60)
    is_active = models.BooleanField(_("on"), default=True)
    subject = models.CharField(_("subject"), max_length=100, blank=True, default="", db_default="")
    opening = models.TextField(_("opening words"), blank=True, default="", db_default="")
    counts_from = models.DateField(null=True)
    preset_key = models.CharField(max_length=120, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects = ScopedManager.from_queryset(ReminderRuleQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["event", "offset_days", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "event", "offset_days", "recipient"], name="reminder_rule_once"
            )
        ]

    def __str__(self):
        return sentence(self)
