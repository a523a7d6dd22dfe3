"""The organisation's settings, and the record of who changed what: for owners."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.reading import events_of, readings_of

from ..access import redirect_in, requires
from ..forms import OrganisationForm
from ..presenters import history_rows, reading_rows
from ..roles import Can
from ..services import settings as organisation_settings

PER_PAGE = 50


@requires(Can.MANAGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def settings(request):
    form = OrganisationForm(request.POST or None, instance=request.organisation, membership=request.membership)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("name", "time_zone", "contact_email")}
        organisation_settings.update_organisation(organisation=request.organisation, by=request.membership, **fields)
        organisation_settings.name_leads(leads=form.chosen_leads(), by=request.membership)
        messages.success(request, _("Saved."))
        return redirect_in(request, "organisations:settings")
    return render(request, "organisations/settings.html", {"form": form})


@requires(Can.MANAGE_SETTINGS)
@require_GET
def history(request):
    """What was done. What concerns are about, and that there were any, is the lead's to know."""
    page = _page(request, events_of(request.organisation.pk, without=_hidden_from(request.membership)))
    return render(request, "organisations/history.html", {"page": page, "rows": history_rows(page.object_list)})


@requires(Can.MANAGE_SETTINGS)
@require_GET
def readings(request):
    """Who looked at what is sensitive, operators in Django admin among them."""
    page = _page(request, readings_of(request.organisation.pk, without=_hidden_from(request.membership)))
    return render(request, "organisations/readings.html", {"page": page, "rows": reading_rows(page.object_list)})


def _hidden_from(membership):
    """A student's card is theirs: who read it is told to them alone. Concerns are the lead's."""
    return ("matching.help",) if membership.can(Can.READ_CONCERNS) else ("matching.help", "checkins.concern")


def _page(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
