from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned

from .rounds import CoordinatorsOnlyQuerySet

LONGEST = 600  # minutes


@tenant_table
class JourneyTime(Owned):
    """How long the journey between two towns takes, in either direction. One row for each two towns, in alphabetical order."""

    start = models.CharField(_("from"), max_length=100)
    end = models.CharField(_("to"), max_length=100)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("journey")
        ordering = ["start", "end", "id"]
        constraints = [models.UniqueConstraint("organisation", Lower("start"), Lower("end"), name="journey_once")]

    def __str__(self):
        return f"{self.start} – {self.end}"
