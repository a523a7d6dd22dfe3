from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet

from .mentorship import Mentorship, PartOfMentorshipQuerySet


class SignatureQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(agreement__in=Agreement.objects.visible_to(membership))


@tracked
@tenant_table
class Agreement(Owned):
    """What both sides sign at the start: our text (matching.agreement_text) in a version, and what they settle together."""

    mentorship = models.OneToOneField(Mentorship, on_delete=models.CASCADE, related_name="agreement", db_index=False)
    version = models.CharField(max_length=20)
    schedule = models.TextField(_("when and how often you will meet"), blank=True)
    channels = models.TextField(_("how you will keep in touch"), blank=True)
    reach_out = models.TextField(_("when it is fine to get in touch in between"), blank=True)
    student_brings = models.TextField(_("what the student brings"), blank=True)
    mentor_brings = models.TextField(_("what the mentor brings"), blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(null=True, blank=True)  # by everybody

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("agreement")


@tracked
@tenant_table
class AgreementSignature(Owned):
    """A name under an agreement, with its time."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="+", db_index=False)
    signed_name = models.CharField(_("your full name"), max_length=300)
    signed_at = models.DateTimeField(auto_now_add=True)
    by_link = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(SignatureQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "agreement", "participant"], name="signature_once")]
