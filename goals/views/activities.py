"""The library of activities: browsed, read, put on the agenda, noted as done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.attempts import try_to
from common.refused import Refused
from matching.models import Mentorship
from matching.rights import may_work_in, require_work_in
from organisations.access import fetch_visible, requires
from organisations.days import local_today
from organisations.roles import Can

from ..activity_board import own_mentorships
from ..activity_shelf import find_on_shelf, shelf_for
from ..forms.activities import ActivityFilter, DoneForm
from ..models import MentorshipActivity
from ..services import activities as service
from .common import fetch_mentorship

PER_PAGE = 24


@requires(Can.SEE_OWN_PAGES)
@require_GET
def activities(request):
    """Everything the organisation offers, filtered; for those who keep it also what was taken out."""
    form = ActivityFilter(request.GET)
    chosen = form.chosen()
    keeps = request.membership.can(Can.RUN_PROGRAMMES)
    found = shelf_for(request.membership, **chosen)
    context = {
        "form": form,
        "narrowed": any(chosen.values()),
        "count": len(found),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "keeps": keeps,
        "hidden": shelf_for(request.membership, hidden=True) if keeps else [],
        "mentorship": _named(request),
    }
    return render(request, "goals/activities.html", context)


@requires(Can.SEE_OWN_PAGES)
@require_GET
def activity(request, activity_key):
    """One activity, with the mentorships it can be planned for: the reader's own, and the one they came from."""
    shelved = fetch_activity(request, activity_key)
    context = {
        "shelved": shelved,
        "activity": shelved.activity,
        "own": own_mentorships(request.membership, also=_named(request)),
        "keeps": request.membership.can(Can.RUN_PROGRAMMES),
    }
    return render(request, "goals/activity.html", context)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def activity_plan(request, mentorship_id, activity_key):
    mentorship = fetch_mentorship(request, mentorship_id)
    require_work_in(request.membership, mentorship)
    shelved = fetch_activity(request, activity_key)
    said = _("“%(title)s” is on the agenda of your next check-in.") % {"title": shelved.activity.title}
    try_to(request, said, service.plan_activity, mentorship=mentorship, activity=shelved.activity, by=request.membership)
    return redirect(f"{mentorship.get_absolute_url()}#activities")


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def activity_done(request, mentorship_id, activity_key):
    """ "We did this": saved as it is, or with two lines."""
    mentorship = fetch_mentorship(request, mentorship_id)
    require_work_in(request.membership, mentorship)
    shelved = fetch_activity(request, activity_key)
    form = DoneForm(request.POST or None, initial={"done_on": local_today(request.organisation)})
    if request.method == "POST" and form.is_valid():
        try:
            service.note_activity(mentorship=mentorship, activity=shelved.activity, by=request.membership, **form.cleaned_data)
        except Refused as refused:
            form.add_error("done_on", str(refused))
        else:
            messages.success(request, _("Noted: you did “%(title)s”.") % {"title": shelved.activity.title})
            return redirect(f"{mentorship.get_absolute_url()}#activities")
    context = {"mentorship": mentorship, "activity": shelved.activity, "form": form}
    return render(request, "goals/activity_done.html", context, status=422 if form.errors else 200)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def activity_drop(request, planned_id):
    rows = MentorshipActivity.objects.select_related("mentorship__organisation")
    planned = fetch_visible(MentorshipActivity, request.membership, rows, pk=planned_id)
    require_work_in(request.membership, planned.mentorship)
    said = _("“%(title)s” is off the agenda.") % {"title": planned.title}
    try_to(request, said, service.drop_activity, planned=planned, by=request.membership)
    return redirect(f"{planned.mentorship.get_absolute_url()}#activities")


def fetch_activity(request, key):
    found = find_on_shelf(request.membership, key)
    if found is None:
        raise Http404
    return found


def _named(request):
    """The mentorship one came from, where one may work in it; else None, whatever stands in the address."""
    number = request.GET.get("mentorship", "")
    if not number.isdecimal() or len(number) > 17:
        return None
    rows = Mentorship.objects.select_related("organisation")
    try:
        found = fetch_visible(Mentorship, request.membership, rows, pk=int(number))
    except (Http404, PermissionDenied):
        return None
    return found if may_work_in(request.membership, found) else None
