"""The agreement: read, signed, changed, noted as signed elsewhere. Signed in, or by signed link."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.downloads import private_download
from organisations.access import fetch_visible, link_page, requires
from organisations.days import local_today
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import links

from ..agreement_page import AgreementPage, VersionPage
from ..forms import AmendForm, ElsewhereForm, SignForm
from ..models import AgreementPaper
from ..services import agreement_versions, agreements
from ..services import expectations as settling
from ..services.letters import change_link
from ..services.refused import Refused
from . import doors


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request, mentorship_id):
    return _page(request, doors.signed_in(request, mentorship_id))


@link_page(Purpose.AGREEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_by_link(request):
    return _page(request, doors.by_link(request))


@requires(Can.SEE_OWN_PAGES)
@require_POST
def agreement_amend(request, mentorship_id):
    return _amend(request, doors.signed_in(request, mentorship_id))


@link_page(Purpose.AGREEMENT)
@require_POST
def agreement_amend_by_link(request):
    return _amend(request, doors.by_link(request))


@requires(Can.SEE_OWN_PAGES)
@require_POST
def still_fits(request, mentorship_id):
    return _still_fits(request, doors.signed_in(request, mentorship_id))


@link_page(Purpose.AGREEMENT)
@require_POST
def still_fits_by_link(request):
    return _still_fits(request, doors.by_link(request))


@requires(Can.SEE_OWN_PAGES)
@require_GET
def agreement_version(request, mentorship_id, number):
    return _version(request, doors.signed_in(request, mentorship_id), number)


@link_page(Purpose.AGREEMENT)
@require_GET
def agreement_version_by_link(request, number):
    return _version(request, doors.by_link(request), number)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_elsewhere(request, mentorship_id):
    """A coordinator notes that it was signed on paper or in another system."""
    door = doors.signed_in(request, mentorship_id)
    page = AgreementPage(door)
    seats, today = page.unsigned_seats, local_today(request.organisation)
    form = ElsewhereForm(request.POST or None, request.FILES or None, seats=seats, today=today)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            agreements.record_signed_elsewhere(
                agreement=door.agreement,
                participants=form.participants,
                signed_on=data["signed_on"],
                upload=data["file"],
                by=request.membership,
                seen=request.POST.get("seen", ""),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Noted. Letters and reminders about these signatures have stopped."))
            return redirect(door.agreement_page)
    context = {"door": door, "page": page, "form": form, "mentorship": door.mentorship}
    return render(request, "matching/agreement_elsewhere.html", context, status=422 if form.errors else 200)


@requires(Can.SEE_OWN_PAGES)
@require_GET
def agreement_paper(request, paper_id):
    """The file of an agreement that was signed elsewhere."""
    paper = fetch_visible(AgreementPaper, request.membership, pk=paper_id)
    return private_download(paper.organisation_id, paper.path, paper.file_name)


def _page(request, door):
    act = request.POST.get("act")
    if request.method == "POST" and door.participant is None:
        raise PermissionDenied
    if act == "change":
        return redirect(change_link(door.mentorship, door.participant))
    form = SignForm(request.POST if act == "sign" else None)
    if request.method == "POST":
        if form.is_bound and form.is_valid() and _signed(request, door, form):
            return redirect(request.path)
        if not form.is_bound:
            return redirect(request.path)
        door.agreement.refresh_from_db()  # what was refused may have changed a moment ago
    page = AgreementPage(door)
    if form.errors and not page.may_sign:
        messages.warning(request, form.errors["signed_name"][0])
    context = {
        "door": door,
        "page": page,
        "mentorship": door.mentorship,
        "programme": door.mentorship.programme,
        "sign": form if page.may_sign else None,
        "amend": AmendForm() if page.may_amend else None,
        "runs": not door.by_link and request.membership.can(Can.RUN_PROGRAMMES),
    }
    return render(request, "matching/agreement.html", context, status=422 if form.errors else 200)


def _signed(request, door, form) -> bool:
    """Sign; False, with the reason by the field, where that is refused."""
    link = getattr(request, "link", None)
    try:
        agreements.sign_agreement(
            agreement=door.agreement,
            participant=door.participant,
            signed_name=form.cleaned_data["signed_name"],
            by=request.membership,
            by_link=bool(link),
            seen=request.POST.get("seen", ""),
        )
    except Refused as refused:
        form.add_error("signed_name", str(refused))
        return False
    if link:
        links.finish_link(link)
    return True


def _amend(request, door):
    doors.require_member(door)
    form, seen = AmendForm(request.POST), request.POST.get("number", "")
    try:
        agreement_versions.amend_agreement(
            agreement=door.agreement,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            why=form.cleaned_data["why"] if form.is_valid() else "",
            participant=door.participant,
            by=request.membership,
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("There is a new version. Everybody has a letter to read and sign it."))
    return redirect(door.agreement_page)


def _still_fits(request, door):
    doors.require_member(door)
    fits = request.POST.get("fits") == "yes"
    try:
        look = settling.say_still_fits(agreement=door.agreement, participant=door.participant, fits=fits, by=request.membership)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(door.agreement_page)
    if look is None or fits:
        messages.success(request, _("Noted: it still fits."))
        return redirect(door.agreement_page)
    messages.success(request, _("Noted. Change what does not fit here; the others see it and say yes or talk about it."))
    return redirect(door.expectations)


def _version(request, door, number):
    kept = agreement_versions.kept_version(door.agreement, number)
    if kept is None:
        raise Http404
    context = {"door": door, "page": VersionPage(door, kept), "mentorship": door.mentorship}
    return render(request, "matching/agreement_version.html", context)
