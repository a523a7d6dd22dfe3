from django.db import models
from django.utils import timezone

from common.tenancy import ScopedManager, tenant_table

from .base import Owned, VisibleQuerySet


class SignedLinkQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Nobody browses links: they are reached by their secret only."""
        return self.none()


@tenant_table
class SignedLink(Owned):
    """A page one person may open without signing in: one purpose, one object, until it expires or is revoked.

    Only a hash of the secret is kept. ``target_id`` is the id of the row the purpose speaks of.
    """

    purpose = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    membership = models.ForeignKey("organisations.Membership", null=True, on_delete=models.CASCADE, related_name="+")
    holder_name = models.CharField(max_length=300, blank=True)  # who it was sent to, where there is no membership
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # set when the one thing it is for is done
    revoked_at = models.DateTimeField(null=True)

    objects = ScopedManager.from_queryset(SignedLinkQuerySet)()

    class Meta(Owned.Meta):
        indexes = [models.Index(fields=["organisation", "purpose", "target_id"], name="signedlink_target")]

    def __str__(self):
        return f"{self.purpose} {self.target_id}"

    @property
    def is_live(self):
        return self.revoked_at is None and self.expires_at > timezone.now()
