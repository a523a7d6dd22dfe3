"""Reminders that waited in the outbox, looked at again when their turn comes: quiet hours are long, and things get done.

A letter about one thing is withdrawn when the thing is done, the rule is off, the programme closed, or the person has changed their
wishes. Of a letter about several things, whatever is still open is written anew by the next sweep.
"""

from collections import defaultdict
from contextlib import suppress
from datetime import date

from django.utils import timezone

from organisations.models import Membership

from ..models import ReminderSent
from .due import Due, Person
from .preferences import preferences_of
from .reminders import still_open


def no_longer_wanted(letters) -> set[int]:
    """Ids of those to withdraw. Letters of one organisation, inside its scope; a handful of queries for all of them."""
    keys = {letter.dedupe_key: letter for letter in letters}
    rows = defaultdict(list)
    for row in ReminderSent.objects.filter(letter_key__in=list(keys)).select_related("rule__programme"):
        rows[row.letter_key].append(row)
    dues = {row.pk: _due(row) for found in rows.values() for row in found}
    running = [due for due in dues.values() if due.rule.is_active and due.rule.programme.closed_at is None]
    open_ = set(map(id, _wished(_there(still_open(running)))))
    gone, again = set(), []
    for key, found in rows.items():
        left = [row for row in found if id(dues[row.pk]) in open_]
        if len(left) == len(found):
            continue
        gone.add(keys[key].pk)
        again += [row.pk for row in found] if left else []
    ReminderSent.objects.filter(pk__in=again).delete()
    return gone


def _due(row) -> Due:
    """As much of it as a confirmer looks at."""
    parts = row.target.split(":")
    counted_from = date.min
    with suppress(ValueError):
        counted_from = date.fromisoformat(parts[-1])
    row_id = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
    return Due(row.rule, row.target, row_id, Person(row.recipient, "", ""), counted_from, "")


def _there(dues):
    """Those whose person has not left."""
    members = {due.person.key for due in dues if due.person.key.startswith("membership:")}
    here = Membership.objects.present().filter(pk__in=[key.partition(":")[2] for key in members]).values_list("pk", flat=True)
    present = {f"membership:{pk}" for pk in here}
    return [due for due in dues if due.person.key not in members or due.person.key in present]


def _wished(dues):
    """Those that the person has not declined since."""
    wishes, today = preferences_of({due.person.key for due in dues}), timezone.localdate()
    return [due for due in dues if not _declined(due, wishes.get(due.person.key), today)]


def _declined(due, wish, today):
    if wish is None or due.kind.must:
        return False
    return due.kind.key in wish.unwanted or bool(wish.paused_until and today <= wish.paused_until)
