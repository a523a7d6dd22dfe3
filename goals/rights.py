"""Who may do what with goals and learning objectives, beyond seeing them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from matching.models import Mentorship, MentorshipMember
from matching.rights import may_work_in
from organisations.access import fetch_visible
from organisations.roles import Can
from programmes.enums import Side
from programmes.models import Placement

from .enums import Voice
from .models import Goal, Objective


def fetch_goal(membership, goal_id) -> Goal:
    """The goal, its mentorship loaded. Http404 when unknown, or somebody else's and private; PermissionDenied when not theirs to see."""
    rows = Goal.every.select_related("mentorship__programme", "mentorship__placement", "mentorship__organisation", "owner__membership")
    rows = rows.prefetch_related("steps__owner__membership", "objectives")
    found = rows.visible_to(membership).filter(pk=goal_id).first()
    if found:
        return found
    if Goal.every.filter(pk=goal_id, is_private=False).exists():
        raise PermissionDenied
    raise Http404


def may_change(membership, goal) -> bool:
    """Members and coordinators; a mentor's own goal, its owner. Only while the mentorship runs."""
    if not goal.mentorship.is_active:
        return False
    if goal.is_mentors:
        return goal.owner is not None and goal.owner.membership_id == membership.pk and may_work_in(membership, goal.mentorship)
    return may_work_in(membership, goal.mentorship)


def fetch_placement(membership, placement_id) -> Placement:
    """The placement for whoever may see its objectives: mentors see it through their mentorship."""
    rows = Placement.objects.select_related("student__membership__organisation", "student__tutor", "site__employer", "programme")
    through = Mentorship.objects.visible_to(membership).filter(placement_id=placement_id)
    if through.exists():
        return rows.get(pk=placement_id)
    return fetch_visible(Placement, membership, rows, pk=placement_id)


def voice_of(membership, placement) -> str:
    """Which of the three the person is for this placement, or "". Where a student has no tutor, a coordinator speaks for the college."""
    student = placement.student
    if student.membership_id == membership.pk:
        return "" if student.withdrawn_at else Voice.STUDENT.value
    if student.tutor_id == membership.pk:
        return Voice.TUTOR.value
    seats = MentorshipMember.objects.filter(
        mentorship__placement=placement, side=Side.MENTOR, participant__membership=membership, participant__withdrawn_at=None
    )
    if seats.filter(mentorship__in=Mentorship.objects.active()).exists():
        return Voice.MENTOR.value
    return Voice.TUTOR.value if student.tutor_id is None and membership.can(Can.RUN_PROGRAMMES) else ""


def may_write_objectives(membership, placement, voice) -> bool:
    """The three and coordinators, until every mentorship of the placement has ended or the programme is closed."""
    if not voice and not membership.can(Can.RUN_PROGRAMMES):
        return False
    if placement.programme.closed_at:
        return False
    ended = Mentorship.objects.filter(placement=placement)
    return not ended.exists() or ended.active().exists()


def fetch_objective(membership, objective_id) -> Objective:
    rows = Objective.objects.select_related("placement__student__membership", "placement__student__tutor", "placement__programme")
    return fetch_visible(Objective, membership, rows, pk=objective_id)
