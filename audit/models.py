"""Append-only: what was done, and who read what is sensitive. Nobody but the owner role may change a row."""

from django.db import models

from common.tenancy import OrganisationIsolation


class _Record(models.Model):
    # Plain ids, not foreign keys: this app knows nobody, and a record outlives what it is about.
    organisation_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)  # accounts.User; None = the system, or a signed link
    actor_name = models.CharField(max_length=300, blank=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class Event(_Record):
    """One thing done: ``verb`` in the past tense ("proposal published"), with what it concerned."""

    verb = models.CharField(max_length=80)
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [OrganisationIsolation(name="audit_event_own", kind="platform")]
        indexes = [
            models.Index(fields=["organisation_id", "-at"], name="audit_event_org_at"),
            models.Index(fields=["organisation_id", "object_type", "object_id"], name="audit_event_org_object"),
        ]

    def __str__(self):
        return self.verb


class AccessLog(_Record):
    """One reading of something sensitive (a concern, an organisation's tables in admin), with the reason given."""

    what = models.CharField(max_length=80)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [OrganisationIsolation(name="audit_accesslog_own", kind="platform")]
        indexes = [
            models.Index(fields=["organisation_id", "-at"], name="audit_access_org_at"),
            models.Index(fields=["organisation_id", "object_type", "object_id"], name="audit_access_org_object"),
        ]

    def __str__(self):
        return self.what
