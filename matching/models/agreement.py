from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.storage import holds_file
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet

from .mentorship import Mentorship, PartOfMentorshipQuerySet


class PartOfAgreementQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(agreement__in=Agreement.objects.visible_to(membership))


class SignatureQuerySet(PartOfAgreementQuerySet):
    def standing(self):
        """Those under the newest version of their agreement."""
        return self.filter(number=F("agreement__number"))


@tracked
@tenant_table
class Agreement(Owned):
    """What both sides sign: our text (matching.agreement_text) in a version, and what they settled together.

    ``number``: its newest version; what earlier ones said, and who signed them, stands in ``versions`` and ``signatures``.
    """

    mentorship = models.OneToOneField(Mentorship, on_delete=models.CASCADE, related_name="agreement", db_index=False)
    version = models.CharField(max_length=20)  # of our text
    number = models.PositiveIntegerField(default=1, db_default=1)
    made_at = models.DateTimeField(auto_now_add=True)  # this number of it: the code of conduct of that moment binds
    signed_at = models.DateTimeField(null=True, blank=True)  # by everybody
    look_again_since = models.DateTimeField(null=True, blank=True)  # a review asks whether it still fits

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("agreement")

    def standing_signatures(self) -> list["AgreementSignature"]:
        """Those under the newest version; no query where ``signatures`` is prefetched."""
        return [one for one in self.signatures.all() if one.number == self.number]


@tenant_table
class AgreementVersion(Owned):
    """What one version said, word for word, from its first signature on: nobody's text changes over their name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    text = models.JSONField()  # matching.agreement_words.compose
    sha256 = models.CharField(max_length=64)  # of that text
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "programmes.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    why = models.CharField(_("why it changed"), max_length=500, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)  # by everybody

    objects = ScopedManager.from_queryset(PartOfAgreementQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "agreement", "number"], name="agreement_version_once")]


@holds_file
@tenant_table
class AgreementPaper(Owned):
    """A version that was signed elsewhere: the file that shows it, the day on it, and who noted it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="papers", db_index=False)
    number = models.PositiveIntegerField()
    signed_on = models.DateField()
    path = models.CharField(max_length=300)  # under MEDIA_ROOT, see common.storage
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveIntegerField(default=0)
    noted_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    noted_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfAgreementQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-id"]


@tracked
@tenant_table
class AgreementSignature(Owned):
    """A name under one version of an agreement, with its time and the text it stands under."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField(default=1, db_default=1)
    sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")  # of the version's text
    signed_name = models.CharField(_("your full name"), max_length=300)
    signed_at = models.DateTimeField(auto_now_add=True)
    by_link = models.BooleanField(default=False)
    paper = models.ForeignKey(
        AgreementPaper, null=True, blank=True, on_delete=models.PROTECT, related_name="signatures", db_index=False
    )  # signed elsewhere

    objects = ScopedManager.from_queryset(SignatureQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "participant", "number"], name="signature_once_a_version")
        ]

    @property
    def signed_on(self):
        """The day of the signature: the one on the paper where it was signed elsewhere."""
        return self.paper.signed_on if self.paper_id else timezone.localdate(self.signed_at)
