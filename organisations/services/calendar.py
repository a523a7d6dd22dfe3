"""The address by which a calendar program reads what one person has to do here. One is open at a time."""

from datetime import timedelta

from django.db import transaction

from audit.services import record

from ..enums import Purpose
from ..models import Membership, SignedLink
from .links import make_link, revoke_links

LIFE = timedelta(days=5 * 365)  # a programme's people come and go sooner; whoever leaves ends it at once


def open_calendar(*, membership, by) -> str:
    """A new address; an older one is useless from now on. Returns its token, which is not kept."""
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=membership.pk)
        revoke_links(Purpose.CALENDAR, membership.pk)
        _link, token = make_link(Purpose.CALENDAR, membership.pk, membership=membership, life=LIFE)
        record("calendar address made", by=by, about=membership)
    return token


def close_calendar(*, membership, by) -> None:
    """Make the address useless. Safe twice."""
    with transaction.atomic():
        if calendar_of(membership):
            revoke_links(Purpose.CALENDAR, membership.pk)
            record("calendar address taken back", by=by, about=membership)


def calendar_of(membership) -> SignedLink | None:
    """The open address, as a row: when it was made, and until when it holds."""
    found = SignedLink.objects.filter(purpose=Purpose.CALENDAR, target_id=membership.pk, revoked_at=None).order_by("-id").first()
    return found if found and found.is_live else None
