"""Whom to call and who stands in (owners), days away (leads and deputies), and opening a concern in an emergency."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from audit.services import record_reading
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..forms.concern import EmergencyForm
from ..forms.safety import AbsenceForm, SafeguardingForm
from ..models import Absence
from ..services import handlers, safety, sharing
from .concerns import require_part_in_it


@requires(Can.MANAGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def safeguarding(request):
    form = SafeguardingForm(request.POST or None, instance=handlers.safeguarding(), by=request.membership)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in SafeguardingForm.Meta.fields}
        safety.change_safeguarding(by=request.membership, **fields)
        safety.name_deputies(deputies=form.chosen_deputies(), by=request.membership)
        messages.success(request, _("Saved."))
        return redirect_in(request, "checkins:safeguarding")
    leads = handlers.leads()
    absences = {one.membership_id: one for one in Absence.objects.visible_to(request.membership).on(handlers.today(request.organisation))}
    context = {"form": form, "leads": [(one, absences.get(one.pk)) for one in leads]}
    return render(request, "checkins/safeguarding.html", context)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def away(request):
    """Days away; concerns go to the next in line meanwhile."""
    require_part_in_it(request.membership)
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        safety.note_absence(by=request.membership, **form.cleaned_data)
        messages.success(request, _("Noted. In these days concerns go to the next in line."))
        return redirect_in(request, "checkins:concerns")
    return render(request, "checkins/away.html", {"form": form})


@requires(Can.SEE_OWN_PAGES)
@require_POST
def away_drop(request, absence_id):
    absence = fetch_visible(Absence, request.membership, pk=absence_id)
    if absence.membership_id != request.membership.pk:
        raise PermissionDenied
    safety.drop_absence(absence=absence, by=request.membership)
    messages.success(request, _("Taken back: concerns come to you again."))
    return redirect_in(request, "checkins:concerns")


@requires(Can.BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def emergency(request):
    """Number and day of what is open, no more; opening one tells whoever looks after it."""
    form = EmergencyForm(request.POST or None, concerns=sharing.openable_by(request.membership))
    if request.method == "POST" and form.is_valid():
        sharing.open_in_emergency(by=request.membership, **form.cleaned_data)
        return redirect_in(request, "checkins:shared_concern", form.cleaned_data["concern"].pk)
    record_reading("concern numbers in an emergency", by=request.membership)
    return render(request, "checkins/emergency.html", {"form": form, "safety": handlers.safeguarding()})
