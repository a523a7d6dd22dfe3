from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import Gate
from .checklist import ResponseQuerySet

VALID_MONTHS = 24
REFRESHER_MINUTES = 60
END_PERCENT = 80  # winding down begins when about so much of the time is over


class OwnReadQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """What somebody has read is theirs to know."""
        return self.filter(membership=membership)


class RulesQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators set them."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@tracked
@tenant_table
class TrainingOverride(Owned):
    """A coordinator's decision to match a mentor although one thing (``what``) is missing, with the reason."""

    mentor = models.ForeignKey(
        "programmes.Participant", on_delete=models.CASCADE, related_name="training_overrides", db_index=False
    )
    what = models.CharField(_("what it is about"), max_length=10, choices=Gate.choices, default=Gate.CHECKLIST)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentor", "what"], condition=models.Q(withdrawn_at=None), name="override_once_each"
            )
        ]


@tenant_table
class ResourceRead(Owned):
    """A resource somebody has opened to its end."""

    membership = models.ForeignKey("organisations.Membership", on_delete=models.CASCADE, related_name="+", db_index=False)
    resource = models.CharField(max_length=60)  # slug in training.library
    read_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(OwnReadQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "membership", "resource"], name="read_once")]


@tracked
@tenant_table
class TrainingRules(Owned):
    """How long training is valid and what renews it: for the organisation (``programme`` empty), and what a programme has otherwise.

    valid_months: 0 means that it does not run out; None (a programme only) means as in the organisation. A refresher of
    refresher_minutes in all makes it valid for as long again. end_percent: when the end checklist opens by itself, in per
    cent of the programme's days; end_opened_on: the day a coordinator opened it sooner.
    """

    programme = models.ForeignKey(
        "programmes.Programme", null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    valid_months = models.PositiveSmallIntegerField(
        _("months that training is valid"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    refresher_minutes = models.PositiveSmallIntegerField(
        _("minutes of refresher training that renew it"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(6000)]
    )
    end_percent = models.PositiveSmallIntegerField(
        _("when the end checklist opens"), default=END_PERCENT, validators=[MinValueValidator(10), MaxValueValidator(100)]
    )
    end_opened_on = models.DateField(null=True, blank=True)

    objects = ScopedManager.from_queryset(RulesQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("rules of training")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme"], name="training_rules_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(programme=None), name="training_rules_of_organisation"
            ),
        ]
