from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


class RosterImportQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators import."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@tenant_table
class RosterImport(Owned):
    """One uploaded roster file: read, shown, then applied whole by the worker."""

    class Kind(models.TextChoices):
        STUDENTS = "students", _("Students")
        MENTORS = "mentors", _("Mentors")
        PLACEMENTS = "placements", _("Placements")

    class Status(models.TextChoices):
        READ = "read", _("Waiting for your yes")
        APPLYING = "applying", _("Being brought in")
        APPLIED = "applied", _("Brought in")
        FAILED = "failed", _("Did not work")
        DROPPED = "dropped", _("Set aside")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="imports", db_index=False)
    kind = models.CharField(_("what is in it"), max_length=12, choices=Kind.choices)
    file_name = models.CharField(max_length=300)
    content = models.BinaryField()  # at most 10 MB; dropped once applied
    mapping = models.JSONField(default=dict)  # column header -> field, where a person chose
    summary = models.JSONField(default=dict)  # what the page shows of it: services/import_preview.py
    remarks = models.JSONField(default=dict, db_default={})  # all refusals and warnings; the summary has the first of them
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READ)
    uploaded_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    objects = ScopedManager.from_queryset(RosterImportQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-id"]

    def __str__(self):
        return self.file_name
