"""Who is there: the coordinator's list on a phone, and the code on the screen."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.qr import qr_path
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from organisations.services.links import absolute
from programmes.models import Participant

from ..event_presenters import EventPage, answer_tag, guests_in_order
from ..models import Guest
from ..services import attendance, guests
from ..services.refused import TrainingError
from .events import fetch_event


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def event_attendance(request, gathering_id):
    """One tap for each. A POST adds a mentor who came without being on the list."""
    found = fetch_event(request, gathering_id)
    others = guests.mentors_to_ask(found.programme).exclude(pk__in=found.guests.values("mentor"))
    if request.method == "POST":
        number = request.POST.get("mentor", "")
        mentor = fetch_visible(Participant, request.membership, others, pk=int(number)) if number.isdecimal() else None
        if mentor is None:
            messages.info(request, _("Choose who came."))
        elif _said(request, attendance.add_walk_in, gathering=found, mentor=mentor, by=request.membership):
            messages.success(request, _("%(name)s is on the list, and there.") % {"name": mentor.name})
        return redirect_in(request, "training:event_attendance", found.pk)
    rows = guests_in_order(Guest.objects.visible_to(request.membership).filter(gathering=found))
    context = {
        "event": found,
        "page": EventPage(found, timezone.now()),
        "rows": [{"guest": guest, "tag": answer_tag(guest)} for guest in rows],
        "others": others,
    }
    return render(request, "training/event_attendance.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def event_everybody(request, gathering_id):
    """Everybody who said yes was there."""
    found = fetch_event(request, gathering_id)
    noted = _said(request, attendance.note_everybody, gathering=found, by=request.membership)
    if noted:
        messages.success(request, ngettext("%(n)s mentor noted as there.", "%(n)s mentors noted as there.", noted) % {"n": noted})
    return redirect_in(request, "training:event_attendance", found.pk)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def guest_attended(request, guest_id):
    """One tap: there, or not after all."""
    rows = Guest.objects.select_related("gathering__programme", "mentor__membership")
    guest = fetch_visible(Guest, request.membership, rows, pk=guest_id)
    request.programme = guest.gathering.programme
    if request.POST.get("there") not in {"0", "1"}:
        raise BadRequest
    there = request.POST["there"] == "1"
    noted = _said(request, attendance.note_attendance, guest=guest, there=there, by=request.membership)
    if request.htmx and noted:
        return render(request, "training/_attendance_row.html", {"row": {"guest": noted, "tag": answer_tag(noted)}, "event": guest.gathering})
    url = reverse("training:event_attendance", args=[request.organisation.slug, guest.gathering_id])
    return redirect(f"{url}#guest-{guest.pk}")


@requires(Can.RUN_PROGRAMMES)
@require_GET
def event_code(request, gathering_id):
    """The code, large enough for a projector. htmx asks for the number of those who are there."""
    found = fetch_event(request, gathering_id)
    page = EventPage(found, timezone.now())
    if request.htmx:
        return render(request, "training/_code_count.html", {"page": page})
    here = absolute(reverse("training:here", args=[request.organisation.slug]))
    path, width = qr_path(f"{here}?code={found.code}")
    context = {"event": found, "page": page, "here": here, "qr": {"path": path, "width": width}}
    return render(request, "training/event_code.html", context)


def _said(request, service, **what):
    """What the service gave, or None after saying why not."""
    try:
        return service(**what)
    except TrainingError as problem:
        messages.warning(request, str(problem))
        return None
