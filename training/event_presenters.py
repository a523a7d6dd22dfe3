"""Events as pages show them."""

from dataclasses import dataclass, field

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from .event_words import aspect_titles, length_words, when_words, where_words
from .models import Gathering, Guest
from .services.aspects import points_of
from .services.guests import missing_by_audience

YES, NO, OPEN, WAITING = Guest.Answer.YES, Guest.Answer.NO, Guest.Answer.OPEN, Guest.Answer.WAITING
ANSWER_KINDS = {YES: "good", NO: "", OPEN: "warn", WAITING: "info"}
ORDER = [YES, WAITING, OPEN, NO]


@dataclass
class EventPage:
    """One event in words and numbers, for the coordinator."""

    gathering: Gathering
    now: object
    counts: dict = field(default_factory=dict)

    def __post_init__(self):
        self.counts = count_guests(self.gathering)
        self.when, self.where = when_words(self.gathering), where_words(self.gathering)
        self.length = length_words(self.gathering.minutes)
        self.aspects = aspect_titles(self.gathering.aspects, points_of(self.gathering.programme))
        self.joined = 0 if self.is_past or self.gathering.cancelled_at else missing_by_audience(self.gathering).count()

    @property
    def to_invite(self):
        """How many a press on "send" would write to."""
        return 0 if self.has_begun or self.gathering.cancelled_at else self.counts["chosen"] + self.joined

    @property
    def has_begun(self):
        return self.gathering.has_begun(self.now)

    @property
    def is_past(self):
        return self.gathering.is_over(self.now)

    @property
    def is_on(self):
        """Time to tick people off: the code counts, and so does the list."""
        return self.gathering.takes_codes(self.now)

    @property
    def state(self):
        return state_of(self.gathering, self.now, invited=self.counts["invited"])

    @property
    def facts(self):
        one = self.gathering
        places = _("%(yes)s of %(all)s taken") % {"yes": self.counts["yes"], "all": one.capacity} if one.capacity else ""
        return [
            (_("When"), self.when),
            (_("How long"), self.length),
            (_("Where"), self.where),
            (_("Who hosts it"), one.host),
            (_("Places"), places),
            (_("Counts as"), one.get_counts_as_display() if one.counts_as else _("No hours are counted")),
        ]


def count_guests(gathering) -> dict:
    """{"invited", "chosen" (not yet written to), "yes", "no", "open", "waiting", "there"} in one query."""
    asked = Q(invited_at__isnull=False)
    return gathering.guests.aggregate(
        invited=Count("pk", filter=asked),
        chosen=Count("pk", filter=Q(invited_at=None, attended_at=None, mentor__withdrawn_at=None, mentor__membership__left_at=None)),
        yes=Count("pk", filter=Q(answer=YES)),
        no=Count("pk", filter=Q(answer=NO)),
        open=Count("pk", filter=asked & Q(answer=OPEN)),
        waiting=Count("pk", filter=Q(answer=WAITING)),
        there=Count("pk", filter=Q(attended_at__isnull=False)),
    )


def state_of(gathering, now, *, invited):
    """(words, kind of tag) of an event."""
    if gathering.cancelled_at:
        return _("Cancelled"), "bad"
    if gathering.is_over(now):
        return _("Over"), ""
    if gathering.has_begun(now):
        return _("On now"), "info"
    return (_("Invitations sent"), "good") if invited else (_("Nobody invited yet"), "warn")


def event_rows(gatherings, now, points) -> list[dict]:
    """For the list: each event with its state and how many said yes and were there. Needs with_numbers(). points: points_of(programme)."""
    return [
        {
            "event": one,
            "when": when_words(one),
            "where": where_words(one),
            "state": state_of(one, now, invited=one.invited),
            "aspects": aspect_titles(one.aspects, points),
        }
        for one in gatherings
    ]


def with_numbers(gatherings):
    """Adds invited, coming and there to each event."""
    return gatherings.annotate(
        invited=Count("guests", filter=Q(guests__invited_at__isnull=False)),
        coming=Count("guests", filter=Q(guests__answer=YES)),
        there=Count("guests", filter=Q(guests__attended_at__isnull=False)),
    )


def guests_in_order(guests):
    """Guests with their people: those who come first, then by name."""
    whens = [When(answer=answer, then=Value(place)) for place, answer in enumerate(ORDER)]
    placed = guests.annotate(place=Case(*whens, default=Value(len(ORDER)), output_field=IntegerField()))
    names = ("mentor__membership__first_name", "mentor__membership__last_name", "pk")
    return placed.select_related("mentor__membership").order_by("place", *names)


def answer_tag(guest):
    """(words, kind of tag) of a guest's answer."""
    if guest.invited_at is None and not guest.answer:
        return (_("Came without being asked"), "") if guest.was_there else (_("Not written to yet"), "")
    return guest.get_answer_display(), ANSWER_KINDS[guest.answer]
