"""What both sides settle with each other: each one's own answers, and the wording that all of them said yes to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet

from .agreement import Agreement
from .mentorship import Mentorship, MentorshipMember, PartOfMentorshipQuerySet


class OwnAnswersQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The members of the mentorship: others read what is settled, not what each of them thought first."""
        seats = MentorshipMember.objects.filter(participant__membership=membership)
        return self.filter(mentorship__in=seats.values("mentorship"))


class YesQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(expectation__mentorship__in=Mentorship.objects.visible_to(membership))


class LookQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(agreement__mentorship__in=Mentorship.objects.visible_to(membership))


@tenant_table
class ExpectationAnswer(Owned):
    """What one member answers on a topic: chips they chose and words of their own."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="expectation_answers", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.CharField(max_length=40)  # key in matching.expectation_topics
    choices = ArrayField(models.CharField(max_length=40), default=list)
    text = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(OwnAnswersQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentorship", "participant", "topic"], name="expectation_answer_once"
            )
        ]


@tracked
@tenant_table
class Expectation(Owned):
    """The shared wording on a topic. It is settled once every member has said yes to this number of it.

    ``settled``: the wording that holds, which is an earlier one while a new one waits for a yes.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="expectations", db_index=False)
    topic = models.CharField(max_length=40)
    wording = models.TextField(_("wording"))
    number = models.PositiveIntegerField(default=1)
    worded_by = models.ForeignKey(
        "programmes.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    worded_at = models.DateTimeField()
    settled = models.TextField(blank=True)
    settled_number = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "mentorship", "topic"], name="expectation_once")]

    @property
    def is_settled(self):
        return self.settled_number == self.number


@tenant_table
class ExpectationYes(Owned):
    """One member's yes to one wording."""

    expectation = models.ForeignKey(Expectation, on_delete=models.CASCADE, related_name="yeses", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = ScopedManager.from_queryset(YesQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "expectation", "participant", "number"], name="expectation_yes_once"
            )
        ]


@tenant_table
class AgreementLook(Owned):
    """What a member said when a review asked whether the agreement still fits. ``since``: the asking it answers."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="looks", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    since = models.DateTimeField()
    fits = models.BooleanField()
    at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(LookQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "participant", "since"], name="agreement_look_once")
        ]
