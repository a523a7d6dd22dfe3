"""Young people: what a programme asks for them, who answers for them, and what was answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.storage import holds_file
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


class SafetyRulesQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever sees the programme may know what it asks for."""
        from .programme import Programme  # noqa: PLC0415  beside it

        return self.filter(programme__in=Programme.objects.visible_to(membership))


@tracked
@tenant_table
class SafetyRules(Owned):
    """How people meet in a programme with participants under 18. Without a row, or with ``for_under_18`` off, nothing is asked."""

    programme = models.OneToOneField("programmes.Programme", on_delete=models.CASCADE, related_name="safety_rules", db_index=False)
    for_under_18 = models.BooleanField(_("people under 18 take part"), default=False)
    guardian_consent = models.BooleanField(_("a parent or guardian must agree"), default=True)
    supervised_only = models.BooleanField(_("they meet only where a responsible adult is near"), default=True)
    one_to_one_video = models.BooleanField(_("one-to-one video calls are allowed"), default=False)
    version = models.PositiveSmallIntegerField(default=1)  # grows when what a guardian agreed to changes

    objects = ScopedManager.from_queryset(SafetyRulesQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("rules for contact")


class YoungPersonQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators, who write to the guardian. Mentors are told what is asked of them, never who the guardian is."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@tracked
@tenant_table
class YoungPerson(Owned):
    """A participant who is under 18, until a day, and the parent or guardian who answers for them."""

    participant = models.OneToOneField("programmes.Participant", on_delete=models.CASCADE, related_name="young", db_index=False)
    under_18_until = models.DateField(_("18th birthday"))
    guardian_name = models.CharField(_("parent or guardian"), max_length=300, blank=True)
    guardian_email = models.EmailField(_("their e-mail address"), blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # last letter to the guardian

    objects = ScopedManager.from_queryset(YoungPersonQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("young person")


class GuardianConsentQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@holds_file
@tenant_table
class GuardianConsent(Owned):
    """One answer of a guardian: yes or no, by link or on paper. A later one stands in its place; none is changed."""

    class How(models.TextChoices):
        LINK = "link", _("by link")
        PAPER = "paper", _("on paper")

    young = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="consents", db_index=False)
    is_yes = models.BooleanField()
    version = models.CharField(max_length=20)  # programmes.guardians.version_of: what was agreed to
    signed_name = models.CharField(_("name"), max_length=300)
    how = models.CharField(max_length=10, choices=How.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    path = models.CharField(max_length=300, blank=True)  # the paper, see common.storage
    file_name = models.CharField(max_length=200, blank=True)

    objects = ScopedManager.from_queryset(GuardianConsentQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-at", "-id"]
