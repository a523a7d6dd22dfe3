"""The organisation's table of journeys between towns."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..forms.journeys import JourneyFileForm, JourneyForm, MissingForm
from ..models import JourneyTime
from ..services import journeys as service
from .common import gone


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def journeys(request):
    """What is known, what is missing between towns where people are, and three ways to enter it."""
    posted = request.POST.get("form") if request.method == "POST" else ""
    one = JourneyForm(request.POST if posted == "one" else None)
    pairs = service.missing_journeys()
    missing = MissingForm(request.POST if posted == "missing" else None, pairs=pairs)
    upload = JourneyFileForm(*((request.POST, request.FILES) if posted == "file" else ()))
    rows = _wanted(request, posted, one, missing, upload)
    if rows:
        saved = service.save_journeys(journeys=rows, by=request.membership)
        messages.success(request, _words(saved))
        return redirect_in(request, "matching:journeys")
    if posted == "missing" and missing.is_valid():
        messages.info(request, _("Write the minutes beside a journey first."))
    query = request.GET.get("q", "").strip()[:100]
    known = JourneyTime.objects.visible_to(request.membership)
    total = known.count()
    if query:
        known = known.filter(start__icontains=query) | known.filter(end__icontains=query)
    context = {"one": one, "missing": missing, "upload": upload, "rows": known[:500], "total": total, "q": query}
    context["towns"] = sorted(service.towns_in_use(), key=str.casefold)
    is_wrong = any(form.is_bound and form.errors for form in (one, missing, upload))
    return render(request, "matching/journeys.html", context, status=422 if is_wrong else 200)


def _wanted(request, posted, one, missing, upload):
    """The journeys that were sent, or [] where something is wrong: the form says what."""
    if posted == "one" and one.is_valid():
        data = one.cleaned_data
        return [(data["start"], data["end"], data["minutes"])]
    if posted == "missing" and missing.is_valid():
        return missing.journeys()
    if posted == "file" and upload.is_valid():
        try:
            return service.read_file(upload.cleaned_data["file"].read(service.MOST_BYTES + 1))
        except service.BadFile as bad:
            for fault in bad.faults:
                upload.add_error("file", fault)
    return []


@requires(Can.RUN_PROGRAMMES)
@require_POST
def journey_remove(request, journey_id):
    if gone(request, JourneyTime, journey_id, "journey removed"):
        return redirect_in(request, "matching:journeys")
    row = fetch_visible(JourneyTime, request.membership, pk=journey_id)
    service.remove_journey(journey=row, by=request.membership)
    messages.success(request, _("Removed: %(journey)s.") % {"journey": row})
    return redirect_in(request, "matching:journeys")


def _words(saved):
    added = ngettext("%(n)s journey added", "%(n)s journeys added", saved.added) % {"n": saved.added}
    changed = ngettext("%(n)s changed", "%(n)s changed", saved.changed) % {"n": saved.changed}
    return f"{added}, {changed}."
