"""We are done early: a page that says what it does, and one button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.attempts import try_to
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from .. import words
from ..models import EarlyEnd, Mentorship
from ..rights import require_work_in
from ..services import early_end as service


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def early_end(request, mentorship_id):
    """Say it, or take it back ("back" in the POST). A coordinator confirms on the page where it is ended."""
    rows = Mentorship.objects.select_related("programme", "organisation")
    mentorship = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id)
    request.programme, request.mentorship = mentorship.programme, mentorship
    require_work_in(request.membership, mentorship)
    seats = list(mentorship.members.select_related("participant__membership").order_by("-side", "pk"))
    mine = next((seat.participant for seat in seats if seat.participant.membership_id == request.membership.pk), None)
    if mine is None:
        if request.method == "POST":
            raise PermissionDenied
        return redirect_in(request, "matching:end", mentorship.pk)
    if request.method == "POST":
        _say(request, mentorship, mine)
        return redirect(mentorship)
    said = set(EarlyEnd.objects.visible_to(request.membership).filter(mentorship=mentorship).values_list("participant", flat=True))
    others = [seat.participant for seat in seats if seat.participant_id != mine.pk]
    context = {
        "mentorship": mentorship,
        "others": words.listing(one.name for one in others),
        "said": words.listing(one.name for one in others if one.pk in said),
        "mine": mine.pk in said,
    }
    return render(request, "matching/early_end.html", context)


def _say(request, mentorship, mine):
    asked = {"mentorship": mentorship, "participant": mine, "by": request.membership}
    if "back" in request.POST:
        try_to(request, _("Taken back: you go on."), service.take_back, **asked)
        return
    now = try_to(request, "", service.say_done, **asked)
    if now is not None and now.is_active:
        messages.success(request, _("Noted. It ends when everybody, or your coordinator, has said so."))
    elif now is not None:
        messages.success(request, _("You have all said so: your mentorship is completed. Well done."))
