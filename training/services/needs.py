"""Needs that may be over: a mentor asked for support with a point, and has since been to an event about it."""

from ..models import Guest
from .standing import open_since


def ready_again(mentors, guests=None, needs=None) -> dict[int, dict[str, object]]:
    """{mentor id: {aspect: the event}} of open needs to be answered again, in three queries however many mentors.

    It is so from when the event began until the point is answered again. An event of one programme counts in all of the person's.
    guests: the people's own, with gathering and mentor, where somebody has fetched them already; needs: the same for
    {mentor id: {aspect: when it was said}}.
    """
    mentors = list(mentors)
    found = {mentor.pk: {} for mentor in mentors}
    seats = {mentor.pk: mentor.membership_id for mentor in mentors}
    been = _been_to(_guests_of(seats.values()) if guests is None else guests)
    if not been or not seats:
        return found
    for mentor_id, open_now in (open_since(list(seats)) if needs is None else needs).items():
        for aspect, said_at in open_now.items():
            gathering = been.get((seats[mentor_id], aspect))
            if gathering and gathering.starts_at > said_at:
                found[mentor_id][aspect] = gathering
    return found


def _guests_of(people):
    return Guest.objects.there().filter(mentor__membership__in=list(people)).select_related("gathering", "mentor")


def _been_to(guests):
    """{(person, aspect): the latest event about it they were at}."""
    found = {}
    for guest in sorted(guests, key=lambda guest: guest.gathering.starts_at):
        if guest.was_there and guest.gathering.cancelled_at is None:
            found |= {(guest.mentor.membership_id, aspect): guest.gathering for aspect in guest.gathering.aspects}
    return found


def open_needs(mentors) -> list[str]:
    """The aspects for which any of these seats of one person asks for more training or support."""
    open_now = open_since([mentor.pk for mentor in mentors])
    return list(dict.fromkeys(aspect for needs in open_now.values() for aspect in needs))
