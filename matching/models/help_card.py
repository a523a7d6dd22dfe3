"""A student's card of what helps them: a row a field, and a row for each person who may read it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Side
from programmes.models import Participant

from ..enums import MentorshipStatus
from .mentorship import MentorshipMember


class HelpEntryQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Its owner; and whom the owner chose for this very field, as long as they are the owner's mentor, tutor or a coordinator.

        So a mentor whose mentorship has ended reads nothing more, whether or not the owner took the sharing back.
        """
        chosen = Q(Exists(HelpShare.objects.filter(entry=OuterRef("pk"), reader=membership)))
        return self.exclude(text="").filter(Q(owner=membership) | (chosen & _stands_by(membership)))

    def shared_with(self, membership):
        """What somebody else lets this member read."""
        return self.visible_to(membership).exclude(owner=membership)


def _stands_by(membership):
    """Whether the member still has to do with the owner of the row."""
    if membership.can(Can.RUN_PROGRAMMES):
        return Q(pk__isnull=False)
    seats = MentorshipMember.objects.filter(
        participant__membership=membership,
        participant__withdrawn_at=None,
        side=Side.MENTOR,
        mentorship__status=MentorshipStatus.ACTIVE,
    )
    students = MentorshipMember.objects.filter(
        mentorship__in=seats.values("mentorship"), side=Side.STUDENT, participant__withdrawn_at=None
    )
    found = Q(owner__in=students.values("participant__membership"))
    if membership.can(Can.SEE_TUTEES):
        tutees = Participant.objects.filter(tutor=membership, withdrawn_at=None)
        found |= Q(owner__in=tutees.values("membership"))
    return found


class HelpShareQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The owner of the card, and the person it names."""
        return self.filter(Q(entry__owner=membership) | Q(reader=membership))


@tenant_table
class HelpEntry(Owned):
    """One field of the card. It has no history and no list but its owner's; who read it stands in the access log."""

    nobody_elses = True  # neither Django admin nor any export lists this table

    owner = models.ForeignKey("organisations.Membership", on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.CharField(max_length=40)  # key in matching.help_topics
    text = models.TextField(blank=True)  # "" once taken away: the row stays, so that who read it stays too
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(HelpEntryQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "owner", "topic"], name="help_entry_once")]


@tenant_table
class HelpShare(Owned):
    """One person who may read one field. Taking it back deletes the row."""

    nobody_elses = True

    entry = models.ForeignKey(HelpEntry, on_delete=models.CASCADE, related_name="shares", db_index=False)
    reader = models.ForeignKey("organisations.Membership", on_delete=models.CASCADE, related_name="+", db_index=False)
    shared_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(HelpShareQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "entry", "reader"], name="help_share_once")]
