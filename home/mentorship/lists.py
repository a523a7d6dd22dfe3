"""Mentorships in a list: one line each, in a fixed number of queries for a page of them."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from checkins.models import CheckIn
from common.words import short_day, when
from goals.models import Goal
from goals.track import track_of
from matching.enums import MentorshipStatus

from .health import Health, health_of
from .people import Seats, seats_of


@dataclass
class Line:
    """One mentorship in a list."""

    mentorship: object
    seats: Seats
    health: Health
    next_words: str
    goals_words: str
    next_check_in: CheckIn | None


def lines(mentorships, *, today, tells_why=False) -> list[Line]:
    """``mentorships``: a list with programme and placement loaded. Four queries however many there are.

    tells_why: for coordinators, see ended_words.
    """
    seats = seats_of(mentorships)
    check_ins, goals = {row.pk: [] for row in mentorships}, {row.pk: [] for row in mentorships}
    for one in CheckIn.objects.filter(mentorship__in=check_ins).exclude(status=CheckIn.Status.DROPPED).order_by("due_on", "pk"):
        check_ins[one.mentorship_id].append(one)
    for goal in Goal.objects.filter(mentorship__in=goals).exclude(status=Goal.Status.DROPPED):
        goals[goal.mentorship_id].append(goal)
    return [_line(row, seats[row.pk], check_ins[row.pk], goals[row.pk], today, tells_why) for row in mentorships]


def _line(row, seats, check_ins, goals, today, tells_why):
    past = [one for one in reversed(check_ins) if not one.is_planned]
    missed = next((place for place, one in enumerate(past) if one.status != CheckIn.Status.MISSED), len(past))
    behind = sum(1 for goal in goals if not _track(goal, today).on)
    upcoming = next((one for one in check_ins if one.is_planned), None)
    return Line(
        mentorship=row,
        seats=seats,
        health=health_of(
            started_on=row.started_on,
            last_contact_on=row.last_contact_on,
            quiet_days=row.programme.quiet_days,
            today=today,
            moods=[one.mood for one in past if one.mood],
            missed_in_a_row=missed,
            goals_behind=behind,
            active=row.is_active,
        ),
        next_words=_next_words(upcoming, today) if row.is_active else ended_words(row, tells_why=tells_why),
        goals_words=_("%(on)s of %(all)s on track") % {"on": len(goals) - behind, "all": len(goals)} if goals else _("no goals yet"),
        next_check_in=upcoming,
    )


def _track(goal, today):
    return track_of(
        percent=goal.percent,
        started_on=timezone.localdate(goal.created_at),
        due_on=goal.due_on,
        today=today,
        done=goal.status != Goal.Status.OPEN,
    )


def ended_words(mentorship, *, tells_why) -> str:
    """How it ended. That there was a concern is said to coordinators only: the two, and the tutor, would draw conclusions."""
    if mentorship.status == MentorshipStatus.ENDED_WITH_CONCERN and not tells_why:
        return _("Ended")
    return mentorship.get_status_display()


def _next_words(upcoming, today):
    if upcoming is None:
        return _("nothing planned")
    if upcoming.due_on < today:
        return _("waiting since %(when)s") % {"when": short_day(upcoming.due_on, today)}
    return when(upcoming.due_on, today)
