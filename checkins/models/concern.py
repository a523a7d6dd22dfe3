from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models import MentorshipMember
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import ConcernCategory, Level, Urgency


def mentorships_of(membership):
    """Ids of the mentorships somebody belongs to or belonged to."""
    return MentorshipMember.objects.filter(participant__membership=membership).values("mentorship")


class ConcernQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The named lead, and those it is open to for a time. Not coordinators, not owners, not even who raised it.

        A lead does not read what was kept from the lead, nor what is about a mentorship of their own.
        """
        return self._open_to(membership, ConcernShare.objects.standing())

    def worked_on_by(self, membership):
        """Of those visible_to, the ones this person looks after: the lead, and who stands in."""
        return self._open_to(membership, ConcernShare.objects.standing().filter(kind=ConcernShare.Kind.STANDS_IN))

    def _open_to(self, membership, shares):
        found = models.Q(pk__in=shares.filter(membership=membership).values("concern"))
        if membership.can(Can.READ_CONCERNS):
            # "is null" first: a concern about no mentorship is in nobody's
            others = models.Q(mentorship=None) | ~models.Q(mentorship__in=mentorships_of(membership))
            found |= others & models.Q(not_for_lead=False)
        return self.filter(found)

    def waiting(self):
        """Nobody has said yet that it has arrived."""
        return self.filter(closed_at=None, acknowledged_at=None)

    def open(self):
        return self.filter(closed_at=None)


class PartOfConcernQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may read the concern."""
        return self.filter(concern__in=Concern.objects.visible_to(membership))


@tracked
@tenant_table
class Concern(Owned):
    """A worry about a person or a relationship, raised to the named lead; its record is sealed."""

    mentorship = models.ForeignKey(
        "matching.Mentorship", null=True, blank=True, on_delete=models.SET_NULL, related_name="concerns", db_index=False
    )
    raised_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    urgency = models.CharField(_("how urgent is it?"), max_length=15, choices=Urgency.choices)
    category = models.CharField(_("what is it about?"), max_length=20, choices=ConcernCategory.choices)
    text = models.TextField(_("what happened, or what worries you?"))
    by_link = models.BooleanField(default=False)
    raised_by_name = models.CharField(max_length=300, blank=True, db_default="")  # by link, of somebody without a membership
    not_for_lead = models.BooleanField(default=False, db_default=False)  # goes past the leads: it may be about one of them
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.LEAD, db_default=Level.LEAD)
    answer_by = models.DateTimeField(null=True, blank=True)  # then it goes to the next level
    raised_at = models.DateTimeField(auto_now_add=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(_("what was done"), blank=True)

    objects = ScopedManager.from_queryset(ConcernQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("concern")
        ordering = ["-raised_at", "-id"]
        indexes = [
            models.Index(
                fields=["answer_by"], name="concern_clock", condition=models.Q(closed_at=None, acknowledged_at=None)
            )
        ]


class ConcernShareQuerySet(PartOfConcernQuerySet):
    def visible_to(self, membership):
        """Whoever may read the concern."""
        return super().visible_to(membership)

    def standing(self):
        """Those that let somebody in today."""
        today = timezone.localdate()
        return self.filter(ended_at=None).filter(models.Q(until=None) | models.Q(until__gte=today))


@tenant_table
class ConcernShare(Owned):
    """A concern is open to one more person: the lead lets them read it, they stand in, or they opened it in an emergency."""

    class Kind(models.TextChoices):
        SHARED = "shared", _("Reads it")
        STANDS_IN = "stands_in", _("Looks after it")
        EMERGENCY = "emergency", _("Opened it in an emergency")

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="shares", db_index=False)
    membership = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SHARED, db_default=Kind.SHARED)
    until = models.DateField(null=True, blank=True)  # last day
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ConcernShareQuerySet)()

    class Meta(Owned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "concern", "membership", "kind"], name="concern_share_of_kind_once")
        ]


@tenant_table
class ConcernNote(Owned):
    """One line of a concern's record: what somebody did or learnt, or a step the house took. The database lets nobody change one."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes", db_index=False)
    by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_step = models.BooleanField(default=False, db_default=False)  # written by the house
    text = models.TextField(_("note"))
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(PartOfConcernQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["at", "id"]
