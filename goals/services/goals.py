"""Writing goals and settling them. Whoever calls has checked that ``by`` may work in the mentorship."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from matching.rights import side_of
from organisations.days import local_today
from programmes.enums import Side

from ..enums import Change
from ..models import Goal, GoalObjective, GoalProgress, GoalStep
from ..smart import Assessment, assess
from .locking import lock_goal, note_change
from .wordings import start_wording

MOST_GOALS = 20
TWICE_SECONDS = 60


def create_goal(
    *, mentorship, by, title, measure="", why="", work="", due_on=None, steps=(), objectives=(), owner=None, is_private=False, at=None
) -> Goal:
    """Write a goal with its first steps. The same title sent twice within a minute is one goal (a double click).

    ``owner``: the participant whose goal it is; a mentor makes it a mentor's own, and only that may be private.
    """
    with transaction.atomic():
        _lock(mentorship)
        recent = timezone.now() - timedelta(seconds=TWICE_SECONDS)
        rows = Goal.every.filter(mentorship=mentorship)
        twin = rows.filter(title=title, written_by=by, owner=owner, is_private=is_private, created_at__gte=recent).first()
        if twin:
            return twin
        side = owner.side if owner else Side.STUDENT
        if rows.filter(side=side).open().count() >= MOST_GOALS:
            raise Refused(_("Twenty open goals are enough for one mentorship. Settle one first."))
        words = {"title": title, "measure": measure, "why": why, "work": work, "due_on": due_on}
        goal = Goal.objects.create(
            mentorship=mentorship, written_by=by, side=side, owner=owner, is_private=is_private and side == Side.MENTOR, **words
        )
        GoalStep.objects.bulk_create(
            GoalStep(organisation_id=goal.organisation_id, goal=goal, text=text[:300]) for text in steps if text.strip()
        )
        GoalObjective.objects.bulk_create(
            GoalObjective(organisation_id=goal.organisation_id, goal=goal, objective=one) for one in objectives
        )
        GoalProgress.objects.create(goal=goal, percent=0, by=by)
        start_wording(goal=goal, by=by, side=seat_side(mentorship, by), at=at)
        record("goal written", by=by, about=goal)
    return goal


def give_goal(*, goal, owner, by) -> Goal:
    """Say which of several students a goal belongs to; None: to all of them."""
    with transaction.atomic():
        goal = lock_goal(goal)
        if not goal.is_mentors and goal.owner_id != (owner.pk if owner else None):
            goal.owner = owner
            goal.save(update_fields=["owner"])
            record("goal changed", by=by, about=goal)
    return goal


def tie_objectives(*, goal, objectives, by):
    """The learning objectives that the goal serves are these."""
    wanted = {one.pk: one for one in objectives}
    with transaction.atomic():
        links = {link.objective_id: link for link in goal.objective_links.select_related("objective")}
        for pk in links.keys() - wanted.keys():
            note_change(goal, Change.UNTIED, by, links[pk].objective.text)
            links[pk].delete()
        for pk in sorted(wanted.keys() - links.keys()):
            GoalObjective.objects.get_or_create(goal=goal, objective=wanted[pk])
            note_change(goal, Change.TIED, by, wanted[pk].text)


def settle_goal(*, goal, status, by, at=None) -> Goal:
    """Reached, set aside, or open again."""
    if status not in Goal.Status.values:
        raise Refused(_("Choose reached or set aside."))
    kind = {Goal.Status.DONE: Change.REACHED, Goal.Status.DROPPED: Change.DROPPED, Goal.Status.OPEN: Change.REOPENED}[status]
    with transaction.atomic():
        goal = lock_goal(goal)
        if goal.status == status:
            return goal
        goal.status = status
        goal.settled_at = None if status == Goal.Status.OPEN else at or timezone.now()
        if status == Goal.Status.DONE and goal.percent < 100:
            goal.percent = 100
            GoalProgress.objects.create(goal=goal, percent=100, by=by)
        goal.save(update_fields=["status", "settled_at", "percent"])
        note_change(goal, kind, by)
        record("goal settled", by=by, about=goal, status=str(status))
    return goal


def show_goal(*, goal, is_private, by) -> Goal:
    """A mentor shares an own goal with the mentorship, or keeps it private again."""
    if not goal.is_mentors:
        raise Refused(_("This goal belongs to both of you."))
    with transaction.atomic():
        goal = lock_goal(goal)
        if goal.is_private != is_private:
            goal.is_private = is_private
            goal.save(update_fields=["is_private"])
            note_change(goal, Change.HIDDEN if is_private else Change.SHARED, by)
    return goal


def assess_goal(goal, *, mentorship, today=None, steps=None) -> Assessment:
    """What the SMART coach says of a saved goal, judged as of the day it was written."""
    placement = mentorship.placement
    return assess(
        goal.title,
        measure=goal.measure,
        why=goal.why,
        due=goal.due_on,
        start=placement.starts_on if placement else mentorship.started_on,
        end=placement.ends_on if placement else mentorship.ends_on,
        steps=goal.steps.count() if steps is None else steps,
        today=today or local_today(mentorship.organisation),
        set_on=timezone.localdate(goal.created_at),
        objective="; ".join(one.text for one in goal.objectives.all()),
        mentors=goal.is_mentors,
    )


def seat_side(mentorship, membership) -> str:
    """ "student" or "mentor" for a member of the mentorship, "" for others (coordinators)."""
    return side_of(membership, mentorship.members.select_related("participant"))


def _lock(mentorship):
    type(mentorship).objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
