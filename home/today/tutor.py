"""The tutor's day: their students, read-only."""

from matching.models import Mentorship, MentorshipMember
from programmes.enums import Side
from programmes.models import Participant

from .member import fill_cards


def tutee_cards(membership, today):
    """Running mentorships of this tutor's students, those with something behind or overdue first."""
    seats = MentorshipMember.objects.filter(participant__tutor=membership, side=Side.STUDENT)
    rows = Mentorship.objects.visible_to(membership).active().filter(pk__in=seats.values("mentorship"))
    cards = fill_cards(rows, Side.STUDENT, today, membership.organisation, membership)
    return sorted(cards, key=lambda card: (not is_late(card, today), -card.behind, card.own_side))


def is_late(card, today) -> bool:
    return card.next is not None and card.next.due_on < today


def waiting_students(membership) -> list[str]:
    """Names of this tutor's students who have no mentor yet."""
    rows = Participant.objects.students().active().filter(tutor=membership, seats=None, programme__closed_at=None)
    return [person.membership.name for person in rows.select_related("membership")]
