from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from .checklist import ResponseQuerySet


class CodeQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """What is published binds people, so everybody in the organisation may read it; drafts are the coordinators'."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.exclude(published_at=None)


class ClauseQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """As the version they belong to."""
        return self.filter(version__in=CodeVersion.objects.visible_to(membership))


@tracked
@tenant_table
class CodeVersion(Owned):
    """The organisation's own wording of the code of conduct. Once published it is never edited; one may be a draft."""

    number = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "organisations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(CodeQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("version of the code of conduct")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="code_version_once"),
            models.UniqueConstraint(fields=["organisation"], condition=models.Q(published_at=None), name="code_one_draft"),
        ]

    def __str__(self):
        return str(self.number)


@tenant_table
class CodeClause(Owned):
    """One part of a version: the seven of our preset (``key``), and what the organisation adds of its own."""

    version = models.ForeignKey(CodeVersion, on_delete=models.CASCADE, related_name="clauses", db_index=False)
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what is promised"), max_length=1000)

    objects = ScopedManager.from_queryset(ClauseQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "version", "key"], name="clause_once")]

    def __str__(self):
        return self.title


@tracked
@tenant_table
class CodeSignature(Owned):
    """A mentor's name under one version of the code of conduct. Kept when a newer version asks for a new one."""

    mentor = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="code_signatures", db_index=False)
    version = models.CharField(max_length=20)  # training.presets.CODE_OF_CONDUCT.version, or the number of an own one
    code_version = models.ForeignKey(
        CodeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # None: our preset
    signed_name = models.CharField(_("your name"), max_length=300)
    signed_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "mentor", "version"], name="code_signed_once")]
