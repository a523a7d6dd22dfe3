"""What was sent to whom: for coordinators, what waits or came back first."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from post.models import Letter

from ..access import redirect_in, requires
from ..roles import Can
from ..services.letters import count_by_status, letters_for, retry_letter, text_without_links
from ..services.unreached import open_rows

PER_PAGE = 50


@requires(Can.RUN_PROGRAMMES)
@require_GET
def letters(request):
    status, query = request.GET.get("status", ""), request.GET.get("q", "").strip()[:100]
    found = letters_for(request.membership, status=status, query=query)
    counts = count_by_status(request.membership)
    states = [{"label": _("All"), "url": "?", "on": not status, "count": sum(counts.values())}] + [
        {"label": label, "url": f"?status={value}", "on": status == value, "count": counts.get(value, 0)}
        for value, label in Letter.Status.choices
    ]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "states": states,
        "query": query,
        "status": status,
        "unreached": open_rows(request.membership.organisation_id).count(),
    }
    return render(request, "organisations/letters.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def letter(request, letter_id):
    found = _letter_or_404(request, letter_id)
    files = found.attachments.values_list("name", flat=True)
    return render(request, "organisations/letter.html", {"letter": found, "text": text_without_links(found), "files": files})


@requires(Can.RUN_PROGRAMMES)
@require_POST
def letter_retry(request, letter_id):
    if retry_letter(letter=_letter_or_404(request, letter_id), by=request.membership):
        messages.success(request, _("The letter is on its way again."))
    else:
        messages.info(request, _("This letter does not need to be sent again."))
    return redirect_in(request, "organisations:letter", letter_id)


def _letter_or_404(request, letter_id):
    """A letter about a concern is unknown to everybody but the lead: that there is one says something already."""
    found = letters_for(request.membership).filter(pk=letter_id).first()
    if found is None:
        raise Http404
    return found
