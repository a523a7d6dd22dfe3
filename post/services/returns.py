"""Mail that comes back: each report is tied to the letter it speaks of, and an address that cannot be reached is written to no more.

Reports reach us by the return address or by the mail service's webhook (docs/running.md). Anybody can send either a
forged report, so only the signed tag in our own Message-ID counts.
"""

import hashlib
from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from common.tenancy import current_organisation_id, organisation_scope

from ..models import Letter, Undeliverable
from ..returned_mail import Returned
from ..signals import letter_answered

# Enhanced status codes (RFC 3463) that speak of the address, not of us or of a bad day: no such mailbox, system or domain; disabled.
ADDRESS_IS_WRONG = ("5.1.", "5.2.1", "5.4.4")
TIMES_BEFORE_STOP = 3  # a full mailbox, a refusing filter: after so many letters nothing more is sent
SIGNATURE = 16  # hexadecimal digits: the whole header must stay on one line of 78 characters, some mail servers fold badly


def tag_of(letter) -> str:
    """The left side of the letter's Message-ID: signed, so that a report about it can be believed."""
    name = f"letter-{letter.organisation_id or 0}-{letter.pk}"
    return f"{name}.{_signature(name, settings.SECRET_KEY)}"


def take_returned(returned: Returned, *, at=None) -> bool:
    """Write down what a report says. False where it speaks of no letter of ours, or of nothing to write down."""
    organisation_id, letter_id = _read_tag(returned.tag)
    if letter_id is None or returned.kind not in {"returned", "unwanted", "answer"}:
        return False
    if organisation_id:
        with organisation_scope(organisation_id):
            return _take(letter_id, returned, at)
    with transaction.atomic():
        return _take(letter_id, returned, at)


def note_refused(letter, *, status, reason, at=None):
    """The mail server refused the recipient while we handed the letter over, for good."""
    note_undeliverable(letter, kind=Undeliverable.Kind.RETURNED, status=status, reason=reason, at=at)


def note_undeliverable(letter, *, kind, status="", reason="", at=None) -> Undeliverable:
    """An address was not reached: once more where it is known already. Decides whether anything more is sent there."""
    at = at or timezone.now()
    sure = kind == Undeliverable.Kind.UNWANTED or status.startswith(ADDRESS_IS_WRONG)
    row, made = Undeliverable.objects.get_or_create(
        organisation_id=letter.organisation_id,
        email=letter.to_email.lower(),
        cleared_at=None,
        defaults={"kind": kind, "stops": sure, "status": status[:20], "reason": reason[:500], "first_at": at, "last_at": at},
    )
    if not made:
        Undeliverable.objects.filter(pk=row.pk).update(
            kind=kind, status=status[:20], reason=reason[:500], times=F("times") + 1, last_at=at
        )
        row.refresh_from_db()
        row.stops = row.stops or sure or row.times >= TIMES_BEFORE_STOP
        row.save(update_fields=["stops"])
    return row


def unreachable(letters) -> dict:
    """{letter id: why} of those whose address is written to no more. Letters about the sign-in itself are always tried."""
    addresses = defaultdict(dict)
    emails = {letter.to_email.lower() for letter in letters}
    for row in Undeliverable.objects.filter(cleared_at=None, stops=True, email__in=emails):
        addresses[row.organisation_id][row.email] = str(row.reason or row.get_kind_display())
    return {
        letter.pk: addresses[letter.organisation_id][letter.to_email.lower()]
        for letter in letters
        if letter.organisation_id and letter.to_email.lower() in addresses[letter.organisation_id]
    }


def _take(letter_id, returned, at):
    letter = Letter.objects.filter(pk=letter_id, organisation_id=current_organisation_id()).first()
    if letter is None:
        return False
    if returned.kind == "answer":
        key = hashlib.sha256(f"{returned.sender}\n{returned.text}".encode()).hexdigest()[:20]
        letter_answered.send(sender=Letter, letter=letter, sender_address=returned.sender, text=returned.text, key=key)
        return True
    if returned.kind == "returned":
        came_back = Letter.objects.filter(pk=letter.pk).exclude(status=Letter.Status.FAILED)
        words = " ".join(part for part in (returned.status, returned.reason) if part)[:500]
        if not came_back.update(status=Letter.Status.FAILED, leased_until=None, last_error=words):
            return True  # reported twice
    note_undeliverable(letter, kind=returned.kind, status=returned.status, reason=returned.reason, at=at)
    return True


def _read_tag(tag):
    """(organisation id or 0, letter id) of a tag that we signed, also with an earlier key; (0, None) of any other."""
    name, _dot, signature = tag.partition(".")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(signature, _signature(name, key)) for key in keys):
        return 0, None
    _word, organisation_id, letter_id = name.split("-")
    return int(organisation_id), int(letter_id)


def _signature(name, key):
    return salted_hmac("post.returned", name, secret=key, algorithm="sha256").hexdigest()[:SIGNATURE]
