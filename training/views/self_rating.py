"""How a mentor sees their own skills, at the start and at the end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.models import Participant

from ..forms.self_rating import SelfRatingForm
from ..self_rating_charts import own_chart
from ..services import self_rating as service
from ..services.refused import TrainingError


@requires(Can.COMPLETE_TRAINING)
@require_GET
def my_self_rating(request):
    seats = list(_seats(request).select_related("programme").order_by("-pk"))
    ratings = service.ratings_of(seats)
    rows = [
        {
            "seat": seat,
            "moment": service.moment_open(seat.programme),
            "given": ratings[seat.pk],
            "open": service.moment_open(seat.programme) not in ratings[seat.pk],
            "chart": own_chart(ratings[seat.pk]) if ratings[seat.pk] else None,
        }
        for seat in seats
    ]
    return render(request, "training/my_self_rating.html", {"rows": rows})


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "HEAD", "POST"])
def self_rating(request, participant_id):
    rows = Participant.objects.mentors().select_related("programme")
    seat = fetch_visible(Participant, request.membership, queryset=rows, pk=participant_id)
    if seat.membership_id != request.membership.pk:  # also for those who may see everybody
        raise PermissionDenied
    moment = service.moment_open(seat.programme)
    if moment in service.ratings_of([seat])[seat.pk]:
        if request.method == "POST":
            messages.info(request, _("You have rated yourself already. It stays as it was, so that the change is an honest one."))
        return redirect_in(request, "training:my_self_rating")
    form = SelfRatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.rate_oneself(mentor=seat, points=form.cleaned_data, by=request.membership)
        except TrainingError as problem:
            form.add_error(problem.field or None, str(problem))
        else:
            messages.success(request, _("Kept, for you alone."))
            return redirect_in(request, "training:my_self_rating")
    context = {"seat": seat, "form": form, "moment": moment}
    return render(request, "training/self_rating.html", context, status=422 if form.errors else 200)


def _seats(request):
    return Participant.objects.visible_to(request.membership).filter(membership=request.membership, side="mentor", withdrawn_at=None)
