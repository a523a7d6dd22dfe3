"""The coordinator's pages: both surveys of a programme, who has not answered, opening, dates and nudges."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from matching.services.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from organisations.services.jobs import latest_job, start_job
from programmes.models import Programme

from ..forms.dates import DatesForm
from ..jobs import OPEN
from ..models import Survey, SurveyRequest
from ..presenters import VOICES, state_of, survey_cards, waiting_rows
from ..services import nudging, surveys

PAGE = 50


@requires(Can.RUN_PROGRAMMES)
@require_GET
def programme(request, programme_id):
    found = fetch_programme(request, programme_id)
    rows = list(Survey.objects.visible_to(request.membership).filter(programme=found).order_by("opens_on", "pk"))
    context = {"programme": found, "cards": survey_cards(rows, timezone.localdate())}
    return render(request, "evaluation/programme.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def make(request, programme_id):
    """For programmes that have no surveys yet."""
    surveys.make_surveys(programme=fetch_programme(request, programme_id), by=request.membership)
    messages.success(request, _("Both surveys are planned."))
    return redirect_in(request, "evaluation:programme", programme_id)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def survey(request, programme_id, kind):
    found = fetch_survey(request, programme_id, kind)
    waiting = SurveyRequest.objects.awaiting().visible_to(request.membership).filter(survey=found)
    voice = request.GET.get("voice", "")
    if voice in SurveyRequest.Voice.values:
        waiting = waiting.filter(voice=voice)
    waiting = waiting.select_related("participant__membership", "line_manager").order_by("mentorship", "pk")
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "programme": found.programme,
        "survey": found,
        "card": survey_cards([found], today)[0],
        "state": state_of(found, today),
        "page": page,
        "rows": waiting_rows(page.object_list),
        "voice": voice,
        "voices": VOICES,
        "job": latest_job(nudging.JOB, target_id=found.pk) or latest_job(OPEN, target_id=found.pk),
    }
    return render(request, "evaluation/survey.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def survey_open(request, programme_id, kind):
    found = fetch_survey(request, programme_id, kind)
    try:
        surveys.bring_forward(survey=found, by=request.membership)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        start_job(OPEN, by=request.membership, target_id=found.pk)
        messages.success(request, _("It is open. The letters are being written."))
    return redirect_in(request, "evaluation:survey", programme_id, kind)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def survey_nudge(request, programme_id, kind):
    found = fetch_survey(request, programme_id, kind)
    if state_of(found, timezone.localdate()) == "closed" or found.programme.closed_at:
        messages.error(request, _("This survey is closed, so nobody can be asked any more."))
    else:
        nudging.start_nudging(survey=found, by=request.membership)
        messages.success(request, _("Whoever has not answered and has had no letter in the last 24 hours gets one."))
    return redirect_in(request, "evaluation:survey", programme_id, kind)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def survey_dates(request, programme_id, kind):
    found = fetch_survey(request, programme_id, kind)
    form = DatesForm(request.POST or None, survey=found)
    if request.method == "POST" and form.is_valid():
        dates = {"opens_on": form.cleaned_data.get("opens_on", found.opens_on), "closes_on": form.cleaned_data["closes_on"]}
        try:
            surveys.change_dates(survey=found, by=request.membership, **dates)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The dates are changed."))
            return redirect_in(request, "evaluation:programme", programme_id)
    return render(request, "evaluation/dates.html", {"programme": found.programme, "survey": found, "form": form})


def fetch_programme(request, programme_id):
    request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    request.programme.organisation = request.organisation
    return request.programme


def fetch_survey(request, programme_id, kind):
    fetch_programme(request, programme_id)
    found = fetch_visible(Survey, request.membership, programme=programme_id, kind=kind)
    found.programme = request.programme
    return found
