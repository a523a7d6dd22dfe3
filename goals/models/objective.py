"""Learning objectives of a placement, and who agreed them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models import Mentorship
from organisations.models import Owned, VisibleQuerySet
from programmes.models import Placement

from ..enums import Voice


class ObjectiveQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the placement, and whoever sees a mentorship for it: its mentors."""
        through = Mentorship.objects.visible_to(membership).exclude(placement=None).values("placement")
        return self.filter(models.Q(placement__in=Placement.objects.visible_to(membership)) | models.Q(placement__in=through))

    def standing(self):
        return self.filter(set_aside_at=None)


class PartOfObjectiveQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the objective."""
        return self.filter(objective__in=Objective.objects.visible_to(membership))


@tracked
@tenant_table
class Objective(Owned):
    """One thing the student is to learn on a placement. Student, mentor and tutor each agree its words; new words are agreed anew."""

    placement = models.ForeignKey(
        "programmes.Placement", on_delete=models.CASCADE, related_name="learning_objectives", db_index=False
    )
    text = models.CharField(_("learning objective"), max_length=300)
    version = models.PositiveSmallIntegerField(default=1)  # of the words
    written_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    written_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ObjectiveQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("learning objective")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "placement", "text"], condition=models.Q(set_aside_at=None), name="objective_once"
            )
        ]

    def __str__(self):
        return self.text


@tenant_table
class ObjectiveAgreement(Owned):
    """One of the three said yes to a version of the words. ``name``: as it was that day."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="agreements", db_index=False)
    version = models.PositiveSmallIntegerField()
    voice = models.CharField(max_length=10, choices=Voice.choices)
    membership = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    name = models.CharField(max_length=600)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfObjectiveQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "objective", "version", "voice"], name="objective_agreed_once")
        ]
