"""Who else may read a concern: shared by the lead until a day, standing in, opened in an emergency."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record, record_reading
from common.words import day
from organisations.days import local_today
from organisations.roles import Can
from post.services.outbox import drop_letters

from ..enums import Level
from ..models import Concern, ConcernShare
from . import concern_letters as letters
from .handlers import at_level, own_mentorships
from .record import require_open, write_step

EMERGENCY_DAYS = 1  # the day it is opened, and the next
LEAST_REASON = 20  # letters


def share_concern(*, concern, membership, by, until=None) -> ConcernShare:
    """Let one more person read it, until a day or until it is stopped. Sharing again with somebody opens it again."""
    with transaction.atomic():
        concern = locked(concern)
        require_open(concern)
        share, changed = _open(concern, membership, ConcernShare.Kind.SHARED, by=by, until=until)
        if not changed:
            return share
        moment = timezone.now().isoformat(timespec="minutes")  # shared, stopped, shared again: told again
        letters.write("concern_shared", concern, membership, "checkins:my_concerns", again=moment, about=share)
        words = _("Shared with %(name)s until %(day)s.") if until else _("Shared with %(name)s until it is stopped.")
        write_step(concern, words % {"name": membership.name, "day": day(until) if until else ""}, by=by)
        record("concern shared", by=by, about=concern, with_membership=membership.pk)
    return share


def stop_sharing(*, share, by, at=None):
    """From now on this person can no longer read it."""
    with transaction.atomic():
        if ConcernShare.objects.filter(pk=share.pk, ended_at=None).update(ended_at=at or timezone.now()):
            drop_letters(share)
            write_step(share.concern, _("No longer open to %(name)s.") % {"name": share.membership.name}, by=by)
            record("concern no longer shared", by=by, about=share.concern, with_membership=share.membership_id)


def let_stand_in(concern, people):
    """They look after it from now on. Part of the transaction that asks them."""
    for one in people:
        _open(concern, one, ConcernShare.Kind.STANDS_IN)


def openable_by(membership):
    """Open concerns this person cannot read and may open in an emergency: their numbers and days, nothing of one's own mentorships."""
    read = Concern.objects.visible_to(membership).values("pk")
    rows = Concern.objects.open().exclude(pk__in=read).exclude(mentorship__in=own_mentorships(membership))
    return rows.order_by("-raised_at", "-id").only("pk", "raised_at")


def open_in_emergency(*, concern, reason, by, at=None) -> ConcernShare:
    """An owner or deputy opens it with a reason, for today and tomorrow; whoever looks after it is told at once, each time."""
    if not by.can(Can.BREAK_GLASS):
        raise PermissionDenied
    now, reason = at or timezone.now(), reason.strip()
    with transaction.atomic():
        concern = locked(concern)
        if own_mentorships(by).filter(mentorship=concern.mentorship_id).exists():
            raise PermissionDenied
        until = local_today(concern.organisation, now) + timedelta(days=EMERGENCY_DAYS)
        share, _changed = _open(concern, by, ConcernShare.Kind.EMERGENCY, by=by, until=until)
        record_reading("concern opened in an emergency", by=by, about=concern, reason=reason)
        write_step(concern, _("%(name)s opened this in an emergency: %(reason)s") % {"name": by.name, "reason": reason}, by=by)
        record("concern opened in an emergency", by=by, about=concern)
        for one in looked_after_by(concern):
            if one.pk != by.pk:
                again = now.isoformat(timespec="minutes")
                letters.write("concern_opened", concern, one, "checkins:concern", concern.pk, again=again, about=share)
    return share


def looked_after_by(concern) -> list:
    """The leads, where it is theirs, and everybody who stands in."""
    standing = ConcernShare.objects.standing().filter(concern=concern, kind=ConcernShare.Kind.STANDS_IN)
    people = {} if concern.not_for_lead else {one.pk: one for one in at_level(Level.LEAD, concern.mentorship)}
    people |= {share.membership_id: share.membership for share in standing.select_related("membership")}
    return [one for one in people.values() if one.left_at is None]


def locked(concern) -> Concern:
    """The row as it is now, held until the transaction ends."""
    rows = Concern.objects.select_for_update(of=("self",)).select_related("organisation", "mentorship__programme", "raised_by")
    return rows.get(pk=concern.pk)


def _open(concern, membership, kind, *, by=None, until=None):
    """(the one share of this kind and person, open; whether anything changed). Held by the concern's lock."""
    share = ConcernShare.objects.filter(concern=concern, membership=membership, kind=kind).first()
    if share is None:
        return ConcernShare.objects.create(concern=concern, membership=membership, kind=kind, by=by, until=until), True
    today = timezone.localdate()
    same = share.ended_at is None and share.until == until and (until is None or until >= today)
    if not same:
        share.ended_at, share.until, share.by, share.at = None, until, by, timezone.now()
        share.save(update_fields=["ended_at", "until", "by", "at"])
    return share, not same
