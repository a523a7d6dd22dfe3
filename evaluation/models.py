"""Mid-point reviews and exit surveys: what is asked, of whom, and what they say."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models import MentorshipMember
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Side
from programmes.formats import group_keys


class SurveyQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators run them, owners read the results."""
        seen = membership.can(Can.RUN_PROGRAMMES) or membership.can(Can.SEE_REPORTS)
        return self if seen else self.none()


class RequestQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators; and each person what was asked of them."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(participant__membership=membership)

    def open(self):
        return self.filter(answered_at=None)

    def awaiting(self):
        """Asked, not answered, of people who are still there; a review is not asked for once the mentorship has ended."""
        rows = self.open().filter(asked_at__isnull=False, survey__programme__closed_at=None)
        rows = rows.filter(participant__withdrawn_at=None, participant__membership__left_at=None)
        return rows.exclude(models.Q(survey__kind="review") & ~models.Q(mentorship__status="active"))


class AnswerQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Coordinators read all; people their own; student and mentor each other's review, as its page tells them.

        In a group its mentors read what everybody says of it; a student only their own: what another student says is not theirs,
        and what a mentor says there may be about another student.
        What a line manager says, and exit surveys, stay with the writer and the coordinators.
        """
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        own = models.Q(request__participant__membership=membership)
        review = models.Q(request__survey__kind=Survey.Kind.REVIEW)
        seats = MentorshipMember.objects.filter(participant__membership=membership, participant__withdrawn_at=None)
        led = seats.filter(side=Side.MENTOR).values("mentorship")
        of_students = review & models.Q(request__voice=SurveyRequest.Voice.STUDENT, request__mentorship__in=led)
        of_mentors = review & models.Q(request__voice=SurveyRequest.Voice.MENTOR, request__mentorship__in=seats.values("mentorship"))
        of_mentors &= ~models.Q(request__mentorship__programme__format__in=group_keys()) | models.Q(request__mentorship__in=led)
        return self.filter(own | of_students | of_mentors)


@tenant_table
class Survey(Owned):
    """A review or exit survey of one programme; its questions are evaluation.presets in a version."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("Mid-point review")
        EXIT = "exit", _("Exit survey")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="surveys", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.CharField(max_length=20)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(SurveyQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["opens_on", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "programme", "kind"], name="survey_once")]

    def __str__(self):
        return self.get_kind_display()


@tracked
@tenant_table
class SurveyRequest(Owned):
    """One person asked to answer one survey about one mentorship."""

    class Voice(models.TextChoices):
        STUDENT = "student", _("Student")
        MENTOR = "mentor", _("Mentor")
        LINE_MANAGER = "line_manager", _("Line manager")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="requests", db_index=False)
    mentorship = models.ForeignKey("matching.Mentorship", on_delete=models.CASCADE, related_name="survey_requests", db_index=False)
    voice = models.CharField(max_length=15, choices=Voice.choices)
    participant = models.ForeignKey(
        "programmes.Participant", null=True, blank=True, on_delete=models.CASCADE, related_name="survey_requests", db_index=False
    )
    line_manager = models.ForeignKey(
        "programmes.LineManager", null=True, blank=True, on_delete=models.CASCADE, related_name="survey_requests", db_index=False
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    last_nudged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by_link = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(RequestQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "survey", "mentorship", "voice", "participant", "line_manager"],
                nulls_distinct=False,
                name="survey_request_once",
            )
        ]

    @property
    def person_name(self):
        return self.line_manager.name if self.line_manager_id else self.participant.name


@tenant_table
class SurveyAnswer(Owned):
    """One answer: a value on the 1 to 5 scale, or words."""

    request = models.ForeignKey(SurveyRequest, on_delete=models.CASCADE, related_name="answers", db_index=False)
    question = models.CharField(max_length=40)  # key in evaluation.presets
    measure = models.CharField(max_length=40, blank=True)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    objects = ScopedManager.from_queryset(AnswerQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "request", "question"], name="survey_answer_once"),
            models.CheckConstraint(condition=models.Q(value=None) | models.Q(value__gte=1, value__lte=5), name="survey_scale"),
        ]
        indexes = [models.Index(fields=["organisation", "measure"], name="survey_answer_measure")]
