"""One person's page in a choosing round: their candidates in order, and their times in speed meetings. Signed in, or by signed link."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import fetch_visible, link_page, redirect_in, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import links

from .. import choosing_presenter as presenter
from ..models import ChoiceSheet, SpeedMeeting
from ..services import choosing_sheets as service
from ..services.choosing_letters import times_of
from ..services.refused import Refused

_ROWS = ("round__programme", "round__organisation", "person__membership", "organisation")
LARGEST = 10**9


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request, sheet_id):
    sheet = fetch_visible(ChoiceSheet, request.membership, _rows(), pk=sheet_id)
    if sheet.person.membership_id != request.membership.pk:  # a coordinator
        if request.method == "POST":
            raise PermissionDenied
        return redirect_in(request, "matching:choosing", sheet.round.programme_id)
    request.programme = sheet.round.programme
    return _page(request, sheet)


@link_page(Purpose.CHOICE, by_steps=True)
@require_http_methods(["GET", "HEAD", "POST"])
def choice_by_link(request):
    rows = _rows().visible_to(request.membership) if request.membership else None
    sheet = rows.filter(pk=request.link.target_id, person__membership=request.membership).first() if rows is not None else None
    if sheet is None:
        raise Http404
    return _page(request, sheet)


def _rows():
    return ChoiceSheet.objects.select_related(*_ROWS)


def _page(request, sheet):
    """GET shows and never acts: mail scanners open links."""
    by_link = bool(getattr(request, "link", None))
    if request.method == "POST":
        return redirect(f"{request.path}{_act(request, sheet, by_link)}")
    choosing = sheet.round
    order, noes = service.candidates_of(sheet)
    meetings = SpeedMeeting.objects.visible_to(request.membership).present().filter(round=choosing)
    meetings = meetings.select_related("student__membership", "mentor__membership") if choosing.meets_at else []
    times = times_of(choosing, meetings).get(sheet.person_id, [])
    left = bool(sheet.person.withdrawn_at or choosing.programme.closed_at)
    state = "closed" if left else choosing.state()
    context = {
        "sheet": sheet,
        "round": choosing,
        "programme": choosing.programme,
        "by_link": by_link,
        "state": state,
        "is_student": sheet.person.side == "student",
        "cards": presenter.cards(order),
        "noes": presenter.cards(noes),
        "times": presenter.clock(times),
        "begins_at": times[0][0] if times else None,
        "chooses": bool(order or noes),
        "is_saved": state == "open" and bool(sheet.version),
        "is_done": bool(sheet.done_at),
    }
    return render(request, "matching/choice.html", context)


def _act(request, sheet, by_link) -> str:
    """Do what the pressed button says; returns where on the page to go on."""
    verb, _colon, number = request.POST.get("act", "").partition(":")
    candidate = int(number) if number.isdecimal() and len(number) < len(str(LARGEST)) else 0
    seen = request.POST.get("seen", "")
    common = {"sheet": sheet, "seen": int(seen) if seen.isdecimal() and len(seen) < len(str(LARGEST)) else -1}
    try:
        if verb in {"up", "down"}:
            service.move(candidate_id=candidate, step=-1 if verb == "up" else 1, **common)
        elif verb in {"no", "yes"}:
            service.rule_out(candidate_id=candidate, is_no=verb == "no", **common)
        elif verb == "done":
            service.finish(by=request.membership, by_link=by_link, **common)
            if by_link:
                links.finish_link(request.link)
            return ""
        else:
            messages.warning(request, _("Nothing was changed. Please use the buttons on the page."))
    except Refused as refused:
        messages.warning(request, str(refused))
        return ""
    return f"#c-{candidate}" if verb in {"up", "down"} else ""
