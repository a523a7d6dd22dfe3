"""SMART goals, their steps, and how far they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.storage import holds_file
from common.tenancy import ScopedManager, tenant_table
from matching.models import MentorshipMember
from matching.models.mentorship import PartOfMentorshipQuerySet
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Side

from ..enums import Pending


class GoalQuerySet(PartOfMentorshipQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship; a mentor's own goal that is kept private, its owner alone.

        In a group a goal of one student is read by that student, their tutor, the mentors and coordinators; not by the other
        students. One without an owner is everybody's.
        """
        rows = super().visible_to(membership).filter(models.Q(is_private=False) | models.Q(owner__membership=membership))
        if membership.can(Can.RUN_PROGRAMMES):
            return rows
        led = MentorshipMember.objects.filter(participant__membership=membership, side=Side.MENTOR)
        theirs = models.Q(owner__membership=membership) | models.Q(owner__tutor=membership)
        return rows.filter(models.Q(owner=None) | models.Q(side=Side.MENTOR) | theirs | models.Q(mentorship__in=led.values("mentorship")))

    def open(self):
        return self.filter(status=Goal.Status.OPEN)


class StudentsGoalManager(ScopedManager):
    """The goals of the students: what the house counts, prints and reminds of. Mentors' own are in ``Goal.every``."""

    def get_queryset(self):
        return super().get_queryset().filter(side=Side.STUDENT)


class PartOfGoalQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the goal."""
        return self.filter(goal__in=Goal.every.visible_to(membership))


@tracked
@tenant_table
class Goal(Owned):
    """A SMART objective (goals.smart says what is still missing), as it stands: in the words that both agreed, else in the latest.

    ``work`` empty: for the whole placement; else the one piece of work it is for. ``owner``: whose goal it is where that is
    one person's; empty: the students' together.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Reached")
        DROPPED = "dropped", _("Set aside")

    mentorship = models.ForeignKey("matching.Mentorship", on_delete=models.CASCADE, related_name="goals", db_index=False)
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.STUDENT)
    owner = models.ForeignKey(
        "programmes.Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    is_private = models.BooleanField(_("only I can see it"), default=False)  # a mentor's own only
    title = models.CharField(_("what will you do?"), max_length=300)
    measure = models.CharField(_("how will you both know it is done?"), max_length=300, blank=True)
    why = models.CharField(_("why does it matter for the placement?"), max_length=300, blank=True)
    work = models.CharField(_("which piece of work is it for?"), max_length=200, blank=True)
    due_on = models.DateField(_("by when?"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    percent = models.PositiveSmallIntegerField(_("progress"), default=0)
    number = models.PositiveSmallIntegerField(default=0)  # of the GoalWording that stands here; 0: none is kept
    pending = models.CharField(max_length=10, choices=Pending.choices, default=Pending.BOTH, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)  # by both, in these words
    objectives = models.ManyToManyField("goals.Objective", through="goals.GoalObjective", related_name="goals")
    written_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = StudentsGoalManager.from_queryset(GoalQuerySet)()
    every = ScopedManager.from_queryset(GoalQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("goal")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="goal_percent_at_most_100"),
            models.CheckConstraint(
                condition=models.Q(is_private=False) | (models.Q(side=Side.MENTOR) & models.Q(owner__isnull=False)),
                name="goal_private_is_a_mentors",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_mentors(self):
        return self.side == Side.MENTOR

    @property
    def is_open(self):
        return self.status == self.Status.OPEN


@tenant_table
class GoalObjective(Owned):
    """A goal serves a learning objective."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="objective_links", db_index=False)
    objective = models.ForeignKey("goals.Objective", on_delete=models.CASCADE, related_name="goal_links", db_index=False)

    objects = ScopedManager.from_queryset(PartOfGoalQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "goal", "objective"], name="goal_objective_once")]


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


@holds_file
@tenant_table
class GoalProgress(Owned):
    """How far a goal was at a moment, what was said of it, and what shows it: a link, or a file in private storage."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="progress", db_index=False)
    percent = models.PositiveSmallIntegerField()
    note = models.CharField(_("what happened"), max_length=500, blank=True)
    link = models.URLField(_("a link that shows it"), max_length=500, blank=True)
    path = models.CharField(max_length=300, blank=True)  # see common.storage
    file_name = models.CharField(max_length=300, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfGoalQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["at", "id"]
