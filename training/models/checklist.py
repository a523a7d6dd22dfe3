from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import Answer, How, Moment


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
    """A mentor's answers to a checklist, once at the start and once at the end of a programme.

    It keeps the version it answers: ``template_version`` of the organisation's own, else our preset of ``version``.
    """

    Moment = Moment

    mentor = models.ForeignKey(
        "programmes.Participant", on_delete=models.CASCADE, related_name="checklist_responses", db_index=False
    )
    moment = models.CharField(max_length=5, choices=Moment.choices, default=Moment.START)
    version = models.CharField(max_length=20)  # training.presets.CHECKLIST_VERSION, or the number of an own version
    template_version = models.ForeignKey(
        "training.ChecklistVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="responses", db_index=False
    )
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("checklist answers")
        constraints = [models.UniqueConstraint(fields=["organisation", "mentor", "moment"], name="response_once")]


@tenant_table
class ChecklistAnswer(Owned):
    """One aspect answered. Stands as it is once the response is finished: what changes later is a LaterAnswer."""

    Value = Answer

    response = models.ForeignKey(ChecklistResponse, on_delete=models.CASCADE, related_name="answers", db_index=False)
    aspect = models.CharField(max_length=40)  # key in the version answered
    value = models.CharField(max_length=10, choices=Answer.choices)
    note = models.TextField(_("what would help"), blank=True)
    answered_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(AnswerQuerySet)()

    class Meta(Owned.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation", "response", "aspect"], name="answer_once")]


@tenant_table
class LaterAnswer(Owned):
    """One aspect answered again after the checklist was finished, by the mentor or for them by a coordinator.

    Rows are only added: the newest one of an aspect says how it stands, the first answers stay for the comparison.
    """

    response = models.ForeignKey(ChecklistResponse, on_delete=models.CASCADE, related_name="later_answers", db_index=False)
    aspect = models.CharField(max_length=40)
    value = models.CharField(max_length=10, choices=Answer.choices)
    how = models.CharField(_("what closed it"), max_length=10, choices=How.choices, blank=True)
    note = models.TextField(_("in a few words"), blank=True, max_length=1000)
    on = models.DateField(_("day"))
    by = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(AnswerQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
