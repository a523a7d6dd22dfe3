"""Publishing: says first what goes to whom."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organisations.access import redirect_in, requires
from organisations.roles import Can

from ..services import publishing, runs
from ..services.refused import Refused
from .common import open_programme, try_to


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request, programme_id):
    programme = open_programme(request, programme_id)
    run = runs.latest_run(programme)
    if run is None:
        messages.warning(request, _("There is no proposal to publish yet."))
        return redirect_in(request, "matching:programme", programme.pk)
    if request.method == "POST":
        # The page says which draft it spoke of, so that nobody publishes one they have not seen.
        if request.POST.get("run") != str(run.pk):
            messages.warning(request, _("There is a newer draft by now. Please look at that one before publishing."))
        else:
            try_to(request, "", publishing.start_publishing, run=run, by=request.membership)
        return redirect_in(request, "matching:programme", programme.pk)
    try:
        publishing.refuse_unless_draft(run)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect_in(request, "matching:programme", programme.pk)
    foreseen = publishing.foresee(run, programme)
    words = _words(programme, foreseen.count, run.unmatched.count() + len(foreseen.left_out))
    return render(request, "matching/publish.html", {"programme": programme, "run": run, "left_out": foreseen.left_out, **words})


def _words(programme, out, without):
    answer = ngettext("Each has %(n)d day to answer.", "Each has %(n)d days to answer.", programme.answer_days)
    lines = [
        ngettext(
            "%(n)d student and their mentor get a letter each: who, and why.",
            "%(n)d students and their mentors get a letter for each pair: who, and why.",
            out,
        ) % {"n": out},
        answer % {"n": programme.answer_days} + " " + _("The mentorship starts when both have said yes."),
        _("From then on the proposals can be taken back one by one, and both are told."),
    ]  # fmt: skip
    if without:
        lines.append(
            ngettext(
                "%(n)d student without a proposal hears nothing yet.", "%(n)d students without a proposal hear nothing yet.", without
            ) % {"n": without}
        )  # fmt: skip
    return {"letters": 2 * out, "count": out, "consequences": lines}
