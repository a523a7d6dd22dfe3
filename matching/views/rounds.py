"""Rounds of matching: what is out, the drafts that were made, and drafts side by side."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.models import Employer

from ..compare_presenter import change_row, heads, measures, run_row, spread_rows
from ..models import MatchRun
from ..out_list import out_page, out_row, wave_row
from ..presenters import with_people
from ..services import comparing, kept, waves
from ..services.records import names_of
from ..tabs import tabs_of
from .common import gone, open_programme

PAGE = 50
WAVES_SHOWN = 12
LEFT_SHOWN = 5  # pairs that could not come along, each in a sentence


@requires(Can.RUN_PROGRAMMES)
@require_GET
def out(request, programme_id):
    """Every proposal people have been told of, by how it stands."""
    programme = open_programme(request, programme_id)
    wave = request.GET.get("wave", "")
    shown = out_page(
        programme,
        request.membership,
        state=request.GET.get("state", ""),
        wave=int(wave) if wave.isdecimal() and len(wave) < 7 else None,
        q=request.GET.get("q", "")[:200],
    )
    page = Paginator(with_people(shown.rows).select_related("student__membership", "mentor__membership", "wave"), PAGE)
    page = page.get_page(request.GET.get("page"))
    rows = waves.waves_of(programme)[:WAVES_SHOWN]
    employers = Employer.objects.visible_to(request.membership).filter(pk__in=[one.chosen.get("employer") for one in rows])
    names = dict(employers.values_list("pk", "name"))
    return render(
        request,
        "matching/out.html",
        {
            "programme": programme,
            "matching_pages": tabs_of(programme, "out"),
            "shown": shown,
            "page": page,
            "rows": [out_row(one) for one in page],
            "waves": [wave_row(one, names) for one in rows],
            "wave": wave,
            "q": request.GET.get("q", "")[:200],
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_GET
def run_list(request, programme_id):
    """The drafts that were made, to compare, take up again or delete."""
    programme = open_programme(request, programme_id)
    rows = [run_row(one) for one in kept.kept_runs(programme)]
    return render(
        request,
        "matching/runs.html",
        {
            "programme": programme,
            "matching_pages": tabs_of(programme, "runs"),
            "rows": rows,
            "comparable": sum(one["may_compare"] for one in rows),
            "chosen": request.GET.getlist("run"),
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_GET
def compare(request, programme_id):
    """Two to four runs side by side; the first of the address is what the others are compared with."""
    programme = open_programme(request, programme_id)
    wanted = list(dict.fromkeys(one for one in request.GET.getlist("run") if one.isdecimal() and len(one) < 10))
    found = {str(one.number): one for one in kept.kept_runs(programme).filter(number__in=wanted)}
    runs = [found[one] for one in wanted if one in found]
    if not 2 <= len(runs) <= comparing.MOST:
        messages.warning(request, _("Choose two to four runs to compare."))
        return redirect_in(request, "matching:runs", programme.pk)
    columns, changes = comparing.compare(runs)
    page = Paginator(changes, PAGE).get_page(request.GET.get("page"))
    people = {one.student for one in page} | {mentor for one in page for mentor in one.mentors.values()}
    people |= {person for column in columns for person in (column.worst or ())[:2]}
    names = names_of(people - {None})
    return render(
        request,
        "matching/compare.html",
        {
            "programme": programme,
            "matching_pages": tabs_of(programme, "runs"),
            "heads": heads(columns),
            "measures": measures(columns, names),
            "spreads": [(one, spread_rows(one, columns)) for one in comparing.spreads(programme, columns)],
            "least": comparing.LEAST,
            "changed": len(changes),
            "page": page,
            "rows": [change_row(one, columns, names) for one in page],
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_POST
def run_take_up(request, run_id):
    """Make an earlier draft the draft again."""
    run = fetch_visible(MatchRun, request.membership, MatchRun.objects.select_related("programme"), pk=run_id)
    left = try_to(request, "", kept.take_up_again, run=run, by=request.membership)
    if left is None:
        return redirect_in(request, "matching:runs", run.programme_id)
    messages.success(request, _("Run %(number)d is the draft again. The other one is kept.") % {"number": run.number})
    for line in left[:LEFT_SHOWN]:
        messages.warning(request, line)
    if (more := len(left) - LEFT_SHOWN) > 0:
        words = ngettext("%(n)d more pair could not come along.", "%(n)d more pairs could not come along.", more)
        messages.warning(request, words % {"n": more})
    return redirect_in(request, "matching:programme", run.programme_id)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def run_delete(request, run_id):
    if noted := gone(request, MatchRun, run_id, "draft deleted", "programme"):
        return redirect_in(request, "matching:runs", noted["programme"])
    run = fetch_visible(MatchRun, request.membership, MatchRun.objects.select_related("programme__organisation"), pk=run_id)
    request.programme = run.programme
    if request.method == "POST":
        try_to(request, _("Run %(number)d is deleted.") % {"number": run.number}, kept.delete_run, run=run, by=request.membership)
        return redirect_in(request, "matching:runs", run.programme_id)
    return render(
        request,
        "confirm.html",
        {
            "title": _("Delete run %(number)d?") % {"number": run.number},
            "lead": _("It cannot be brought back, but you can match again with the same rules."),
            "consequences": [
                _("Its proposals go. Nobody has been told of them."),
                _("Pairs you removed stay ruled out until you allow them again."),
            ],
            "action_label": _("Delete it"),
            "cancel_url": reverse("matching:runs", args=[request.organisation.slug, run.programme_id]),
            "danger": True,
        },
    )
