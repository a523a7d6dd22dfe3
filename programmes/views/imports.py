"""Bringing in rosters: upload, look, say yes."""

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.spreadsheets import write_csv
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from .. import import_presenter as presenter
from ..access import open_programme
from ..forms.imports import ColumnsForm, UploadForm
from ..models import RosterImport
from ..roster import KINDS, RosterError, template_csv, template_xlsx
from ..services import imports as service
from ..services.import_preview import MOST_SHOWN

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "northfield"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEWEST = 10


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def upload(request, programme_id):
    """The three files explained, and a place to put one."""
    programme = open_programme(request, programme_id)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = service.upload_roster(
                programme=programme,
                kind=form.cleaned_data["kind"],
                file_name=file.name,
                content=file.read(),
                by=request.membership,
            )
        except RosterError as error:
            form.add_error("kind" if error.code == "unknown_kind" else "file", error.message)
        else:
            return redirect_in(request, "programmes:import_preview", programme.pk, found.pk)
    earlier = RosterImport.objects.visible_to(request.membership).filter(programme=programme).select_related("uploaded_by")
    earlier = earlier.exclude(status=RosterImport.Status.DROPPED).defer("content", "mapping", "remarks")[:NEWEST]
    context = {"programme": programme, "form": form, "guides": presenter.guides(), "earlier": earlier, "steps": presenter.steps()}
    return render(request, "programmes/import.html", context, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def preview(request, programme_id, import_id):
    """What the file would do; POST says what its columns mean. Before that the reading, afterwards the work and what came of it."""
    found = _open_import(request, programme_id, import_id)
    job = service.job_of(found)
    if not service.waits(found, job):
        return _over(request, found, job)
    kept = found.summary
    if "read_at" not in kept:
        return _unread(request, found)
    form = ColumnsForm(request.POST if request.method == "POST" else None, kind=found.kind, columns=presenter.columns_of(found))
    if request.method == "POST" and form.is_valid():
        return _remap(request, found, form.mapping)
    error = kept.get("error")
    context = _context(found, job) | {"form": form, "error": error, "looks_like": presenter.doubt(found)}
    context["asks"] = bool(error) and error["code"] in service.ASK_ABOUT_COLUMNS
    if "counts" in kept:
        context |= presenter.preview(found) | _remarks(request, found)
    return render(request, "programmes/import_preview.html", context, status=422 if form.errors else 200)


def _context(found, job):
    return {"programme": found.programme, "found": found, "job": job, "steps": presenter.steps()}


def _remarks(request, found):
    """A page of each list of remarks; what stands beyond the first is fetched when somebody turns to it."""
    return {
        name: Paginator(presenter.Remarks(found, name), MOST_SHOWN).get_page(request.GET.get(name))
        for name in ("refusals", "warnings")
    }


def _unread(request, found):
    """It is being read; or the reading was stopped, or went wrong. Whoever said what columns mean too late says it again."""
    if request.method == "POST":
        messages.info(request, _("This file is being read just now. Say what its columns mean when that is done."))
        return redirect_in(request, "programmes:import_preview", found.programme_id, found.pk)
    return render(request, "programmes/import_reading.html", _context(found, service.reading_of(found)))


def _remap(request, found, mapping):
    try:
        service.change_mapping(roster_import=found, mapping=mapping, by=request.membership)
    except service.ImportOver as over:
        messages.info(request, str(over))
    return redirect_in(request, "programmes:import_preview", found.programme_id, found.pk)


def _over(request, found, job):
    context = _context(found, job)
    if found.status == RosterImport.Status.APPLIED:
        context |= presenter.summary(found) | _remarks(request, found)
    return render(request, "programmes/import_over.html", context)


def _open_import(request, programme_id, import_id):
    programme = open_programme(request, programme_id)
    rows = RosterImport.objects.defer("content", "remarks")
    found = fetch_visible(RosterImport, request.membership, rows, pk=import_id, programme=programme)
    found.programme = programme
    return found


@requires(Can.RUN_PROGRAMMES)
@require_POST
def confirm(request, programme_id, import_id):
    found = _open_import(request, programme_id, import_id)
    try:
        service.confirm_import(roster_import=found, by=request.membership)
    except service.ImportOver as over:
        messages.info(request, str(over))
    return redirect_in(request, "programmes:import_preview", programme_id, found.pk)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def read_again(request, programme_id, import_id):
    found = _open_import(request, programme_id, import_id)
    try:
        service.read_again(roster_import=found, by=request.membership)
    except service.ImportOver as over:
        messages.info(request, str(over))
    return redirect_in(request, "programmes:import_preview", programme_id, found.pk)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def drop(request, programme_id, import_id):
    found = _open_import(request, programme_id, import_id)
    try:
        service.drop_import(roster_import=found, by=request.membership)
    except service.ImportOver as over:
        messages.info(request, str(over))
        return redirect_in(request, "programmes:import_preview", programme_id, found.pk)
    messages.success(request, _("The file is set aside. Nothing was changed."))
    return redirect_in(request, "programmes:import", programme_id)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def refused(request, programme_id, import_id):
    """Every refusal as a CSV file, to be put right row by row."""
    found = _open_import(request, programme_id, import_id)
    rows = found.remarks.get("refusals", [])
    if error := found.summary.get("error"):
        rows = [["", "", "", error["message"]]]
    content = write_csv(rows, [_("row"), _("who or what"), _("column"), _("what is wrong")])
    return _download(content, f"{found.kind}-left-out.csv", "text/csv; charset=utf-8")


@requires(Can.RUN_PROGRAMMES)
@require_GET
def template(request, programme_id, kind, ending):
    """An empty file with our headers: CSV, or Excel with a sheet that explains them."""
    open_programme(request, programme_id)
    if kind not in KINDS or ending not in {"csv", "xlsx"}:
        raise Http404
    if ending == "xlsx":
        return _download(template_xlsx(kind), f"{kind}.xlsx", XLSX)
    return _download(template_csv(kind), f"{kind}.csv", "text/csv; charset=utf-8")


@requires(Can.RUN_PROGRAMMES)
@require_GET
def sample(request, programme_id, kind):
    """A filled example with invented people."""
    open_programme(request, programme_id)
    if kind not in KINDS:
        raise Http404
    return _download((SAMPLES / f"{kind}.csv").read_bytes(), f"northfield-{kind}.csv", "text/csv; charset=utf-8")


def _download(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
