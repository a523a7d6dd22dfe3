"""Files people may download: action plans in versions, and zips of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.storage import holds_file
from common.tenancy import ScopedManager, tenant_table
from matching.models.mentorship import PartOfMentorshipQuerySet
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


class BatchQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators make them."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@holds_file
@tenant_table
class Document(Owned):
    """One version of a mentorship's action plan as a PDF."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")

    mentorship = models.ForeignKey("matching.Mentorship", on_delete=models.CASCADE, related_name="documents", db_index=False)
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    path = models.CharField(max_length=300, blank=True)  # under MEDIA_ROOT, see common.storage
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    content_key = models.CharField(max_length=64, blank=True)  # the same when a later plan would say the same
    asked_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("action plan")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["organisation", "mentorship", "version"], name="document_version")]


@holds_file
@tenant_table
class DocumentBatch(Owned):
    """All action plans of a programme as one zip."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="document_batches", db_index=False)
    path = models.CharField(max_length=300, blank=True)
    size = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(BatchQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-id"]
