from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet

from .programme import Programme


class HolidayQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The organisation's are everybody's to know, a programme's are known to whoever may see the programme."""
        return self.filter(models.Q(programme=None) | models.Q(programme__in=Programme.objects.visible_to(membership)))

    def of(self, programme):
        """Those that count in a programme: its own, and the organisation's."""
        return self.filter(models.Q(programme=None) | models.Q(programme=programme))

    def between(self, first, last):
        """Those with a day from ``first`` to ``last``."""
        return self.filter(first_on__lte=last, last_on__gte=first)


@tenant_table
class Holiday(Owned):
    """Days on which nobody is expected: a bank holiday, a break between terms. Without a programme: in the whole organisation."""

    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="holidays", db_index=False)
    name = models.CharField(_("what it is"), max_length=100)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))

    objects = ScopedManager.from_queryset(HolidayQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("holiday")
        ordering = ["first_on", "last_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="holiday_days_in_order"),
            models.UniqueConstraint(
                fields=["organisation", "programme", "first_on", "last_on"], name="holiday_once", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return self.name
