"""Events as a mentor meets them: what comes, yes or no, the code on the screen. Signed in, or by signed link."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.ical import PUBLISH, content_type
from organisations.access import fetch_visible, link_page, redirect_in, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import links

from ..event_words import aspect_titles, length_words, when_words, where_words
from ..forms.events import CodeForm
from ..models import Gathering, Guest
from ..services import attendance, guests
from ..services.aspects import points_of
from ..services.event_letters import FILE_NAME, calendar_of
from ..services.needs import ready_again
from ..services.refused import TrainingError

MOST_PAST = 50


@requires(Can.COMPLETE_TRAINING)
@require_GET
def my_events(request):
    now = timezone.now()
    rows = _own_guests(request).order_by("gathering__starts_at", "pk")
    coming = [_row(guest) for guest in rows.filter(gathering__ends_at__gt=now, gathering__cancelled_at=None)]
    past = rows.filter(attended_at__isnull=False, gathering__ends_at__lte=now).order_by("-gathering__starts_at", "-pk")[:MOST_PAST]
    context = {"coming": coming, "past": [_row(guest) for guest in past], "is_on": bool(attendance.open_gatherings(request.membership, now))}
    return render(request, "training/my_events.html", context)


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "HEAD", "POST"])
def my_event(request, gathering_id):
    found = fetch_visible(Gathering, request.membership, pk=gathering_id)
    guest = _own_guests(request).filter(gathering=found).first()
    if guest is None:  # a coordinator sees it, but was not asked
        raise PermissionDenied
    slug = request.organisation.slug
    door = {
        "here": request.path,
        "calendar": reverse("training:event_calendar", args=[slug, found.pk]),
        "back": reverse("training:my_events", args=[slug]),
        "by_link": False,
    }
    return _page(request, guest, door)


@link_page(Purpose.EVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def event_by_link(request):
    token = request.resolver_match.kwargs["token"]
    door = {"here": request.path, "calendar": reverse("training:event_calendar_by_link", args=[token]), "back": "", "by_link": True}
    return _page(request, _linked(request), door)


@requires(Can.COMPLETE_TRAINING)
@require_GET
def event_calendar(request, gathering_id):
    rows = Gathering.objects.select_related("programme__organisation")
    return _calendar(fetch_visible(Gathering, request.membership, rows, pk=gathering_id))


@link_page(Purpose.EVENT)
@require_GET
def event_calendar_by_link(request):
    return _calendar(_linked(request).gathering)


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "HEAD", "POST"])
def here(request):
    """The code on the screen, typed, or brought along by its QR code. Only the button acts."""
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            guest = attendance.type_code(membership=request.membership, code=form.cleaned_data["code"])
        except TrainingError as problem:
            form.add_error("code", str(problem))
        else:
            messages.success(request, _("You are on the list. Welcome."))
            return redirect_in(request, "training:my_event", guest.gathering_id)
    return render(request, "training/here.html", {"form": form}, status=422 if form.errors else 200)


def _own_guests(request):
    rows = Guest.objects.visible_to(request.membership).filter(mentor__membership=request.membership)
    return rows.select_related("gathering__programme__organisation", "mentor__membership")


def _linked(request) -> Guest:
    rows = Guest.objects.select_related("gathering__programme__organisation", "mentor__membership")
    guest = fetch_visible(Guest, request.membership, rows, pk=request.link.target_id) if request.membership else None
    if guest is None or guest.mentor.membership_id != request.membership.pk:
        raise Http404
    return guest


def _page(request, guest, door):
    """GET shows and never acts: mail scanners open links."""
    gathering, error, now = guest.gathering, None, timezone.now()
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        try:
            guests.answer_invitation(guest=guest, answer=answer, by=request.membership, by_link=door["by_link"])
        except TrainingError as problem:
            error = str(problem)
        else:
            if door["by_link"]:
                links.finish_link(request.link)
            return redirect(door["here"])
    request.programme = gathering.programme
    again = ready_again([guest.mentor])[guest.mentor_id] if guest.was_there else {}
    points = points_of(gathering.programme)
    context = {
        "event": gathering,
        "guest": guest,
        "door": door,
        "error": error,
        "when": when_words(gathering),
        "where": where_words(gathering),
        "length": length_words(gathering.minutes),
        "aspects": aspect_titles(gathering.aspects, points),
        "again": [one for one in points if one.key in again and again[one.key].pk == gathering.pk],
        "has_begun": gathering.has_begun(now),
        "is_over": gathering.is_over(now),
        "takes_codes": gathering.takes_codes(now),
        "is_full": not guests.places_left(gathering),
    }
    return render(request, "training/my_event.html", context, status=422 if error else 200)


def _row(guest):
    return {"guest": guest, "event": guest.gathering, "when": when_words(guest.gathering), "where": where_words(guest.gathering)}


def _calendar(gathering):
    response = HttpResponse(calendar_of(gathering), content_type=content_type(PUBLISH))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=FILE_NAME)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
