"""The people of many mentorships with one query, for sweeps and lists."""

from collections import defaultdict
from dataclasses import dataclass, field

from matching.models import MentorshipMember
from matching.words import some
from organisations.enums import Role
from organisations.models import Membership
from programmes.enums import Side

# What lists and letters need of a person; the rest of a participant is what matching knows.
FIELDS = ["side", "channel", "membership_id", *(f"membership__{name}" for name in ("first_name", "last_name", "email"))]


@dataclass
class People:
    """Participants of one mentorship who are still there."""

    students: list = field(default_factory=list)
    mentors: list = field(default_factory=list)

    @property
    def student_names(self):
        return some(one.name for one in self.students)

    @property
    def mentor_names(self):
        return some(one.name for one in self.mentors)

    @property
    def everybody(self):
        return [*self.students, *self.mentors]

    @property
    def is_group(self):
        """More than one student: what one of them says is not the others' to read."""
        return len(self.students) > 1

    def seat_of(self, membership):
        """The person's own participant, None for who is not in it."""
        return next((one for one in self.everybody if one.membership_id == membership.pk), None)

    def others(self, participant):
        """The names across the table."""
        return self.student_names if participant.side == Side.MENTOR else self.mentor_names

    def on_side(self, side):
        return self.mentors if side == Side.MENTOR else self.students


def people_of(mentorship_ids) -> dict[int, People]:
    """{mentorship id: People}; whoever withdrew or left the organisation is not among them."""
    found = defaultdict(People)
    seats = MentorshipMember.objects.filter(
        mentorship__in=mentorship_ids, participant__withdrawn_at=None, participant__membership__left_at=None
    ).select_related("participant__membership")
    seats = seats.only("mentorship_id", "side", *(f"participant__{name}" for name in FIELDS))
    for seat in seats.order_by("id"):
        found[seat.mentorship_id].on_side(seat.side).append(seat.participant)
    return found


def coordinators() -> list[Membership]:
    """Who runs programmes in the organisation that is open."""
    return list(Membership.objects.present().with_role(Role.COORDINATOR))
