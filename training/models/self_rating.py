from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet

from ..self_rating import HIGHEST, KEYS, LOWEST


def _points(label):
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)])


class SelfRatingQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The mentor's own. Coordinators see means of whole groups only (services.self_rating), never a row."""
        return self.filter(mentor__membership=membership)


@tenant_table
class SelfRating(Owned):
    """How a mentor sees their own social and emotional skills, once at the start of a programme and once at its end."""

    class Moment(models.TextChoices):
        START = "start", _("At the start")
        END = "end", _("At the end")

    mentor = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="self_ratings", db_index=False)
    moment = models.CharField(max_length=5, choices=Moment.choices)
    empathy = _points(_("empathy"))
    communication = _points(_("communication"))
    listening = _points(_("active listening"))
    collaboration = _points(_("collaboration"))
    self_awareness = _points(_("self-awareness"))
    rated_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(SelfRatingQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("self-rating")
        ordering = ["rated_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentor", "moment"], name="self_rating_once"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{key}__gte": LOWEST, f"{key}__lte": HIGHEST}), name=f"self_rating_{key}"
                )
                for key in KEYS
            ),
        ]

    @property
    def points(self) -> dict:
        """{skill: points}."""
        return {key: getattr(self, key) for key in KEYS}
