"""Bringing in rosters: upload, look, say yes."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.spreadsheets import write_csv
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from .. import import_presenter as presenter
from ..forms.imports import ColumnsForm, UploadForm
from ..models import RosterImport
from ..roster import KINDS, RosterError, template_csv, template_xlsx
from ..services import imports as service
from .programmes import open_programme

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
    earlier = earlier.exclude(status=RosterImport.Status.DROPPED).defer("content", "mapping")[:NEWEST]
    context = {"programme": programme, "form": form, "guides": presenter.guides(), "earlier": earlier, "steps": presenter.steps()}
    return render(request, "programmes/import.html", context, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def preview(request, programme_id, import_id):
    """What the file would do; POST says what its columns mean. Once confirmed: the work, then what came of it."""
    found = _open_import(request, programme_id, import_id)
    job = service.job_of(found)
    if not service.waits(found, job):
        return _over(request, found, job)
    try:
        reading, error = service.read_import(found), None
        columns = presenter.columns_of(reading.parsed)
    except RosterError as fault:
        reading, error = None, fault
        columns = [(header, found.mapping.get(header)) for header in fault.headers]
    form = ColumnsForm(request.POST if request.method == "POST" else None, kind=found.kind, columns=columns)
    if request.method == "POST" and form.is_valid():
        return _remap(request, found, form.mapping)
    context = {"programme": found.programme, "found": found, "job": job, "form": form, "error": error, "steps": presenter.steps()}
    if reading:
        context |= presenter.preview(reading) | {"looks_like": presenter.doubt(found)}
        context["headline"] = presenter.headline(found, context["counts"])
    return render(request, "programmes/import_preview.html", context, status=422 if form.errors else 200)


def _remap(request, found, mapping):
    try:
        service.change_mapping(roster_import=found, mapping=mapping, by=request.membership)
    except service.ImportOver as over:
        messages.info(request, str(over))
    return redirect_in(request, "programmes:import_preview", found.programme_id, found.pk)


def _over(request, found, job):
    context = {"programme": found.programme, "found": found, "job": job, "steps": presenter.steps()}
    if found.status == RosterImport.Status.APPLIED:
        context |= presenter.summary(found)
    return render(request, "programmes/import_over.html", context)


def _open_import(request, programme_id, import_id):
    programme = open_programme(request, programme_id)
    found = fetch_visible(RosterImport, request.membership, pk=import_id, programme=programme)
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
    rows = found.summary.get("refusals", [])
    if service.waits(found, service.job_of(found)):
        try:
            rows = service.refusal_rows(service.read_import(found))
        except RosterError as error:
            rows = [["", "", "", error.message]]
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
