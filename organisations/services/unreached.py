"""People whom mail does not reach: why, what they have not read, and what was done about it. For coordinators."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone

from audit.services import record
from post.models import Letter, Undeliverable

from ..models import Membership
from .letters import letters_for

GO_AGAIN_DAYS = 3  # an older letter speaks of what is past
LETTERS_SHOWN = 3


@dataclass
class Unreached:
    """One address, whose it is, and the latest letters that did not arrive there. person: a Membership, or None."""

    row: Undeliverable
    person: Membership | None = None
    name: str = ""
    letters: list = field(default_factory=list)
    more: int = 0


def open_rows(organisation_id):
    """Addresses of an organisation that wait for somebody, the ones nobody has called first."""
    rows = Undeliverable.objects.filter(organisation_id=organisation_id, cleared_at=None)
    return rows.order_by(F("called_at").asc(nulls_first=True), "-last_at", "-id")


def call_list(*, membership, rows) -> list[Unreached]:
    """What a coordinator sees of these rows. Three queries, however many they are."""
    found = {row.email: Unreached(row) for row in rows}
    people = Membership.objects.visible_to(membership).alias(address=Lower("email")).filter(address__in=found)
    for person in people.order_by("left_at"):  # who is here comes last, and stays
        found[person.email.lower()].person, found[person.email.lower()].name = person, person.name
    letters = letters_for(membership, status=Letter.Status.FAILED).alias(address=Lower("to_email"))
    for letter in letters.filter(address__in=found).order_by("-created_at", "-id"):
        one = found[letter.to_email.lower()]
        one.name = one.name or letter.to_name
        if len(one.letters) < LETTERS_SHOWN:
            one.letters.append(letter)
        else:
            one.more += 1
    return list(found.values())


def note_call(*, row, note, by, at=None) -> Undeliverable:
    """Somebody spoke to the person. The address stays on the list until it is mended or tried again."""
    row.called_at, row.called_by, row.call_note = at or timezone.now(), by.name[:300], note.strip()[:300]
    row.save(update_fields=["called_at", "called_by", "call_note"])
    record("person called", by=by, about=row)
    return row


def try_again(*, row, by, at=None) -> int:
    """Write to this address again; what did not arrive in the last days goes again. Returns how many letters. Twice is once."""
    with transaction.atomic():
        locked = Undeliverable.objects.select_for_update().get(pk=row.pk)
        if locked.cleared_at:
            return 0
        return _clear(locked, by=by, to=locked.email, at=at)


def address_changed(*, old, person, by, at=None) -> int:
    """A person's address was mended: what did not arrive at the old one in the last days goes to the new one."""
    rows = Undeliverable.objects.select_for_update().filter(organisation_id=person.organisation_id, cleared_at=None)
    row = rows.filter(email=old.lower()).first()
    return _clear(row, by=by, to=person.email, at=at) if row else 0


def _clear(row, *, by, to, at):
    at = at or timezone.now()
    row.cleared_at = at
    row.save(update_fields=["cleared_at"])
    failed = Letter.objects.filter(
        organisation_id=row.organisation_id, status=Letter.Status.FAILED, to_email__iexact=row.email
    )
    again = failed.filter(created_at__gt=at - timedelta(days=GO_AGAIN_DAYS)).update(
        status=Letter.Status.WAITING, to_email=to, attempts=0, due_at=at, leased_until=None
    )
    record("address tried again", by=by, about=row, letters=again)
    return again
