from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can


class ResponseQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The mentor's own, and those who run programmes."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(mentor__membership=membership)


class AnswerQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """As the response they belong to."""
        return self.filter(response__in=ChecklistResponse.objects.visible_to(membership))


@tracked
@tenant_table
class ChecklistResponse(Owned):
    """A mentor's answers to the ten aspects (training.presets), once at the start and once at the end of a programme."""

    class Moment(models.TextChoices):
        START = "start", _("At the start")
        END = "end", _("At the end")

    mentor = models.ForeignKey(
        "programmes.Participant", on_delete=models.CASCADE, related_name="checklist_responses", db_index=False
    )
    moment = models.CharField(max_length=5, choices=Moment.choices, default=Moment.START)
    version = models.CharField(max_length=20)  # of the checklist, training.presets.CHECKLIST_VERSION
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "mentor", "moment"], name="response_once")]


@tenant_table
class ChecklistAnswer(Owned):
    """One aspect answered."""

    class Value(models.TextChoices):
        COVERED = "covered", _("Covered")
        NEED = "need", _("Need more training or support")

    response = models.ForeignKey(ChecklistResponse, on_delete=models.CASCADE, related_name="answers", db_index=False)
    aspect = models.CharField(max_length=40)  # key in training.presets.CHECKLIST_ASPECTS
    value = models.CharField(max_length=10, choices=Value.choices)
    note = models.TextField(_("what would help"), blank=True)
    answered_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(AnswerQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "response", "aspect"], name="answer_once")]
