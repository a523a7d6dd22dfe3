"""A mentorship's stage, and its end."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import fetch_visible, requires
from organisations.roles import Can

from .. import words
from ..enums import MentorshipStatus
from ..forms import EndForm, StageForm
from ..models import ChangeRequest, EarlyEnd, Mentorship
from ..rights import require_work_in
from ..services import mentorships
from ..services.refused import Refused


@requires(Can.SEE_OWN_PAGES)
@require_POST
def stage(request, mentorship_id):
    mentorship = fetch_visible(Mentorship, request.membership, _rows(), pk=mentorship_id)
    require_work_in(request.membership, mentorship)  # tutors follow along
    form = StageForm(request.POST)
    if form.is_valid():
        move = mentorships.change_stage
        try_to(request, _("The stage is changed."), move, mentorship=mentorship, by=request.membership, **form.cleaned_data)
    else:
        messages.warning(request, " ".join(form.errors.get("why", [_("This is not one of the five stages.")])))
    return redirect(mentorship)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, mentorship_id):
    mentorship = fetch_visible(Mentorship, request.membership, _rows(), pk=mentorship_id)
    request.programme = mentorship.programme
    wishes = list(
        ChangeRequest.objects.visible_to(request.membership)
        .filter(mentorship=mentorship, settled_at=None)
        .select_related("participant__membership")
    )
    early = EarlyEnd.objects.visible_to(request.membership).filter(mentorship=mentorship).select_related("participant__membership")
    early = list(early) if mentorship.is_active else []
    form = EndForm(request.POST or None, initial=_as_asked(wishes, early))
    if request.method == "POST" and form.is_valid():
        try:
            mentorships.end_mentorship(mentorship=mentorship, by=request.membership, **form.cleaned_data)
        except Refused as refused:
            form.add_error("status", str(refused))
        else:
            messages.success(request, _("The mentorship has ended."))
            return redirect(mentorship)
    people = [
        one.participant.name for one in mentorship.members.select_related("participant__membership").order_by("-side", "pk")
    ]
    return render(
        request,
        "matching/end.html",
        {
            "mentorship": mentorship,
            "programme": mentorship.programme,
            "form": form,
            "names": words.listing(people),
            "wishes": wishes,
            "early": words.listing(one.participant.name for one in early),
        },
        status=422 if form.errors else 200,
    )


def _as_asked(wishes, early):
    """What was asked for, chosen already; an end nobody asked for is chosen by the coordinator."""
    if not wishes:
        return {"status": MentorshipStatus.COMPLETED_EARLY, "seeks_again": "no"} if early else {}
    stops = any(one.wish == ChangeRequest.Wish.STOP and one.participant.side == "student" for one in wishes)
    return {"status": MentorshipStatus.ENDED_BY_AGREEMENT, "seeks_again": "no" if stops else "yes"}


def _rows():
    return Mentorship.objects.select_related("programme", "organisation")
