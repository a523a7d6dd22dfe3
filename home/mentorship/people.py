"""Who sits in a mentorship, and the names pages use for it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from matching.models import MentorshipMember
from matching.words import some
from programmes.enums import Side


@dataclass
class Seats:
    """The participants on each side of one mentorship."""

    students: list = field(default_factory=list)
    mentors: list = field(default_factory=list)

    @property
    def student_names(self):
        return some(person.name for person in self.students)

    @property
    def mentor_names(self):
        return some(person.name for person in self.mentors)

    @property
    def by_side(self):
        return {Side.STUDENT.value: self.students, Side.MENTOR.value: self.mentors}

    @property
    def people(self):
        """(side, participant) of everybody."""
        return [(side, person) for side, people in self.by_side.items() for person in people]

    @property
    def title(self):
        return _("%(students)s with %(mentors)s") % {"students": self.student_names, "mentors": self.mentor_names}

    @property
    def tutors(self):
        return list({person.tutor_id: person.tutor for person in self.students if person.tutor_id}.values())

    def other_side(self, membership):
        """The names a member sees: the mentors for a student, the students for everybody else."""
        mine = any(person.membership_id == membership.pk for person in self.students)
        return self.mentor_names if mine else self.student_names


def seats_of(mentorships) -> dict[int, Seats]:
    """The seats of each mentorship by its id, in one query."""
    found = {row.pk: Seats() for row in mentorships}
    rows = MentorshipMember.objects.filter(mentorship__in=found).select_related("participant__membership", "participant__tutor")
    for seat in rows.order_by("pk"):
        side = found[seat.mentorship_id].students if seat.side == Side.STUDENT else found[seat.mentorship_id].mentors
        side.append(seat.participant)
    return found
