from django.db import models

from common.tenancy import ScopedManager, tenant_table

from .base import Owned, VisibleQuerySet


class DraftQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """A draft is its writer's alone."""
        return self.filter(author_key=f"membership:{membership.pk}")


@tenant_table
class Draft(Owned):
    """What somebody has typed into a long form and not yet sent. Gone once the form is saved."""

    author_key = models.CharField(max_length=60)  # "membership:7" or "link:12"
    form_key = models.CharField(max_length=80)  # "check-in:31"
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(DraftQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "author_key", "form_key"], name="draft_once")]
