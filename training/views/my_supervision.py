"""A mentor's own supervision log, and what they keep of it for themself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import author_of, fetch_visible, redirect_in, requires
from organisations.roles import Can
from organisations.services import drafts
from programmes.models import Participant

from ..event_words import length_words
from ..forms.supervision import OwnTalkForm, ReflectionForm
from ..models import Gathering, Reflection, Supervision, SupervisionSeat
from ..services import supervision as service
from ..services.refused import TrainingError

PER_PAGE = 50
USUAL_MINUTES = 60


@requires(Can.COMPLETE_TRAINING)
@require_GET
def my_supervision(request):
    seats = SupervisionSeat.objects.visible_to(request.membership).filter(mentor__membership=request.membership)
    talks = Supervision.objects.visible_to(request.membership).filter(pk__in=seats.values("supervision"))
    page = Paginator(talks, PER_PAGE).get_page(request.GET.get("page"))
    own = Reflection.objects.visible_to(request.membership).filter(author=request.membership)
    context = {
        "page": page,
        "length": length_words(sum(talks.values_list("minutes", flat=True))),
        "reflections": Paginator(own.select_related("supervision", "gathering"), PER_PAGE).get_page(request.GET.get("reflections")),
    }
    return render(request, "training/my_supervision.html", context)


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "HEAD", "POST"])
def my_supervision_add(request):
    seats = Participant.objects.visible_to(request.membership).filter(membership=request.membership).mentors().active()
    usual = {"form": Supervision.Form.ONE_TO_ONE, "held_on": timezone.localdate(), "minutes": USUAL_MINUTES}
    form = OwnTalkForm(request.POST or None, seats=seats.select_related("programme").order_by("-pk"), initial=usual)
    if not form.seats:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        mentor = values.pop("mentor")
        try:
            talk = service.log_supervision(programme=mentor.programme, mentors=[mentor], by=request.membership, **values)
        except TrainingError as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            messages.success(request, _("Noted. If you like, write down what you take with you: only you see it."))
            return redirect_in(request, "training:reflection_of_talk", talk.pk)
    return render(request, "training/my_supervision_form.html", {"form": form}, status=422 if form.errors else 200)


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "HEAD", "POST"])
def reflection_add(request, supervision_id=None, gathering_id=None):
    """A new reflection: about a talk, about an event, or about nothing in particular."""
    talk = _own_talk(request, supervision_id) if supervision_id else None
    event = _own_event(request, gathering_id) if gathering_id else None
    key = f"reflection-talk:{talk.pk}" if talk else f"reflection-event:{event.pk}" if event else "reflection"
    return _reflection_page(request, key, supervision=talk, gathering=event)


@requires(Can.COMPLETE_TRAINING)
@require_http_methods(["GET", "HEAD", "POST"])
def reflection(request, reflection_id):
    """Change one of one's own; shared ones are read by coordinators elsewhere, and changed by nobody else."""
    found = _own_reflection(request, reflection_id)
    return _reflection_page(request, f"reflection:{found.pk}", reflection=found)


@requires(Can.COMPLETE_TRAINING)
@require_POST
def reflection_delete(request, reflection_id):
    service.delete_reflection(reflection=_own_reflection(request, reflection_id))
    messages.success(request, _("Deleted. No copy is kept."))
    return redirect_in(request, "training:my_supervision")


def _own_reflection(request, reflection_id):
    found = fetch_visible(Reflection, request.membership, pk=reflection_id)
    if found.author_id != request.membership.pk:
        raise PermissionDenied
    return found


def _own_talk(request, supervision_id):
    talk = fetch_visible(Supervision, request.membership, pk=supervision_id)
    if not talk.seats.filter(mentor__membership=request.membership).exists():
        raise PermissionDenied
    return talk


def _own_event(request, gathering_id):
    event = fetch_visible(Gathering, request.membership, pk=gathering_id)
    if not event.guests.there().filter(mentor__membership=request.membership).exists():
        raise Http404
    return event


def _reflection_page(request, form_key, *, reflection=None, supervision=None, gathering=None):
    draft = {"author_key": author_of(request), "form_key": form_key}
    kept = {"text": reflection.text, "readers": reflection.readers} if reflection else {}
    typed = drafts.load_draft(**draft)
    form = ReflectionForm(request.POST or None, initial=kept | typed)
    if request.method == "POST" and form.is_valid():
        try:
            service.write_reflection(
                by=request.membership, reflection=reflection, supervision=supervision, gathering=gathering, **form.cleaned_data
            )
        except TrainingError as problem:
            form.add_error(problem.field or None, str(problem))
        else:
            drafts.drop_draft(**draft)
            messages.success(request, _("Saved."))
            return redirect_in(request, "training:my_supervision")
    context = {
        "form": form,
        "form_key": form_key,
        "reflection": reflection,
        "supervision": supervision or (reflection and reflection.supervision),
        "gathering": gathering or (reflection and reflection.gathering),
        "has_draft": bool(typed) and not form.is_bound,
    }
    return render(request, "training/reflection.html", context, status=422 if form.errors else 200)
