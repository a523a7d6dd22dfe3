"""The mentor's own training: where I am, the checklist, a point answered again, the code of conduct."""

from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import redirect_in, requires
from organisations.roles import Can
from programmes.models import Participant

from ..enums import Answer, Moment
from ..forms.people import CoveredForm, MoreForm
from ..library import resources_for
from ..models import ResourceRead, TrainingHours
from ..next_steps import lines_for, next_for_mentor
from ..presenters import aspect_lines, hours_in_words, point_lines, text_for
from ..services import checklist as service
from ..services.aspects import checklist_of
from ..services.checks import checks_of
from ..services.code import code_of, current_code_version, sign_code
from ..services.points import answer_again, speaking_response
from ..services.readiness import readiness_of
from ..services.refused import TrainingError
from ..services.standing import Standing, standings
from .seats import own_seat


@requires(Can.COMPLETE_TRAINING)
@require_GET
def my_training(request):
    seats = list(
        Participant.objects.visible_to(request.membership)
        .filter(membership=request.membership, side="mentor", withdrawn_at=None)
        .select_related("programme", "membership")
        .order_by("-id")
    )
    ready, checks = readiness_of(seats), checks_of(seats)
    said = standings([seat.pk for seat in seats])
    slug = request.organisation.slug
    read = set(ResourceRead.objects.visible_to(request.membership).values_list("resource", flat=True))
    hours = list(TrainingHours.objects.visible_to(request.membership).filter(membership=request.membership))
    return render(
        request,
        "training/my_training.html",
        {
            "seats": [
                {
                    "seat": seat,
                    "ready": ready[seat.pk],
                    "lines": lines_for(seat, ready[seat.pk], checks[seat.pk], slug, coordinator=False),
                    "next": next_for_mentor(seat, ready[seat.pk], slug),
                    "points": point_lines(ready[seat.pk].checklist, said[seat.pk]) if ready[seat.pk].finished_at else [],
                }
                for seat in seats
            ],
            "resources": [{"resource": one, "read": one.slug in read} for one in resources_for("mentor")],
            "hours": hours,
            "hours_in_all": hours_in_words(sum(one.minutes for one in hours)),
        },
    )


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "POST"])
def checklist(request, participant_id, moment=Moment.START):
    """All points on one page. A POST keeps every answer in it (the page without script), then finishes if asked to."""
    mentor = own_seat(request, participant_id)
    _refuse_closed(mentor, moment)
    error, wrong = None, None
    if request.method == "POST":
        response = service.response_for(mentor, moment=moment)
        try:
            _keep_all(request, response)
            if "finish" not in request.POST:
                messages.success(request, _("Saved. You can go on whenever you like."))
                return redirect_in(request, "training:my_training")
            service.finish_checklist(response=response, by=request.membership)
        except service.ChecklistError as problem:
            error, wrong = str(problem), problem.field
        else:
            return _after_finish(request, mentor, moment)
    else:
        response = service.open_response(mentor, moment=moment)
    answered_list = checklist_of(response)
    lines = aspect_lines(answered_list, response.answers.all())
    return render(
        request,
        "training/checklist.html",
        {
            "mentor": mentor,
            "lines": lines,
            "answered": sum(1 for line in lines if line.answer),
            "total": len(lines),
            "next_open": next((line for line in lines if not line.answer), None),
            "error": error,
            "wrong": wrong,
            "response": response,
            "is_end": moment == Moment.END,
        },
        status=422 if error else 200,
    )


def _refuse_closed(mentor, moment):
    """The end checklist has a page once it is open (or was begun)."""
    if moment == Moment.END:
        ready = readiness_of([mentor])[mentor.pk]
        if not (ready.end_is_open or ready.end_answered):
            raise Http404


def _keep_all(request, response):
    """Keep what stands in the page. ChecklistError when a point in it is not on this checklist; the rest is kept."""
    answers = {
        name.removeprefix("value-"): (value, request.POST.get(f"note-{name.removeprefix('value-')}", ""))
        for name, value in request.POST.items()
        if name.startswith("value-") and value
    }
    if answers and service.save_answers(response=response, answers=answers, by=request.membership):
        raise service.ChecklistError(service.NOT_ON_IT)


