from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Side

from ..enums import Axis, QuestionKind
from .rounds import CoordinatorsOnlyQuerySet


class ResponseQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """A person's own; coordinators match by them, so they read all."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(participant__membership=membership)


class AnswerQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """As the response they belong to."""
        return self.filter(response__in=QuestionnaireResponse.objects.visible_to(membership))


@tenant_table
class Questionnaire(Owned):
    """What one side of a programme is asked before matching, in one version. A published version is never changed again.

    A programme without one asks our preset (matching.questionnaire_preset).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        REPLACED = "replaced", _("Replaced")

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="questionnaires", db_index=False
    )
    side = models.CharField(max_length=10, choices=Side.choices)
    version = models.PositiveSmallIntegerField()  # 1, 2, 3 … of this side; our preset counts as 0
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    offers_background = models.BooleanField(default=True)  # the page of matching.background_topics
    made_by = models.ForeignKey(
        "organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("questionnaire")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "side", "version"], name="questionnaire_version"),
            models.UniqueConstraint(
                fields=["organisation", "programme", "side"], condition=models.Q(status="draft"), name="questionnaire_one_draft"
            ),
            models.UniqueConstraint(
                fields=["organisation", "programme", "side"],
                condition=models.Q(status="published"),
                name="questionnaire_one_published",
            ),
        ]

    def __str__(self):
        return f"{self.get_side_display()}, {self.version}"


@tenant_table
class Question(Owned):
    """One question of a version. Questions of the two sides with the same key are compared (matching.questions)."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions", db_index=False)
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)  # made from the label, never shown
    kind = models.CharField(_("how it is answered"), max_length=12, choices=QuestionKind.choices)
    label = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("a line to explain it"), max_length=500, blank=True)
    options = ArrayField(models.CharField(max_length=100), default=list, blank=True)  # of a scale: what 1 and 5 mean
    allows_other = models.BooleanField(default=False)  # people may write an answer that is not in the list
    required = models.BooleanField(default=False)
    # How it counts. Read from the student's question; the mentor's is compared with it.
    axis = models.CharField(max_length=20, choices=Axis.choices, default=Axis.NONE, blank=True)
    weight = models.PositiveSmallIntegerField(default=2)  # questions.WEIGHTS, in quarters
    is_hard = models.BooleanField(default=False)  # both must share an answer

    objects = ScopedManager.from_queryset(CoordinatorsOnlyQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("question")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "questionnaire", "key"], name="question_key_once")]

    def __str__(self):
        return self.label


@tenant_table
class QuestionnaireResponse(Owned):
    """One participant and their questionnaire: asked, begun, answered."""

    participant = models.OneToOneField(
        "programmes.Participant", on_delete=models.CASCADE, related_name="questionnaire_response", db_index=False
    )
    version = models.PositiveSmallIntegerField(null=True, blank=True)  # that the answers were given to; 0: our preset
    asked_at = models.DateTimeField(null=True, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # the first time
    changed_at = models.DateTimeField(null=True, blank=True)  # the last time
    by_link = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("questionnaire")
        ordering = ["id"]


@tenant_table
class QuestionnaireAnswer(Owned):
    """What somebody answered to one question, as they gave it.

    Where the question is about a fact of the participant (questions.FACTS), the participant's row is what matching reads;
    this one tells what the person said, and when, so that a later change by roster or by hand can be told from it.
    """

    response = models.ForeignKey(QuestionnaireResponse, on_delete=models.CASCADE, related_name="answers", db_index=False)
    key = models.CharField(max_length=40)
    values = ArrayField(models.TextField())
    answered_at = models.DateTimeField()

    objects = ScopedManager.from_queryset(AnswerQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "response", "key"], name="questionnaire_answer_once")]
