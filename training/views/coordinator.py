"""Training across a programme: who is ready, who is not and why, and what to do next."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from organisations.access import redirect_in, requires
from organisations.roles import Can

from ..next_steps import next_for_coordinator
from ..presenters import STATES, needs_by_aspect, suggestion
from ..services.aspects import current_checklist
from ..services.checks import checks_of
from ..services.letters import invite_mentors, not_written_to
from ..services.readiness import readiness_of
from ..services.rules import rules_of
from .seats import fetch_programme, mentors_of

ORDER = ["not_started", "under_way", "held", "overridden", "ready"]
PER_PAGE = 50
MOST_NEEDS = 5


@requires(Can.RUN_PROGRAMMES)
@require_GET
def programme(request, programme_id):
    found = fetch_programme(request, programme_id)
    mentors = mentors_of(request, found)
    ready, checks = readiness_of(mentors), checks_of(mentors)
    state = request.GET.get("state", "")
    query = request.GET.get("q", "").strip()
    chosen = [
        one for one in mentors if (not state or ready[one.pk].state == state) and query.casefold() in one.name.casefold()
    ]
    chosen.sort(key=lambda one: (ORDER.index(ready[one.pk].state), not checks[one.pk].kind, one.name.casefold(), one.pk))
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    counts = {key: sum(1 for one in ready.values() if one.state == key) for key in ORDER}
    needs = needs_by_aspect(mentors, ready, current_checklist(found))
    waiting = not_written_to(mentors, ready)
    return render(
        request,
        "training/programme.html",
        {
            "programme": found,
            "page": page,
            "rows": [_row(one, ready[one.pk], checks[one.pk], request.organisation.slug) for one in page],
            "filters": [{"key": key, "label": STATES[key][0], "count": counts[key], "on": key == state} for key in ORDER],
            "state": state,
            "q": query,
            "total": len(mentors),
            "ready_count": counts["ready"],
            "matchable": sum(1 for one in mentors if ready[one.pk].ready and not checks[one.pk].stops),
            "without_check": sum(1 for one in mentors if ready[one.pk].ready and checks[one.pk].stops),
            "to_invite": len(waiting),
            "needs": [row for row in needs if row.count][:MOST_NEEDS],
            "suggestion": suggestion(needs, len(mentors)),
            "ending": _ending(found, ready),
        },
    )


def _row(mentor, ready, check, slug):
    why = [*ready.why_not, *([check.words] if check.kind else [])]
    return {"mentor": mentor, "ready": ready, "tag": STATES[ready.state], "why": why, "next": next_for_coordinator(mentor, ready, check, slug)}


def _ending(programme, ready):
    """{"opens", "percent", "open", "asked", "done"} of the end checklist."""
    rules = next((one.rules for one in ready.values()), None) or rules_of([programme])[programme.pk]
    asked = [one for one in ready.values() if one.finished_at]
    return {
        "opens": rules.end_opens,
        "percent": rules.end_percent,
        "open": any(one.end_is_open for one in asked),
        "asked": len(asked),
        "done": sum(1 for one in asked if one.end_finished_at),
    }


@requires(Can.RUN_PROGRAMMES)
@require_POST
def invite(request, programme_id):
    found = fetch_programme(request, programme_id)
    sent = invite_mentors(programme=found, mentors=mentors_of(request, found), by=request.membership)
    if sent:
        words = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", sent) % {"n": sent}
        messages.success(request, words)
    else:
        messages.info(request, _("Everybody has been written to already."))
    return redirect_in(request, "training:programme", found.pk)
