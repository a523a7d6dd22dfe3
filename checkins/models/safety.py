"""What surrounds concerns and contact: the organisation's clock and phone, absences, what people have read, where they meet."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import Urgency, Venue
from .checkin import CheckIn

MOST_HOURS = 14 * 24


def _hours(label, default):
    return models.PositiveSmallIntegerField(label, default=default, validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)])


class SafeguardingQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Everybody: whom to call is nobody's secret."""
        return self


@tenant_table
class Safeguarding(Owned):
    """Whom to call, and within how many hours a concern is confirmed before it goes on. Without a row the defaults hold."""

    emergency_number = models.CharField(_("emergency number"), max_length=20, default="999")
    phone = models.CharField(_("phone of the lead"), max_length=40, blank=True)
    hours_now = _hours(_("hours when somebody may be in danger"), 1)
    hours_soon = _hours(_("hours when it is needed soon"), 24)
    hours_later = _hours(_("hours when it can wait"), 72)

    objects = ScopedManager.from_queryset(SafeguardingQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation"], name="safeguarding_once")]

    def hours_for(self, urgency) -> int:
        """Within how many hours a concern of this urgency is confirmed."""
        return {Urgency.NOW: self.hours_now, Urgency.SOON: self.hours_soon}.get(urgency, self.hours_later)


class AbsenceQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """One's own, and for owners everybody's: they must see that somebody is there."""
        return self if membership.can(Can.MANAGE_SETTINGS) else self.filter(membership=membership)

    def on(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)


@tenant_table
class Absence(Owned):
    """Days on which a lead or deputy is away: concerns go to the next in line."""

    membership = models.ForeignKey("organisations.Membership", on_delete=models.CASCADE, related_name="+", db_index=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = ScopedManager.from_queryset(AbsenceQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_in_order"),
            models.UniqueConstraint(fields=["organisation", "membership", "starts_on", "ends_on"], name="absence_once"),
        ]


class LimitsReadQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """One's own, and nobody else's."""
        return self.filter(membership=membership)


@tenant_table
class LimitsRead(Owned):
    """Somebody has read what cannot stay between two people, in one version of the text, before their first note."""

    membership = models.ForeignKey("organisations.Membership", on_delete=models.CASCADE, related_name="+", db_index=False)
    version = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    by_link = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(LimitsReadQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "membership", "version"], name="limits_read_once")]


class MeetingPlaceQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the check-in."""
        return self.filter(check_in__in=CheckIn.objects.visible_to(membership))


@tenant_table
class MeetingPlace(Owned):
    """Where a check-in is or was, and which responsible adult is near; asked for where a programme has people under 18."""

    check_in = models.OneToOneField(CheckIn, on_delete=models.CASCADE, related_name="meeting_place", db_index=False)
    venue = models.CharField(_("where"), max_length=10, choices=Venue.choices)
    supervised_by = models.CharField(_("who is near"), max_length=200, blank=True)

    objects = ScopedManager.from_queryset(MeetingPlaceQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("place")
