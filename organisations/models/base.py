"""What every tenant row has in common."""

from django.db import models

from common.tenancy import ScopedManager, current_organisation_id


class VisibleQuerySet(models.QuerySet):
    """Base of the house's querysets. Each model says in ``visible_to`` which rows a membership may see, and why."""

    def visible_to(self, membership):
        raise NotImplementedError(f"{self.model.__name__} does not say who may see it")


class Owned(models.Model):
    """A row of one organisation. Subclasses carry @tenant_table and set ``objects`` from their queryset.

    nobody_elses: its owner alone may ever see a row; Django admin and exports leave the whole table out.
    """

    nobody_elses = False

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    objects = ScopedManager()
    unscoped = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unscoped"

    def save(self, *args, **kwargs):
        """Rows made inside a scope belong to it without saying so."""
        if self.organisation_id is None:
            self.organisation_id = current_organisation_id()
        super().save(*args, **kwargs)
