"""The learning objectives of a placement: written, agreed, changed by student, mentor and tutor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.attempts import try_to
from common.refused import Refused
from organisations.access import redirect_in, requires
from organisations.roles import Can

from .. import rights
from ..forms.objectives import ObjectiveForm
from ..objectives import ObjectivesPage
from ..services import objectives as service


def _place(request, placement_id):
    placement = rights.fetch_placement(request.membership, placement_id)
    request.programme = placement.programme
    return placement, rights.voice_of(request.membership, placement)


def _must_write(request, placement, voice):
    if not rights.may_write_objectives(request.membership, placement, voice):
        raise PermissionDenied


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def objectives(request, placement_id):
    """The page; POST writes one more."""
    placement, voice = _place(request, placement_id)
    form = ObjectiveForm(request.POST or None)
    if request.method == "POST":
        _must_write(request, placement, voice)
        if form.is_valid():
            try:
                service.write_objective(placement=placement, text=form.cleaned_data["text"], by=request.membership, voice=voice)
            except Refused as refused:
                form.add_error("text", str(refused))
            else:
                messages.success(request, _("The objective is written. The others can now agree it."))
                return redirect_in(request, "goals:objectives", placement.pk)
    page = ObjectivesPage(placement, request.membership, voice)
    status = 422 if request.method == "POST" else 200
    return render(request, "goals/objectives.html", {"page": page, "placement": placement, "form": form}, status=status)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def objectives_agree(request, placement_id):
    """Say yes to all of them as they were shown. POST: one ``seen`` for each, "id:version"."""
    placement, voice = _place(request, placement_id)
    _must_write(request, placement, voice)
    if not voice:
        raise PermissionDenied
    parts = [one.split(":") for one in request.POST.getlist("seen")[:100]]
    seen = {int(one[0]): int(one[1]) for one in parts if len(one) == 2 and all(n.isdecimal() and len(n) < 19 for n in one)}
    count = try_to(request, "", service.agree_objectives, placement=placement, seen=seen, by=request.membership, voice=voice)
    if count:
        words = ngettext("You agreed %(n)s learning objective.", "You agreed %(n)s learning objectives.", count)
        messages.success(request, words % {"n": count})
    return redirect_in(request, "goals:objectives", placement.pk)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def objective(request, objective_id):
    """Other words for one; everybody then agrees anew."""
    found = rights.fetch_objective(request.membership, objective_id)
    placement, voice = found.placement, rights.voice_of(request.membership, found.placement)
    request.programme = placement.programme
    _must_write(request, placement, voice)
    form = ObjectiveForm(request.POST or None, initial={"text": found.text, "version": found.version})
    if request.method == "POST" and form.is_valid():
        version, text = form.cleaned_data["version"] or found.version, form.cleaned_data["text"]
        try:
            service.change_objective(objective=found, version=version, text=text, by=request.membership, voice=voice)
        except service.Changed as changed:
            form.add_error("text", str(changed))
            found.refresh_from_db()
        except Refused as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, _("Saved. The others agree it anew."))
            return redirect_in(request, "goals:objectives", placement.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "objective": found, "placement": placement, "newest": found.version}
    return render(request, "goals/objective.html", context, status=status)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def objective_aside(request, objective_id):
    """Leave one out, or take it in again."""
    found = rights.fetch_objective(request.membership, objective_id)
    _must_write(request, found.placement, rights.voice_of(request.membership, found.placement))
    aside = "back" not in request.POST
    said = _("It is set aside. You can take it in again below.") if aside else _("It is taken in again.")
    try_to(request, said, service.set_objective_aside, objective=found, aside=aside, by=request.membership)
    return redirect_in(request, "goals:objectives", found.placement_id)
