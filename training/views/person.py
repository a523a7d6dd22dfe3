"""One mentor as the coordinator sees them: what is missing, what they ask for, decisions, hours."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..enums import Gate
from ..forms.people import HoursForm, NeedMetForm, OverrideForm
from ..models import TrainingHours, TrainingOverride
from ..models.hours import BY_HAND
from ..next_steps import lines_for, next_for_coordinator
from ..presenters import STATES, hours_in_words, point_lines, text_for
from ..services.aspects import checklist_of
from ..services.checks import checks_of
from ..services.hours import log_training_hours, remove_training_hours
from ..services.overrides import override_training, withdraw_override
from ..services.points import note_need_met, speaking_response
from ..services.readiness import readiness_of
from ..services.refused import TrainingError
from ..services.standing import standings
from .seats import any_seat


@requires(Can.RUN_PROGRAMMES)
@require_GET
def mentor(request, participant_id):
    found = any_seat(request, participant_id)
    ready, check = readiness_of([found])[found.pk], checks_of([found])[found.pk]
    hours = list(TrainingHours.objects.visible_to(request.membership).filter(membership=found.membership_id).select_related("by"))
    slug = request.organisation.slug
    return render(
        request,
        "training/mentor.html",
        {
            "mentor": found,
            "ready": ready,
            "tag": STATES[ready.state],
            "lines": lines_for(found, ready, check, slug, coordinator=True),
            "next": next_for_coordinator(found, ready, check, slug),
            "points": point_lines(ready.checklist, standings([found.pk])[found.pk]),
            "decisions": _decisions(request, found),
            "signatures": found.code_signatures.order_by("-signed_at"),
            "hours": hours,
            "initial": hours_in_words(sum(one.minutes for one in hours if one.kind == TrainingHours.Kind.INITIAL)),
            "refresher": hours_in_words(sum(one.minutes for one in hours if one.kind == TrainingHours.Kind.REFRESHER)),
        },
    )


def _decisions(request, mentor):
    rows = TrainingOverride.objects.visible_to(request.membership).filter(mentor=mentor)
    return rows.select_related("by").order_by("-at", "-pk")


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def override(request, participant_id):
    """Decide that a mentor may be matched although something is missing, or take that back."""
    found = any_seat(request, participant_id)
    ready = readiness_of([found])[found.pk]
    if request.method == "POST" and "withdraw" in request.POST:
        what = [gate for gate in Gate.values if gate == request.POST["withdraw"]] or None
        withdraw_override(mentor=found, by=request.membership, what=what)
        messages.success(request, _("Taken back: %(name)s is held to it again.") % {"name": found.name})
        return redirect_in(request, "training:mentor", found.pk)
    form = OverrideForm(request.POST or None, missing=ready.undecided)
    if request.method == "POST" and form.is_valid():
        try:
            override_training(mentor=found, by=request.membership, **form.cleaned_data)
        except TrainingError as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            messages.success(request, _("Decided. Your reason is kept."))
            return redirect_in(request, "training:mentor", found.pk)
    if request.method == "POST" and not ready.undecided:
        messages.info(request, _("Nothing is left to decide here."))  # somebody else, or the first of two presses, has decided
        return redirect_in(request, "training:mentor", found.pk)
    context = {"mentor": found, "ready": ready, "form": form, "decisions": _decisions(request, found)}
    return render(request, "training/override.html", context, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def need_met(request, participant_id, aspect_key):
    """Note that what a mentor asked for was given: how, when, by whom."""
    found = any_seat(request, participant_id)
    response = speaking_response(found)
    aspect = checklist_of(response).by_key.get(aspect_key) if response else None
    if aspect is None:
        raise Http404
    standing = standings([found.pk])[found.pk].get(aspect_key)
    if not standing.is_need:
        messages.info(request, _("“%(point)s” is covered already.") % {"point": aspect.title})
        return redirect_in(request, "training:mentor", found.pk)
    form = NeedMetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note_need_met(mentor=found, aspect=aspect_key, by=request.membership, **form.cleaned_data)
        except TrainingError as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            messages.success(request, _("Noted: “%(point)s” is covered now.") % {"point": aspect.title})
            return redirect_in(request, "training:mentor", found.pk)
    context = {"mentor": found, "aspect": aspect, "standing": standing, "text": text_for(aspect), "form": form}
    return render(request, "training/need_met.html", context, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def hours_add(request, participant_id):
    """Note time spent in training."""
    found = any_seat(request, participant_id)
    initial = {"kind": request.GET.get("kind", "")}
    form = HoursForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        token = fields.pop("token")
        try:
            source = f"{BY_HAND}{token}" if token else ""
            log_training_hours(membership=found.membership, by=request.membership, source=source, **fields)
        except TrainingError as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            messages.success(request, _("Noted."))
            return redirect_in(request, "training:mentor", found.pk)
    return render(request, "training/hours.html", {"mentor": found, "form": form}, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def hours_remove(request, participant_id, hours_id):
    """Take an entry away that was a slip."""
    found = any_seat(request, participant_id)
    row = fetch_visible(TrainingHours, request.membership, membership_id=found.membership_id, pk=hours_id)
    try:
        remove_training_hours(hours=row, by=request.membership)
    except TrainingError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Removed."))
    return redirect_in(request, "training:mentor", found.pk)
