"""Goals: write, read, move on. Members and coordinators write; tutors read."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import charts
from common.words import short_day
from matching.models import Mentorship
from matching.rights import may_work_in, require_work_in
from matching.services.letters import local_today
from matching.services.refused import Refused
from organisations.access import author_of, fetch_visible, redirect_in, requires
from organisations.roles import Can
from organisations.services import drafts

from .forms import GoalForm, ProgressForm, StepForm
from .models import Goal, GoalStep
from .presenters import goal_card
from .services import goals as service
from .smart import assess


def _mentorship(request, mentorship_id):
    rows = Mentorship.objects.select_related("programme", "placement", "organisation")
    mentorship = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id)
    request.programme = mentorship.programme
    return mentorship


def _goal(request, goal_id):
    rows = Goal.objects.select_related("mentorship__programme", "mentorship__placement", "mentorship__organisation")
    rows = rows.prefetch_related("steps__owner__membership")
    goal = fetch_visible(Goal, request.membership, rows, pk=goal_id)
    request.programme = goal.mentorship.programme
    return goal


def _to_change(request, mentorship):
    """Only its members and coordinators, and only while it runs."""
    require_work_in(request.membership, mentorship)
    if not mentorship.is_active:
        messages.info(request, _("This mentorship has ended: its goals can be read, not changed."))
        return False
    return True


def _limits(mentorship):
    placement = mentorship.placement
    if placement:
        return min(placement.starts_on, mentorship.started_on), max(placement.ends_on, mentorship.ends_on)
    return mentorship.started_on, mentorship.ends_on


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def create(request, mentorship_id):
    mentorship = _mentorship(request, mentorship_id)
    if not _to_change(request, mentorship):
        return redirect(mentorship)
    draft = {"author_key": author_of(request), "form_key": f"goal:{mentorship.pk}"}
    form = GoalForm(request.POST or None, initial=drafts.load_draft(**draft), limits=_limits(mentorship))
    if request.method == "POST" and "check" not in request.POST and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("title", "measure", "why", "due_on")}
        try:
            goal = service.create_goal(mentorship=mentorship, by=request.membership, steps=form.steps, **fields)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            drafts.drop_draft(**draft)
            messages.success(request, _("The goal is written. Its steps and progress stand here."))
            return redirect_in(request, "goals:detail", goal.pk)
    return _form_page(request, mentorship, form, goal=None)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def edit(request, goal_id):
    goal = _goal(request, goal_id)
    if not _to_change(request, goal.mentorship):
        return redirect_in(request, "goals:detail", goal.pk)
    form = GoalForm(request.POST or None, instance=goal, limits=_limits(goal.mentorship))
    if request.method == "POST" and "check" not in request.POST and form.is_valid():
        service.change_goal(goal=goal, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect_in(request, "goals:detail", goal.pk)
    return _form_page(request, goal.mentorship, form, goal=goal)


def _form_page(request, mentorship, form, *, goal):
    said = _assess_typed(request, mentorship, goal) if request.method == "POST" or goal or form.initial else None
    context = {"mentorship": mentorship, "goal": goal, "form": form, "assessment": said}
    bad = request.method == "POST" and "check" not in request.POST
    return render(request, "goals/form.html", context, status=422 if bad else 200)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def coach(request, mentorship_id):
    """What the coach says of what is typed so far; keeps it as a draft too. Changes nothing else."""
    mentorship = _mentorship(request, mentorship_id)
    require_work_in(request.membership, mentorship)
    names = ["title", "measure", "why", "due_on", "first_step", "second_step"]
    if "first_step" in request.POST:
        typed = {name: request.POST.get(name, "")[:1000] for name in names}
        drafts.save_draft(author_key=author_of(request), form_key=f"goal:{mentorship.pk}", data=typed)
    return render(request, "goals/_coach.html", {"assessment": _assess_typed(request, mentorship, None)})


def _assess_typed(request, mentorship, goal):
    if request.method != "POST" and goal:
        return service.assess_goal(goal, mentorship=mentorship)
    form = GoalForm(request.POST or None, limits=_limits(mentorship))
    typed = form.data if form.is_bound else drafts.load_draft(
        author_key=author_of(request), form_key=f"goal:{mentorship.pk}"
    )
    first, last = _limits(mentorship)
    try:
        due = form.fields["due_on"].to_python(typed.get("due_on", ""))
    except Exception:  # noqa: BLE001  an unreadable date is simply not there yet
        due = None
    steps = sum(1 for name in ("first_step", "second_step") if typed.get(name, "").strip())
    steps += int(typed.get("steps", "0")) if typed.get("steps", "0").isdecimal() else 0
    return assess(
        typed.get("title", ""), measure=typed.get("measure", ""), why=typed.get("why", ""), due=due,
        start=first, end=last, steps=steps, today=local_today(mentorship.organisation),
    )  # fmt: skip


@requires(Can.SEE_OWN_PAGES)
@require_GET
def detail(request, goal_id):
    goal = _goal(request, goal_id)
    today = local_today(goal.mentorship.organisation)
    history = list(goal.progress.select_related("by"))
    seats = list(goal.mentorship.members.select_related("participant__membership"))
    works = may_work_in(request.membership, goal.mentorship) and goal.mentorship.is_active
    drawing = None
    if len(history) > 1:
        points = [(short_day(point.at, today), point.percent) for point in history]
        drawing = charts.line_chart(_("Progress"), points, unit=" %", maximum=100)
    return render(
        request,
        "goals/detail.html",
        {
            "card": goal_card(goal, mentorship=goal.mentorship, today=today),
            "goal": goal,
            "mentorship": goal.mentorship,
            "names": " & ".join(seat.participant.name for seat in sorted(seats, key=lambda seat: seat.side != "student")),
            "history": history[::-1],
            "chart": drawing,
            "works": works,
            "changes": works and goal.status == Goal.Status.OPEN,
            "progress_form": ProgressForm(initial={"percent": goal.percent}),
            "step_form": StepForm(seats=seats),
        },
    )


@requires(Can.SEE_OWN_PAGES)
@require_POST
def progress(request, goal_id):
    goal = _goal(request, goal_id)
    if _to_change(request, goal.mentorship):
        form = ProgressForm(request.POST)
        if form.is_valid():
            _try(request, _("Noted."), service.record_progress, goal=goal, by=request.membership, **form.cleaned_data)
        else:
            messages.error(request, _("Choose how far the goal is."))
    return redirect_in(request, "goals:detail", goal.pk)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def step_add(request, goal_id):
    goal = _goal(request, goal_id)
    if _to_change(request, goal.mentorship):
        form = StepForm(request.POST, seats=list(goal.mentorship.members.all()))
        if form.is_valid():
            _try(request, _("The step is added."), service.add_step, goal=goal, by=request.membership, **form.cleaned_data)
        else:
            messages.error(request, _("Say in a few words what the step is; the date needs day, month and year."))
    return redirect_in(request, "goals:detail", goal.pk)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def step(request, step_id):
    """Tick, untick or remove one step."""
    row = fetch_visible(GoalStep, request.membership, GoalStep.objects.select_related("goal__mentorship"), pk=step_id)
    if _to_change(request, row.goal.mentorship):
        if "remove" in request.POST:
            _try(request, _("The step is removed."), service.remove_step, step=row, by=request.membership)
        else:
            _try(request, "", service.toggle_step, step=row, done="done" in request.POST, by=request.membership)
    return redirect_in(request, "goals:detail", row.goal_id)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def settle(request, goal_id):
    goal = _goal(request, goal_id)
    if _to_change(request, goal.mentorship):
        _try(request, _("Saved."), service.settle_goal, goal=goal, status=request.POST.get("status", ""), by=request.membership)
    return redirect_in(request, "goals:detail", goal.pk)


def _try(request, said, work, **arguments):
    try:
        work(**arguments)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        if said:
            messages.success(request, said)
