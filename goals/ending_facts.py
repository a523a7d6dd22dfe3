"""What goals and the agreement say about where a mentorship stands (matching.stages.Facts)."""

from django.utils import timezone

from matching.stages import Facts, ending_starts_on

from .models import Goal


def ending_of(mentorship, goals):
    """The day its ending begins. goals: the students' goals, those set aside too (they do not count)."""
    counted = [goal for goal in goals if goal.status != Goal.Status.DROPPED]
    reached = [timezone.localdate(goal.settled_at) for goal in counted if goal.status == Goal.Status.DONE and goal.settled_at]
    return ending_starts_on(mentorship.started_on, mentorship.ends_on, reached, len(counted))


def facts_of_goals(mentorship, goals, today, *, settled=False) -> Facts:
    """No query where goals and agreement are loaded. settled: whether the contact afterwards is."""
    agreement = getattr(mentorship, "agreement", None)
    return Facts(
        signed=bool(agreement and agreement.signed_at),
        goals_agreed=sum(1 for goal in goals if goal.agreed_at and goal.status != Goal.Status.DROPPED),
        ending_due=ending_of(mentorship, goals) <= today,
        settled=settled,
        days_left=(mentorship.ends_on - today).days,
    )
