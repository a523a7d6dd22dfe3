"""Events on a mentor's day: the next one, invitations without an answer, needs that may be over."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from training.event_words import aspect_titles, when_words, where_words
from training.models import Guest
from training.services.aspects import points_of
from training.services.needs import ready_again

from ..addresses import page


def guests_of(membership) -> list[Guest]:
    """The person's events, past ones too, in their order; not those called off."""
    known = Q(invited_at__isnull=False) | Q(attended_at__isnull=False)
    rows = Guest.objects.filter(known, mentor__membership=membership, gathering__cancelled_at=None)
    return list(rows.select_related("gathering", "mentor").order_by("gathering__starts_at", "pk"))


def next_event(membership, guests, now=None) -> dict | None:
    """{"title", "when", "where", "answer", "url"} of the next one they have not said no to."""
    now = now or timezone.now()
    guest = next((one for one in guests if one.answer != Guest.Answer.NO and not one.gathering.is_over(now)), None)
    if guest is None:
        return None
    return {
        "title": guest.gathering.title,
        "when": when_words(guest.gathering),
        "where": where_words(guest.gathering),
        "answer": guest.get_answer_display(),
        "url": page(membership.organisation, "training:my_event", guest.gathering_id),
    }


def unanswered(membership, guests):
    """(title, why, url) of each invitation without an answer; once it has begun there is none to give."""
    now = timezone.now()
    for guest in guests:
        if guest.answer == Guest.Answer.OPEN and not guest.was_there and not guest.gathering.has_begun(now):
            words = _("%(when)s, %(where)s.") % {"when": when_words(guest.gathering), "where": where_words(guest.gathering)}
            url = page(membership.organisation, "training:my_event", guest.gathering_id)
            yield _("Will you come? %(title)s") % {"title": guest.gathering.title}, words, url


def covered_now(membership, seats, guests, readiness):
    """(title, why, url) of each seat with needs to be answered again after an event about them."""
    again = ready_again(seats, guests, {pk: one.needs_since for pk, one in readiness.items()})
    for seat in seats:
        found = again[seat.pk]
        if found:
            url = page(membership.organisation, "training:point", seat.pk, next(iter(found)))
            what = "; ".join(aspect_titles(found, points_of(seat.programme)))
            yield _("Is it covered now?"), _("You have been to an event about: %(what)s.") % {"what": what}, url
