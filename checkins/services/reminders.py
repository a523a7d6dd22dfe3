"""Reminders: each rule carried out once for each thing and person, stopped when the thing is done.

An event (programmes.enums.ReminderEvent) has a finder and a confirmer::

    register_event("survey_opened", finder, confirm, organisations)

    finder(rules, today) -> iterable of Due     everything the rules (one organisation's) ask for on that day
    confirm(dues) -> list of Due                those still open, their rows held until the transaction ends
    organisations(first, last) -> ids           which organisations have anything counted from these days; optional, one cheap
                                                query over all of them, so that the sweep need not ask each

The first two run inside organisation_scope. The sweep works in transactions of 200 people: it holds the organisation's lock, asks the
confirmer, and writes links, letters and ReminderSent rows together. A worker killed in between leaves whole batches only.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Max, Min, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.tenancy import organisation_scope, system_scope
from organisations.days import local_today
from organisations.models import Membership, Organisation
from organisations.services import links
from post.rendering import letter_keys
from post.services.bulk import Draft, full_key, queue_letters
from programmes.models import LineManager, ReminderRule
from programmes.reminder_rules import MIN_HOURS_BETWEEN_NUDGES

from ..models import ReminderSent

logger = logging.getLogger(__name__)
BATCH = 200
LATE_DAYS = 7  # a letter that had to wait (nudged yesterday, worker down) still goes within a week, then never
FIRST_HOUR = time(8)  # nobody is written to before eight in the morning, where the organisation is
GAP = timedelta(hours=MIN_HOURS_BETWEEN_NUDGES)
LOCK = 7_710_001  # first key of the advisory lock; the second is the organisation
# Ten letters in one morning about ten quiet mentorships help nobody: one letter stands for all of them.
FRAME = frozenset({"first_name", "organisation", "programme", "url"})  # what _draft puts into every letter
JOINED = frozenset({"quiet_coordinator"})


@dataclass(frozen=True)
class Person:
    """Who is written to. key: "membership:7" or "line-manager:3"."""

    key: str
    email: str
    name: str
    first_name: str = ""
    membership: object = None

    @classmethod
    def of(cls, membership):
        return cls(f"membership:{membership.pk}", membership.email, membership.name, membership.first_name, membership)


@dataclass(frozen=True)
class Due:
    """One letter a rule asks for.

    target: what it is about, as a label, with the day it is counted from where that can move. row_id: its id, for confirm.
    link: (page name, purpose, target id) of a signed link, or None where ``page`` is the address. about: the outbox label.
    """

    rule: ReminderRule
    target: str
    row_id: int
    person: Person
    counted_from: date
    why: object  # words for the preview: a string, or lazy
    letter: str = ""
    context: dict = field(default_factory=dict)
    link: tuple | None = None
    page: str = ""
    about: str = ""

    @property
    def asked_on(self):
        return days_of(self.rule, self.counted_from)[0]

    @property
    def until(self):
        return days_of(self.rule, self.counted_from)[1]

    @property
    def days_before(self):
        return -self.rule.offset_days

    @property
    def template(self):
        return self.letter or self.rule.letter

    @property
    def letter_key(self):
        return f"reminder:{self.rule.pk}:{self.target}:{self.person.key}"


def days_of(rule, counted_from) -> tuple[date, date]:
    """(first, last) day on which a rule's letter makes sense: what is said before a day is not said after it."""
    asked_on = counted_from + timedelta(days=rule.offset_days)
    late = asked_on + timedelta(days=LATE_DAYS)
    return asked_on, min(late, counted_from) if rule.offset_days < 0 else late


def asks_on(rule, counted_from, today) -> bool:
    """Whether a rule asks for its letter today; finders ask before they gather the rest."""
    first, last = days_of(rule, counted_from)
    return first <= today <= last


@dataclass(frozen=True)
class _Event:
    finder: Callable
    confirm: Callable
    organisations: Callable | None = None


events: dict[str, _Event] = {}


def register_event(event, finder, confirm, organisations=None):
    """Say how to find what is due for an event, and how to make sure that it is still open (see the module's text)."""
    events[event] = _Event(finder, confirm, organisations)


