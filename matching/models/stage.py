from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned

from ..enums import Stage
from ..stages import FACTS
from .mentorship import Mentorship, PartOfMentorshipQuerySet


@tracked
@tenant_table
class StageMove(Owned):
    """A mentorship went from one stage to another: who moved it, when, why. ``fact``: the suggestion that was confirmed, if any."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="stage_moves", db_index=False)
    came_from = models.CharField(max_length=20, choices=Stage.choices)
    stage = models.CharField(max_length=20, choices=Stage.choices)
    why = models.CharField(_("why"), max_length=300, blank=True)
    fact = models.CharField(max_length=30, blank=True, choices=list(FACTS.items()))
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField()

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("change of stage")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["organisation", "mentorship"], name="stage_moves_of")]

    @property
    def reason(self):
        """In words: what was written, else the fact."""
        return self.why or self.get_fact_display()
