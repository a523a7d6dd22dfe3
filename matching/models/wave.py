from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned

from .rounds import CoordinatorsOnlyQuerySet


@tenant_table
class Wave(Owned):
    """Proposals of one draft that went out together: all of it, or the part that a coordinator chose."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="waves", db_index=False)
    run = models.ForeignKey("matching.MatchRun", on_delete=models.CASCADE, related_name="waves", db_index=False)
    number = models.PositiveIntegerField()  # 1, 2, 3 … in the programme
    chosen = models.JSONField(default=dict)  # how the part was chosen: matching.services.waves.Choice
    answer_by = models.DateField()
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    published_at = models.DateTimeField()

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("wave")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "programme", "number"], name="wave_number")]
