from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import ConcernCategory, Urgency


class ConcernQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The named lead, and those the lead shared it with. Not coordinators, not owners, not even who raised it."""
        if membership.can(Can.READ_CONCERNS):
            return self
        return self.filter(pk__in=ConcernShare.objects.filter(membership=membership, ended_at=None).values("concern"))

    def open(self):
        return self.filter(closed_at=None)


class PartOfConcernQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may read the concern."""
        return self.filter(concern__in=Concern.objects.visible_to(membership))


@tracked
@tenant_table
class Concern(Owned):
    """A worry about a person or a relationship, raised to the named lead."""

    mentorship = models.ForeignKey(
        "matching.Mentorship", null=True, blank=True, on_delete=models.SET_NULL, related_name="concerns", db_index=False
    )
    raised_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    urgency = models.CharField(_("how urgent is it?"), max_length=15, choices=Urgency.choices)
    category = models.CharField(_("what is it about?"), max_length=20, choices=ConcernCategory.choices)
    text = models.TextField(_("what happened, or what worries you?"))
    by_link = models.BooleanField(default=False)
    raised_at = models.DateTimeField(auto_now_add=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(_("what was done"), blank=True)

    objects = ScopedManager.from_queryset(ConcernQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("concern")
        ordering = ["-raised_at", "-id"]


@tenant_table
class ConcernShare(Owned):
    """The lead lets one more person read a concern."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="shares", db_index=False)
    membership = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(PartOfConcernQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "concern", "membership"], name="concern_share_once")]


@tenant_table
class ConcernNote(Owned):
    """What the lead did or learnt; never changed afterwards."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes", db_index=False)
    by = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(_("note"))
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfConcernQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["at", "id"]
