"""Goals go along when another mentor carries a mentorship on."""

from django.utils import timezone

from audit.services import record
from matching.services.members import present_seats

from ..enums import Pending
from ..models import Goal, GoalAgreement, GoalWording
from .wordings import missing_students


def carry_over(*, old, new, by) -> int:
    """Open goals go on in the mentorship that carries this one on, with their steps and their history. Returns how many.

    What the former mentor agreed waits for the new one's yes; what the student said stands.
    """
    goals = list(Goal.objects.filter(mentorship=old, status=Goal.Status.OPEN))
    for goal in goals:
        goal.mentorship = new
        _ask_the_new_mentor(goal, by)
        goal.save(update_fields=["mentorship", "number", "pending", "agreed_at"])
    if goals:
        record("goals carried over", by=by, about=new, number=len(goals))
    return len(goals)


def _ask_the_new_mentor(goal, by):
    """The same words as a version of their own, with the student's yes and without the former mentor's."""
    latest = GoalWording.objects.filter(goal=goal).order_by("-number").first()
    if latest and latest.number > goal.number and latest.closed_at is None:  # a change that nobody has agreed; it stays in the history
        latest.closed_at, latest.closed_by = timezone.now(), by
        latest.save(update_fields=["closed_at", "closed_by"])
    words = {name: getattr(goal, name) for name in GoalWording.FIELDS}
    wording = GoalWording.objects.create(goal=goal, number=latest.number + 1 if latest else 1, by=by, **words)
    standing = list(GoalAgreement.objects.filter(wording__goal=goal, wording__number=goal.number, side="student"))
    for one in standing:
        GoalAgreement.objects.create(wording=wording, side="student", membership_id=one.membership_id, name=one.name)
    goal.number, goal.agreed_at = wording.number, None
    agreed = standing and not missing_students(goal, standing, present_seats(goal.mentorship))
    goal.pending = Pending.MENTOR if agreed else Pending.BOTH
