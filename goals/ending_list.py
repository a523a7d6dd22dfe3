"""Who winds down in a programme: for coordinators."""

from collections import defaultdict
from dataclasses import dataclass, field

from matching.models import Mentorship, MentorshipMember
from matching.words import listing
from programmes.enums import Side

from .ending_board import is_ending
from .ending_facts import ending_of
from .models import ContactRule, EndingNote, Goal
from .services.ending import rule_in_force


@dataclass
class EndingLine:
    """One mentorship that winds down. states: (name, how many of thanks, look back and next step)."""

    mentorship: Mentorship
    starts_on: object
    names: str = ""
    states: list = field(default_factory=list)
    contact: str = ""


def ending_lines(programme, membership, today) -> list[EndingLine]:
    """Running mentorships whose ending is due or begun, the soonest to end first; five queries however many."""
    rows = list(Mentorship.objects.visible_to(membership).active().filter(programme=programme).select_related("organisation"))
    goals = _grouped(Goal.objects.filter(mentorship__in=rows))
    starts = {row.pk: ending_of(row, goals[row.pk]) for row in rows}
    rows = sorted((row for row in rows if is_ending(row, starts[row.pk], today)), key=lambda row: (row.ends_on, row.pk))
    seats = MentorshipMember.objects.filter(mentorship__in=rows).select_related("participant__membership").order_by("-side", "pk")
    seats, rules = _grouped(seats), _grouped(ContactRule.objects.filter(mentorship__in=rows).order_by("number"))
    written = set(EndingNote.objects.filter(mentorship__in=rows).values_list("mentorship_id", "participant_id", "kind"))
    return [_line(row, starts[row.pk], seats[row.pk], rules[row.pk], written) for row in rows]


def _line(row, starts_on, seats, rules, written):
    people = [seat.participant for seat in seats]
    count = {one.pk: sum(1 for mentorship, who, _kind in written if (mentorship, who) == (row.pk, one.pk)) for one in people}
    sides = [listing(seat.participant.name for seat in seats if seat.side == side) for side in (Side.STUDENT, Side.MENTOR)]
    in_force = rule_in_force(rules)
    return EndingLine(
        row, starts_on, listing(filter(None, sides)), [(one.name, count[one.pk]) for one in people], in_force.get_kind_display() if in_force else ""
    )


def _grouped(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.mentorship_id].append(row)
    return found
