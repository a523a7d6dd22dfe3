"""The demo's calendar: a break that check-ins make way for, a settled time, and times that wait for a pick."""

from datetime import timedelta

from checkins.models import CheckIn
from checkins.services.times import propose_times
from programmes.services.holidays import add_holiday

from .times import at

BREAK = timedelta(days=24)  # from the day of seeding
BREAK_LASTS = timedelta(days=4)
PLACE = "The café by the library, or https://meet.example/gwen"
PROPOSED = ((12, 16, 30), (13, 12, 15), (14, 9, 0))  # days from the day of seeding, hour, minute


def plan_calendar(programme, own, *, by, today):
    """``own``: the pair that can sign in, as told. Their next check-in has a time; for the one after the student proposes three."""
    add_holiday(programme=None, name="Winter break", first_on=today + BREAK, last_on=today + BREAK + BREAK_LASTS, by=by)
    planned = list(CheckIn.objects.filter(mentorship=own.mentorship).planned().order_by("due_on"))
    if planned:
        planned[0].planned_minutes, planned[0].place = 45, PLACE
        planned[0].save(update_fields=["planned_minutes", "place"])
    for row in planned[1:2]:
        propose_times(
            mentorship=own.mentorship,
            moments=[at(today + timedelta(days=days), hour, minute) for days, hour, minute in PROPOSED],
            minutes=45,
            place="Video call",
            note="I am on the late shift that week, so mornings are good too.",
            check_in=row,
            by=own.student.membership,
        )
