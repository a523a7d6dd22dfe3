from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned

from .mentorship import Mentorship, PartOfMentorshipQuerySet


@tracked
@tenant_table
class EarlyEnd(Owned):
    """A member says: we have done what we set out to do. Everybody's yes, or the coordinator's, ends the mentorship."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="early_ends", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    said_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("wish to finish early")
        ordering = ["said_at", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "mentorship", "participant"], name="early_end_once")]
