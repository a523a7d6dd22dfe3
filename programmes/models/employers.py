from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


class EmployerQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators keep the employers; what others need stands on their placement."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@tenant_table
class Employer(Owned):
    """The host of placements."""

    name = models.CharField(_("name"), max_length=300)
    industry = models.CharField(_("industry"), max_length=100, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    objects = ScopedManager.from_queryset(EmployerQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("employer")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="employer_once")]

    def __str__(self):
        return self.name


@tenant_table
class Site(Owned):
    """A place where an employer works."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="sites", db_index=False)
    town = models.CharField(_("town"), max_length=100)

    objects = ScopedManager.from_queryset(EmployerQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("site")
        ordering = ["town", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "employer", "town"], name="site_once")]

    def __str__(self):
        return self.town


@tenant_table
class LineManager(Owned):
    """Supervises a student's work on placement. Has no account: answers by signed link."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="line_managers", db_index=False)
    name = models.CharField(_("name"), max_length=300)
    email = models.EmailField(_("e-mail address"))

    objects = ScopedManager.from_queryset(EmployerQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("line manager")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "employer", "email"], name="line_manager_once")]

    def __str__(self):
        return self.name
