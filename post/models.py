"""The outbox: a letter is a row, written in the transaction of the fact it tells, then delivered by the worker."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import OrganisationIsolation, SameOrganisation


class Letter(models.Model):
    """One e-mail to one person, from waiting to sent."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be delivered")
        DROPPED = "dropped", _("No longer needed")

    organisation_id = models.BigIntegerField(null=True)  # None: about the sign-in itself
    dedupe_key = models.CharField(max_length=200, unique=True)  # one letter per reason, however often it is asked for
    name = models.CharField(max_length=60)  # the templates in templates/letters/
    to_email = models.EmailField()
    to_name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    about = models.CharField(max_length=80, blank=True)  # "checkins.checkin:12": lets a done thing drop its letters
    unsubscribe_url = models.CharField(max_length=500, blank=True, default="", db_default="")  # takes a one-click POST (RFC 8058)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            OrganisationIsolation(name="post_letter_own", kind="platform"),
            models.UniqueConstraint(fields=["organisation_id", "id"], name="post_letter_pair"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="post_letter_open", condition=models.Q(status="waiting")),
            models.Index(fields=["organisation_id", "-created_at"], name="post_letter_org_created"),
            models.Index(fields=["organisation_id", "about"], name="post_letter_org_about"),
        ]

    def __str__(self):
        return f"{self.subject} → {self.to_email}"


class Undeliverable(models.Model):
    """An address that letters do not reach, until somebody mends it or tries it again."""

    class Kind(models.TextChoices):
        RETURNED = "returned", _("Letters come back")
        UNWANTED = "unwanted", _("Marked as unwanted")

    organisation_id = models.BigIntegerField(null=True)  # whose letter it was
    email = models.EmailField()  # in small letters
    kind = models.CharField(max_length=10, choices=Kind.choices)
    stops = models.BooleanField(default=False)  # nothing more is sent there
    status = models.CharField(max_length=20, blank=True)  # the mail server's, "5.1.1" (RFC 3463)
    reason = models.CharField(max_length=500, blank=True)  # in the mail server's words
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    called_by = models.CharField(max_length=300, blank=True)
    call_note = models.CharField(max_length=300, blank=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last_at", "-id"]
        constraints = [
            OrganisationIsolation(name="post_undeliverable_own", kind="platform"),
            models.UniqueConstraint(fields=["organisation_id", "id"], name="post_undeliverable_pair"),
            models.UniqueConstraint(
                fields=["organisation_id", "email"], name="post_undeliverable_once", condition=models.Q(cleared_at=None)
            ),
        ]

    def __str__(self):
        return self.email


class Attachment(models.Model):
    """A small file that goes with a letter, such as a calendar file. Kept with it, so that every try sends the same."""

    organisation_id = models.BigIntegerField(null=True)  # the letter's
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments", db_index=False)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=120)  # whole, with its parameters: "text/calendar; method=REQUEST"
    content = models.BinaryField()

    class Meta:
        ordering = ["id"]
        constraints = [
            OrganisationIsolation(name="post_attachment_own", kind="platform"),
            SameOrganisation(field="letter", name="post_attachment_letter_same"),
            models.UniqueConstraint(fields=["letter", "name"], name="post_attachment_once"),
        ]
        indexes = [models.Index(fields=["organisation_id", "letter"], name="post_attachment_org_letter")]

    def __str__(self):
        return self.name
