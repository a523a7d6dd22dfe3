"""Reminders: each rule carried out once for each thing and person, stopped when the thing is done.

An event (programmes.enums.ReminderEvent) has a finder and a confirmer::

    register_event("survey_opened", finder, confirm, organisations)

    finder(rules, today) -> iterable of Due     everything the rules (one organisation's) ask for on that day
    confirm(dues) -> list of Due                those still open, their rows held until the transaction ends
    organisations(first, last) -> ids           which organisations have anything counted from these days; optional, one cheap
                                                query over all of them, so that the sweep need not ask each
    done(rules, day) -> iterable of Due         optional: what the rules would ask for on that day, were it not done (why says how)

The first two run inside organisation_scope. The sweep works in transactions of 200 people: it holds the organisation's lock, asks the
confirmer, and writes links, letters and ReminderSent rows together. A worker killed in between leaves whole batches only.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Max, Min, Q
from django.utils import timezone

from common.tenancy import organisation_scope, system_scope
from organisations.days import local_today
from organisations.models import Organisation
from post.rendering import LetterError, letter_keys
from post.services.bulk import queue_letters
from programmes.models import ReminderRule

from ..models import ReminderSent
from .due import LATE_DAYS, Due, Person, asks_on, days_of
from .reminder_letters import drafts_for, rows_for
from .reminder_plan import GAP, Held, by_person, decide, latest

__all__ = ["GAP", "LATE_DAYS", "Due", "Person", "asks_on", "by_person", "days_of", "decide", "earliest", "register_event", "send_due"]
logger = logging.getLogger(__name__)
BATCH = 200
LOCK = 7_710_001  # first key of the advisory lock; the second is the organisation
FRAME = frozenset({"first_name", "organisation", "programme", "url"})  # what every letter is given
_only_looking = ContextVar("only_looking", default=False)


@dataclass(frozen=True)
class _Event:
    finder: Callable
    confirm: Callable
    organisations: Callable | None = None
    done: Callable | None = None


events: dict[str, _Event] = {}


def register_event(event, finder, confirm, organisations=None, done=None):
    """Say how to find what is due for an event, and how to make sure that it is still open (see the module's text)."""
    events[event] = _Event(finder, confirm, organisations, done)


def held(rows):
    """Rows for a confirmer: held until the transaction ends, so that whoever does the thing now comes after us; only read for a look."""
    return rows if _only_looking.get() else rows.select_for_update(of=("self",), no_key=True, skip_locked=True)


def only_looking() -> bool:
    """Whether a confirmer is asked by still_open: the letter is written already, so a letter of late is no reason against it."""
    return _only_looking.get()


def still_open(dues) -> list[Due]:
    """Those whose reason is still there, without holding anything: for letters about to be handed over."""
    token = _only_looking.set(True)
    try:
        return _confirmed(dues)
    finally:
        _only_looking.reset(token)


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
    found = [due for due in find_all(organisation, at, programme, only) if due.person.email]
    return _unsent(found)


def find_all(organisation, at, programme=None, only=None) -> list[Due]:
    """The same with what was queued already, and with people who have no address."""
    today = local_today(organisation, at)
    rules = ReminderRule.objects.filter(is_active=True, programme__closed_at=None).select_related("programme")
    if programme:
        rules = rules.filter(programme=programme)
    by_event = defaultdict(list)
    for rule in rules:
        rule.programme.organisation = organisation
        by_event[rule.event].append(rule)
    return latest(
        due for name, asked in by_event.items() if only is None or name in only for due in asked_by(name, asked, today)
    )


def asked_by(event, rules, today):
    """What rules of one event ask for on a day; nothing for an event that nobody registered."""
    if event in events:
        for due in events[event].finder(rules, today):
            if asks_on(due.rule, due.counted_from, today) and _writable(due):
                yield due


def foresee(organisation, at, since):
    """(letters, held) of a day: what the sweep would write by then and what not, with reasons. Changes nothing.

    at: the last moment of that day; since: the day from which sweeps still run (today). The rules, the choice and the letters are
    the sweep's own; what is done by then is of course not known.
    """
    found = find_all(organisation, at)
    unsent = {due.sent_key for due in _unsent(found)}
    decision = decide([due for due in found if due.sent_key in unsent], organisation, at, since)
    today = local_today(organisation, at)
    sent = (due for due in found if due.sent_key not in unsent and due.asked_on == today)
    held_back = [*decision.held, *(Held(due, "sent") for due in sent)]
    return decision.letters, [*held_back, *_done(organisation, at)]


def _done(organisation, at):
    """What a rule would ask for on that day, were it not done: for the events that can tell."""
    today = local_today(organisation, at)
    by_event = defaultdict(list)
    for rule in ReminderRule.objects.filter(is_active=True, programme__closed_at=None).select_related("programme"):
        rule.programme.organisation = organisation
        by_event[rule.event].append(rule)
    for name, rules in by_event.items():
        if name in events and events[name].done:
            for due in events[name].done(rules, today):
                if due.asked_on == today and asks_on(due.rule, due.counted_from, today):
                    yield Held(due, "done")


def earliest(organisation, at) -> datetime:
    """When a letter found at ``at`` may go: now, but not in the quiet hours where the organisation is."""
    zone = ZoneInfo(organisation.time_zone)
    local = timezone.localtime(at, zone)
    start = organisation.letters_from
    if start <= local.time() < organisation.letters_until:
        return at
    day = local.date() + timedelta(days=1) if local.time() >= start else local.date()
    return datetime.combine(day, start, zone)


def _writable(due):
    """Whether the rule's letter can be written from what its event knows; a rule set up crookedly must not stop the rest."""
    try:
        missing = letter_keys(due.template).keys() - due.context.keys() - FRAME
    except LetterError:
        logger.warning("reminder rule %s: there is no letter %s", due.rule.pk, due.template)
        return False
    if missing:
        logger.warning("reminder rule %s: the letter %s needs %s", due.rule.pk, due.template, ", ".join(sorted(missing)))
    return not missing


def _unsent(dues):
    asked = {due.sent_key for due in dues}
    if not asked:
        return []
    rows = ReminderSent.objects.filter(rule__in={key[0] for key in asked}, target__in={key[1] for key in asked})
    sent = set(rows.values_list("rule_id", "target", "recipient"))
    return [due for due in dues if due.sent_key not in sent]


def _confirmed(dues):
    by_event = defaultdict(list)
    for due in dues:
        by_event[due.rule.event].append(due)
    return [due for name, waiting in by_event.items() for due in events[name].confirm(waiting)]


def _queue(dues, organisation, at) -> int:
    letters = decide(dues, organisation, at).letters
    rows = ReminderSent.objects.bulk_create(rows_for(letters, organisation))
    return queue_letters(drafts_for(letters, rows, earliest(organisation, at), organisation))


def _hold(organisation_id) -> bool:
    """This organisation's lock until the transaction ends; False where another sweep has it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCK, organisation_id])
        return cursor.fetchone()[0]
