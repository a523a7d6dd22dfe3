"""A goal in page words."""

from dataclasses import dataclass

from django.utils import timezone

from .models import Goal
from .services.goals import assess_goal
from .smart import Assessment
from .track import Track, track_of


@dataclass
class GoalCard:
    """A goal with its letters, its steps and whether it is on track."""

    goal: Goal
    smart: Assessment
    track: Track
    steps: list

    @property
    def done_steps(self):
        return sum(1 for step in self.steps if step.done_at)

    @property
    def next_step(self):
        return next((step for step in self.steps if not step.done_at), None)


def goal_cards(mentorship, *, today) -> list[GoalCard]:
    """Every goal of a mentorship, open ones first, in three queries."""
    goals = Goal.objects.filter(mentorship=mentorship).prefetch_related("steps__owner__membership").order_by("id")
    cards = [goal_card(goal, mentorship=mentorship, today=today) for goal in goals]
    return sorted(cards, key=lambda card: card.goal.status != Goal.Status.OPEN)


def goal_card(goal, *, mentorship, today) -> GoalCard:
    steps = list(goal.steps.all())
    track = track_of(
        percent=goal.percent,
        started_on=timezone.localdate(goal.created_at),
        due_on=goal.due_on,
        today=today,
        done=goal.status != Goal.Status.OPEN,
    )
    return GoalCard(goal, assess_goal(goal, mentorship=mentorship, today=today, steps=len(steps)), track, steps)
