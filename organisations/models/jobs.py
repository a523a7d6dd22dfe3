from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table

from ..job_kinds import TITLES
from .base import Owned, VisibleQuerySet


class JobQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Who started it, and those who run programmes."""
        from ..roles import Can  # noqa: PLC0415  it needs the models

        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(started_by=membership)


@tenant_table
class Job(Owned):
    """Long work in the worker: its progress, its end, and how to ask it to stop. The row is the truth, Redis only a hint."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting to start")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Did not work")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(max_length=40)  # the task to run: see organisations.services.jobs.register
    target_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)  # words for the person waiting
    params = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_asked_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(null=True)  # last sign of life; a silent running job is started again
    finished_at = models.DateTimeField(null=True)

    objects = ScopedManager.from_queryset(JobQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organisation", "kind", "target_id"], name="job_target"),
            models.Index(fields=["id"], name="job_open", condition=models.Q(status__in=["waiting", "running"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "target_id"],
                condition=models.Q(status__in=["waiting", "running"]),
                name="job_one_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.status}"

    @property
    def title(self):
        """What the page calls this work."""
        return TITLES.get(self.kind) or _("Work in progress")

    @property
    def is_over(self):
        return self.status in {self.Status.DONE, self.Status.FAILED, self.Status.CANCELLED}

    @property
    def percent(self):
        return min(100, round(100 * self.done / self.total)) if self.total else 0
