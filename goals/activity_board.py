"""The activities of one mentorship in page words."""

from dataclasses import dataclass, field

from matching.models import Mentorship, MentorshipMember
from matching.words import listing

from .activity_shelf import Fit, suggest_activities
from .models import MentorshipActivity

MOST_DONE = 20


@dataclass
class ActivityBoard:
    """suggested: what fits now, for those who may plan it; planned: for the next check-in; done: the latest first."""

    suggested: list[Fit] = field(default_factory=list)
    planned: list[MentorshipActivity] = field(default_factory=list)
    done: list[MentorshipActivity] = field(default_factory=list)


def activity_board(mentorship, *, before=(), goals=(), offered=()) -> ActivityBoard:
    """In one query. goals: texts of open goals; offered: the activities to suggest from, none for who only reads.

    before: ids of mentorships that were handed over to this one; what was done in them counts as done.
    """
    rows = MentorshipActivity.objects.filter(mentorship__in=[mentorship.pk, *before])
    rows = list(rows.order_by("-done_on", "-pk"))
    done = [row for row in rows if row.done_on]
    planned = [row for row in rows if not row.done_on and row.mentorship_id == mentorship.pk] if mentorship.is_active else []
    known = {row.key for row in [*done, *planned]}
    suggested = suggest_activities(offered, stage=mentorship.stage, done=known, goals=goals, turn=mentorship.pk + len(done))
    return ActivityBoard(suggested, planned, done[:MOST_DONE])


def planned_activities(mentorship) -> list[MentorshipActivity]:
    """What waits for the next check-in, in the order it was planned."""
    return list(MentorshipActivity.objects.filter(mentorship=mentorship, done_on=None).order_by("pk"))


def done_since(mentorship, day) -> list[MentorshipActivity]:
    """What was done on that day or later (None: ever)."""
    rows = MentorshipActivity.objects.filter(mentorship=mentorship, done_on__isnull=False)
    return list((rows.filter(done_on__gte=day) if day else rows).order_by("done_on", "pk"))


@dataclass(frozen=True)
class Own:
    """A running mentorship of the reader's, by the names across."""

    mentorship: Mentorship
    names: str


def own_mentorships(membership, also=None) -> list[Own]:
    """The reader's running mentorships by the names across, in two queries. also: one more that they may work in."""
    rows = list(Mentorship.objects.worked_in_by(membership).active().order_by("pk"))
    if also and also.is_active and also not in rows:
        rows.append(also)
    seats = MentorshipMember.objects.filter(mentorship__in=rows).select_related("participant__membership").order_by("-side", "pk")
    found = {row.pk: [] for row in rows}
    mine = {seat.mentorship_id: seat.side for seat in seats if seat.participant.membership_id == membership.pk}
    for seat in seats:
        if seat.side != mine.get(seat.mentorship_id):
            found[seat.mentorship_id].append(seat.participant.name)
    return [Own(row, listing(found[row.pk])) for row in rows]
