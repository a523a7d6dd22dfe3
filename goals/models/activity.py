"""Activities: an organisation's own beside the house's, what it hides, and what a mentorship planned and did."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models.mentorship import PartOfMentorshipQuerySet
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Stage

from ..activities import by_key
from ..enums import Function, Setting

OWN = "own-"  # begins the key of an organisation's own activity


class OwnActivityQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Everybody finds what is offered; those who run programmes also what was taken out, to put it back."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.current()

    def current(self):
        return self.filter(retired_at=None)


@tracked
@tenant_table
class OwnActivity(Owned):
    """An activity that an organisation adds beside the house's (goals.activities). ``steps`` and ``questions``: one on each line."""

    title = models.CharField(_("title"), max_length=120)
    stages = ArrayField(models.CharField(max_length=20, choices=Stage.choices), verbose_name=_("stages"))
    functions = ArrayField(models.CharField(max_length=20, choices=Function.choices), verbose_name=_("what it is good for"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5), MaxValueValidator(240)])
    way = models.CharField(_("where"), max_length=10, choices=Setting.choices, default=Setting.BOTH)
    purpose = models.CharField(_("what it does"), max_length=300)
    needs = models.CharField(_("what you need"), max_length=300, blank=True)
    steps = models.TextField(_("steps"))
    questions = models.TextField(_("questions to talk about"), blank=True)
    safety = models.CharField(_("what to mind"), max_length=300, blank=True)
    added_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    added_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(OwnActivityQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("activity")
        ordering = ["title", "id"]

    def __str__(self):
        return self.title

    @property
    def key(self):
        return f"{OWN}{self.pk}"


class HiddenActivityQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Everybody: it only says which of the house's activities the organisation does not offer."""
        return self


@tenant_table
class HiddenActivity(Owned):
    """One of the house's activities that an organisation does not offer."""

    key = models.CharField(max_length=60)
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(HiddenActivityQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="activity_hidden_once")]


@tracked
@tenant_table
class MentorshipActivity(Owned):
    """An activity a mentorship has planned for its next check-in, or done (``done_on``), with its two lines of debrief.

    ``title`` is what it was called, so that it can be read when the library has changed.
    """

    mentorship = models.ForeignKey("matching.Mentorship", on_delete=models.CASCADE, related_name="activities", db_index=False)
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    planned_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    planned_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField(_("when"), null=True, blank=True)
    done_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    noticed = models.CharField(_("what did you notice?"), max_length=500, blank=True)
    next = models.CharField(_("what comes next?"), max_length=500, blank=True)

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("activity of a mentorship")
        ordering = ["-done_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentorship", "key"], condition=Q(done_on=None), name="activity_planned_once"
            ),
            models.UniqueConstraint(fields=["organisation", "mentorship", "key", "done_on"], name="activity_done_once_a_day"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_in_library(self):
        """Whether it can still be read: one of the house's may have gone with a later version."""
        return self.key.startswith(OWN) or self.key in by_key()
