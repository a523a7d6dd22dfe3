"""The agreement: read, filled in together, signed. Signed in, or by signed link."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import fetch_visible, link_page, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import links

from ..agreement_text import SETTLED_TOGETHER, agreement_text
from ..forms import SettledForm, SignForm
from ..models import Agreement
from ..services import agreements
from ..services.refused import Refused
from .common import try_to


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request, mentorship_id):
    found = fetch_visible(Agreement, request.membership, _rows(), mentorship_id=mentorship_id)
    request.programme = found.mentorship.programme
    return _page(request, found, request.membership)


@link_page(Purpose.AGREEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_by_link(request):
    found = _rows().filter(pk=request.link.target_id).first()
    if found is None or request.membership is None:
        raise Http404
    if _seat(found, request.membership) is None:
        raise Http404
    return _page(request, found, request.membership)


def _rows():
    return Agreement.objects.select_related("mentorship__programme", "mentorship__organisation")


def _seat(found, membership):
    return next((one for one in _members(found) if one.participant.membership_id == membership.pk), None)


def _members(found):
    return found.mentorship.members.select_related("participant__membership").order_by("-side", "pk")


def _page(request, found, membership):
    members, signatures = list(_members(found)), {one.participant_id: one for one in found.signatures.all()}
    seat = next((one for one in members if one.participant.membership_id == membership.pk), None)
    if request.method == "POST" and seat is None:
        raise PermissionDenied
    mine = signatures.get(seat.participant_id) if seat else None
    settle = SettledForm(
        request.POST if request.POST.get("act") == "settle" else None,
        initial={one.field: getattr(found, one.field) for one in SETTLED_TOGETHER},
    )
    sign = SignForm(request.POST if request.POST.get("act") == "sign" else None)
    if request.method == "POST" and _done(request, found, seat, settle, sign):
        return redirect(request.path)
    is_running = found.mentorship.is_active
    return render(
        request,
        "matching/agreement.html",
        {
            "agreement": found,
            "mentorship": found.mentorship,
            "programme": found.mentorship.programme,
            "text": agreement_text(found.version),
            "people": [
                {"person": one.participant, "side": one.get_side_display(), "signature": signatures.get(one.participant_id)}
                for one in members
            ],
            "settled": [(one.question, getattr(found, one.field)) for one in SETTLED_TOGETHER],
            "settle": settle if seat and is_running and not signatures else None,
            "sign": sign if seat and is_running and mine is None else None,
            "mine": mine,
            "by_link": bool(getattr(request, "link", None)),
        },
    )


def _done(request, found, seat, settle, sign):
    """Do what was sent; False when the page must be shown again with what was typed."""
    link = getattr(request, "link", None)
    if settle.is_bound:
        if not settle.is_valid():
            return False
        try_to(
            request,
            _("Saved."),
            agreements.settle_together,
            agreement=found,
            settled=settle.cleaned_data,
            by=request.membership,
        )
        return True
    if not sign.is_bound or not sign.is_valid():
        return not sign.is_bound
    try:
        agreements.sign_agreement(
            agreement=found,
            participant=seat.participant,
            signed_name=sign.cleaned_data["signed_name"],
            by=request.membership,
            by_link=bool(link),
        )
    except Refused as refused:
        sign.add_error("signed_name", str(refused))
        return False
    if link:
        links.finish_link(link)
    return True
