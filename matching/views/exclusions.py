"""Who must not be matched with whom, and the pairs that were removed from earlier drafts."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..enums import ProposalStatus
from ..forms import ExclusionForm
from ..models import Exclusion, MatchRun, Proposal
from ..services import exclusions as service
from ..services.refused import Refused
from .common import gone, open_programme

MOST = 200


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def exclusions(request, programme_id):
    programme = open_programme(request, programme_id)
    form = ExclusionForm(request.POST or None, membership=request.membership, programme=programme)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = _("%(student)s and %(mentor)s will not be matched.") % {
            "student": data["student"].name,
            "mentor": data["mentor"].name,
        }
        try:
            service.exclude_pair(programme=programme, by=request.membership, **data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect_in(request, "matching:exclusions", programme.pk)
    people = ("student__membership", "mentor__membership")
    rows = Exclusion.objects.visible_to(request.membership).filter(programme=programme)
    removed = Proposal.objects.visible_to(request.membership).filter(programme=programme, status=ProposalStatus.REMOVED)
    return render(
        request,
        "matching/exclusions.html",
        {
            "programme": programme,
            "form": form,
            "rows": rows.select_related(*people, "by").order_by("-pk")[:MOST],
            "removed": removed.exclude(run__status=MatchRun.Status.DRAFT).select_related(*people).order_by("-pk")[:MOST],
        },
        status=422 if form.errors else 200,
    )


@requires(Can.RUN_PROGRAMMES)
@require_POST
def exclusion_lift(request, exclusion_id):
    if noted := gone(request, Exclusion, exclusion_id, "exclusion lifted", "programme"):
        return redirect_in(request, "matching:exclusions", noted["programme"])
    exclusion = fetch_visible(Exclusion, request.membership, pk=exclusion_id)
    programme_id = exclusion.programme_id
    try_to(request, _("The exclusion is lifted."), service.lift_exclusion, exclusion=exclusion, by=request.membership)
    return redirect_in(request, "matching:exclusions", programme_id)
