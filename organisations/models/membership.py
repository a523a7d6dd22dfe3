from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table

from ..enums import Purpose, Role
from ..roles import capabilities_of
from .base import Owned, VisibleQuerySet
from .links import SignedLink
from .organisation import validate_time_zone


class MembershipQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who look after people see everybody; others see themselves."""
        from ..roles import Can  # noqa: PLC0415  it needs the models

        if membership.can(Can.SEE_PEOPLE):
            return self
        return self.filter(pk=membership.pk)

    def present(self):
        return self.filter(left_at=None)

    def with_role(self, role):
        return self.filter(roles__contains=[role])

    def with_invitation(self):
        """Adds invited_at and invitation_ends: of the newest invitation that still works, else None.

        Every letter that lets somebody choose a password holds one, whoever wrote it: the invitation, the question to train.
        last_invited_at: of the newest that was not taken back, whether or not it still works.
        """
        given = SignedLink.objects.filter(purpose=Purpose.JOIN, target_id=models.OuterRef("pk"), revoked_at=None).order_by("-id")
        works = given.filter(used_at=None, expires_at__gt=timezone.now())
        return self.annotate(
            invited_at=models.Subquery(works.values("created_at")[:1]),
            invitation_ends=models.Subquery(works.values("expires_at")[:1]),
            last_invited_at=models.Subquery(given.values("created_at")[:1]),
        )


@tracked
@tenant_table(kind="own")
class Membership(Owned):
    """A person in one organisation: what it knows about them, whether or not they ever sign in."""

    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_name = models.CharField(_("first name"), max_length=300)
    last_name = models.CharField(_("last name"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=60, blank=True, default="", db_default="", validators=[validate_time_zone]
    )  # "": the organisation's
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), verbose_name=_("roles"), default=list)
    is_safeguarding_lead = models.BooleanField(_("named lead for concerns"), default=False)
    is_safeguarding_deputy = models.BooleanField(_("deputy of the lead"), default=False, db_default=False)
    joined_at = models.DateTimeField(null=True, blank=True)  # first signed in
    left_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(MembershipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("person")
        ordering = ["first_name", "last_name", "id"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("email"), name="membership_email_once"),
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_user_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}".strip()

    def can(self, capability) -> bool:
        """Whether one of this person's roles (or being the named lead) gives them the capability."""
        return self.left_at is None and capability in capabilities_of(self)

    @property
    def role_labels(self):
        """The roles in words, in the order they are kept."""
        return [Role(role).label for role in self.roles]

    def has_role(self, role) -> bool:
        return role in self.roles
