"""Training across a programme: who is ready, who needs what, who may be matched without."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.spreadsheets import write_csv
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.models import Participant, Programme

from ..presenters import STATES, needs_by_aspect
from ..presets import CHECKLIST_ASPECTS
from ..services.checklist import ChecklistError
from ..services.letters import invite_mentors
from ..services.readiness import override_training, readiness_of, withdraw_override

ORDER = ["not_started", "under_way", "overridden", "ready"]


def _programme(request, programme_id):
    request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    return request.programme


def _mentors(request, programme):
    rows = Participant.objects.visible_to(request.membership).filter(programme=programme, side="mentor", withdrawn_at=None)
    return list(rows.select_related("membership", "membership__organisation"))


@requires(Can.RUN_PROGRAMMES)
@require_GET
def programme(request, programme_id):
    found = _programme(request, programme_id)
    mentors = _mentors(request, found)
    ready = readiness_of(mentors)
    rows = [{"mentor": m, "ready": ready[m.pk], "tag": STATES[ready[m.pk].state]} for m in mentors]
    rows.sort(key=lambda row: (ORDER.index(row["ready"].state), row["mentor"].name.casefold(), row["mentor"].pk))
    state = request.GET.get("state", "")
    query = request.GET.get("q", "").strip()
    shown = [row for row in rows if (not state or row["ready"].state == state) and query.casefold() in row["mentor"].name.casefold()]
    counts = {key: sum(1 for row in rows if row["ready"].state == key) for key in ORDER}
    return render(
        request,
        "training/programme.html",
        {
            "programme": found,
            "page": Paginator(shown, 50).get_page(request.GET.get("page")),
            "filters": [{"key": key, "label": STATES[key][0], "count": counts[key], "on": key == state} for key in ORDER],
            "state": state,
            "q": query,
            "total": len(rows),
            "ready_count": counts["ready"],
            "matchable": counts["ready"] + counts["overridden"],
            "to_invite": sum(1 for m in mentors if m.invited_at is None and not ready[m.pk].trained),
            "needs": [row for row in needs_by_aspect(mentors, ready) if row["count"]],
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_POST
def invite(request, programme_id):
    found = _programme(request, programme_id)
    sent = invite_mentors(programme=found, mentors=_mentors(request, found), by=request.membership)
    if sent:
        words = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", sent) % {"n": sent}
        messages.success(request, words)
    else:
        messages.info(request, _("Everybody has been written to already."))
    return redirect_in(request, "training:programme", found.pk)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def override(request, participant_id):
    """Decide that a mentor may be matched without finished training, or take that back."""
    mentors = Participant.objects.mentors().select_related("membership", "programme")
    mentor = fetch_visible(Participant, request.membership, queryset=mentors, pk=participant_id)
    request.programme = mentor.programme
    error = None
    if request.method == "POST":
        if "withdraw" in request.POST:
            withdraw_override(mentor=mentor, by=request.membership)
            messages.success(request, _("Taken back: %(name)s needs the training again.") % {"name": mentor.name})
            return redirect_in(request, "training:programme", mentor.programme_id)
        try:
            override_training(mentor=mentor, reason=request.POST.get("reason", ""), by=request.membership)
        except ChecklistError as problem:
            error = str(problem)
        else:
            messages.success(request, _("%(name)s can be matched. Your reason is kept.") % {"name": mentor.name})
            return redirect_in(request, "training:programme", mentor.programme_id)
    context = {
        "mentor": mentor,
        "ready": readiness_of([mentor])[mentor.pk],
        "past": mentor.training_overrides.exclude(withdrawn_at=None).select_related("by"),
        "error": error,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "training/override.html", context, status=422 if error else 200)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def export(request, programme_id):
    """Who needs what, as a spreadsheet."""
    found = _programme(request, programme_id)
    mentors = _mentors(request, found)
    ready = readiness_of(mentors)
    header = [_("Mentor"), _("E-mail address"), _("State"), *[str(aspect.title) for aspect in CHECKLIST_ASPECTS]]
    need = _("needs more")
    rows = [
        [m.name, m.membership.email, str(STATES[ready[m.pk].state][0])]
        + [need if aspect.key in ready[m.pk].needs else "" for aspect in CHECKLIST_ASPECTS]
        for m in mentors
    ]
    response = HttpResponse(write_csv(rows, header), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="training-needs.csv"'
    return response
