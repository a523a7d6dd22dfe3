"""The supervision log of a programme, for those who run it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.models import Programme

from ..forms.supervision import CoordinatorTalkForm
from ..models import Reflection, Supervision
from ..self_rating_charts import means_charts
from ..services import supervision as service
from ..services.guests import mentors_to_ask
from ..services.refused import TrainingError
from ..services.self_rating import programme_means

PER_PAGE = 50
MOST_SHARED = 20
USUAL_MINUTES = 60


@requires(Can.RUN_PROGRAMMES)
@require_GET
def supervision(request, programme_id):
    """Who has been supervised, the longest ago first; the log; what mentors shared; how they rate themselves, as means."""
    programme = request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    rows = service.overview(programme)
    talks = Supervision.objects.visible_to(request.membership).filter(programme=programme).select_related("noted_by")
    shared = Reflection.objects.visible_to(request.membership).filter(
        readers=Reflection.Readers.COORDINATORS, author__participations__in=[row["mentor"].pk for row in rows]
    )
    context = {
        "programme": programme,
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("mentors")),
        "without": sum(1 for row in rows if row["last"] is None),
        "total": len(rows),
        "log": Paginator(talks.prefetch_related("seats__mentor__membership"), PER_PAGE).get_page(request.GET.get("page")),
        "shared": shared.select_related("author").order_by("-written_at", "-pk")[:MOST_SHARED],
        "charts": (charts := means_charts(programme_means(programme))),
        "no_ratings": not any(one["given"] for one in charts),
    }
    return render(request, "training/supervision.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def supervision_add(request, programme_id):
    programme = request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    usual = {"form": Supervision.Form.ONE_TO_ONE, "held_on": timezone.localdate(), "minutes": USUAL_MINUTES}
    usual |= {"led_by": request.membership.name, "mentors": request.GET.getlist("mentor")}
    form = CoordinatorTalkForm(request.POST or None, mentors=mentors_to_ask(programme), initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            service.log_supervision(programme=programme, by=request.membership, **form.cleaned_data)
        except TrainingError as problem:
            form.add_error(problem.field or None, str(problem))
        else:
            messages.success(request, _("Noted."))
            return redirect_in(request, "training:supervision", programme.pk)
    return render(request, "training/supervision_form.html", {"programme": programme, "form": form}, status=422 if form.errors else 200)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def supervision_remove(request, supervision_id):
    """Taken out by whoever noted it, or by those who run programmes."""
    talk = fetch_visible(Supervision, request.membership, pk=supervision_id)
    runs = request.membership.can(Can.RUN_PROGRAMMES)
    if not runs and talk.noted_by_id != request.membership.pk:
        raise PermissionDenied
    programme_id = talk.programme_id
    service.remove_supervision(supervision=talk, by=request.membership)
    messages.success(request, _("Taken out of the log."))
    return redirect_in(request, "training:supervision", programme_id) if runs else redirect_in(request, "training:my_supervision")
