from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from matching.models import Mentorship, MentorshipMember
from matching.models.mentorship import PartOfMentorshipQuerySet
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from ..enums import CouldNot, Mood, Visibility, Way

USUAL_MINUTES = 45  # where nobody said how long


class CheckInQuerySet(PartOfMentorshipQuerySet):
    def planned(self):
        return self.filter(status=CheckIn.Status.PLANNED)

    def held(self):
        return self.filter(status=CheckIn.Status.HELD)


class ActionQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Whoever may see the mentorship."""
        return self.filter(check_in__in=CheckIn.objects.visible_to(membership))


class NoteQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """A note says itself who may read it; the query obeys. Tutors read no notes."""
        mine = models.Q(author=membership)
        own = Mentorship.objects.worked_in_by(membership)
        shared = models.Q(
            mentorship__in=own, visibility__in=[Visibility.MENTORSHIP, Visibility.COORDINATORS]
        )
        seen = mine | shared
        if membership.can(Can.RUN_PROGRAMMES):
            seen |= models.Q(visibility=Visibility.COORDINATORS)
        if membership.can(Can.READ_CONCERNS):
            theirs = MentorshipMember.objects.filter(participant__membership=membership).values("mentorship")
            seen |= models.Q(visibility=Visibility.LEAD) & ~models.Q(mentorship__in=theirs)  # it may be about them
        return self.filter(seen)

    def shown_to(self, membership):
        """Of those visible_to, what may stand on a page among other things. A note for the lead has a page of its own, where its reading is recorded."""
        for_the_lead = models.Q(visibility=Visibility.LEAD) & ~models.Q(author=membership)
        return self.exclude(for_the_lead)


@tracked
@tenant_table
class CheckIn(Owned):
    """A planned and then logged contact between the members of a mentorship."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        MISSED = "missed", _("Missed")
        MOVED = "moved", _("Moved")
        DROPPED = "dropped", _("Not needed")

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="check_ins", db_index=False)
    number = models.PositiveSmallIntegerField()  # first, second, third … of the mentorship
    due_on = models.DateField(_("planned for"))
    starts_at = models.DateTimeField(_("time"), null=True, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(_("planned length, in minutes"), null=True, blank=True)
    place = models.CharField(_("where, or the link"), max_length=300, blank=True, default="", db_default="")
    is_extra = models.BooleanField(_("on top of the rhythm"), default=False, db_default=False)
    sequence = models.PositiveIntegerField(default=0, db_default=0)  # of the calendar entry: one more at each change told
    told_at = models.DateTimeField(null=True, blank=True)  # when it was put into calendars; None: in nobody's
    earlier_days = ArrayField(models.DateField(), default=list, db_default=[], blank=True)  # planned for before it was moved
    moved_on = models.DateField(_("moved to"), null=True, blank=True)  # of one that is moved: the day of the one in its place
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PLANNED)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"), null=True, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Way.choices, blank=True)
    topics = ArrayField(models.CharField(max_length=200), verbose_name=_("what you talked about"), default=list, blank=True)
    goals = models.JSONField(default=list, blank=True)  # ids of goals talked about
    progress = models.TextField(_("how it is going"), blank=True)
    challenges = models.TextField(_("what is hard"), blank=True)
    mood = models.PositiveSmallIntegerField(_("how the student is getting on"), choices=Mood.choices, null=True, blank=True)
    feedback = models.TextField(_("feedback for the mentor"), blank=True)  # the student's
    could_not = models.CharField(_("who could not"), max_length=10, choices=CouldNot.choices, blank=True, default="", db_default="")
    missed_reason = models.CharField(_("why it did not happen"), max_length=300, blank=True)
    logged_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    logged_at = models.DateTimeField(null=True, blank=True)
    by_link = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(CheckInQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("check-in")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentorship", "number"], name="check_in_number"),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__gte=1, minutes__lte=600), name="check_in_minutes"
            ),
            models.CheckConstraint(
                condition=models.Q(planned_minutes=None) | models.Q(planned_minutes__gte=1, planned_minutes__lte=600),
                name="check_in_planned_minutes",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="check_in_due", condition=models.Q(status="planned")),
            models.Index(fields=["organisation", "due_on"], name="check_in_org_due", condition=models.Q(status="planned")),
        ]

    @property
    def is_planned(self):
        return self.status == self.Status.PLANNED

    @property
    def length(self) -> timedelta:
        """How long it is planned to be."""
        return timedelta(minutes=self.planned_minutes or USUAL_MINUTES)

    @property
    def ends_at(self):
        """When a planned time is over, or None without a time."""
        return self.starts_at and self.starts_at + self.length


@tenant_table
class Action(Owned):
    """What somebody will do before the next check-in."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="actions", db_index=False)
    text = models.CharField(_("action"), max_length=300)
    owner = models.ForeignKey(
        "programmes.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ActionQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["id"]

    def __str__(self):
        return self.text


@tracked
@tenant_table
class Note(Owned):
    """Something to remember about a mentorship, and who may read it."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="notes", db_index=False)
    check_in = models.ForeignKey(CheckIn, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes", db_index=False)
    author = models.ForeignKey("organisations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(_("note"))
    visibility = models.CharField(_("who may read it"), max_length=15, choices=Visibility.choices, default=Visibility.MENTORSHIP)
    written_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.from_queryset(NoteQuerySet)()

    class Meta(Owned.Meta):
        ordering = ["-written_at", "-id"]
