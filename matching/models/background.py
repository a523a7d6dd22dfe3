from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet


class OwnBackgroundQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The person's own, nobody else's: coordinators, owners and operators have no way to it (docs/adr/0007-background.md)."""
        return self.filter(participant__membership=membership)


@tenant_table
class BackgroundAnswer(Owned):
    """What a mentor opted to tell about their background, or what a student would like a mentor's to be.

    It has no history, no audit of what it says, and no page but its owner's. The engine reads it, where somebody has a
    wish of their own.
    """

    nobody_elses = True  # neither Django admin nor any export lists this table

    class Kind(models.TextChoices):
        TOLD = "told", _("About me")
        WISH = "wish", _("I would like")

    participant = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    topic = models.CharField(max_length=40)  # key in matching.background_topics
    values = ArrayField(models.CharField(max_length=40))  # keys of its answers
    saved_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(OwnBackgroundQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "participant", "kind", "topic"], name="background_once")
        ]
