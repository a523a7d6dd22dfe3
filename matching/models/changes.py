from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned

from .rounds import CoordinatorsOnlyQuerySet


@tracked
@tenant_table
class ChangeRequest(Owned):
    """A member of a mentorship asks for another partner, or to stop. The reason is the coordinators' alone."""

    class Wish(models.TextChoices):
        ANOTHER = "another", _("Somebody else")
        STOP = "stop", _("To stop")

    mentorship = models.ForeignKey("matching.Mentorship", on_delete=models.CASCADE, related_name="change_requests", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    wish = models.CharField(max_length=10, choices=Wish.choices)
    reason = models.TextField(_("reason"), blank=True)
    by_link = models.BooleanField(default=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "organisations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("wish for a change")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentorship", "participant"],
                condition=models.Q(settled_at=None),
                name="change_asked_once",
            )
        ]
