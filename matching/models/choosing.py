from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.days import local_today
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from .rounds import CoordinatorsOnlyQuerySet


class SheetQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """A person's own; coordinators match by them, so they read all. Never whoever stands on it."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(person__membership=membership)

    def present(self):
        """Of people who have not left since."""
        return self.filter(person__withdrawn_at=None, person__membership__left_at=None)


class CandidateQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """As the sheet they stand on: what somebody made of them never reaches them."""
        return self.filter(sheet__in=ChoiceSheet.objects.visible_to(membership))

    def present(self):
        """Who can still be chosen."""
        return self.filter(person__withdrawn_at=None, person__membership__left_at=None)


class SpeedMeetingQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators see the timetable; others their own times."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(models.Q(student__membership=membership) | models.Q(mentor__membership=membership))

    def present(self):
        """Those for which both are still there."""
        gone = {f"{side}__{field}": None for side in ("student", "mentor") for field in ("withdrawn_at", "membership__left_at")}
        return self.filter(**gone)


@tenant_table
class ChoosingRound(Owned):
    """Before matching: people see a few candidates and put them in order. With speed meetings they meet them first."""

    class Sides(models.TextChoices):
        STUDENTS = "students", _("Students choose among mentors")
        MENTORS = "mentors", _("Mentors choose among students")
        BOTH = "both", _("Both choose")

    FEWEST, MOST = 2, 8  # candidates of one person: fewer is no choice, more nobody reads
    MOST_MEETINGS = 3  # of one student: beyond that the first face is forgotten

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="choosing_rounds", db_index=False)
    number = models.PositiveIntegerField()  # 1, 2, 3 … in the programme
    sides = models.CharField(max_length=10, choices=Sides.choices, default=Sides.STUDENTS)
    per_person = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)])
    shown_to_most = models.PositiveSmallIntegerField()  # people one candidate is shown to at most
    opens_at = models.DateTimeField()  # when the sheets open: after the last meeting, where there are meetings
    closes_on = models.DateField()  # the last day to choose
    closed_at = models.DateTimeField(null=True, blank=True)  # by hand, or when the next round was begun
    meets_at = models.DateTimeField(null=True, blank=True)  # the first speed meeting; None: there are none
    meeting_minutes = models.PositiveSmallIntegerField(default=10)
    place = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("choosing round")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "number"], name="choosing_round_number"),
            models.UniqueConstraint(
                fields=["organisation", "programme"], condition=models.Q(closed_at=None), name="choosing_round_one_at_a_time"
            ),
        ]

    def state(self, at=None) -> str:
        """ "coming", "open" or "closed" at this moment."""
        at = at or timezone.now()
        if self.closed_at or local_today(self.organisation, at) > self.closes_on:
            return "closed"
        return "open" if self.opens_at <= at else "coming"

    def time_of(self, slot):
        """When the meetings of a slot begin; slots count from 0."""
        return self.meets_at + timedelta(minutes=slot * self.meeting_minutes)


@tenant_table
class ChoiceSheet(Owned):
    """One person's candidates in a round, and what they made of them. What stands on it when the round closes counts."""

    round = models.ForeignKey(ChoosingRound, on_delete=models.CASCADE, related_name="sheets", db_index=False)
    person = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="choice_sheets", db_index=False)
    version = models.PositiveIntegerField(default=0)  # counts the changes, so that a second window does not undo the first
    ordered_at = models.DateTimeField(null=True, blank=True)  # the first time the order became their own
    done_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)
    without = models.JSONField(default=dict, blank=True)  # why nobody could be shown to them: {"code", "params"}

    objects = ScopedManager.from_queryset(SheetQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("choice sheet")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "round", "person"], name="choice_sheet_once")]


@tenant_table
class Candidate(Owned):
    """Somebody of the other side on a person's sheet."""

    sheet = models.ForeignKey(ChoiceSheet, on_delete=models.CASCADE, related_name="candidates", db_index=False)
    person = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()  # 1 is the first choice; ours at first, the best score first
    is_no = models.BooleanField(default=False)  # "not this one"
    reasons = models.JSONField(default=list)  # [{"code", "params"}] fit for the sheet's owner: see matching.words

    objects = ScopedManager.from_queryset(CandidateQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "sheet", "person"], name="candidate_once")]


@tenant_table
class SpeedMeeting(Owned):
    """A student and a mentor talk for a few minutes. Nobody has two at once."""

    round = models.ForeignKey(ChoosingRound, on_delete=models.CASCADE, related_name="meetings", db_index=False)
    student = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    mentor = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    slot = models.PositiveSmallIntegerField()  # 0, 1, 2 …: ChoosingRound.time_of

    objects = ScopedManager.from_queryset(SpeedMeetingQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["slot", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "round", "student", "slot"], name="speed_meeting_student_slot"),
            models.UniqueConstraint(fields=["organisation", "round", "mentor", "slot"], name="speed_meeting_mentor_slot"),
        ]
