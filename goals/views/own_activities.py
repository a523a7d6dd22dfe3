"""The organisation's own activities, and which of the house's it offers."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..forms.activities import OwnActivityForm
from ..models import OwnActivity
from ..services import activities as service
from .activities import fetch_activity


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def own_activity_add(request):
    form = OwnActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.add_own_activity(by=request.membership, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is in the library."))
            return redirect_in(request, "goals:activity", made.key)
    return render(request, "goals/activity_form.html", {"form": form, "own": None}, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def own_activity_change(request, own_activity_id):
    own = fetch_visible(OwnActivity, request.membership, pk=own_activity_id)
    title = own.title
    form = OwnActivityForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        service.change_own_activity(own=own, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect_in(request, "goals:activity", own.key)
    return render(request, "goals/activity_form.html", {"form": form, "own": own, "title": title}, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def activity_hide(request, activity_key):
    """Out of the library, or back into it ("back" in the POST)."""
    shelved = fetch_activity(request, activity_key)
    words = {"title": shelved.activity.title}
    if "back" in request.POST:
        service.show_activity(shelved=shelved, by=request.membership)
        messages.success(request, _("“%(title)s” is in the library again.") % words)
    else:
        service.hide_activity(shelved=shelved, by=request.membership)
        messages.success(request, _("“%(title)s” is out of the library. You find it at the end of this page.") % words)
    return redirect_in(request, "goals:activities")
