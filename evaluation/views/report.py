"""The report of a programme: numbers with their meaning, on the page and as files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from common.spreadsheets import write_csv, write_xlsx
from organisations.access import requires
from organisations.roles import Can

from ..report import Report
from ..services.listing import mentorship_table
from .programme import fetch_programme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Can.SEE_REPORTS)
@require_GET
def report(request, programme_id):
    found = fetch_programme(request, programme_id)
    page = Report(found, timezone.localdate())
    context = {"programme": found, "report": page, "sees_names": request.membership.can(Can.RUN_PROGRAMMES)}
    return render(request, "evaluation/report.html", context)


@requires(Can.SEE_REPORTS)
@require_GET
def report_download(request, programme_id):
    """?format=csv (default) or xlsx. ?part=mentorships: the list by name as CSV, coordinators only."""
    found = fetch_programme(request, programme_id)
    page = Report(found, timezone.localdate())
    runs = request.membership.can(Can.RUN_PROGRAMMES)
    names = mentorship_table(found, membership=request.membership) if runs else None
    part, kind = request.GET.get("part", "report"), request.GET.get("format", "csv")
    if kind == "xlsx":
        return _file(write_xlsx(page.sheets(names)), XLSX, found, "report.xlsx")
    if kind == "csv" and part == "report":
        header, rows = page.table()
        return _file(write_csv(rows, header), "text/csv; charset=utf-8", found, "report.csv")
    if kind == "csv" and part == "mentorships" and names:
        header, rows = names
        return _file(write_csv(rows, header), "text/csv; charset=utf-8", found, "mentorships.csv")
    raise Http404


def _file(content, content_type, programme, name):
    response = HttpResponse(content, content_type=content_type)
    stem = slugify(programme.name)[:60] or "programme"
    response["Content-Disposition"] = f'attachment; filename="{stem}-{name}"'
    response["Cache-Control"] = "no-store"
    return response
