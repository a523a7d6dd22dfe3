"""Who is still in a mentorship."""

from programmes.enums import Side

from ..models import MentorshipMember


def present_seats(mentorship) -> list[MentorshipMember]:
    """The seats of those who have not left, students first, each with its participant and person."""
    rows = MentorshipMember.objects.filter(
        mentorship=mentorship, participant__withdrawn_at=None, participant__membership__left_at=None
    )
    return list(rows.select_related("participant__membership").order_by("-side", "pk"))


def have_all(seats, participant_ids) -> bool:
    """Whether everybody who is present is among these participants, and both sides are there."""
    return {seat.side for seat in seats} == set(Side.values) and {seat.participant_id for seat in seats} <= set(participant_ids)
