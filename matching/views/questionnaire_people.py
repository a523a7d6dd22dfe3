"""Who was asked and who has answered; writing to them; what one person answered."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from organisations.services.jobs import latest_job
from programmes.enums import Side
from programmes.models import Participant

from .. import questionnaire_presenter as presenter
from ..services import questionnaire_asking as asking
from ..services import questionnaire_listing as listing
from ..services import questionnaire_sheets as sheets
from .common import open_programme

PAGE = 50
STATES = {
    "open": {"questionnaire_response__answered_at": None},
    "answered": {"questionnaire_response__answered_at__isnull": False},
}


@requires(Can.RUN_PROGRAMMES)
@require_GET
def questionnaire_people(request, programme_id):
    programme = open_programme(request, programme_id)
    side, state = request.GET.get("side", ""), request.GET.get("state", "")
    rows = listing.people_asked(programme).visible_to(request.membership)
    if side in Side.values:
        rows = rows.filter(side=side)
    rows = rows.filter(**STATES.get(state, {}))
    rows = rows.order_by(F("questionnaire_response__answered_at").asc(nulls_first=True), "membership__first_name", "pk")
    counts = listing.counts(programme)
    return render(
        request,
        "matching/questionnaire_people.html",
        {
            "programme": programme,
            "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
            "chosen": {"side": side, "state": state},
            "sides": Side.choices,
            "people": sum(one["people"] for one in counts.values()),
            "asked": sum(one["asked"] for one in counts.values()),
            "answered": sum(one["answered"] for one in counts.values()),
            "to_ask": asking.to_ask(programme).count(),
            "to_nudge": asking.to_nudge(programme).count(),
            "job": latest_job(asking.ASK_JOB, target_id=programme.pk) or latest_job(asking.NUDGE_JOB, target_id=programme.pk),
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_GET
def questionnaire_person(request, programme_id, participant_id):
    """What one person answered, and what a roster or a coordinator has changed since. Nothing about their background."""
    programme = open_programme(request, programme_id)
    people = Participant.objects.select_related("membership", "questionnaire_response")
    person = fetch_visible(Participant, request.membership, people, pk=participant_id, programme=programme)
    person.programme = programme
    response = getattr(person, "questionnaire_response", None)
    sheet = sheets.sheet_now(programme, person.side)
    stored = {row.key: row for row in response.answers.all()} if response else {}
    context = {"programme": programme, "person": person, "response": response, "sheet": sheet}
    return render(request, "matching/questionnaire_person.html", context | {"rows": presenter.answer_rows(person, sheet, stored)})


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_ask(request, programme_id):
    """Says how many get a letter, then writes it in the worker."""
    programme = open_programme(request, programme_id)
    count = asking.to_ask(programme).count()
    back = reverse("matching:questionnaire_people", args=[request.organisation.slug, programme.pk])
    if request.method == "POST":
        try_to(request, "", asking.start_asking, programme=programme, by=request.membership)
        return redirect_in(request, "matching:questionnaire_people", programme.pk)
    if not count:
        messages.info(request, _("Everybody has been written to already."))
        return redirect_in(request, "matching:questionnaire_people", programme.pk)
    return render(
        request,
        "confirm.html",
        {
            "title": ngettext("Write to %(n)s person?", "Write to %(n)s people?", count) % {"n": count},
            "lead": programme.name,
            "consequences": [
                _("Each student and mentor who was not asked yet gets one letter, with a link of their own."),
                _("They answer from the link, without signing in. It takes about %(n)s minutes.") % {"n": asking.MINUTES},
                _("What is asked can be changed afterwards; answers are kept wherever the question stays."),
            ],
            "action_label": _("Send the letters"),
            "cancel_url": back,
            "danger": False,
            "programme": programme,
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_POST
def questionnaire_nudge(request, programme_id):
    """Remind whoever has not answered, in the worker."""
    programme = open_programme(request, programme_id)
    if asking.to_nudge(programme).exists():
        try_to(request, "", asking.start_nudging, programme=programme, by=request.membership)
    else:
        messages.info(request, _("Whoever has not answered was written to in the last 24 hours. Nobody gets a second letter so soon."))
    return redirect_in(request, "matching:questionnaire_people", programme.pk)
