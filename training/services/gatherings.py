"""Events: making, changing and calling them off. Who is asked and who comes stands in guests.py, who was there in attendance.py."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record

from ..models import Gathering, Guest
from . import guests
from .attendance import count_hours, source_of
from .event_letters import tell_cancelled, tell_moved
from .hours import take_back_training_hours
from .locking import locked, refuse_cancelled
from .refused import TrainingError

FIELDS = ("kind", "title", "about", "aspects", "place", "link", "host", "capacity", "counts_as")
TOLD_OF = ("starts_at", "ends_at", "place", "link", "title")  # what people have in their calendars
TWICE = timedelta(minutes=1)


@transaction.atomic
def create_gathering(*, programme, by, starts_at, minutes, audience=Gathering.Audience.ALL, at=None, **fields) -> Gathering:
    """Plan an event and choose its guests by ``audience``; nobody is written to yet. The same one twice within a minute is one.

    minutes: how long, 5 to 720. fields: those of FIELDS. TrainingError with its field for what cannot be.
    """
    at = at or timezone.now()
    _refuse_the_past(starts_at, at)
    _refuse_nowhere(fields.get("place", ""), fields.get("link", ""))
    type(programme).objects.select_for_update(of=("self",)).get(pk=programme.pk)  # a double click waits here
    twin = Gathering.objects.filter(
        programme=programme, title=fields["title"], starts_at=starts_at, made_by=by, made_at__gt=at - TWICE
    ).first()
    if twin:
        return twin
    ends_at = starts_at + timedelta(minutes=minutes)
    gathering = Gathering.objects.create(
        programme=programme, made_by=by, starts_at=starts_at, ends_at=ends_at, audience=audience, **fields
    )
    guests.choose_by_audience(gathering=gathering)
    record("event planned", by=by, about=gathering)
    return gathering


@transaction.atomic
def change_gathering(*, gathering, by, starts_at, minutes, at=None, **fields) -> Gathering:
    """Change an event. Those who were asked hear of a new time, place or title, and their calendars are brought up to date.

    One that has begun keeps its beginning. A smaller room is refused once more people have said yes than it holds.
    """
    at = at or timezone.now()
    gathering = locked(gathering)
    refuse_cancelled(gathering)
    moved = starts_at != gathering.starts_at
    if moved and gathering.has_begun(at):
        raise TrainingError(_("This event has begun, so its beginning stays."), "day")
    if moved:
        _refuse_the_past(starts_at, at)
    _refuse_nowhere(fields.get("place", gathering.place), fields.get("link", gathering.link))
    _refuse_too_small(gathering, fields.get("capacity", gathering.capacity))
    before = {name: getattr(gathering, name) for name in TOLD_OF}
    gathering.starts_at, gathering.ends_at = starts_at, starts_at + timedelta(minutes=minutes)
    for name, value in fields.items():
        setattr(gathering, name, value)
    is_news = any(before[name] != getattr(gathering, name) for name in TOLD_OF) and not gathering.is_over(at)
    if is_news:
        gathering.sequence += 1
    gathering.save()
    record("event changed", by=by, about=gathering, told=is_news)
    if is_news:
        tell_moved(gathering, old_starts_at=before["starts_at"], at=at)
    guests.fill_places(gathering=gathering, at=at)
    for guest in gathering.guests.there().select_related("mentor__membership"):
        count_hours(gathering=gathering, guest=guest, by=by)
    return gathering


@transaction.atomic
def cancel_gathering(*, gathering, by, reason="", at=None) -> Gathering:
    """Call an event off. Everybody who was asked and did not say no is told, and it leaves their calendars. Twice is once.

    Where it had begun, the time counted for those who were there is taken back: afterwards nobody could put it right.
    """
    at = at or timezone.now()
    gathering = locked(gathering)
    if gathering.cancelled_at:
        return gathering
    if gathering.is_over(at):
        raise TrainingError(_("This event has taken place. It stays in the list, with who was there."))
    gathering.cancelled_at, gathering.cancelled_because = at, reason.strip()[:300]
    gathering.sequence += 1
    gathering.save(update_fields=["cancelled_at", "cancelled_because", "sequence"])
    record("event cancelled", by=by, about=gathering, reason=gathering.cancelled_because)
    for guest in gathering.guests.there().select_related("mentor__membership"):
        take_back_training_hours(membership=guest.mentor.membership, source=source_of(gathering), by=by)
    tell_cancelled(gathering, at=at)
    return gathering


def _refuse_the_past(starts_at, now):
    if starts_at <= now:
        raise TrainingError(_("This time has passed. Choose one that is still to come."), "day")


def _refuse_nowhere(place, link):
    if not place and not link:
        raise TrainingError(_("Say where it is: a place, a link, or both."), "place")


def _refuse_too_small(gathering, capacity):
    coming = gathering.guests.filter(answer=Guest.Answer.YES).count()
    if capacity is not None and coming > capacity:
        words = ngettext("%(n)s person has said yes already.", "%(n)s people have said yes already.", coming) % {"n": coming}
        raise TrainingError(f"{words} {_('Give as many places, or write to somebody first.')}", "capacity")
