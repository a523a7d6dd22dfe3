"""The words of a goal as they were proposed and agreed, and what else happened to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from programmes.enums import Side

from ..enums import Change
from .goal import Goal, PartOfGoalQuerySet


class PartOfWordingQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the goal."""
        return self.filter(wording__in=GoalWording.objects.visible_to(membership))


@tenant_table
class GoalWording(Owned):
    """One version of a goal's words: the chain is never changed, only made longer. ``closed_at``: not taken up, the earlier one stays."""

    FIELDS = ("title", "measure", "why", "work", "due_on")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="wordings", db_index=False)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    measure = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)
    work = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(PartOfGoalQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "goal", "number"], name="goal_wording_number")]

    @property
    def words(self) -> dict:
        """The fields that are agreed, by name."""
        return {name: getattr(self, name) for name in self.FIELDS}


@tenant_table
class GoalAgreement(Owned):
    """Somebody of one side said yes to a version of a goal's words. ``name``: as it was that day.

    In a group every student says their own; of several mentors one is enough.
    """

    wording = models.ForeignKey(GoalWording, on_delete=models.CASCADE, related_name="agreements", db_index=False)
    side = models.CharField(max_length=10, choices=Side.choices)
    membership = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    name = models.CharField(max_length=600)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfWordingQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "wording", "side", "membership"], name="goal_agreed_once")]


@tenant_table
class GoalChange(Owned):
    """One more thing that happened to a goal, for its history in words."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="changes", db_index=False)
    kind = models.CharField(max_length=20, choices=Change.choices)
    text = models.CharField(_("what"), max_length=300, blank=True)
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfGoalQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["at", "id"]