def send_all(*, at=None) -> int:
    """The sweep: every organisation with rules that are on. One organisation's trouble does not stop the others."""
    at = at or timezone.now()
    sent = 0
    for organisation_id, names in organisations_to_ask(at).items():
        try:
            sent += send_due(organisation_id, at=at, only=names)
        except Exception:
            logger.exception("reminders of organisation %s", organisation_id)
    return sent


def organisations_to_ask(at) -> dict[int, set[str]]:
    """{organisation id: events} with rules that are on and anything they could count from, in one query for each event."""
    asked, spans = defaultdict(set), {}
    with system_scope("find organisations that have something to be reminded of"):
        running = Q(programme__closed_at=None, programme__ends_on__gte=at.date() - timedelta(days=60))
        rules = ReminderRule.unscoped.filter(running, is_active=True, event__in=list(events)).order_by()
        found = list(rules.values_list("organisation_id", "event").annotate(least=Min("offset_days"), most=Max("offset_days")))
        for _organisation, name, least, most in found:
            low, high = spans.get(name, (least, most))
            spans[name] = min(low, least), max(high, most)
        has = {name: _with_anything(name, at.date(), *span) for name, span in spans.items()}
    for organisation_id, name, _least, _most in found:
        if has[name] is None or organisation_id in has[name]:
            asked[organisation_id].add(name)
    return dict(sorted(asked.items()))


def _with_anything(name, today, least, most):
    """Ids of the organisations with something of this event in reach, None where the event does not say. A day of play for time zones."""
    if events[name].organisations is None:
        return None
    first, last = today - timedelta(days=most + LATE_DAYS + 1), today - timedelta(days=least - 1)
    return set(events[name].organisations(first, last))


def send_due(organisation_id, *, at=None, only=None) -> int:
    """Queue what one organisation's rules ask for now; returns how many letters. Safe to run twice, and twice at once.

    ``only``: the events to look at, where the sweep knows that the others have nothing.
    """
    at = at or timezone.now()
    with organisation_scope(organisation_id):
        organisation = Organisation.objects.get(pk=organisation_id)
        waiting = by_person(find_due(organisation, at, only=only))
    sent, people = 0, list(waiting)
    for start in range(0, len(people), BATCH):
        with organisation_scope(organisation_id):
            if not _hold(organisation_id):
                return sent  # another sweep is at it
            batch = [due for person in people[start : start + BATCH] for due in waiting[person]]
            sent += _queue(_confirmed(_unsent(batch)), organisation, at)
    return sent


def find_due(organisation, at, programme=None, only=None) -> list[Due]:
    """What the rules ask for on the organisation's day at ``at`` and has not been queued. Inside its scope; changes nothing."""
    today = local_today(organisation, at)
    rules = ReminderRule.objects.filter(is_active=True, programme__closed_at=None).select_related("programme")
    if programme:
        rules = rules.filter(programme=programme)
    by_event = defaultdict(list)
    for rule in rules:
        rule.programme.organisation = organisation
        by_event[rule.event].append(rule)
    found = [
        due
        for name, asked in by_event.items()
        if name in events and (only is None or name in only)
        for due in events[name].finder(asked, today)
        if asks_on(due.rule, due.counted_from, today) and due.person.email and _writable(due)
    ]
    return _unsent(latest(found))


def preview(programme, at) -> list[Due]:
    """Who would get what at ``at``, by the very rules of the sweep. Writes nothing."""
    organisation = programme.organisation
    chosen = choose(find_due(organisation, at), at)
    return [due for letter in chosen for due in letter if due.rule.programme_id == programme.pk]


def latest(dues) -> list[Due]:
    """Of the nudges of one kind to one person about one thing, the latest only."""
    newest = {}
    for due in sorted(dues, key=lambda one: (one.asked_on, one.rule.pk)):
        newest[due.rule.event, due.template, due.target, due.person.key] = due
    return list(newest.values())


def by_person(dues) -> dict[str, list[Due]]:
    """Everything for one address together, what would be too late soonest first: who is mentor and line manager is one person."""
    people = defaultdict(list)
    for due in sorted(dues, key=lambda one: (one.until, one.asked_on, one.rule.pk, one.row_id)):
        people[due.person.email.lower()].append(due)
    return people


