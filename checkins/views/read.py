"""Read a check-in; the student's own word; ticking what was agreed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals.models import Goal
from matching.services.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..forms.log import FeedbackForm
from ..models import Action, Note
from ..presenters import LogPage, may_read_notes
from ..rights import may_work_in, require_work_in
from ..services.log import give_feedback, tick_action
from .doors import Door
from .log import fetch_check_in, may_add, may_add_to


@requires(Can.SEE_OWN_PAGES)
@require_safe
def detail(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    page = LogPage(check_in, request.membership, timezone.localdate())
    belongs = may_work_in(request.membership, check_in.mentorship)
    works = check_in.mentorship.is_active and belongs
    notes = Note.objects.visible_to(request.membership).shown_to(request.membership).filter(check_in=check_in).select_related("author")
    goals = Goal.objects.visible_to(request.membership).filter(pk__in=check_in.goals)
    context = {
        "check_in": check_in,
        "page": page,
        "works": works,
        "belongs": belongs,  # what is hard, and what the student tells the mentor, is not for tutors
        "add": Door.signed_in(request, check_in).add if works and may_add_to(check_in) else "",
        "me": request.membership,
        "may_add": works and may_add(check_in, page),
        "goals": list(goals),
        "actions": list(check_in.actions.select_related("owner__membership")),
        "notes": list(notes) if may_read_notes(request.membership) else [],
    }
    return render(request, "checkins/detail.html", context)


@requires(Can.WORK_IN_MENTORSHIP)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    page = LogPage(check_in, request.membership, timezone.localdate())
    if not page.is_student:
        raise PermissionDenied
    if not may_add(check_in, page):
        messages.info(request, _("There is nothing to add to this check-in just now."))
        return redirect_in(request, "checkins:detail", check_in.pk)
    form = FeedbackForm(request.POST or None, initial=page.own_word)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(check_in=check_in, by=request.membership, **form.cleaned_data)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Thank you. Your mentor can read it."))
        return redirect_in(request, "checkins:detail", check_in.pk)
    return render(request, "checkins/feedback.html", {"check_in": check_in, "page": page, "form": form})


@requires(Can.SEE_OWN_PAGES)
@require_POST
def action_tick(request, action_id):
    rows = Action.objects.select_related("check_in__mentorship")
    action = fetch_visible(Action, request.membership, rows, pk=action_id)
    require_work_in(request.membership, action.check_in.mentorship)
    if not action.check_in.mentorship.is_active:
        messages.info(request, _("This mentorship has ended, so nothing more can be planned or noted."))
    else:
        tick_action(action=action, done="done" in request.POST, by=request.membership)
        messages.success(request, _("Saved."))
    return redirect_in(request, "checkins:detail", action.check_in_id)