def _after_finish(request, mentor, moment):
    if moment == Moment.END:
        messages.success(request, _("Thank you. Below you see what has changed since the start."))
        return redirect_in(request, "training:my_training")
    ready = readiness_of([mentor])[mentor.pk]
    if ready.signed_at is None:
        messages.success(request, _("All points answered. Next: the code of conduct."))
        return redirect_in(request, "training:code", mentor.pk)
    if ready.blocking:
        messages.info(request, _("All points answered. One of them has to be covered before you can be matched."))
        return redirect_in(request, "training:point", mentor.pk, ready.blocking[0].key)
    messages.success(request, _("Your training is finished. You can now be matched with a student."))
    return redirect_in(request, "training:my_training")


@requires(Can.COMPLETE_TRAINING)
@require_POST
def answer(request, participant_id, moment=Moment.START):
    """Keep what changed on the checklist page, as it changes. Answers with nothing: the page shows that it is saved."""
    mentor = own_seat(request, participant_id)
    _refuse_closed(mentor, moment)
    try:
        _keep_all(request, service.response_for(mentor, moment=moment))
    except service.ChecklistError as problem:
        return HttpResponseBadRequest(str(problem))
    return render(request, "training/_saved.html")


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "POST"])
def point(request, participant_id, aspect_key):
    """One point after the checklist is finished: what to read, and answering it again."""
    mentor = own_seat(request, participant_id)
    response = speaking_response(mentor)
    if response is None:  # until it is finished, the answer is changed where it was given
        return redirect_in(request, "training:checklist", mentor.pk)
    aspect = checklist_of(response).by_key.get(aspect_key)
    if aspect is None:
        raise Http404
    standing = standings([mentor.pk])[mentor.pk].get(aspect_key) or Standing()
    text = text_for(aspect)
    value = Answer.COVERED if standing.is_need else Answer.NEED
    if request.method == "POST" and request.POST.get("value") in Answer.values:
        value = request.POST["value"]  # a second press asks for the same again, not for the opposite
    form = (CoveredForm if value == Answer.COVERED else MoreForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_again(mentor=mentor, aspect=aspect_key, value=value, by=request.membership, **form.cleaned_data)
        except TrainingError as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            covered = _("Good. “%(point)s” is covered now.")
            asked = _("Noted. Your coordinator sees that you would like more on “%(point)s”.")
            messages.success(request, (covered if value == Answer.COVERED else asked) % {"point": aspect.title})
            return redirect_in(request, "training:my_training")
    read = ResourceRead.objects.visible_to(request.membership).filter(resource=aspect.resource).exists() if text else False
    context = {"mentor": mentor, "aspect": aspect, "standing": standing, "text": text, "is_read": read, "form": form}
    return render(request, "training/point.html", context, status=422 if form.errors else 200)


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "POST"])
def code(request, participant_id):
    """The code of conduct as it binds now, and one's signatures so far."""
    mentor = own_seat(request, participant_id)
    words = code_of(current_code_version())
    signatures = list(mentor.code_signatures.order_by("-signed_at"))
    signature = next((one for one in signatures if one.version == words.version), None)
    error, field = None, ""
    if request.method == "POST" and signature is None:
        try:
            sign_code(
                mentor=mentor,
                name=request.POST.get("signed_name", ""),
                version=request.POST.get("version", ""),
                by=request.membership,
            )
        except TrainingError as problem:
            error, field = str(problem), problem.field
        else:
            messages.success(request, _("Signed. Thank you."))
            return redirect_in(request, "training:my_training")
    context = {
        "mentor": mentor,
        "code": words,
        "signature": signature,
        "before": [one for one in signatures if one != signature],
        "error": error,
        "field": field,
        "typed": request.POST.get("signed_name", ""),
    }
    return render(request, "training/code.html", context, status=422 if error else 200)
