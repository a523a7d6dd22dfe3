"""An organisation's own checklists: copy, change, publish, retire."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..enums import State
from ..forms.templates import AspectForm, NameForm
from ..models import ChecklistTemplate, ChecklistVersion, TemplateAspect
from ..presenters import text_for
from ..services import templates as service
from ..services.refused import TrainingError


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def copy(request):
    """Name a checklist of one's own; it begins with the points of our preset, or of the template in ?from=."""
    wanted = request.GET.get("from", "")
    source = fetch_visible(ChecklistTemplate, request.membership, pk=int(wanted)) if wanted.isdecimal() and len(wanted) < 19 else None
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.copy_checklist(name=form.cleaned_data["name"], source=source, by=request.membership)
        except TrainingError as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("It is a draft: change what you like, then publish it."))
            return redirect_in(request, "training:template", made.pk)
    return render(request, "training/template_name.html", {"form": form, "source": source, "template": None}, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def template(request, template_id):
    """The draft to work on where there is one, else the version in use."""
    found = fetch_visible(ChecklistTemplate, request.membership, pk=template_id)
    draft, published = service.draft_of(found), service.published_of(found)
    shown = draft or published
    aspects = list(shown.aspects.order_by("position", "id"))
    for aspect in aspects:
        aspect.text = text_for(aspect)
    context = {
        "template": found,
        "draft": draft,
        "published": published,
        "aspects": aspects,
        "must": sum(1 for one in aspects if one.must_be_covered),
        "versions": found.versions.published().select_related("published_by"),
        "programmes": service.programmes_using(found),
        "is_retired": found.state == State.RETIRED,
    }
    return render(request, "training/template.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def rename(request, template_id):
    found = fetch_visible(ChecklistTemplate, request.membership, pk=template_id)
    form = NameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            service.rename_checklist(template=found, name=form.cleaned_data["name"], by=request.membership)
        except TrainingError as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect_in(request, "training:template", found.pk)
    return render(request, "training/template_name.html", {"form": form, "source": None, "template": found}, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def begin(request, template_id):
    """A new version to change, beside the one in use."""
    found = fetch_visible(ChecklistTemplate, request.membership, pk=template_id)
    service.begin_version(template=found, by=request.membership)
    messages.success(request, _("A new version is begun. Mentors answer the one in use until you publish this one."))
    return redirect_in(request, "training:template", found.pk)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def aspect_add(request, template_id):
    found = fetch_visible(ChecklistTemplate, request.membership, pk=template_id)
    draft = service.draft_of(found)
    if draft is None:
        messages.info(request, _("This version is in use, so it stays as it is. Begin a new version to change it."))
        return redirect_in(request, "training:template", found.pk)
    return _aspect_page(request, found, draft, None)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def aspect(request, point_id):
    row = fetch_visible(TemplateAspect, request.membership, TemplateAspect.objects.select_related("version__template"), pk=point_id)
    return _aspect_page(request, row.version.template, row.version, row)


def _aspect_page(request, template, version, row):
    form = AspectForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in AspectForm.Meta.fields}
        try:
            token = form.cleaned_data["token"]
            service.save_aspect(version=version, aspect=row, token=token, by=request.membership, **fields)
        except TrainingError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved in the draft."))
            return redirect_in(request, "training:template", template.pk)
    context = {"template": template, "version": version, "aspect": row, "form": form}
    return render(request, "training/aspect.html", context, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def aspect_move(request, point_id):
    return _change(request, point_id, lambda row: service.move_aspect(aspect=row, up="up" in request.POST, by=request.membership))


@requires(Can.RUN_PROGRAMMES)
@require_POST
def aspect_remove(request, point_id):
    return _change(request, point_id, lambda row: service.remove_aspect(aspect=row, by=request.membership))


def _change(request, point_id, act):
    row = fetch_visible(TemplateAspect, request.membership, TemplateAspect.objects.select_related("version__template"), pk=point_id)
    try:
        act(row)
    except TrainingError as problem:
        messages.error(request, str(problem))
    return redirect_in(request, "training:template", row.version.template_id)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def publish(request, version_id):
    """Says what publishing does, then does it: once, whoever presses first."""
    rows = ChecklistVersion.objects.select_related("template")
    version = fetch_visible(ChecklistVersion, request.membership, rows, pk=version_id)
    if request.method == "POST":
        try:
            service.publish_version(version=version, by=request.membership)
        except TrainingError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("Published. Mentors who begin now answer this version."))
        return redirect_in(request, "training:template", version.template_id)
    aspects = list(version.aspects.all())
    if not aspects or version.published_at:
        words = _("This version is in use already.") if version.published_at else _("A checklist needs at least one point before mentors can answer it.")
        messages.error(request, words)
        return redirect_in(request, "training:template", version.template_id)
    context = {
        "title": _("Publish version %(number)s of “%(name)s”?") % {"number": version.number, "name": version.template.name},
        "lead": "",
        "consequences": _consequences(version, aspects),
        "action_label": _("Publish"),
        "cancel_url": reverse("training:template", args=[request.organisation.slug, version.template_id]),
    }
    return render(request, "confirm.html", context)


def _consequences(version, aspects):
    must = sum(1 for one in aspects if one.must_be_covered)
    programmes = service.programmes_using(version.template)
    lines = [
        ngettext("Mentors answer %(n)d point.", "Mentors answer %(n)d points.", len(aspects)) % {"n": len(aspects)},
        _("Mentors who have begun an earlier version finish that one. Nobody loses an answer."),
        _("From now on this version stays as it is; a change is a new version."),
    ]
    if programmes:
        lines.insert(1, _("It is used in: %(programmes)s.") % {"programmes": ", ".join(one.name for one in programmes)})
    if not must:
        lines.append(_("No point has to be covered before matching. Confidentiality usually does: look whether you meant that."))
    return lines


@requires(Can.RUN_PROGRAMMES)
@require_POST
def drop(request, template_id):
    """Throw the draft away."""
    found = fetch_visible(ChecklistTemplate, request.membership, pk=template_id)
    has_published = service.published_of(found) is not None
    service.drop_draft(template=found, by=request.membership)
    messages.success(request, _("The draft is gone."))
    return redirect_in(request, "training:template", found.pk) if has_published else redirect_in(request, "training:standards")


@requires(Can.RUN_PROGRAMMES)
@require_POST
def retire(request, template_id):
    found = fetch_visible(ChecklistTemplate, request.membership, pk=template_id)
    try:
        service.retire_checklist(template=found, by=request.membership)
    except TrainingError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Retired: no programme can choose it any more. What was answered stays."))
    return redirect_in(request, "training:standards")
