"""SMART goals with steps and a history of progress."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models.mentorship import PartOfMentorshipQuerySet
from organisations.models import Owned, VisibleQuerySet


class GoalQuerySet(PartOfMentorshipQuerySet):
    def open(self):
        return self.filter(status=Goal.Status.OPEN)


class PartOfGoalQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(goal__in=Goal.objects.visible_to(membership))


@tracked
@tenant_table
class Goal(Owned):
    """A SMART objective (goals.smart says what is still missing)."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Reached")
        DROPPED = "dropped", _("Set aside")

    mentorship = models.ForeignKey("matching.Mentorship", on_delete=models.CASCADE, related_name="goals", db_index=False)
    title = models.CharField(_("what will you do?"), max_length=300)
    measure = models.CharField(_("how will you both know it is done?"), max_length=300, blank=True)
    why = models.CharField(_("why does it matter for the placement?"), max_length=300, blank=True)
    due_on = models.DateField(_("by when?"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    percent = models.PositiveSmallIntegerField(_("progress"), default=0)
    written_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(GoalQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("goal")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="goal_percent_at_most_100"),
        ]

    def __str__(self):
        return self.title


@tenant_table
class GoalStep(Owned):
    """One action towards a goal, with who and when."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps", db_index=False)
    text = models.CharField(_("step"), max_length=300)
    owner = models.ForeignKey(
        "programmes.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(PartOfGoalQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]

    def __str__(self):
        return self.text


@tenant_table
class GoalProgress(Owned):
    """How far a goal was at a moment, and what was said of it."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="progress", db_index=False)
    percent = models.PositiveSmallIntegerField()
    note = models.CharField(_("what happened"), max_length=500, blank=True)
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfGoalQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["at", "id"]
