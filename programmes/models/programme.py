from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import Format
from ..formats import format_by_key


class ProgrammeQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who run or report on programmes see all; participants see the ones they take part in."""
        if membership.can(Can.RUN_PROGRAMMES) or membership.can(Can.SEE_REPORTS):
            return self
        return self.filter(pk__in=membership.participations.values("programme"))


@tracked
@tenant_table
class Programme(Owned):
    """One run of mentoring with dates, a format, rules and people."""

    name = models.CharField(_("name"), max_length=200)
    preset = models.CharField(max_length=40, default="blank")
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, default=Format.ONE_TO_ONE)
    students_per_mentor = models.PositiveSmallIntegerField(
        _("students a mentor may have"), default=3, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    purpose = models.TextField(_("purpose"), blank=True)
    outcomes = models.TextField(_("intended outcomes"), blank=True, help_text=_("One on each line."))
    check_in_every_days = models.PositiveSmallIntegerField(
        _("days between check-ins"), default=14, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    first_meeting_days = models.PositiveSmallIntegerField(_("days to the first meeting"), default=10)
    quiet_days = models.PositiveSmallIntegerField(_("days of silence before you are told"), default=14)
    answer_days = models.PositiveSmallIntegerField(_("days to answer a proposal"), default=3)
    requires_background_check = models.BooleanField(_("mentors need a valid background check"), default=True)
    checklist_key = models.CharField(_("training checklist"), max_length=40, default="mentor-training")
    review_key = models.CharField(max_length=40, default="mid-point-review")
    exit_key = models.CharField(max_length=40, default="exit-survey")
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(ProgrammeQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("programme")
        ordering = ["-starts_on", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="programme_dates_in_order",
                violation_error_message=_("The programme must end after it starts."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def spec(self):
        """Its format with the ratios: programmes.formats.FormatSpec."""
        return format_by_key(self.format)

    @property
    def places_per_mentor(self):
        """The most students one mentor may have: its own number, and the format's where a mentor's students are one group."""
        spec = self.spec
        return min(self.students_per_mentor, spec.max_students_per_mentor) if spec.is_group else self.students_per_mentor

    def weeks(self, today=None):
        """(this week, all weeks), counted from 1; before the start this week is 0."""
        today = today or timezone.localdate()
        all_weeks = max(1, ((self.ends_on - self.starts_on).days + 6) // 7)
        if today < self.starts_on:
            return 0, all_weeks
        return min(all_weeks, (today - self.starts_on).days // 7 + 1), all_weeks


class ChecklistItemQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The coordinators' own list."""
        return self if membership.can(Can.RUN_PROGRAMMES) else self.none()


@tenant_table
class ChecklistItem(Owned):
    """One line of the coordinator's own dated checklist for a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="checklist_items", db_index=False)
    phase = models.CharField(max_length=20)  # before, during, after
    title = models.CharField(max_length=300)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("organisations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager.from_queryset(ChecklistItemQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["due_on", "id"]

    def __str__(self):
        return self.title
