from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet

from .checklist import ResponseQuerySet


class OwnReadQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """What somebody has read is theirs to know."""
        return self.filter(membership=membership)


@tracked
@tenant_table
class TrainingOverride(Owned):
    """A coordinator's decision to match a mentor who has not finished the training, with the reason."""

    mentor = models.ForeignKey(
        "programmes.Participant", on_delete=models.CASCADE, related_name="training_overrides", db_index=False
    )
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentor"], condition=models.Q(withdrawn_at=None), name="override_once"
            )
        ]


@tracked
@tenant_table
class CodeSignature(Owned):
    """A mentor's name under the code of conduct."""

    mentor = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="code_signatures", db_index=False)
    version = models.CharField(max_length=20)
    signed_name = models.CharField(_("your name"), max_length=300)
    signed_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "mentor", "version"], name="code_signed_once")]


@tenant_table
class ResourceRead(Owned):
    """A resource somebody has opened to its end."""

    membership = models.ForeignKey("organisations.Membership", on_delete=models.CASCADE, related_name="+", db_index=False)
    resource = models.CharField(max_length=60)  # slug in training.library
    read_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(OwnReadQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "membership", "resource"], name="read_once")]
