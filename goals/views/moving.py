"""Moving a goal on: steps, progress, agreeing, settling."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.attempts import try_to
from common.refused import Refused
from matching.models import MentorshipMember
from matching.rights import require_work_in
from organisations.access import fetch_visible, redirect_in, requires
from organisations.days import local_today
from organisations.roles import Can

from .. import rights
from ..forms.goal import StepForm
from ..forms.progress import ProgressForm
from ..models import GoalProgress, GoalStep
from ..services import goals as service
from ..services import progress as progress_service
from ..services import steps as step_service
from ..services import wordings
from .common import fetch_goal, still_runs
from .reading import show


def _to_change(request, goal):
    """Whether the person may change it now. PermissionDenied for who only reads; False, with a message, once it has ended."""
    require_work_in(request.membership, goal.mentorship)
    if not still_runs(request, goal.mentorship):
        return False
    if not rights.may_change(request.membership, goal):
        raise PermissionDenied
    return True


def _seats(request, mentorship):
    rows = MentorshipMember.objects.visible_to(request.membership).filter(mentorship=mentorship)
    return list(rows.select_related("participant__membership"))


@requires(Can.SEE_OWN_PAGES)
@require_POST
def progress(request, goal_id):
    """Note how far it is. A mistake shows on the same page with what was typed."""
    goal = fetch_goal(request, goal_id)
    if _to_change(request, goal):
        form = ProgressForm(request.POST, request.FILES, percent=goal.percent)
        if not form.is_valid():
            return show(request, goal, progress_form=form)
        said = {name: form.cleaned_data[name] for name in ("percent", "note", "link")}
        try:
            progress_service.record_progress(goal=goal, by=request.membership, upload=form.cleaned_data["file"], **said)
        except Refused as refused:
            form.add_error(None, str(refused))
            return show(request, goal, progress_form=form)
        messages.success(request, _("Noted."))
    return redirect_in(request, "goals:detail", goal.pk)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def evidence_remove(request, entry_id):
    """Take away a link or a file: who put it there, or a coordinator."""
    entry = fetch_visible(GoalProgress, request.membership, pk=entry_id)
    goal = fetch_goal(request, entry.goal_id)
    if entry.by_id != request.membership.pk and not request.membership.can(Can.RUN_PROGRAMMES):
        raise PermissionDenied
    progress_service.remove_evidence(entry=entry, by=request.membership)
    messages.success(request, _("It is taken away."))
    return redirect_in(request, "goals:detail", goal.pk)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def step_add(request, goal_id):
    goal = fetch_goal(request, goal_id)
    if _to_change(request, goal):
        form = StepForm(request.POST, seats=_seats(request, goal.mentorship), goal=goal, today=local_today(goal.mentorship.organisation))
        if not form.is_valid():
            return show(request, goal, step_form=form)
        try:
            step_service.add_step(goal=goal, by=request.membership, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            return show(request, goal, step_form=form)
        messages.success(request, _("The step is added."))
    return redirect_in(request, "goals:detail", goal.pk)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def step(request, step_id):
    """Tick, untick or remove one step."""
    row = fetch_visible(GoalStep, request.membership, pk=step_id)
    goal = fetch_goal(request, row.goal_id)
    row.goal = goal
    if _to_change(request, goal):
        if "remove" in request.POST:
            try_to(request, _("The step is removed."), step_service.remove_step, step=row, by=request.membership)
        else:
            try_to(request, "", step_service.toggle_step, step=row, done="done" in request.POST, by=request.membership)
    return redirect_in(request, "goals:detail", goal.pk)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def step_edit(request, step_id):
    """Another text, owner or day for a step."""
    row = fetch_visible(GoalStep, request.membership, pk=step_id)
    goal = row.goal = fetch_goal(request, row.goal_id)
    if not _to_change(request, goal):
        return redirect_in(request, "goals:detail", goal.pk)
    initial = {"text": row.text, "owner": row.owner_id, "due_on": row.due_on}
    today, seats = local_today(goal.mentorship.organisation), _seats(request, goal.mentorship)
    form = StepForm(request.POST or None, initial=initial, seats=seats, goal=goal, today=today)
    if request.method == "POST" and form.is_valid():
        fields = {"owner": row.owner} | form.cleaned_data
        if try_to(request, _("Saved."), step_service.change_step, step=row, by=request.membership, **fields):
            return redirect_in(request, "goals:detail", goal.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "goals/step.html", {"form": form, "goal": goal, "step": row, "mentorship": goal.mentorship}, status=status)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def agree(request, goal_id):
    """Say yes to a goal's latest words, or keep it as it was agreed."""
    goal = fetch_goal(request, goal_id)
    if _to_change(request, goal):
        number = request.POST.get("number", "")
        number = int(number) if number.isdecimal() and len(number) < 6 else 0
        side = service.seat_side(goal.mentorship, request.membership)
        if "keep" in request.POST:
            said = _("The goal stays as it was agreed.")
            try_to(request, said, wordings.keep_wording, goal=goal, number=number, by=request.membership)
        else:
            try_to(request, _("Agreed."), wordings.agree_wording, goal=goal, number=number, by=request.membership, side=side)
    return redirect_in(request, "goals:detail", goal.pk)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def settle(request, goal_id):
    goal = fetch_goal(request, goal_id)
    if _to_change(request, goal):
        status = request.POST.get("status", "")
        try_to(request, _("Saved."), service.settle_goal, goal=goal, status=status, by=request.membership)
    return redirect_in(request, "goals:detail", goal.pk)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def share(request, goal_id):
    """A mentor shows an own goal to the mentorship, or keeps it private again."""
    goal = fetch_goal(request, goal_id)
    if _to_change(request, goal):
        private = "private" in request.POST
        said = _("Only you can see it now.") if private else _("Everybody in the mentorship can see it now.")
        try_to(request, said, service.show_goal, goal=goal, is_private=private, by=request.membership)
    return redirect_in(request, "goals:detail", goal.pk)
