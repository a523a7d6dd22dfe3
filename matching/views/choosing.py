"""Choosing rounds, as the coordinator runs them: begin one, see who has chosen, remind, close, match by it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import redirect_in, requires
from organisations.roles import Can
from organisations.services.jobs import latest_job
from programmes.models import Participant

from .. import choosing_presenter as presenter
from ..forms.choosing import RoundForm
from ..run_rules import by_choice
from ..services import choosing as service
from ..services import choosing_letters, runs
from ..services import choosing_listing as listing
from ..services.chosen import has_chosen
from ..tabs import tabs_of
from .common import open_programme
from .programme import rules_of

PAGE = 50
NAMED = 8  # people without candidates, each with the reason


@requires(Can.RUN_PROGRAMMES)
@require_GET
def choosing(request, programme_id):
    programme = open_programme(request, programme_id)
    found = service.latest_round(programme)
    job = latest_job(service.JOB, target_id=programme.pk)
    context = {"programme": programme, "matching_pages": tabs_of(programme, "choosing"), "round": found, "job": job}
    if found is None:
        people = Participant.objects.visible_to(request.membership).filter(programme=programme).active()
        sizes = {"students": people.students().count(), "mentors": people.mentors().count()}
        return render(request, "matching/choosing_none.html", context | sizes)
    found.organisation = request.organisation
    counts = listing.counts(found)
    state = request.GET.get("state", "")
    page = Paginator(listing.table(found, state), PAGE).get_page(request.GET.get("page"))
    empty = listing.empty_sheets(found)[:NAMED] if counts["empty"] else []
    return render(
        request,
        "matching/choosing.html",
        context
        | {
            "state": found.state(),
            "headline": presenter.headline(found, counts["done"], counts["all"]),
            "lead": presenter.lead(found),
            "counts": counts,
            "empty": [(one.person, presenter.why_nobody(one)) for one in empty],
            "more_empty": max(0, counts["empty"] - NAMED),
            "chosen_state": state,
            "page": page,
            "rows": [presenter.sheet_row(one) for one in page],
            "to_nudge": choosing_letters.to_nudge(found).count() if found.state() == "open" else 0,
            "may_match": has_chosen(programme),
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def choosing_start(request, programme_id):
    programme = open_programme(request, programme_id)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.start_round(programme=programme, plan=form.plan(), by=request.membership)
        except service.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect_in(request, "matching:choosing", programme.pk)
    context = {"programme": programme, "form": form}
    return render(request, "matching/choosing_start.html", context, status=422 if form.is_bound else 200)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def choosing_times(request, programme_id):
    """Who meets whom when: for the screen in the room, and for paper."""
    programme = open_programme(request, programme_id)
    found = service.latest_round(programme)
    if found is None or not found.meets_at:
        messages.info(request, _("No speed meetings are planned."))
        return redirect_in(request, "matching:choosing", programme.pk)
    rows = [(found.time_of(one.slot), one.student, one.mentor) for one in listing.meetings(found)]
    page = Paginator(rows, 200).get_page(request.GET.get("page"))
    return render(request, "matching/choosing_times.html", {"programme": programme, "round": found, "page": page, "count": len(rows)})


@requires(Can.RUN_PROGRAMMES)
@require_POST
def choosing_nudge(request, programme_id):
    programme = open_programme(request, programme_id)
    found = service.latest_round(programme)
    sent = 0
    if found and found.state() == "open":
        sent = choosing_letters.nudge(choosing=found, by=request.membership)
    if sent:
        messages.success(request, ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", sent) % {"n": sent})
    else:
        messages.info(request, _("Whoever has not chosen was written to in the last 24 hours. Nobody gets a second letter so soon."))
    return redirect_in(request, "matching:choosing", programme.pk)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def choosing_close(request, programme_id):
    programme = open_programme(request, programme_id)
    found = service.latest_round(programme)
    back = reverse("matching:choosing", args=[request.organisation.slug, programme.pk])
    if found is None or found.state() == "closed":
        messages.info(request, _("No round is open."))
        return redirect_in(request, "matching:choosing", programme.pk)
    if request.method == "POST":
        try_to(request, _("The round is closed. What people have chosen is kept."), service.close_round, choosing=found, by=request.membership)
        return redirect_in(request, "matching:choosing", programme.pk)
    consequences = [
        _("Nobody can choose any more. Whoever opens the page sees what they had chosen."),
        _("What has been chosen counts when you match."),
        _("Letters of this round that have not gone yet are not sent."),
    ]
    if found.meets_at and found.state() == "coming":
        consequences.append(_("Whoever has been told of the speed meetings is not told that they are off: please do that yourself."))
    context = {"title": _("Close the round now?"), "lead": programme.name, "consequences": consequences, "danger": False}
    return render(request, "confirm.html", context | {"action_label": _("Close it"), "cancel_url": back, "programme": programme})


@requires(Can.RUN_PROGRAMMES)
@require_POST
def choosing_match(request, programme_id):
    """Match with the rules of the last run, people's own order first."""
    programme = open_programme(request, programme_id)
    if not has_chosen(programme):
        messages.info(request, _("Nobody has chosen yet, so there is no order to match by."))
        return redirect_in(request, "matching:choosing", programme.pk)
    runs.start_run(programme=programme, rules=by_choice(rules_of(programme)), by=request.membership)
    return redirect_in(request, "matching:programme", programme.pk)
