"""Into the outbox. The letter is written in the transaction of the fact it tells, so neither is ever there alone."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from common.tenancy import current_organisation_id

from ..models import Letter
from ..rendering import render_letter
from . import attachments


def queue_letter(name, *, to_email, to_name="", context, dedupe_key, about=None, due_at=None, files=()) -> Letter | None:
    """Put a letter in the outbox; None when the same ``dedupe_key`` was already used in this organisation.

    ``context``: what templates/letters/<name>.txt asks for. ``about``: the saved row the letter speaks of, so that
    drop_letters(row) takes back what has not gone. ``due_at``: not before this time (default: now). ``files``:
    attachments.File to send along; TooLargeError where they are too large for mail.
    """
    attachments.check(files)
    key = f"{current_organisation_id() or 0}:{dedupe_key}"
    if Letter.objects.filter(dedupe_key=key).exists():
        return None
    body = render_letter(name, context)
    letters = Letter.objects.bulk_create(
        [
            Letter(
                organisation_id=current_organisation_id(),
                dedupe_key=key,
                name=name,
                to_email=to_email,
                to_name=to_name,
                subject=body.subject,
                text=body.text,
                html=body.html,
                about=label(about) if about else "",
                due_at=due_at or timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )
    if files:
        saved = Letter.objects.get(dedupe_key=key)  # one written by somebody else at the same moment has the same files
        attachments.attach((saved, file) for file in files)
    transaction.on_commit(_hint)
    return letters[0]


def drop_letters(about, *, to_email="") -> int:
    """Take back what waits in the outbox about a row, to one address where given: the thing is done. Returns how many."""
    return drop_labelled([label(about)], to_email=to_email)


def drop_labelled(labels, *, to_email="") -> int:
    """The same for labels. A letter that a worker holds goes; one whose worker was killed waits, and is dropped."""
    free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    waiting = Letter.objects.filter(
        free, organisation_id=current_organisation_id(), about__in=labels, status=Letter.Status.WAITING
    )
    if to_email:
        waiting = waiting.filter(to_email__iexact=to_email)
    return waiting.update(status=Letter.Status.DROPPED)


def told_labels(labels) -> set[str]:
    """Those of the labels about which a letter has gone or is on its way: what was dropped, or came back, told nobody."""
    rows = Letter.objects.filter(organisation_id=current_organisation_id(), about__in=labels)
    return set(rows.exclude(status__in=[Letter.Status.DROPPED, Letter.Status.FAILED]).values_list("about", flat=True))


def label(row) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def _hint():
    """Tell the worker there is post. Lost hints do not matter: beat looks every half minute."""
    from kombu.exceptions import OperationalError  # noqa: PLC0415  web processes that start no work need no broker

    from ..tasks import deliver_letters  # noqa: PLC0415  tasks need the services

    with suppress(OperationalError, OSError):
        deliver_letters.apply_async(retry=False)
