"""The agreement: read, filled in together, signed. Signed in, or by signed link."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import fetch_visible, link_page, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import links
from training.services.code import code_of, code_version_at

from ..agreement_text import SETTLED_TOGETHER, agreement_text, with_code
from ..forms import SettledForm, SignForm
from ..models import Agreement
from ..services import agreements
from ..services.letters import change_link
from ..services.refused import Refused


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
    members = list(_members(found))
    seat = next((one for one in members if one.participant.membership_id == membership.pk), None)
    if request.method == "POST" and seat is None:
        raise PermissionDenied
    act = request.POST.get("act")
    if act == "change":
        return redirect(change_link(found.mentorship, seat.participant))
    kept = {one.field: getattr(found, one.field) for one in SETTLED_TOGETHER}
    settle = SettledForm(request.POST if act == "settle" else None, initial=kept)
    sign = SignForm(request.POST if act == "sign" else None)
    if request.method == "POST":
        if _done(request, found, seat, settle, sign):
            return redirect(request.path)
        found = _rows().get(pk=found.pk)  # what was refused may have changed a moment ago
    signatures = {one.participant_id: one for one in found.signatures.all()}
    mine = signatures.get(seat.participant_id) if seat else None
    is_running = found.mentorship.is_active
    may_settle, may_sign = seat and is_running and not signatures, seat and is_running and mine is None
    if sign.errors and not may_sign:
        messages.warning(request, sign.errors["signed_name"][0])
    return render(
        request,
        "matching/agreement.html",
        {
            "agreement": found,
            "mentorship": found.mentorship,
            "programme": found.mentorship.programme,
            "text": _text(found),
            "people": [
                {"person": one.participant, "side": one.get_side_display(), "signature": signatures.get(one.participant_id)}
                for one in members
            ],
            "settled": [(one.question, getattr(found, one.field)) for one in SETTLED_TOGETHER],
            "settle": settle if may_settle else None,
            "refused": settle.non_field_errors() if not may_settle else [],
            "unsaved": _unsaved(found, settle) if not may_settle else [],
            "sign": sign if may_sign else None,
            "mine": mine,
            "by_link": bool(getattr(request, "link", None)),
        },
        status=422 if settle.errors or sign.errors else 200,
    )


def _text(agreement):
    """Its words, with the code of conduct that bound when it was made."""
    text, own = agreement_text(agreement.version), code_version_at(agreement.made_at)
    return with_code(text, code_of(own).clauses) if own else text


def _unsaved(found, settle):
    """(question, what was typed) of answers that came too late to be kept, so that nobody has to think of them again."""
    if not settle.is_bound:
        return []
    typed = [(one.question, settle.cleaned_data.get(one.field, "").strip(), getattr(found, one.field)) for one in SETTLED_TOGETHER]
    return [(question, text) for question, text, kept in typed if text and text != kept]


def _done(request, found, seat, settle, sign):
    """Do what was sent; False when the page must be shown again with what was typed."""
    link = getattr(request, "link", None)
    if settle.is_bound:
        if not settle.is_valid():
            return False
        try:
            agreements.settle_together(agreement=found, settled=settle.cleaned_data, by=request.membership)
        except Refused as refused:
            settle.add_error(None, str(refused))
            return False
        messages.success(request, _("Saved."))
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
