from django.db import models
from django.utils.translation import gettext_lazy as _

from common.tenancy import ScopedManager, tenant_table
from matching.models import MentorshipMember
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can
from programmes.enums import Side

from ..enums import Mood
from .checkin import CheckIn


class AttendanceQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """The mentors of the group and coordinators see all; a student their own row and no other student's. Tutors see none."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        seats = MentorshipMember.objects.filter(participant__membership=membership, participant__withdrawn_at=None)
        led = seats.filter(side=Side.MENTOR).values("mentorship")
        mine = models.Q(participant__membership=membership, check_in__mentorship__in=seats.values("mentorship"))
        return self.filter(mine | models.Q(check_in__mentorship__in=led))


@tenant_table
class Attendance(Owned):
    """One member at a check-in of a group: whether they were there, and a student's own word on it.

    In a mentorship of two the word stands on the check-in itself: whoever reads that is one of the two.
    """

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="attendances", db_index=False)
    participant = models.ForeignKey("programmes.Participant", on_delete=models.PROTECT, related_name="+", db_index=False)
    was_there = models.BooleanField(default=True)
    mood = models.PositiveSmallIntegerField(_("how you are getting on"), choices=Mood.choices, null=True, blank=True)
    feedback = models.TextField(_("something for your mentor"), blank=True)

    objects = ScopedManager.from_queryset(AttendanceQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "check_in", "participant"], name="attendance_once")]
