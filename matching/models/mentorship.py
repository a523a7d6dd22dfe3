from datetime import timedelta

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Side
from programmes.reminder_rules import STUCK_IN_STAGE_DAYS

from ..enums import MentorshipStatus, Stage
from ..stages import EARLY

MOST_BEFORE = 10  # hand-overs looked back at


class MentorshipQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Its members, the tutor of a student in it, and coordinators. Owners see numbers, not conversations."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        seats = MentorshipMember.objects.filter(participant__membership=membership)
        if membership.can(Can.SEE_TUTEES):
            seats = seats | MentorshipMember.objects.filter(participant__tutor=membership)
        return self.filter(pk__in=seats.values("mentorship"))

    def worked_in_by(self, membership):
        """Those the person belongs to and has not withdrawn from: they may write in them."""
        seats = MentorshipMember.objects.filter(participant__membership=membership, participant__withdrawn_at=None)
        return self.filter(pk__in=seats.values("mentorship"))

    def active(self):
        return self.filter(status=MentorshipStatus.ACTIVE)

    def stuck(self, today):
        """Running ones that have stayed in an early stage for too long (matching.stages.is_stuck)."""
        return self.active().filter(stage__in=EARLY, stage_since__lte=today - timedelta(days=STUCK_IN_STAGE_DAYS))

    def in_contact(self):
        """Running, and contact is not paused."""
        from .contact import ContactPause  # noqa: PLC0415  it points here

        standing = ContactPause.objects.standing().filter(mentorship=models.OuterRef("pk"))
        return self.active().filter(~models.Exists(standing))


class PartOfMentorshipQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(mentorship__in=Mentorship.objects.visible_to(membership))


@tracked
@tenant_table
class Mentorship(Owned):
    """The relationship: one or more mentors with one or more students, in a stage."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="mentorships", db_index=False
    )
    placement = models.ForeignKey(
        "programmes.Placement", null=True, blank=True, on_delete=models.SET_NULL, related_name="mentorships", db_index=False
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, default=Stage.RAPPORT)
    stage_since = models.DateField()
    status = models.CharField(_("status"), max_length=20, choices=MentorshipStatus.choices, default=MentorshipStatus.ACTIVE)
    started_on = models.DateField()
    ends_on = models.DateField()
    last_contact_on = models.DateField(null=True, blank=True)  # kept by check-ins, read by the attention list
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.TextField(blank=True)  # for coordinators
    seeks_again = models.BooleanField(null=True, blank=True)  # once ended: its students look for a mentor; null: as the status says
    carries_on = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_on_by", db_index=False
    )  # the mentorship that was handed over to this one

    objects = ScopedManager.from_queryset(MentorshipQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("mentorship")
        ordering = ["-started_on", "id"]
        indexes = [models.Index(fields=["organisation", "programme", "status"], name="mentorship_running")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_active(self):
        return self.status == MentorshipStatus.ACTIVE

    @cached_property
    def pause(self):
        """The standing pause of contact, a lead's before a guardian's, or None; asked once for each copy of the row."""
        return self.pauses.standing().order_by("-why", "id").first()

    @property
    def is_in_contact(self):
        return self.is_active and self.pause is None

    def before(self) -> list["Mentorship"]:
        """The mentorships that were handed over to this one, the latest first; no query where there is none."""
        found, one = [], self
        while one.carries_on_id and len(found) < MOST_BEFORE:
            one = one.carries_on
            found.append(one)
        return found


@tenant_table
class MentorshipMember(Owned):
    """A participant's seat in a mentorship."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="members", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="seats", db_index=False)
    side = models.CharField(max_length=10, choices=Side.choices)

    objects = ScopedManager.from_queryset(PartOfMentorshipQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["side", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "mentorship", "participant"], name="seat_once")]
