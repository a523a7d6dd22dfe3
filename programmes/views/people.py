"""The people of a programme: lists, one person, by hand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.models import Membership
from organisations.roles import Can
from organisations.services.jobs import latest_job, start_job

from ..access import open_programme
from ..enums import Side
from ..forms.people import FactsForm, NewParticipantForm, PlacementForm, WithdrawForm, facts_of
from ..models import Participant, Placement
from ..services import people as service
from ..services import placements as placement_service
from ..services.programmes import ProgrammeError

PER_PAGE = 50


@requires(Can.RUN_PROGRAMMES)
@require_GET
def participants(request, programme_id):
    """Students or mentors of a programme, with what is missing about each in words."""
    programme = open_programme(request, programme_id)
    side = Side.MENTOR if request.GET.get("side") == "mentor" else Side.STUDENT
    query = request.GET.get("q", "").strip()
    everybody = Participant.objects.visible_to(request.membership).filter(programme=programme)
    counts = everybody.filter(withdrawn_at=None).aggregate(
        students=Count("pk", filter=Q(side="student")),
        mentors=Count("pk", filter=Q(side="mentor")),
    )
    waiting = service.not_invited(programme=programme, by=request.membership).aggregate(
        all=Count("pk"), students=Count("pk", filter=Q(side="student"))
    )
    rows = _found(everybody.filter(side=side), query).select_related("tutor").annotate(placed=Count("placements"))
    rows = rows.prefetch_related(
        Prefetch("membership", Membership.objects.with_invitation()),
        Prefetch("placements", Placement.objects.select_related("site__employer")),
    )
    page = Paginator(rows.order_by("membership__first_name", "membership__last_name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "programmes/participants.html",
        {
            "programme": programme,
            "side": side,
            "q": query,
            "page": page,
            "counts": counts,
            "waiting": waiting,
            "job": latest_job(service.INVITE, target_id=programme.pk),
            "today": timezone.localdate(),
        },
    )


def _found(rows, query):
    for word in query.split()[:5]:
        rows = rows.filter(
            Q(membership__first_name__icontains=word)
            | Q(membership__last_name__icontains=word)
            | Q(membership__email__icontains=word)
            | Q(student_ref__iexact=word)
        )
    return rows


@requires(Can.RUN_PROGRAMMES)
@require_GET
def participant(request, participant_id):
    rows = Participant.objects.select_related("membership", "programme", "tutor")
    person = fetch_visible(Participant, request.membership, rows, pk=participant_id)
    request.programme = person.programme
    placements = Placement.objects.visible_to(request.membership).filter(student=person)
    context = {"person": person, "placements": placements.select_related("site__employer", "line_manager"), "programme": person.programme}
    return render(request, "programmes/participant.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def participant_edit(request, participant_id):
    rows = Participant.objects.select_related("membership", "programme")
    person = fetch_visible(Participant, request.membership, rows, pk=participant_id)
    request.programme = person.programme
    form = FactsForm(request.POST or None, side=person.side, initial=facts_of(person))
    if request.method == "POST" and form.is_valid():
        service.change_participant(participant=person, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect_in(request, "programmes:participant", person.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/participant_form.html", {"form": form, "person": person}, status=status)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def participant_add(request, programme_id):
    programme = open_programme(request, programme_id)
    side = Side.MENTOR if request.GET.get("side") == "mentor" else Side.STUDENT
    form = NewParticipantForm(request.POST or None, side=side)
    if request.method == "POST" and form.is_valid():
        try:
            person = service.add_participant(programme=programme, side=side, by=request.membership, **form.cleaned_data)
        except ProgrammeError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("%(name)s takes part now.") % {"name": person.name})
            return redirect_in(request, "programmes:participant", person.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/participant_form.html", {"form": form, "programme": programme, "side": side}, status=status)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def participant_withdraw(request, participant_id):
    rows = Participant.objects.select_related("membership", "programme")
    person = fetch_visible(Participant, request.membership, rows, pk=participant_id)
    request.programme = person.programme
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        service.withdraw_participant(participant=person, by=request.membership, **form.cleaned_data)
        messages.success(request, _("%(name)s no longer takes part.") % {"name": person.name})
        return redirect_in(request, "programmes:participants", person.programme_id)
    return render(request, "programmes/withdraw.html", {"form": form, "person": person})


@requires(Can.RUN_PROGRAMMES)
@require_POST
def participants_invite(request, programme_id):
    """Have the worker write to every student who is not invited. Mentors are asked to train instead."""
    programme = open_programme(request, programme_id)
    if service.not_invited(programme=programme, by=request.membership).students().exists():
        start_job(service.INVITE, by=request.membership, target_id=programme.pk)
    else:
        messages.info(request, _("Every student has been invited already."))
    return redirect_in(request, "programmes:participants", programme.pk)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def placement_add(request, participant_id):
    rows = Participant.objects.students().select_related("membership", "programme")
    person = fetch_visible(Participant, request.membership, rows, pk=participant_id)
    return _placement_page(request, person, None)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "POST"])
def placement(request, placement_id):
    rows = Placement.objects.select_related("student__membership", "student__programme", "site__employer")
    found = fetch_visible(Placement, request.membership, rows, pk=placement_id)
    return _placement_page(request, found.student, found)


def _placement_page(request, person, found):
    request.programme = person.programme
    form = PlacementForm(request.POST or None, initial=PlacementForm.values_of(found) if found else None, is_new=found is None)
    if request.method == "POST" and form.is_valid():
        try:
            placement_service.save_placement(placement=found, student=person, by=request.membership, **form.cleaned_data)
        except ProgrammeError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect_in(request, "programmes:participant", person.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/placement_form.html", {"form": form, "person": person, "placement": found}, status=status)
