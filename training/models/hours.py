from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

LONGEST = 24 * 60
BY_HAND = "by-hand:"  # begins the source of an entry that a form's token keeps single


class HoursQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """A mentor's own, and those who run programmes."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(membership=membership)

    def initial(self):
        return self.filter(kind=TrainingHours.Kind.INITIAL)

    def refresher(self):
        return self.filter(kind=TrainingHours.Kind.REFRESHER)


@tracked
@tenant_table
class TrainingHours(Owned):
    """Time a mentor spent in training, on one day: noted by a coordinator, or counted from attendance (``source``).

    It belongs to the person in the organisation, not to a programme: what somebody learned in one holds in the next.
    """

    class Kind(models.TextChoices):
        INITIAL = "initial", _("Initial training")
        REFRESHER = "refresher", _("Refresher")

    membership = models.ForeignKey(
        "organisations.Membership", on_delete=models.CASCADE, related_name="training_hours", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST)])
    on = models.DateField(_("day"))
    what = models.CharField(_("what it was"), max_length=200)
    by = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=80, blank=True)  # what it was counted from, "event:12"; empty: noted by hand
    logged_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(HoursQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "membership", "source"], condition=~models.Q(source=""), name="hours_once_per_source"
            )
        ]

    @property
    def is_by_hand(self):
        return not self.source or self.source.startswith(BY_HAND)
