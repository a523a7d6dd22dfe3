from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned

from .mentorship import Mentorship, PartOfMentorshipQuerySet


class ContactPauseQuerySet(PartOfMentorshipQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship sees that contact is paused; what led to it stands elsewhere."""
        return super().visible_to(membership)

    def standing(self):
        return self.filter(ended_at=None)


@tenant_table
class ContactPause(Owned):
    """A time in which the members of a mentorship are not in contact. What led to a lead's pause is not kept here."""

    class Why(models.TextChoices):
        LEAD = "lead", _("Paused for now")
        CONSENT = "consent", _("A guardian has not agreed")

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="pauses", db_index=False)
    why = models.CharField(max_length=10, choices=Why.choices)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ContactPauseQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentorship", "why"], condition=models.Q(ended_at=None), name="contact_pause_once"
            )
        ]
