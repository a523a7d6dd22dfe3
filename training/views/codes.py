"""The organisation's own wording of the code of conduct."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import redirect_in, requires
from organisations.roles import Can
from programmes.models import Participant

from ..forms.code import CodeForm
from ..models import CodeSignature, CodeVersion
from ..presets import CODE_OF_CONDUCT
from ..services import code_versions as service
from ..services.code import code_of, current_code_version
from ..services.refused import TrainingError


@requires(Can.RUN_PROGRAMMES)
@require_GET
def code(request):
    """The words that bind now, and the versions before them."""
    current = current_code_version()
    published = CodeVersion.objects.visible_to(request.membership).exclude(published_at=None).select_related("published_by")
    rows = CodeSignature.objects.visible_to(request.membership).order_by().values("version").annotate(count=Count("pk"))
    signed = {row["version"]: row["count"] for row in rows}
    context = {
        "code": code_of(current),
        "current": current,
        "draft": service.draft_code(),
        "versions": [{"version": one, "signed": signed.get(str(one.number), 0)} for one in published],
        "preset": CODE_OF_CONDUCT,
        "preset_signed": signed.get(CODE_OF_CONDUCT.version, 0),
    }
    return render(request, "training/codes.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def begin(request):
    service.begin_code(by=request.membership)
    return redirect_in(request, "training:code_edit")


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def edit(request):
    """The draft on one page. Saving keeps it a draft; nobody sees it before it is published."""
    draft = service.draft_code()
    if draft is None:
        messages.info(request, _("There is no draft. It may have been published by somebody else."))
        return redirect_in(request, "training:code_versions")
    form = CodeForm(request.POST or None, clauses=code_of(draft).clauses)
    if request.method == "POST" and form.is_valid():
        try:
            service.save_code(version=draft, clauses=form.clauses, by=request.membership)
        except TrainingError as problem:
            form.add_error(None, str(problem))
        else:
            if "publish" in request.POST:
                return redirect_in(request, "training:code_publish")
            messages.success(request, _("Saved as a draft. Nobody has to sign it before you publish it."))
            return redirect_in(request, "training:code_versions")
    return render(request, "training/code_edit.html", {"form": form, "draft": draft}, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def publish(request):
    """Says who will be asked to sign again, then lets the draft bind: once, whoever presses first."""
    draft = service.draft_code()
    if draft is None:
        messages.info(request, _("There is no draft. It may have been published by somebody else."))
        return redirect_in(request, "training:code_versions")
    if request.method == "POST":
        try:
            service.publish_code(version=draft, by=request.membership)
        except TrainingError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("Published. On each programme’s training page you can write to the mentors who have to sign again."))
        return redirect_in(request, "training:code_versions")
    context = {
        "title": _("Publish version %(number)s of the code of conduct?") % {"number": draft.number},
        "lead": "",
        "consequences": _consequences(request),
        "action_label": _("Publish"),
        "cancel_url": reverse("training:code_edit", args=[request.organisation.slug]),
    }
    return render(request, "confirm.html", context)


def _consequences(request):
    running = Participant.objects.visible_to(request.membership).mentors().active().filter(programme__closed_at=None)
    count = running.exclude(code_signatures=None).count()
    asked = ngettext(
        "%(n)d mentor who has signed is asked to sign again.", "%(n)d mentors who have signed are asked to sign again.", count
    )
    return [
        asked % {"n": count},
        _("Until they have, no new student is suggested to them. Mentorships that run go on."),
        _("What they signed before is kept, with its version."),
        _("From now on this version stays as it is; a change is a new version."),
    ]


@requires(Can.RUN_PROGRAMMES)
@require_POST
def drop(request):
    """Throw the draft away."""
    service.drop_code(by=request.membership)
    messages.success(request, _("The draft is gone."))
    return redirect_in(request, "training:code_versions")
