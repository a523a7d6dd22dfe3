"""Who was there: ticked off by the coordinator, or by the code on the screen. Hours are counted from it, once for each event."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.limits import count_try, tries
from programmes.models import Participant

from ..models import Gathering, Guest
from ..models.events import CODE_LENGTH, EARLY, LATE
from .hours import log_training_hours, take_back_training_hours
from .refused import TrainingError

MOST_WRONG = 10  # codes somebody may type wrongly …
SPAN = 15 * 60  # … in so many seconds: the chance to guess one of a million stays below one in 100,000


def source_of(gathering) -> str:
    """What the hours of an event are counted from."""
    return f"event:{gathering.pk}"


@transaction.atomic
def note_attendance(*, guest, there, by, how=Guest.How.LIST, at=None) -> Guest:
    """Note that a guest was there, or was not after all; hours follow. Asking twice changes nothing."""
    at = at or timezone.now()
    guest = Guest.objects.select_for_update(of=("self",)).select_related("gathering", "mentor__membership").get(pk=guest.pk)
    gathering = guest.gathering
    if gathering.cancelled_at:
        raise TrainingError(_("This event has been cancelled."))
    if there and at < gathering.starts_at - EARLY:
        raise TrainingError(_("This event has not begun. Tick people off when they are there."))
    if there == guest.was_there:
        return guest
    guest.attended_at, guest.attended_how = (at, how) if there else (None, "")
    guest.save(update_fields=["attended_at", "attended_how"])
    record("attendance noted" if there else "attendance taken back", by=by, about=guest, how=str(how))
    count_hours(gathering=gathering, guest=guest, by=by)
    return guest


def note_everybody(*, gathering, by, at=None) -> int:
    """Note everybody who said yes as there; returns how many that changed."""
    rows = gathering.guests.filter(answer=Guest.Answer.YES, attended_at=None)
    return sum(note_attendance(guest=guest, there=True, by=by, at=at).was_there for guest in rows)


def add_walk_in(*, gathering, mentor, by, how=Guest.How.LIST, at=None) -> Guest:
    """Note a mentor of the programme as there, whether or not they were asked."""
    with transaction.atomic():
        guest, _made = Guest.objects.get_or_create(gathering=gathering, mentor=mentor)
        return note_attendance(guest=guest, there=True, by=by, how=how, at=at)


def type_code(*, membership, code, at=None) -> Guest:
    """A mentor types the code on the screen. TrainingError where it is wrong, or was typed wrongly too often."""
    at = at or timezone.now()
    key = f"event-code:{membership.pk}"
    if tries(key) >= MOST_WRONG:
        raise TrainingError(
            _("That was too many tries. Wait a quarter of an hour, or ask the host to tick you off: that counts just the same."), "code"
        )
    digits = "".join(char for char in code if char.isdecimal() and char.isascii())
    if len(digits) != CODE_LENGTH:
        raise TrainingError(_("The code has six digits."), "code")
    found = next((one for one in open_gatherings(membership, at) if secrets.compare_digest(one.code, digits)), None)
    if found is None:
        count_try(key, seconds=SPAN)
        raise TrainingError(_("This is not the code of an event of yours that is on just now. Look at the screen again."), "code")
    mentor = Participant.objects.mentors().active().get(programme=found.programme_id, membership=membership)
    return add_walk_in(gathering=found, mentor=mentor, by=membership, how=Guest.How.CODE, at=at)


def open_gatherings(membership, at):
    """Events of the mentor's programmes whose codes count just now, asked to or not."""
    seats = Participant.objects.mentors().active().filter(membership=membership)
    rows = Gathering.objects.standing().filter(programme__in=seats.values("programme"))
    return [one for one in rows.filter(starts_at__lte=at + EARLY, ends_at__gte=at - LATE) if one.takes_codes(at)]


def count_hours(*, gathering, guest, by) -> None:
    """Bring the hours counted from this event up to date with who was there and how long it took."""
    membership, source = guest.mentor.membership, source_of(gathering)
    if guest.was_there and gathering.counts_as:
        log_training_hours(
            membership=membership,
            kind=gathering.counts_as,
            minutes=gathering.minutes,
            on=min(timezone.localdate(gathering.starts_at), timezone.localdate(guest.attended_at)),
            what=gathering.title,
            by=by,
            source=source,
            at=guest.attended_at,
        )
    else:
        take_back_training_hours(membership=membership, source=source, by=by)
