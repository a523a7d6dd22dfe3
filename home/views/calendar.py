"""One's own calendar: the address a calendar program fetches, and the page where one makes it or takes it back."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import link_page, redirect_in, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import calendar as service
from organisations.services import links

from ..calendar import feed_of

CONTENT_TYPE = "text/calendar; charset=utf-8"


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request):
    """Make the address, make another, take it back. It is shown while this sign-in lasts, and never again."""
    kept = f"calendar:{request.membership.pk}"
    link = service.calendar_of(request.membership)
    if request.method == "POST":
        if "stop" in request.POST:
            service.close_calendar(membership=request.membership, by=request.membership)
            request.session.pop(kept, None)
            messages.success(request, _("The address no longer works. You can take the calendar out of your program."))
        elif link is None or "renew" in request.POST:
            request.session[kept] = service.open_calendar(membership=request.membership, by=request.membership)
            messages.success(request, _("Here is your address. Copy it now: it is shown until you sign out."))
        return redirect_in(request, "home:my_calendar")
    address = _address(request.session.get(kept)) if link else ""
    context = {"link": link, "address": address, "webcal": address.replace(urlsplit(address).scheme, "webcal", 1) if address else ""}
    response = render(request, "home/my_calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@link_page(Purpose.CALENDAR)
@require_safe
def feed(request):
    """The calendar as a file. Clients ask again and again; where nothing has changed they are told so in one line."""
    if request.membership is None or request.link.target_id != request.membership.pk:
        raise Http404
    request.membership.organisation = request.organisation
    body, tag, changed = feed_of(request.membership)
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["ETag"] = tag
    response["Last-Modified"] = http_date(changed.timestamp())
    response["Content-Disposition"] = 'inline; filename="alongside.ics"'
    answer = get_conditional_response(request, tag, int(changed.timestamp()), response)
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _address(token) -> str:
    return links.absolute(reverse("home:feed", args=[token])) if token else ""
