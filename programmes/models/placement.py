from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


class PlacementQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators see all, students their own, tutors their students'. Mentors see it on the mentorship."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        mine = models.Q(student__membership=membership)
        return self.filter(mine | models.Q(student__tutor=membership))


@tracked
@tenant_table
class Placement(Owned):
    """A student's time at an employer."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="placements", db_index=False)
    student = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="placements", db_index=False)
    site = models.ForeignKey("programmes.Site", on_delete=models.PROTECT, related_name="placements", db_index=False)
    line_manager = models.ForeignKey(
        "programmes.LineManager", null=True, blank=True, on_delete=models.SET_NULL, related_name="placements", db_index=False
    )
    role = models.CharField(_("role"), max_length=200)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    planned_hours = models.PositiveIntegerField(_("planned hours"), null=True, blank=True)
    done_hours = models.PositiveIntegerField(_("hours done"), default=0)
    objectives = models.TextField(_("learning objectives"), blank=True)

    objects = ScopedManager.from_queryset(PlacementQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("placement")
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "student", "site", "role", "starts_on"], name="placement_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="placement_dates_in_order",
                violation_error_message=_("The placement must end after it starts."),
            ),
        ]

    def __str__(self):
        return self.role
