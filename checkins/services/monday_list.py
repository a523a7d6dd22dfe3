"""The attention list as a letter to coordinators on Monday mornings, for those who have not declined it.

Written before the reminders of the day, so that within 24 hours of it nobody is nudged as well. Concerns are never in it.
"""

import logging
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from common.tenancy import organisation_scope, system_scope
from organisations.days import local_today
from organisations.models import Organisation
from organisations.services import links
from post.services.bulk import Draft, queue_letters
from post.services.outbox import told_labels
from programmes.models import Programme

from .attention import attention_list
from .due import Person
from .members import coordinators
from .preferences import ATTENTION, preferences_of
from .reminder_letters import unsubscribe_of, why_url
from .reminder_plan import MONDAY, MONDAY_LIST, last_nudges
from .reminders import earliest
from .why import ABOUT_LIST

logger = logging.getLogger(__name__)
MOST_LINES = 10
AHEAD = timedelta(days=14)  # a programme that begins soon has things to look at already


def send_everywhere(*, at=None) -> int:
    """Where it is Monday; one organisation's trouble does not stop the others. Safe at any time and twice at once."""
    at = at or timezone.now()
    sent = 0
    for organisation in Organisation.objects.filter(pk__in=_running(at)):
        today = local_today(organisation, at)
        done = f"monday-list:{organisation.pk}:{today.isoformat()}"
        if today.weekday() != MONDAY or cache.get(done):
            continue
        try:
            count, waiting = send_list(organisation, at)
        except Exception:
            logger.exception("the Monday list of organisation %s", organisation.pk)
            continue
        sent += count
        if not waiting:
            cache.set(done, 1, 24 * 3600)  # a hint that spares work; the letters' keys keep it to one
    return sent


def send_list(organisation, at) -> tuple[int, int]:
    """(letters written, coordinators who have to wait since they were nudged within 24 hours)."""
    with organisation_scope(organisation.pk):
        today = local_today(organisation, at)
        people = _who(today)
        with timezone.override(ZoneInfo(organisation.time_zone)):
            lines = _lines(people, today) if people else []
        nudged = last_nudges([one.email.lower() for one in people], at)
        free = [one for one in people if one.email.lower() not in nudged] if lines else []
        sent = queue_letters(_draft(one, lines, organisation, today, at) for one in free)
        return sent, len(people) - len(free) if lines else 0


def _running(at):
    with system_scope("find organisations with a programme to look after"):
        rows = Programme.unscoped.filter(closed_at=None, starts_on__lte=at.date() + AHEAD, ends_on__gte=at.date())
        return set(rows.order_by().values_list("organisation_id", flat=True))


def _who(today):
    """Coordinators who have not declined it and have not got today's."""
    people = [one for one in coordinators() if one.email]
    wishes = preferences_of({f"membership:{one.pk}" for one in people})
    told = told_labels([_label(one, today) for one in people])
    return [one for one in people if _label(one, today) not in told and not _declined(wishes.get(f"membership:{one.pk}"), today)]


def _declined(wish, today):
    return wish is not None and (ATTENTION in wish.unwanted or bool(wish.paused_until and today <= wish.paused_until))


def _lines(people, today):
    """What stands on the list in every open programme, most urgent first; each once."""
    rows = Programme.objects.filter(closed_at=None, starts_on__lte=today + AHEAD, ends_on__gte=today).select_related("organisation")
    found = {}
    for programme in rows:
        for one in attention_list(membership=people[0], programme=programme, today=today):
            if one.kind != "concern":
                found[one.kind, one.who, one.url] = one
    return sorted(found.values(), key=lambda one: (-one.urgency, one.kind, one.who))


def _draft(membership, lines, organisation, today, at) -> Draft:
    person = Person.of(membership)
    page = why_url(person, ABOUT_LIST)
    context = {
        "first_name": person.first_name,
        "organisation": organisation.name,
        "programme": "",
        "url": links.absolute(organisation.get_absolute_url()),
        "count": len(lines),
        "lines": [f"{one.who}: {one.why}" if one.why else one.who for one in lines[:MOST_LINES]],
        "more": max(0, len(lines) - MOST_LINES),
        "why": _("You get this because you coordinate programmes; it comes on Mondays when something waits."),
        "why_url": page,
    }
    return Draft(
        MONDAY_LIST, person.email, person.name, context, f"monday:{today.isoformat()}:{membership.pk}", earliest(organisation, at),
        _label(membership, today), unsubscribe_url=unsubscribe_of(page),
    )  # fmt: skip


def _label(membership, today):
    return f"checkins.monday:{today.isoformat()}:{membership.pk}"
