"""The page of a goal, and the files that show its progress."""

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.services import record
from common.storage import PrivateFileMissingError, open_private, safe_name
from common.uploads import is_picture, media_type_of
from organisations.access import fetch_visible, requires
from organisations.days import local_today
from organisations.roles import Can

from ..detail import GoalPage
from ..forms.goal import StepForm
from ..forms.progress import ProgressForm
from ..models import GoalProgress
from .common import fetch_goal


@requires(Can.SEE_OWN_PAGES)
@require_GET
def detail(request, goal_id):
    return show(request, fetch_goal(request, goal_id))


def show(request, goal, *, progress_form=None, step_form=None):
    """The page; a form that was sent and had mistakes stands in it with what was typed."""
    page = GoalPage(goal, request.membership, local_today(goal.mentorship.organisation))
    context = {
        "page": page,
        "goal": goal,
        "mentorship": goal.mentorship,
        "progress_form": progress_form or ProgressForm(percent=goal.percent),
        "step_form": step_form or StepForm(seats=page.seats, goal=goal, today=page.today),
    }
    return render(request, "goals/detail.html", context, status=422 if progress_form or step_form else 200)


@requires(Can.SEE_OWN_PAGES)
@require_GET
def evidence(request, entry_id):
    """A file that shows progress: pictures in the page, everything else as a download. No cache keeps it."""
    entry = fetch_visible(GoalProgress, request.membership, pk=entry_id)
    if not entry.path:
        raise Http404(_("There is no file here any more."))
    try:
        file = open_private(entry.organisation_id, entry.path)
    except PrivateFileMissingError as error:
        raise Http404(_("There is no file here any more.")) from error
    in_page = is_picture(entry.path)
    if not in_page:
        record("evidence downloaded", by=request.membership, about=entry)
    response = FileResponse(file, as_attachment=not in_page, filename=safe_name(entry.file_name), content_type=media_type_of(entry.path))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
