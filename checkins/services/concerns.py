"""Concerns: raised to the named lead, read by the lead and those the lead shares them with, each reading recorded.

What a concern says goes into no letter, no event, no job, no log line.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import AccessLog
from audit.services import record, record_reading
from matching.services.refused import Refused
from organisations.enums import Role
from organisations.models import Membership
from organisations.services import links
from post.services.outbox import drop_letters, queue_letter

from ..models import Concern, ConcernNote, ConcernShare, Note
from ..signals import concern_raised


@dataclass(frozen=True)
class Receipt:
    """What the person who raised a concern may see of it afterwards."""

    raised_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class Reading:
    """Somebody opened it."""

    name: str
    at: datetime


def leads() -> list[Membership]:
    """The named leads of the organisation that is open."""
    return list(Membership.objects.present().filter(is_safeguarding_lead=True))


def raise_concern(*, urgency, category, text, by, mentorship=None, by_link=False) -> Concern:
    """Take a concern to the lead. The same words by the same person within an hour are one concern (a second press)."""
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
        an_hour_ago = timezone.now() - timedelta(hours=1)
        again = Concern.objects.filter(raised_by=by, mentorship=mentorship, text=text, raised_at__gt=an_hour_ago).first()
        if again:
            return again
        concern = Concern.objects.create(
            urgency=urgency, category=category, text=text, mentorship=mentorship, raised_by=by, by_link=by_link
        )
        record("concern raised", about=concern)  # by whom stands in the concern, which only the lead may read
        _tell(concern)
        concern_raised.send(sender=Concern, concern=concern)
    return concern


def acknowledge_concern(*, concern, by, at=None) -> Concern:
    """Tell the person who raised it that it has arrived. Once."""
    with transaction.atomic():
        row = _locked(concern)
        if row.acknowledged_at:
            return row
        row.acknowledged_at, row.acknowledged_by = at or timezone.now(), by
        row.save(update_fields=["acknowledged_at", "acknowledged_by"])
        drop_letters(row)
        if row.raised_by and row.raised_by.left_at is None:
            _write("concern_acknowledged", row, row.raised_by, reverse("checkins:my_concerns", args=_slug(row)), lead_name=by.name)
        record("concern acknowledged", by=by, about=row)
    return row


def share_concern(*, concern, membership, by) -> ConcernShare:
    """Let one more person read it. Sharing again with somebody opens it again."""
    with transaction.atomic():
        _require_open(_locked(concern))
        try:
            with transaction.atomic():
                share = ConcernShare.objects.create(concern=concern, membership=membership, by=by)
        except IntegrityError:
            share = ConcernShare.objects.get(concern=concern, membership=membership)
            ConcernShare.objects.filter(pk=share.pk).update(ended_at=None)
        moment = timezone.now().isoformat(timespec="minutes")  # shared, stopped, shared again: told again
        _write("concern_shared", concern, membership, reverse("checkins:my_concerns", args=_slug(concern)), again=moment)
        record("concern shared", by=by, about=concern, with_membership=membership.pk)
    return share


def stop_sharing(*, share, by, at=None):
    """From now on this person can no longer read it."""
    if ConcernShare.objects.filter(pk=share.pk, ended_at=None).update(ended_at=at or timezone.now()):
        record("concern no longer shared", by=by, about=share.concern, with_membership=share.membership_id)


def add_note(*, concern, text, by) -> ConcernNote:
    """What was done or learnt. Never changed afterwards."""
    if not text.strip():
        raise Refused(_("Write something first."))
    _require_open(concern)
    note = ConcernNote.objects.create(concern=concern, by=by, text=text.strip())
    record("concern note added", by=by, about=concern)
    return note


def close_concern(*, concern, outcome, by, at=None) -> Concern:
    """Close it with what was done. It stays readable to the lead; sharing ends."""
    with transaction.atomic():
        row = _locked(concern)
        _require_open(row)
        now = at or timezone.now()
        row.closed_at, row.outcome = now, outcome.strip()
        row.save(update_fields=["closed_at", "outcome"])
        ConcernShare.objects.filter(concern=row, ended_at=None).update(ended_at=now)
        drop_letters(row)
        record("concern closed", by=by, about=row)
    return row


def open_for_reading(*, concern, by) -> list[Reading]:
    """Write down that ``by`` reads it, then return who has read it, the latest first. Call before showing it."""
    record_reading("concern", by=by, about=concern)
    rows = AccessLog.objects.filter(
        organisation_id=concern.organisation_id, object_type=concern._meta.label_lower, object_id=concern.pk
    )
    return [Reading(row.actor_name, row.at) for row in rows.order_by("-at", "-id")[:50]]


def open_note_for_reading(*, note, by):
    """A note left for the lead is as sensitive as a concern."""
    record_reading("note for the lead", by=by, about=note)


def receipts_of(membership) -> list[Receipt]:
    """What somebody raised: when, and whether it has arrived. Not what it says, not even to them."""
    rows = Concern.objects.filter(raised_by=membership).values_list("raised_at", "acknowledged_at")
    return [Receipt(*row) for row in rows]


def shared_with(membership):
    """Open concerns somebody lets this person read: their ids and days."""
    mine = ConcernShare.objects.filter(membership=membership, ended_at=None).values("concern")
    return list(Concern.objects.open().filter(pk__in=mine).only("pk", "raised_at"))


def notes_for_lead():
    """Notes whose writer chose the lead as reader, newest first, without their text."""
    return Note.objects.filter(visibility="lead").select_related("author").defer("text").order_by("-written_at", "-id")


def _tell(concern):
    """A letter to each lead; where none is named, to the owners: name one."""
    named = leads()
    for lead in named:
        _write("concern_raised", concern, lead, reverse("checkins:concern", args=[*_slug(concern), concern.pk]))
    if not named:
        for owner in Membership.objects.present().with_role(Role.OWNER):
            _write("concern_without_lead", concern, owner, reverse("organisations:settings", args=_slug(concern)))


def _write(name, concern, to, path, *, again="", **more):
    organisation = concern.organisation
    programme = concern.mentorship.programme.name if concern.mentorship else ""
    context = {
        "first_name": to.first_name,
        "organisation": organisation.name,
        "programme": programme or organisation.name,
        "url": links.absolute(path),
        **more,
    }
    key = f"{name}:{concern.pk}:{to.pk}:{again}"
    queue_letter(name, to_email=to.email, to_name=to.name, context=context, dedupe_key=key, about=concern)


def _slug(concern):
    return [concern.organisation.slug]


def _locked(concern):
    rows = Concern.objects.select_for_update(of=("self",)).select_related("organisation", "mentorship__programme", "raised_by")
    return rows.get(pk=concern.pk)


def _require_open(concern):
    if concern.closed_at:
        raise Refused(_("This concern is closed. Nothing was changed."))
