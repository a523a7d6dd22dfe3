"""The mentor's own training: where I am, the checklist, the code of conduct, something to read."""

from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.models import Participant

from ..library import resource, resources_for
from ..models import ResourceRead
from ..presenters import aspect_lines
from ..presets import CHECKLIST_ASPECTS, CODE_OF_CONDUCT
from ..services import checklist as service
from ..services.readiness import readiness_of
from ..services.reading import mark_read


def _own_seat(request, participant_id):
    """The mentor's own enrolment; another's is refused even to those who may see people."""
    mine = Participant.objects.mentors().filter(membership=request.membership)
    return fetch_visible(Participant, request.membership, queryset=mine, pk=participant_id)


@requires(Can.COMPLETE_TRAINING)
@require_GET
def my_training(request):
    seats = list(
        Participant.objects.visible_to(request.membership)
        .filter(membership=request.membership, side="mentor", withdrawn_at=None)
        .select_related("programme")
        .order_by("-id")
    )
    ready = readiness_of(seats)
    read = set(ResourceRead.objects.visible_to(request.membership).values_list("resource", flat=True))
    return render(
        request,
        "training/my_training.html",
        {
            "seats": [{"seat": seat, "ready": ready[seat.pk]} for seat in seats],
            "resources": [{"resource": one, "read": one.slug in read} for one in resources_for("mentor")],
        },
    )


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "POST"])
def checklist(request, participant_id):
    """All ten on one page. A POST keeps every answer in it (the page without script), then finishes if asked to."""
    mentor = _own_seat(request, participant_id)
    response = service.response_for(mentor)
    error, wrong = None, None
    if request.method == "POST":
        try:
            _keep_all(request, response)
            if "finish" not in request.POST:
                messages.success(request, _("Saved. You can go on whenever you like."))
                return redirect_in(request, "training:my_training")
            service.finish_checklist(response=response, by=request.membership)
        except service.ChecklistError as problem:
            error, wrong = str(problem), next(iter(service.unanswered(response)), None)
        else:
            return _after_finish(request, mentor)
    lines = aspect_lines(response.answers.all())
    return render(
        request,
        "training/checklist.html",
        {
            "mentor": mentor,
            "lines": lines,
            "answered": sum(1 for line in lines if line.answer),
            "next_open": next((line for line in lines if not line.answer), None),
            "error": error,
            "wrong": wrong,
            "response": response,
        },
        status=422 if error else 200,
    )


def _keep_all(request, response):
    for aspect in CHECKLIST_ASPECTS:
        value = request.POST.get(f"value-{aspect.key}")
        if value:
            note = request.POST.get(f"note-{aspect.key}", "")
            service.answer_aspect(response=response, aspect=aspect.key, value=value, note=note, by=request.membership)


def _after_finish(request, mentor):
    if readiness_of([mentor])[mentor.pk].signed_at is None:
        messages.success(request, _("All ten answered. One thing is left: the code of conduct."))
        return redirect_in(request, "training:code", mentor.pk)
    messages.success(request, _("Your training is finished. You can now be matched with a student."))
    return redirect_in(request, "training:my_training")


@requires(Can.COMPLETE_TRAINING)
@require_POST
def answer(request, participant_id):
    """Keep what changed on the checklist page, as it changes. Answers with nothing: the page shows that it is saved."""
    mentor = _own_seat(request, participant_id)
    try:
        _keep_all(request, service.response_for(mentor))
    except service.ChecklistError as problem:
        return HttpResponseBadRequest(str(problem))
    return render(request, "training/_saved.html")


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "POST"])
def code(request, participant_id):
    mentor = _own_seat(request, participant_id)
    signature = mentor.code_signatures.filter(version=CODE_OF_CONDUCT.version).first()
    error = None
    if request.method == "POST" and signature is None:
        try:
            service.sign_code(mentor=mentor, name=request.POST.get("signed_name", ""), by=request.membership)
        except service.ChecklistError as problem:
            error = str(problem)
        else:
            messages.success(request, _("Signed. Thank you."))
            return redirect_in(request, "training:my_training")
    context = {"mentor": mentor, "code": CODE_OF_CONDUCT, "signature": signature, "error": error}
    return render(request, "training/code.html", context, status=422 if error else 200)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "POST"])
def read(request, resource_slug):
    """One short text; the button at its end marks it as read."""
    try:
        text = resource(resource_slug)
    except KeyError:
        raise Http404 from None
    if request.method == "POST":
        mark_read(membership=request.membership, slug=text.slug)
        messages.success(request, _("Marked as read."))
        return redirect_in(request, "training:my_training" if request.membership.can(Can.COMPLETE_TRAINING) else "training:resources")
    is_read = ResourceRead.objects.visible_to(request.membership).filter(resource=text.slug).exists()
    return render(request, "training/resource.html", {"resource": text, "is_read": is_read})

