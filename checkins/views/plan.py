"""The plan of a mentorship's check-ins: add, move, drop."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.words import day
from matching.models import Mentorship
from matching.services.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..forms.plan import DayForm
from ..models import CheckIn
from ..rights import may_work_in, require_work_in
from ..services import planning
from ..services.members import people_of
from .log import fetch_check_in


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, mentorship_id):
    rows = Mentorship.objects.select_related("programme", "organisation")
    mentorship = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id)
    request.programme = mentorship.programme
    works = may_work_in(request.membership, mentorship)
    form = DayForm(request.POST or None, mentorship=mentorship)
    if request.method == "POST":
        require_work_in(request.membership, mentorship)
        if form.is_valid() and _do(request, form, planning.add_check_in, mentorship=mentorship, due_on=form.cleaned_data["due_on"]):
            return redirect_in(request, "checkins:plan", mentorship.pk)
    context = {
        "mentorship": mentorship,
        "people": people_of([mentorship.pk])[mentorship.pk],
        "check_ins": list(CheckIn.objects.visible_to(request.membership).filter(mentorship=mentorship)),
        "form": form,
        "works": works and mentorship.is_active,
        "today": timezone.localdate(),
    }
    return render(request, "checkins/plan.html", context)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    require_work_in(request.membership, check_in.mentorship)
    form = DayForm(request.POST or None, mentorship=check_in.mentorship, initial={"due_on": check_in.due_on})
    sent = request.method == "POST" and form.is_valid()
    if sent and _do(request, form, planning.move_check_in, check_in=check_in, due_on=form.cleaned_data["due_on"]):
        return redirect_in(request, "checkins:plan", check_in.mentorship_id)
    people = people_of([check_in.mentorship_id])[check_in.mentorship_id]
    return render(request, "checkins/move.html", {"check_in": check_in, "form": form, "people": people})


@requires(Can.SEE_OWN_PAGES)
@require_POST
def drop(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    require_work_in(request.membership, check_in.mentorship)
    try:
        planning.drop_check_in(check_in=check_in, by=request.membership)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The check-in of %(day)s is out of the plan.") % {"day": day(check_in.due_on)})
    return redirect_in(request, "checkins:plan", check_in.mentorship_id)


def _do(request, form, service, **what):
    """Run the service; what it refuses stands on the form. True when it is done."""
    try:
        row = service(by=request.membership, **what)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Planned for %(day)s.") % {"day": day(row.due_on)})
    return True
