"""Times that one side proposes and the other picks from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models import Mentorship
from matching.models.mentorship import PartOfMentorshipQuerySet
from organisations.models import Owned, VisibleQuerySet

from ..enums import ProposalState
from .checkin import USUAL_MINUTES, CheckIn


class TimesQuerySet(PartOfMentorshipQuerySet):
    def open(self):
        return self.filter(state=ProposalState.OPEN)


class PartOfTimesQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(times__in=TimesProposal.objects.visible_to(membership))


@tracked
@tenant_table
class TimesProposal(Owned):
    """A few times for one check-in. The members who did not propose them answer; the time that suits everybody is settled."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="times_proposals", db_index=False)
    check_in = models.ForeignKey(
        CheckIn, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )  # the one that gets the time: planned before, or made when a time is settled
    proposed_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"), default=USUAL_MINUTES)
    place = models.CharField(_("where, or the link"), max_length=300, blank=True)
    note = models.CharField(_("a word with it"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(TimesQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("proposed times")
        ordering = ["-proposed_at", "-id"]

    @property
    def is_open(self):
        return self.state == ProposalState.OPEN


@tenant_table
class TimeOption(Owned):
    """One of the times."""

    times = models.ForeignKey(TimesProposal, on_delete=models.CASCADE, related_name="options", db_index=False)
    starts_at = models.DateTimeField(_("time"))

    objects = ScopedManager.from_queryset(PartOfTimesQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["starts_at", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "times", "starts_at"], name="time_option_once")]


@tenant_table
class TimeYes(Owned):
    """A member for whom a time suits. Whoever said that none does has a row without a time."""

    times = models.ForeignKey(TimesProposal, on_delete=models.CASCADE, related_name="answers", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="+", db_index=False)
    option = models.ForeignKey(TimeOption, null=True, blank=True, on_delete=models.CASCADE, related_name="yeses", db_index=False)
    said_at = models.DateTimeField()

    objects = ScopedManager.from_queryset(PartOfTimesQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "times", "participant", "option"], name="time_yes_once"),
            models.UniqueConstraint(fields=["organisation", "times", "participant"], condition=models.Q(option=None), name="time_none_once"),
        ]
