"""Both surveys of one mentorship: who has answered, what this reader may read of it."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from matching.models import Mentorship
from matching.services.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..models import Survey
from ..presenters import MentorshipSurveys, state_of
from ..services import asking


@requires(Can.SEE_OWN_PAGES)
@require_GET
def mentorship(request, mentorship_id):
    row = _fetch(request, mentorship_id)
    page = MentorshipSurveys(row, request.membership)
    surveys = page.surveys()
    today = timezone.localdate()
    for one in surveys:
        one["state"] = state_of(one["survey"], today)
        one["askable"] = _askable(request, row, one)
    context = {"mentorship": row, "page": page, "surveys": surveys, "changed": page.changed()}
    return render(request, "evaluation/mentorship.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def mentorship_open(request, mentorship_id, kind):
    row = _fetch(request, mentorship_id)
    survey = fetch_visible(Survey, request.membership, programme=row.programme_id, kind=kind)
    try:
        asked = asking.ask_mentorship(survey=survey, mentorship=row, by=request.membership)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        words = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", asked) % {"n": asked}
        messages.success(request, words if asked else _("Everybody was asked already. Nothing was sent."))
    return redirect_in(request, "evaluation:mentorship", row.pk)


def _fetch(request, mentorship_id):
    rows = Mentorship.objects.select_related("programme", "organisation")
    row = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id)
    request.programme = row.programme
    return row


def _askable(request, row, one):
    """Whether a coordinator may open this survey for the mentorship now."""
    if not request.membership.can(Can.RUN_PROGRAMMES) or row.programme.closed_at or one["state"] == "closed":
        return False
    if one["survey"].kind == Survey.Kind.REVIEW and not row.is_active:
        return False
    return not any(voice["request"].asked_at for voice in one["voices"])
