"""Who asks for more on what, across a programme: as a table, and as a file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.spreadsheets import Sheet, write_csv, write_xlsx
from organisations.access import requires
from organisations.roles import Can

from ..presenters import STATES, cell_of, count_moments, needs_by_aspect, suggestion
from ..services.aspects import current_checklist
from ..services.readiness import readiness_of
from ..services.standing import standings
from .seats import fetch_programme, mentors_of

PER_PAGE = 50
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@requires(Can.RUN_PROGRAMMES)
@require_GET
def needs(request, programme_id):
    """The heat map: a row for each mentor, a column for each point, in symbols and words."""
    found, mentors, ready, said, rows = _gathered(request, programme_id)
    asking = request.GET.get("only") == "asking"
    shown = [one for one in mentors if ready[one.pk].needs] if asking else mentors
    shown.sort(key=lambda one: (-len(ready[one.pk].needs), one.name.casefold(), one.pk))
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    aspects = sorted((row.aspect for row in rows), key=lambda aspect: aspect.number)
    return render(
        request,
        "training/needs.html",
        {
            "programme": found,
            "total": len(mentors),
            "answered": sum(1 for one in ready.values() if one.answered),
            "ended": sum(1 for one in ready.values() if one.end_finished_at),
            "rows": rows,
            "suggestion": suggestion(rows, len(mentors)),
            "aspects": aspects,
            "page": page,
            "asking": asking,
            "lines": [
                {
                    "mentor": one,
                    "count": len(ready[one.pk].needs),
                    "cells": [{"aspect": aspect, "cell": cell_of(said[one.pk].get(aspect.key))} for aspect in aspects],
                }
                for one in page
            ],
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_GET
def export(request, programme_id, ending):
    """The same as a spreadsheet: CSV by mentor, or XLSX with a second sheet by point."""
    if ending not in TYPES:
        raise Http404
    _found, mentors, ready, said, rows = _gathered(request, programme_id)
    by_mentor = _sheet_by_mentor(mentors, ready, said, sorted((row.aspect for row in rows), key=lambda aspect: aspect.number))
    if ending == "csv":
        content = write_csv(by_mentor.rows, by_mentor.header)
    else:
        content = write_xlsx([by_mentor, _sheet_by_point(rows)])
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="training-needs.{ending}"'
    return response


def _gathered(request, programme_id):
    found = fetch_programme(request, programme_id)
    mentors = mentors_of(request, found)
    ready, said = readiness_of(mentors), standings([one.pk for one in mentors])
    rows = needs_by_aspect(mentors, ready, current_checklist(found))
    count_moments(rows, said)
    return found, mentors, ready, said, rows


def _sheet_by_mentor(mentors, ready, said, aspects):
    header = [_("Mentor"), _("E-mail address"), _("State"), *[str(aspect.title) for aspect in aspects]]
    rows = [
        [one.name, one.membership.email, str(STATES[ready[one.pk].state][0])]
        + [str(cell_of(said[one.pk].get(aspect.key))[1]) for aspect in aspects]
        for one in mentors
    ]
    return Sheet(_("By mentor"), header, rows)


def _sheet_by_point(rows):
    header = [_("Point"), _("Asked at the start"), _("Asked at the end"), _("Ask for more now"), _("Who")]
    lines = [[str(row.aspect.title), row.at_start, row.at_end, row.count, [one.name for one in row.who]] for row in rows]
    return Sheet(_("By point"), header, lines)
