"""Many letters into the outbox with few queries, for sweeps. The same rules as outbox.queue_letter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from common.tenancy import current_organisation_id

from ..models import Letter
from . import attachments, forms
from .outbox import _hint


@dataclass(frozen=True)
class Draft:
    """One letter to be. about: the label of what it speaks of (outbox.label(row)), or "". files: attachments.File. The rest as in queue_letter.

    unsubscribe_url: an address that takes a one-click POST, for letters that may be declined.
    """

    name: str
    to_email: str
    to_name: str
    context: dict[str, Any]
    dedupe_key: str
    due_at: datetime
    about: str = ""
    files: tuple[attachments.File, ...] = ()
    unsubscribe_url: str = ""


def full_key(dedupe_key) -> str:
    """A dedupe key as it stands in the outbox: an organisation's keys are its own."""
    return f"{current_organisation_id() or 0}:{dedupe_key}"


def queue_letters(drafts) -> int:
    """Queue each draft unless its key was used before; returns how many were handed in."""
    drafts = list(drafts)
    for draft in drafts:
        attachments.check(draft.files)
    Letter.objects.bulk_create([_letter(draft) for draft in drafts], ignore_conflicts=True)
    _attach([draft for draft in drafts if draft.files])
    if drafts:
        transaction.on_commit(_hint)
    return len(drafts)


def _attach(drafts):
    if not drafts:
        return
    keys = {full_key(draft.dedupe_key): draft for draft in drafts}
    letters = Letter.objects.filter(dedupe_key__in=keys).only("organisation_id", "dedupe_key")
    attachments.attach((letter, file) for letter in letters for file in keys[letter.dedupe_key].files)


def _letter(draft):
    body = forms.write(draft.name, draft.context)
    return Letter(
        organisation_id=current_organisation_id(),
        dedupe_key=full_key(draft.dedupe_key),
        name=draft.name,
        to_email=draft.to_email,
        to_name=draft.to_name,
        subject=body.subject,
        text=body.text,
        html=body.html,
        about=draft.about,
        unsubscribe_url=draft.unsubscribe_url,
        due_at=draft.due_at,
    )
