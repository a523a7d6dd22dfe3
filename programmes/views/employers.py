"""Employers with their sites and line managers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..forms.people import EmployerForm, LineManagerForm, SiteForm
from ..models import Employer, Placement
from ..services import placements as service
from ..services.programmes import ProgrammeError

PER_PAGE = 50


@requires(Can.RUN_PROGRAMMES)
@require_GET
def employers(request):
    query = request.GET.get("q", "").strip()
    rows = Employer.objects.visible_to(request.membership).filter(name__icontains=query)
    rows = rows.annotate(
        n_sites=Count("sites", distinct=True),
        n_managers=Count("line_managers", distinct=True),
        n_placements=Count("sites__placements", distinct=True),
    )
    page = Paginator(rows.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/employers.html", {"page": page, "q": query})


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def employer_add(request):
    return _form_page(request, None)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def employer_edit(request, employer_id):
    return _form_page(request, fetch_visible(Employer, request.membership, pk=employer_id))


def _form_page(request, found):
    initial = {"name": found.name, "industry": found.industry, "notes": found.notes} if found else None
    form = EmployerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            employer = service.save_employer(employer=found, by=request.membership, **form.cleaned_data)
        except ProgrammeError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect_in(request, "programmes:employer", employer.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/employer_form.html", {"form": form, "employer": found}, status=status)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def employer(request, employer_id):
    found = fetch_visible(Employer, request.membership, pk=employer_id)
    return _show(request, found, SiteForm(), LineManagerForm())


def _show(request, found, site_form, manager_form, status=200):
    placements = Placement.objects.visible_to(request.membership).filter(site__employer=found)
    placements = placements.select_related("student__membership", "programme", "site", "line_manager")
    page = Paginator(placements.order_by("-starts_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "employer": found,
        "sites": found.sites.all()[:200],
        "managers": found.line_managers.all()[:200],
        "page": page,
        "site_form": site_form,
        "manager_form": manager_form,
    }
    return render(request, "programmes/employer.html", context, status=status)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def site_add(request, employer_id):
    found = fetch_visible(Employer, request.membership, pk=employer_id)
    form = SiteForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, LineManagerForm(), status=422)
    service.add_site(employer=found, by=request.membership, **form.cleaned_data)
    messages.success(request, _("The site is added."))
    return redirect_in(request, "programmes:employer", found.pk)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def line_manager_add(request, employer_id):
    found = fetch_visible(Employer, request.membership, pk=employer_id)
    form = LineManagerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, SiteForm(), form, status=422)
    service.add_line_manager(employer=found, by=request.membership, **form.cleaned_data)
    messages.success(request, _("The line manager is added."))
    return redirect_in(request, "programmes:employer", found.pk)
