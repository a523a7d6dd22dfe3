"""The library: browsed by everybody, kept by those who run programmes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.downloads import private_download
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.models import Participant

from .. import markdown
from ..event_words import aspect_titles
from ..forms.library import FORMS, ShelfForm
from ..models import OwnResource, ResourceRead
from ..services import library as service
from ..services.aspects import points_in_use
from ..services.needs import open_needs
from ..services.reading import mark_read
from ..services.refused import TrainingError
from ..shelf import books_for, readers_open_to, retired, suggested

PER_PAGE = 50
VALUES = ("title", "summary", "body", "url", "minutes", "aspects", "roles", "stages")


@requires(Can.SEE_OWN_PAGES)
@require_GET
def shelf(request):
    """Everything somebody may read, filtered; for mentors first what their open needs suggest."""
    membership = request.membership
    points = points_in_use()
    form = ShelfForm(request.GET, readers=readers_open_to(membership), points=points)
    chosen = form.chosen()
    context = {
        "form": form,
        "narrowed": any(chosen.values()),
        "page": Paginator(books_for(membership, **chosen), PER_PAGE).get_page(request.GET.get("page")),
        "keeps": membership.can(Can.RUN_PROGRAMMES),
        "suggestions": [],
        "kinds": OwnResource.Kind.choices,
    }
    if membership.can(Can.COMPLETE_TRAINING) and not context["narrowed"]:
        seats = Participant.objects.visible_to(membership).filter(membership=membership, withdrawn_at=None).mentors()
        needs = open_needs(seats)
        context |= {"suggestions": suggested(membership, needs), "needs": aspect_titles(needs, points)}
    if context["keeps"]:
        context["retired"] = list(retired(membership)[:PER_PAGE])
    return render(request, "training/shelf.html", context)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def own_resource(request, resource_id):
    """One of the organisation's own; the button marks it as read."""
    found = fetch_visible(OwnResource, request.membership, pk=resource_id)
    if request.method == "POST":
        mark_read(membership=request.membership, slug=found.key)
        messages.success(request, _("Marked as read."))
        return redirect_in(request, "training:resources")
    context = {
        "resource": found,
        "html": _html(found.body),
        "aspects": aspect_titles(found.aspects, points_in_use()),
        "is_read": ResourceRead.objects.visible_to(request.membership).filter(resource=found.key).exists(),
        "keeps": request.membership.can(Can.RUN_PROGRAMMES),
    }
    return render(request, "training/own_resource.html", context)


@requires(Can.SEE_OWN_PAGES)
@require_GET
def own_file(request, resource_id):
    found = fetch_visible(OwnResource, request.membership, pk=resource_id)
    if not found.path:
        raise Http404
    return private_download(found.organisation_id, found.path, found.file_name)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def resource_add(request, resource_kind):
    """A text, a link or a file. "Preview" shows a text as it will look, and keeps nothing."""
    kind = resource_kind
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, request.FILES or None, points=points_in_use())
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        made = _do(form, service.add_resource, kind=kind, by=request.membership, **form.values())
        if made:
            messages.success(request, _("It is on the shelf."))
            return redirect_in(request, "training:own_resource", made.pk)
    return _form_page(request, form, kind=kind)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def resource_change(request, resource_id):
    found = fetch_visible(OwnResource, request.membership, pk=resource_id)
    more = {"points": points_in_use()} | ({"has_file": True} if found.kind == OwnResource.Kind.FILE else {})
    initial = {name: getattr(found, name) for name in VALUES}
    form = FORMS[found.kind](request.POST or None, request.FILES or None, initial=initial, **more)
    sent = request.method == "POST" and "preview" not in request.POST and form.is_valid()
    if sent and _do(form, service.change_resource, resource=found, by=request.membership, **form.values()):
        messages.success(request, _("Saved."))
        return redirect_in(request, "training:own_resource", found.pk)
    return _form_page(request, form, kind=found.kind, resource=found)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def resource_retire(request, resource_id):
    """Off the shelf, or back on it ("back" in the POST)."""
    found = fetch_visible(OwnResource, request.membership, pk=resource_id)
    if "back" in request.POST:
        service.return_resource(resource=found, by=request.membership)
        messages.success(request, _("“%(title)s” is on the shelf again.") % {"title": found.title})
    else:
        service.retire_resource(resource=found, by=request.membership)
        messages.success(request, _("“%(title)s” is off the shelf. You find it at the end of this page.") % {"title": found.title})
    return redirect_in(request, "training:resources")


def _form_page(request, form, *, kind, resource=None):
    previews = request.method == "POST" and "preview" in request.POST
    bad = form.is_bound and not previews and bool(form.errors)
    context = {
        "form": form,
        "kind": kind,
        "resource": resource,
        "preview": _html(request.POST.get("body", "")) if previews else "",
    }
    return render(request, "training/resource_form.html", context, status=422 if bad else 200)


def _html(text):
    return mark_safe(markdown.render(text))  # noqa: S308  the renderer escapes every text


def _do(form, what, **values):
    """Run the service; what it refuses stands by its field."""
    try:
        return what(**values)
    except TrainingError as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return None
