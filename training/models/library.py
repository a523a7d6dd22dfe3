from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.storage import holds_file
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


def _keys(label):
    return ArrayField(models.CharField(max_length=40), verbose_name=label, default=list, blank=True)


class OwnResourceQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who run programmes, retired ones too; who looks after people, what is current; others what is for their role."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        if membership.can(Can.SEE_PEOPLE) or membership.can(Can.READ_CONCERNS):
            return self.current()
        return self.current().filter(roles__overlap=membership.roles)

    def current(self):
        return self.filter(retired_at=None)


@holds_file
@tracked
@tenant_table
class OwnResource(Owned):
    """Something to read, watch or fill in that an organisation adds beside the ten texts of the house (training.library)."""

    class Kind(models.TextChoices):
        TEXT = "text", _("A text")
        LINK = "link", _("A link")
        FILE = "file", _("A file")

    class Reader(models.TextChoices):
        """Whom it is for. Line managers have no pages here: it is sent to them."""

        MENTOR = "mentor", _("Mentors")
        STUDENT = "student", _("Students")
        TUTOR = "tutor", _("Tutors")
        LINE_MANAGER = "line_manager", _("Line managers")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("what it is good for"), max_length=400, blank=True)
    body = models.TextField(_("text"), blank=True)  # Markdown, the part that training.markdown knows
    url = models.URLField(_("address"), max_length=500, blank=True)
    path = models.CharField(max_length=300, blank=True)  # of the stored file, see common.storage
    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    aspects = _keys(_("points of the checklist"))  # none: about mentoring in general
    roles = _keys(_("for whom"))
    stages = _keys(_("stages of the mentorship"))  # none: at any time
    added_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(OwnResourceQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("resource")
        ordering = ["title", "id"]

    def __str__(self):
        return self.title

    @property
    def key(self):
        """What stands for it in a read mark."""
        return f"own:{self.pk}"
