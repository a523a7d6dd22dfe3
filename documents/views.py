"""Asking for papers and downloading them."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.services import record
from checkins.models import Concern
from common.storage import PrivateFileMissingError, open_private, safe_name
from matching.models import Agreement, Mentorship
from matching.rights import may_work_in
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.models import Programme

from . import agreements, presenters, rendering
from .forms import ConcernExportForm
from .models import Document, DocumentBatch
from .services import action_plans, batches
from .services.concern_export import PDF, ZIP, export_concern

PER_PAGE = 50


@requires(Can.SEE_OWN_PAGES)
@require_POST
def plan_ask(request, mentorship_id):
    """Start the next version of a mentorship's action plan."""
    mentorship = fetch_visible(Mentorship, request.membership, pk=mentorship_id)
    if not may_work_in(request.membership, mentorship):
        raise PermissionDenied
    can_print, why_not = rendering.available()
    if can_print:
        document = action_plans.ask_plan(mentorship=mentorship, by=request.membership)
        words = _("Version %(version)s of the action plan is being made. It takes a few seconds.")
        messages.success(request, words % {"version": document.version})
    else:
        messages.error(request, why_not)
    return redirect(mentorship)


@requires(Can.SEE_OWN_PAGES)
@require_GET
def download(request, document_id):
    """A finished action plan, for whoever may see the mentorship."""
    document = fetch_visible(Document, request.membership, pk=document_id)
    if document.status != Document.Status.READY:
        raise Http404
    students = presenters.student_names(document.mentorship_id)
    record("action plan downloaded", by=request.membership, about=document, version=document.version)
    return _send(document, batches.document_name(students, document.version))


@requires(Can.SEE_OWN_PAGES)
@require_GET
def agreement(request, mentorship_id, number):
    """One version of a mentorship's agreement as a PDF, made here and now: two pages or three."""
    rows = Agreement.objects.select_related("mentorship__programme", "mentorship__organisation")
    found = fetch_visible(Agreement, request.membership, rows, mentorship_id=mentorship_id)
    can_print, why_not = rendering.available()
    if not can_print:
        messages.error(request, why_not)
        return redirect(found.mentorship)
    sheet = agreements.gather_agreement(found, number)
    if sheet is None:
        raise Http404
    record("agreement downloaded", by=request.membership, about=found, number=number)
    students = presenters.student_names(found.mentorship_id)
    name = _("%(student)s, agreement, version %(n)s") % {"student": students, "n": number} + ".pdf"
    return _attach(BytesIO(agreements.print_agreement(sheet)), name)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def programme(request, programme_id):
    """All mentorships of a programme with their newest plan, and the zip of them all."""
    found = request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    mentorships = Mentorship.objects.visible_to(request.membership).filter(pk__in=batches.mentorships_in_batch(found))
    page = Paginator(mentorships.select_related("organisation").order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))
    can_print, why_not = rendering.available()
    context = {
        "programme": found,
        "page": page,
        "rows": presenters.plan_rows(page.object_list),
        "batch": DocumentBatch.objects.visible_to(request.membership).filter(programme=found).first(),
        "job": presenters.batch_job(found),
        "can_print": can_print,
        "why_not": why_not,
    }
    return render(request, "documents/programme.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def batch_ask(request, programme_id):
    """Start packing all plans of a programme."""
    found = fetch_visible(Programme, request.membership, pk=programme_id)
    can_print, why_not = rendering.available()
    if can_print:
        batches.ask_batch(programme=found, by=request.membership)
    else:
        messages.error(request, why_not)
    return redirect_in(request, "documents:programme", found.pk)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def batch_download(request, batch_id):
    batch = fetch_visible(DocumentBatch, request.membership, pk=batch_id)
    record("action plans downloaded", by=request.membership, about=batch, count=batch.count)
    return _send(batch, _("%(programme)s, action plans") % {"programme": batch.programme.name} + ".zip")


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def concern_export(request, concern_id):
    """The record of a concern for the authorities, for who looks after it; kept nowhere."""
    concern = fetch_visible(Concern, request.membership, pk=concern_id)
    if not Concern.objects.worked_on_by(request.membership).filter(pk=concern.pk).exists():
        raise PermissionDenied
    form = ConcernExportForm(request.POST or None)
    why_not = rendering.available()[1]
    if request.method == "POST" and form.is_valid() and not why_not:
        kind = PDF if request.POST.get("kind") == PDF else ZIP
        export = export_concern(concern=concern, kind=kind, by=request.membership, **form.cleaned_data)
        response = HttpResponse(export.content, content_type=export.media_type)
        response["Content-Disposition"] = f'attachment; filename="{export.name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
    return render(request, "documents/concern_export.html", {"form": form, "concern": concern, "why_not": why_not})


def _send(row, name):
    """The file as an attachment that no cache keeps. Opened here: the answer is sent after the organisation's scope has ended."""
    try:
        file = open_private(row.organisation_id, row.path)
    except PrivateFileMissingError as error:
        raise Http404(_("This file is no longer kept. Ask for a new one.")) from error
    return _attach(file, name)


def _attach(file, name):
    response = FileResponse(file, as_attachment=True, filename=safe_name(name))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
