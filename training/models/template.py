import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import State


def new_key():
    """What a programme's ``checklist_key`` holds for this checklist; no key of ours begins so."""
    return f"own-{secrets.token_hex(5)}"


class TemplateQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who run programmes choose and write them; mentors meet the version they answer, on its own row."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


class VersionQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who run programmes, and a mentor the versions they have answered."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(pk__in=membership.participations.values("checklist_responses__template_version"))

    def published(self):
        return self.exclude(published_at=None)


class AspectQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """As the version they belong to."""
        return self.filter(version__in=ChecklistVersion.objects.visible_to(membership))


@tracked
@tenant_table
class ChecklistTemplate(Owned):
    """A checklist of the organisation's own, in versions. A programme points at it by ``key`` (Programme.checklist_key)."""

    key = models.SlugField(max_length=40, default=new_key)
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(TemplateQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("checklist")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="checklist_key_once")]

    def __str__(self):
        return self.name


@tracked
@tenant_table
class ChecklistVersion(Owned):
    """One wording of a checklist. Once published it is never edited: a change is a new version, of which one may be a draft."""

    template = models.ForeignKey(ChecklistTemplate, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "organisations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(VersionQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("version of a checklist")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "template", "number"], name="checklist_version_once"),
            models.UniqueConstraint(
                fields=["organisation", "template"], condition=models.Q(published_at=None), name="checklist_one_draft"
            ),
        ]

    def __str__(self):
        return str(self.number)


@tenant_table
class TemplateAspect(Owned):
    """One point of a version. ``key`` is the same from version to version, so that answers can be compared."""

    version = models.ForeignKey(ChecklistVersion, on_delete=models.CASCADE, related_name="aspects", db_index=False)
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("the point"), max_length=120)
    explanation = models.TextField(_("what it means to have it covered"), max_length=600)
    resource = models.SlugField(_("something to read"), max_length=60, blank=True)  # slug in training.library
    must_be_covered = models.BooleanField(_("has to be covered before matching"), default=False)

    objects = ScopedManager.from_queryset(AspectQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("point of a checklist")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "version", "key"], name="aspect_once")]

    def __str__(self):
        return self.title
