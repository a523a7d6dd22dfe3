"""Training sessions and meetings of a programme's mentors. People read "event"; an Event in code is a line of the record."""

import secrets
import uuid
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.tenancy import ScopedManager, tenant_table
from organisations.models import Owned, VisibleQuerySet
from organisations.roles import Can

from .hours import TrainingHours

CODE_LETTERS = "0123456789"
CODE_LENGTH = 6
EARLY = timedelta(minutes=30)  # people tick themselves off as they come in
LATE = timedelta(hours=2)  # and as they go home


def new_code() -> str:
    """Six digits, which every phone has a keypad for."""
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))


def new_uid() -> str:
    return str(uuid.uuid4())


class GatheringQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who run programmes; a mentor the ones they were asked to or came to."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        return self.filter(pk__in=Guest.objects.visible_to(membership).values("gathering"))

    def standing(self):
        """Not cancelled."""
        return self.filter(cancelled_at=None)

    def coming(self, now=None):
        """Not cancelled and not over, the next first."""
        return self.standing().filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")


class GuestQuerySet(VisibleQuerySet):
    def visible_to(self, membership):
        """Those who run programmes; a mentor their own, once they were written to or have been there."""
        if membership.can(Can.RUN_PROGRAMMES):
            return self
        known = models.Q(invited_at__isnull=False) | models.Q(attended_at__isnull=False)
        return self.filter(known, mentor__membership=membership)

    def there(self):
        return self.exclude(attended_at=None)


@tracked
@tenant_table
class Gathering(Owned):
    """One event: what, when, where, for whom. Nobody hears of it before its invitations are sent."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training session")
        NETWORK = "network", _("Mentors’ meeting")

    class Audience(models.TextChoices):
        ALL = "all", _("All mentors of the programme")
        NEEDS = "needs", _("Those who asked for support with these points")
        CHOSEN = "chosen", _("I choose them one by one")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="gatherings", db_index=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TRAINING)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), blank=True)
    aspects = ArrayField(models.CharField(max_length=40), verbose_name=_("points it covers"), default=list, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    host = models.CharField(_("who hosts it"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)  # None: as many as come
    audience = models.CharField(_("who is invited"), max_length=10, choices=Audience.choices, default=Audience.ALL)
    counts_as = models.CharField(_("counts as"), max_length=10, choices=TrainingHours.Kind.choices, blank=True)  # "": no hours
    uid = models.CharField(max_length=60, default=new_uid, editable=False)  # of the calendar entry, as long as the event lives
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry: one more at each change people are told of
    code = models.CharField(max_length=CODE_LENGTH, default=new_code)  # shown on the screen, typed by who is there
    made_by = models.ForeignKey("organisations.Membership", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    made_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(_("why"), max_length=300, blank=True)

    objects = ScopedManager.from_queryset(GatheringQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("event")
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["organisation", "starts_at"], name="gathering_start")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="gathering_ends_later"),
            models.CheckConstraint(condition=~models.Q(place="", link=""), name="gathering_is_somewhere"),
            models.CheckConstraint(condition=models.Q(capacity=None) | models.Q(capacity__gte=1), name="gathering_has_places"),
        ]

    def __str__(self):
        return self.title

    @property
    def minutes(self):
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    def has_begun(self, now=None):
        return self.starts_at <= (now or timezone.now())

    def is_over(self, now=None):
        return self.ends_at <= (now or timezone.now())

    def takes_codes(self, now=None):
        """Whether the code on the screen counts just now: from half an hour before the beginning to two hours after the end."""
        now = now or timezone.now()
        return self.cancelled_at is None and self.starts_at - EARLY <= now <= self.ends_at + LATE


@tracked
@tenant_table
class Guest(Owned):
    """A mentor at an event: chosen for it, asked, answered, and there or not."""

    class Answer(models.TextChoices):
        OPEN = "", _("Not answered")
        YES = "yes", _("Comes")
        NO = "no", _("Does not come")
        WAITING = "waiting", _("Waits for a place")

    class How(models.TextChoices):
        LIST = "list", _("Ticked off")
        CODE = "code", _("By the code")

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="guests", db_index=False)
    mentor = models.ForeignKey("programmes.Participant", on_delete=models.CASCADE, related_name="gatherings", db_index=False)
    invited_at = models.DateTimeField(null=True, blank=True)  # None: chosen, not yet written to; or came without being asked
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    by_link = models.BooleanField(default=False)
    attended_at = models.DateTimeField(null=True, blank=True)  # when it was noted; None: not there
    attended_how = models.CharField(max_length=10, choices=How.choices, blank=True)

    objects = ScopedManager.from_queryset(GuestQuerySet)()

    class Meta(Owned.Meta):
        verbose_name = _("guest")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "gathering", "mentor"], name="guest_once")]

    def __str__(self):
        return str(self.pk)

    @property
    def was_there(self):
        return self.attended_at is not None
