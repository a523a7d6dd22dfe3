"""Who gets a letter now and who does not, with the reason. The sweep and the list of what would go out both ask here.

At most one letter a person in 24 hours, by address: who is mentor and line manager is one person. Everything that is due for an
address goes into that letter. A person's own wishes count, but for what somebody waits to have answered.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from common.tenancy import current_organisation_id
from common.words import day
from organisations.models import Membership
from post.models import Letter
from programmes.models import LineManager
from programmes.reminder_rules import MIN_HOURS_BETWEEN_NUDGES

from ..models import ReminderSent
from .due import Due
from .holidays import holidays_of
from .preferences import preferences_of

GAP = timedelta(hours=MIN_HOURS_BETWEEN_NUDGES)
MOST = 10  # things in one letter
MONDAY, SUNDAY = 0, 6  # Sunday: it is Monday somewhere already
MONDAY_LIST = "monday_list"


@dataclass(frozen=True)
class Held:
    """Why somebody would not be written to about something. code: no_address, sent, gap, weekly, paused, unwanted, holiday, earlier, done."""

    due: Due
    code: str
    until: date | None = None

    @property
    def words(self):
        """The reason as a sentence for coordinators."""
        return _SENTENCES[self.code]() % {"day": day(self.until) if self.until else ""}


_SENTENCES = {
    "no_address": lambda: _("No e-mail address."),
    "sent": lambda: _("This reminder was written already."),
    "gap": lambda: _("Had another reminder within 24 hours; this one waits."),
    "weekly": lambda: _("Wants one letter a week; this waits until %(day)s."),
    "paused": lambda: _("Has paused reminders until %(day)s."),
    "unwanted": lambda: _("Does not want this kind."),
    "holiday": lambda: _("It is a holiday; this waits until %(day)s."),
    "earlier": lambda: _("Goes out before, on %(day)s."),
    "done": lambda: _("Done already, so nothing is sent."),
}


@dataclass
class Decision:
    """letters: each a list of what it stands for, the first MOST of it told of. held: the rest, with reasons."""

    letters: list = field(default_factory=list)
    held: list = field(default_factory=list)


def decide(dues, organisation, at, since=None) -> Decision:
    """What goes out at ``at``. ``since``: a day before, from which on sweeps still run; what they send by then is not sent at ``at``."""
    zone = ZoneInfo(organisation.time_zone)
    today = timezone.localdate(at, zone)
    made = Decision()
    people = by_person(due for due in dues if due.person.email)
    made.held += [Held(due, "no_address") for due in dues if not due.person.email]
    nudged = last_nudges(people, at)
    wishes = preferences_of({due.person.key for waiting in people.values() for due in waiting})
    closed = holidays_of({due.rule.programme_id for due in dues}, today - timedelta(days=14), today + timedelta(days=60))
    for address, waiting in people.items():
        blocked_until = nudged.get(address, datetime.min.replace(tzinfo=zone)) + GAP
        free = []
        for due in waiting:
            calm = _Calm(wishes.get(due.person.key), closed[due.rule.programme_id])
            held = calm.holds(due, today) or _earlier(due, calm, today, since, timezone.localdate(blocked_until, zone))
            if held:
                made.held.append(held)
            elif blocked_until > at:
                made.held.append(Held(due, "gap"))
            else:
                free.append(due)
        _add(made, free)
    return made


def _add(made, free):
    """One letter for everything. Beyond what a letter holds, coordinators have their list; for others the rest waits a day."""
    if not free:
        return
    rest = free[MOST:]
    made.letters.append(free[:MOST] + [due for due in rest if due.for_onlooker])
    made.held += [Held(due, "gap") for due in rest if not due.for_onlooker]


def _earlier(due, calm, today, since, free_from):
    """Held, where a sweep on an earlier day takes it."""
    if since is None:
        return None
    first = max(due.asked_on, since, free_from)
    for ahead in range((today - first).days):
        on = first + timedelta(days=ahead)
        if not calm.holds(due, on):
            return Held(due, "earlier", on)
    return None


@dataclass(frozen=True)
class _Calm:
    """When one person is left alone: what they wished, and the holidays of the programme."""

    wish: object
    closed: frozenset

    def holds(self, due, today):
        """Held, or None where it may go on that day."""
        if today in self.closed:
            return Held(due, "holiday", _first(today, lambda on: on not in self.closed))
        wish = self.wish
        if wish is None or due.kind.must:
            return None
        if due.kind.key in wish.unwanted:
            return Held(due, "unwanted")
        if wish.paused_until and today <= wish.paused_until:
            return Held(due, "paused", wish.paused_until)
        if wish.weekly and today.weekday() != MONDAY:
            return Held(due, "weekly", _first(today, lambda on: on.weekday() == MONDAY))
        return None


def _first(today, fits):
    return next((today + timedelta(days=n) for n in range(1, 61) if fits(today + timedelta(days=n))), today)


def latest(dues) -> list[Due]:
    """Of the nudges of one kind to one person about one thing, the latest only."""
    newest = {}
    for due in sorted(dues, key=lambda one: (one.asked_on, one.rule.pk)):
        newest[due.rule.event, due.template, due.target, due.person.key] = due
    return list(newest.values())


def by_person(dues) -> dict[str, list[Due]]:
    """Everything for one address together, what would be too late soonest first."""
    people = defaultdict(list)
    for due in sorted(dues, key=lambda one: (one.until, one.asked_on, one.rule.pk, one.row_id)):
        people[due.person.email.lower()].append(due)
    return people


def last_nudges(addresses, at) -> dict[str, datetime]:
    """{address: when} of the last nudge within 24 hours before ``at``, in whichever role it was."""
    roles = {"membership": Membership, "line-manager": LineManager}
    address_of = {
        f"{role}:{pk}": address
        for role, model in roles.items()
        for pk, address in model.objects.annotate(address=Lower("email")).filter(address__in=list(addresses)).values_list("pk", "address")
    }
    rows = ReminderSent.objects.filter(recipient__in=list(address_of), at__gt=at - GAP, at__lte=at).order_by("at")
    found = {address_of[key]: when for key, when in rows.values_list("recipient", "at")}
    return found | _lists(addresses, at)


def _lists(addresses, at):
    """The list on Mondays counts as a nudge; asked for on the days on which one can be less than 24 hours old."""
    if timezone.localdate(at).weekday() > MONDAY + 2 and timezone.localdate(at).weekday() != SUNDAY:
        return {}
    rows = Letter.objects.filter(organisation_id=current_organisation_id(), name=MONDAY_LIST, created_at__gt=at - GAP, created_at__lte=at)
    return {email.lower(): when for email, when in rows.values_list("to_email", "created_at") if email.lower() in addresses}