def choose(dues, at) -> list[list[Due]]:
    """The letters to write now: one a person in 24 hours, each a list of what it stands for (mostly one thing)."""
    people = by_person(dues)
    nudged = _nudged(people, at)
    letters = []
    for address, waiting in people.items():
        if address in nudged:
            continue
        first = waiting[0]
        joined = first.template in JOINED
        letters.append([one for one in waiting if joined and one.template == first.template] or [first])
    return letters


def _nudged(addresses, at) -> set[str]:
    """Which of these addresses had a nudge within the last 24 hours, in whichever role it was."""
    roles = {"membership": Membership, "line-manager": LineManager}
    address_of = {
        f"{role}:{pk}": address
        for role, model in roles.items()
        for pk, address in model.objects.annotate(address=Lower("email")).filter(address__in=list(addresses)).values_list("pk", "address")
    }
    lately = ReminderSent.objects.filter(recipient__in=list(address_of), at__gt=at - GAP).values_list("recipient", flat=True)
    return {address_of[key] for key in lately.distinct()}


def earliest(organisation, at) -> datetime:
    """When a letter found at ``at`` may go: now, but not before eight where the organisation is."""
    zone = ZoneInfo(organisation.time_zone)
    return max(at, datetime.combine(local_today(organisation, at), FIRST_HOUR, zone))


def _writable(due):
    """Whether the rule's letter can be written from what its event knows; a rule set up crookedly must not stop the rest."""
    missing = letter_keys(due.template).keys() - due.context.keys() - FRAME
    if missing:
        logger.warning("reminder rule %s: the letter %s needs %s", due.rule.pk, due.template, ", ".join(sorted(missing)))
    return not missing


def _unsent(dues):
    asked = {(due.rule.pk, due.target, due.person.key) for due in dues}
    if not asked:
        return []
    rows = ReminderSent.objects.filter(rule__in={key[0] for key in asked}, target__in={key[1] for key in asked})
    sent = set(rows.values_list("rule_id", "target", "recipient"))
    return [due for due in dues if (due.rule.pk, due.target, due.person.key) not in sent]


def _confirmed(dues):
    by_event = defaultdict(list)
    for due in dues:
        by_event[due.rule.event].append(due)
    return [due for name, waiting in by_event.items() for due in events[name].confirm(waiting)]


def _queue(dues, organisation, at) -> int:
    letters = choose(dues, at)
    addresses = _addresses([letter[0] for letter in letters])
    due_at = earliest(organisation, at)
    drafts = [_draft(letter, url, due_at) for letter, url in zip(letters, addresses, strict=True)]
    queue_letters(drafts)
    ReminderSent.objects.bulk_create([_row(due, letter[0], organisation) for letter in letters for due in letter])
    return len(drafts)


def _addresses(dues) -> list[str]:
    """The address in each letter; signed links are made with one query."""
    signed = [due for due in dues if due.link]
    asked = [(due.link[1], due.link[2], due.person.membership, due.person.name) for due in signed]
    tokens = dict(zip(map(id, signed), links.make_links(asked), strict=True)) if signed else {}
    return [links.absolute(reverse(due.link[0], args=[tokens[id(due)]])) if due.link else due.page for due in dues]


def _draft(letter, url, due_at) -> Draft:
    due = letter[0]
    programme = due.rule.programme
    context = {
        "first_name": due.person.first_name,
        "organisation": programme.organisation.name,
        "programme": programme.name,
        "url": url,
        **due.context,
    }
    if len(letter) > 1:
        others = len(letter) - 1
        more = ngettext("%(n)d more is on your attention list.", "%(n)d more are on your attention list.", others) % {"n": others}
        context["reason"] = _("%(reason)s %(more)s") % {"reason": context["reason"], "more": more}
    about = due.about if len(letter) == 1 else ""  # a letter that stands for several is not taken back for one
    return Draft(due.template, due.person.email, due.person.name, context, due.letter_key, due_at, about)


def _row(due, first, organisation):
    return ReminderSent(
        organisation=organisation,
        rule=due.rule,
        target=due.target,
        recipient=due.person.key,
        letter_key=full_key(first.letter_key),
    )


def _hold(organisation_id) -> bool:
    """This organisation's lock until the transaction ends; False where another sweep has it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCK, organisation_id])
        return cursor.fetchone()[0]
