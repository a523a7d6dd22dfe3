"""Events of a programme, for those who run it: plan, change, choose who is asked, write to them, call off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from organisations.services.jobs import latest_job
from programmes.models import Programme

from ..event_presenters import EventPage, answer_tag, event_rows, guests_in_order, with_numbers
from ..event_words import when_words
from ..forms.events import CancelForm, GatheringForm, GuestsForm, values_of
from ..models import Gathering, Guest
from ..services import gatherings, guests
from ..services.aspects import points_of
from ..services.refused import TrainingError

PER_PAGE = 50
USUAL_MINUTES = 90


@requires(Can.RUN_PROGRAMMES)
@require_GET
def events(request, programme_id):
    """What is to come first, then what has been."""
    programme = request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    now = timezone.now()
    found = with_numbers(Gathering.objects.visible_to(request.membership).filter(programme=programme))
    coming = found.standing().filter(ends_at__gt=now).order_by("starts_at", "pk")
    past = found.exclude(pk__in=coming.values("pk")).order_by("-starts_at", "-pk")
    page = Paginator(past, PER_PAGE).get_page(request.GET.get("page"))
    points = points_of(programme)
    context = {"programme": programme, "coming": event_rows(coming, now, points), "past": event_rows(page, now, points), "page": page}
    return render(request, "training/events.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def event_add(request, programme_id):
    programme = request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    points = points_of(programme)
    form = GatheringForm(request.POST or None, points=points, initial=_usual(request, points))
    if request.method == "POST" and form.is_valid():
        made = _do(form, gatherings.create_gathering, programme=programme, by=request.membership, **form.values())
        if made:
            messages.success(request, _("Planned. Nobody has been told yet: look it over, then send the invitations."))
            name = "training:event_guests" if made.audience == Gathering.Audience.CHOSEN else "training:event"
            return redirect_in(request, name, made.pk)
    return render(request, "training/event_form.html", {"programme": programme, "form": form}, status=_status(form))


@requires(Can.RUN_PROGRAMMES)
@require_GET
def event(request, gathering_id):
    found = fetch_event(request, gathering_id)
    page = Paginator(guests_in_order(Guest.objects.visible_to(request.membership).filter(gathering=found)), PER_PAGE)
    shown = page.get_page(request.GET.get("page"))
    rows = [{"guest": guest, "tag": answer_tag(guest)} for guest in shown]
    job = latest_job(guests.INVITE_JOB, target_id=found.pk)
    context = {
        "event": found,
        "page": EventPage(found, timezone.now()),
        "guests": rows,
        "shown": shown,
        "job": job,
        "writing": job is not None and not job.is_over,
    }
    return render(request, "training/event.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def event_change(request, gathering_id):
    found = fetch_event(request, gathering_id)
    form = GatheringForm(request.POST or None, gathering=found, points=points_of(found.programme), initial=values_of(found))
    if request.method == "POST" and form.is_valid():
        before = found.sequence
        changed = _do(form, gatherings.change_gathering, gathering=found, by=request.membership, **form.values())
        if changed:
            told = changed.sequence > before and changed.guests.exclude(invited_at=None).exists()
            messages.success(request, _("Changed. Everybody who was asked gets a letter about it.") if told else _("Changed."))
            return redirect_in(request, "training:event", found.pk)
    context = {"programme": found.programme, "event": found, "form": form}
    return render(request, "training/event_form.html", context, status=_status(form))


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def event_guests(request, gathering_id):
    """Choose who is asked, one by one. Those who were written to stay."""
    found = fetch_event(request, gathering_id)
    everybody = guests.mentors_to_ask(found.programme)
    kept = set(found.guests.exclude(invited_at=None, attended_at=None).values_list("mentor", flat=True))
    initial = list(found.guests.values_list("mentor", flat=True))
    form = GuestsForm(request.POST or None, mentors=everybody.exclude(pk__in=kept), initial={"mentors": initial})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["mentors"]
        if _do(form, guests.set_guests, gathering=found, mentors=chosen, by=request.membership):
            return redirect_in(request, "training:event", found.pk)
    in_need = set(guests.mentors_in_need(found.programme, found.aspects).values_list("pk", flat=True)) if found.aspects else set()
    mentors = list(everybody)
    context = {
        "event": found,
        "form": form,
        "choosable": any(mentor.pk not in kept for mentor in mentors),
        "kept": [mentor for mentor in mentors if mentor.pk in kept],
        "in_need": [mentor.name for mentor in mentors if mentor.pk in in_need],
    }
    return render(request, "training/event_guests.html", context, status=_status(form))


@requires(Can.RUN_PROGRAMMES)
@require_POST
def event_invite(request, gathering_id):
    found = fetch_event(request, gathering_id)
    try:
        sent = guests.start_invitations(gathering=found, by=request.membership)
    except TrainingError as problem:
        messages.warning(request, str(problem))
    else:
        if sent is None:
            messages.info(request, _("The invitations are being written. You can leave this page."))
        elif sent:
            words = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent) % {"n": sent}
            messages.success(request, words)
        else:
            messages.info(request, _("Everybody has been written to already."))
    return redirect_in(request, "training:event", found.pk)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def event_cancel(request, gathering_id):
    """Asks first, and says what goes with it."""
    found = fetch_event(request, gathering_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            gatherings.cancel_gathering(gathering=found, by=request.membership, reason=form.cleaned_data["reason"])
        except TrainingError as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, _("“%(title)s” is cancelled.") % {"title": found.title})
        return redirect_in(request, "training:event", found.pk)
    told = found.guests.exclude(invited_at=None).exclude(answer=Guest.Answer.NO).count()
    words = ngettext("%(n)s mentor gets a letter.", "%(n)s mentors get a letter.", told) % {"n": told}
    lost = [_("The time counted for those who were there is taken back.")] if found.counts_as and found.guests.there().exists() else []
    context = {
        "title": _("Cancel “%(title)s”?") % {"title": found.title},
        "lead": when_words(found),
        "consequences": [words, *lost, _("It leaves their calendars."), _("It stays in your list, marked as cancelled.")],
        "action_label": _("Cancel the event"),
        "cancel_url": reverse("training:event", args=[request.organisation.slug, found.pk]),
        "danger": True,
        "form": form,
    }
    return render(request, "confirm.html", context)


def fetch_event(request, gathering_id) -> Gathering:
    """The event in the address; the navigation follows its programme."""
    rows = Gathering.objects.select_related("programme")
    found = fetch_visible(Gathering, request.membership, rows, pk=gathering_id)
    found.programme.organisation = request.organisation
    request.programme = found.programme
    return found


def _usual(request, points):
    """What a new event begins with; ?aspect= names what it should be about, and asks those who need it."""
    aspects = [aspect.key for aspect in points if aspect.key in request.GET.getlist("aspect")]
    audience = Gathering.Audience.NEEDS if aspects else Gathering.Audience.ALL
    return {
        "kind": Gathering.Kind.TRAINING,
        "minutes": USUAL_MINUTES,
        "host": request.membership.name,
        "aspects": aspects,
        "audience": audience,
    }


def _do(form, service, **what):
    """Run the service; what it refuses stands by its field. Returns what it gave, or True for nothing, or None when refused."""
    try:
        return service(**what) or True
    except TrainingError as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return None


def _status(form):
    return 422 if form.is_bound and form.errors else 200
