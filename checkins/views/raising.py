"""Saying that one is worried, signed in or by any signed link; and what becomes of it, for who said it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matching.models import Mentorship
from organisations.access import fetch_visible, link_page, redirect_in, requires
from organisations.enums import Purpose
from organisations.roles import Can

from .. import worried as links
from ..forms.concern import ConcernForm
from ..services import concerns as service
from ..services.handlers import hours_in_words, readers_now, safeguarding

# Whoever holds one of these has something to do here; only an invitation to join does not count.
BY_LINK = [purpose for purpose in Purpose if purpose != Purpose.JOIN]


@requires(Can.RAISE_CONCERN)
@require_http_methods(["GET", "HEAD", "POST"])
def concern_raise(request, mentorship_id=None):
    rows = Mentorship.objects.select_related("programme", "organisation")
    mentorship = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id) if mentorship_id else None
    form = ConcernForm(request.POST or None, may_pause=_may_pause(mentorship))
    if request.method == "POST" and form.is_valid():
        service.raise_concern(by=request.membership, mentorship=mentorship, **form.cleaned_data)
        messages.success(request, _("It is on its way."))
        return redirect_in(request, "checkins:my_concerns")
    raised = reverse("checkins:my_concerns", args=[request.organisation.slug])
    back = mentorship.get_absolute_url() if mentorship else raised
    return _page(request, form, back)


@link_page(*BY_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def worried_by_link(request):
    token = request.resolver_match.kwargs["token"]
    back, mentorship = links.way_back(request.link, token), links.mentorship_of(request.link)
    if "sent" in request.GET and request.method != "POST":
        return render(request, "checkins/concern_sent.html", {"back": back, "safety": safeguarding()})
    form = ConcernForm(request.POST or None, may_pause=_may_pause(mentorship) and request.membership is not None)
    if request.method == "POST" and form.is_valid():
        name = "" if request.membership else request.link.holder_name
        service.raise_concern(by=request.membership, by_name=name, mentorship=mentorship, by_link=True, **form.cleaned_data)
        return redirect(reverse("checkins:worried_by_link", args=[token]) + "?sent")
    return _page(request, form, back)


@requires(Can.SEE_OWN_PAGES)
@require_safe
def my_concerns(request):
    receipts = [(one, hours_in_words(one.hours)) for one in service.receipts_of(request.membership)]
    shared = service.shared_with(request.membership)
    return render(request, "checkins/my_concerns.html", {"receipts": receipts, "shared": shared, "safety": safeguarding()})


def _may_pause(mentorship):
    return mentorship is not None and mentorship.is_in_contact


def _page(request, form, back):
    safety = safeguarding()
    context = {"form": form, "back": back, "readers": readers_now(request.organisation), "safety": safety}
    return render(request, "checkins/concern_raise.html", context)
