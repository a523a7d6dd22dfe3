from django.db import models

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Side

from .rounds import Proposal


class FitCardQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators see all. Each of the two sees their own, and the other's only once both are there: it is blind."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        student = models.Q(proposal__student__membership=membership)
        mentor = models.Q(proposal__mentor__membership=membership)
        own = student & models.Q(side=Side.STUDENT) | mentor & models.Q(side=Side.MENTOR)
        return self.filter(own | (student | mentor) & models.Q(models.Exists(self._of_the_other_side())))

    def _of_the_other_side(self):
        rows = self.model.objects.filter(proposal=models.OuterRef("proposal"))
        return rows.exclude(side=models.OuterRef("side"))


@tracked
@tenant_table
class FitCard(Owned):
    """What one side of a proposal answers to the five questions of fit, before knowing what the other side answers."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="fit_cards", db_index=False)
    side = models.CharField(max_length=10, choices=Side.choices)
    fit = models.JSONField(default=dict)  # axis key -> yes, unsure, no
    by_link = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(FitCardQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "proposal", "side"], name="fit_card_once")]
