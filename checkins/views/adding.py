"""Add something to a check-in that is noted already, by you or by somebody else: signed in or by signed link."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.services.refused import Refused
from organisations.access import link_page, requires
from organisations.enums import Purpose
from organisations.roles import Can

from ..forms.adding import AddForm
from ..presenters import LogPage
from ..rights import require_work_in
from ..services.notes import write_note
from .doors import Door
from .log import fetch_check_in, kept, may_add_to


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    require_work_in(request.membership, check_in.mentorship)
    return _page(request, check_in, Door.signed_in(request, check_in))


@link_page(Purpose.CHECK_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_by_link(request):
    check_in = fetch_check_in(request, request.link.target_id)
    return _page(request, check_in, Door.by_token(request.resolver_match.kwargs["token"]))


def _page(request, check_in, door):
    page = LogPage(check_in, request.membership, timezone.localdate())
    form = AddForm(request.POST or None, page=page)
    if not may_add_to(check_in):
        messages.info(request, _("There is nothing to add to this check-in just now."))
        return redirect(door.after)
    if request.method == "POST" and form.is_valid():
        try:
            write_note(mentorship=check_in.mentorship, check_in=check_in, by=request.membership, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Added."))
            return JsonResponse({"go": door.after}) if kept(request) else redirect(door.after)
    return render(request, "checkins/add.html", {"check_in": check_in, "page": page, "door": door, "form": form})
