"""A member asks for somebody else or to stop, signed in or by signed link; the coordinator lets it go on."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import fetch_visible, link_page, redirect_in, requires
from organisations.enums import Purpose
from organisations.roles import Can

from .. import words
from ..forms import ChangeForm
from ..models import ChangeRequest, Mentorship
from ..rights import require_work_in
from ..services import changes
from ..services.refused import Refused


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, mentorship_id):
    mentorship = fetch_visible(Mentorship, request.membership, _rows(), pk=mentorship_id)
    request.programme = mentorship.programme
    require_work_in(request.membership, mentorship)
    seat = _seat(mentorship, request.membership)
    if seat is None:  # a coordinator: nothing to ask for, they may end it
        return redirect_in(request, "matching:end", mentorship.pk)
    return _page(request, mentorship, seat)


@link_page(Purpose.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_by_link(request):
    mentorship = _rows().filter(pk=request.link.target_id).first()
    seat = _seat(mentorship, request.membership) if mentorship and request.membership else None
    if seat is None:
        raise Http404
    return _page(request, mentorship, seat)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def change_keep(request, change_id):
    asked = fetch_visible(ChangeRequest, request.membership, ChangeRequest.objects.select_related("mentorship"), pk=change_id)
    mentorship = asked.mentorship
    try_to(request, _("Noted: it goes on. Nobody was written to."), changes.keep_going, asked=asked, by=request.membership)
    return redirect(mentorship)


def _rows():
    return Mentorship.objects.select_related("programme", "organisation")


def _seat(mentorship, membership):
    seats = mentorship.members.select_related("participant__membership")
    return next((one for one in seats if one.participant.membership_id == membership.pk), None)


def _page(request, mentorship, seat):
    """GET shows and never acts: mail scanners open links."""
    asked = mentorship.change_requests.filter(participant=seat.participant, settled_at=None).first()
    initial = {"wish": asked.wish, "reason": asked.reason} if asked else {}
    form = ChangeForm(request.POST or None, side=seat.side, initial=initial)
    link = getattr(request, "link", None)
    if request.method == "POST" and form.is_valid():
        try:
            changes.ask_for_change(
                mentorship=mentorship, participant=seat.participant, by=request.membership, by_link=bool(link), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(request.path)
    others = [one.participant.name for one in mentorship.members.select_related("participant__membership") if one.side != seat.side]
    return render(
        request,
        "matching/change.html",
        {
            "mentorship": mentorship,
            "programme": mentorship.programme,
            "form": form,
            "asked": asked,
            "others": words.listing(others),
            "by_link": bool(link),
        },
        status=422 if form.errors else 200,
    )
