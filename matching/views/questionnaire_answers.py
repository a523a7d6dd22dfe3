"""Answering a questionnaire: signed in or by signed link; kept while it is filled, changed as often as one likes."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import fetch_visible, link_page, requires
from organisations.enums import Purpose
from organisations.roles import Can
from programmes.models import Participant

from ..forms.background import BackgroundForm
from ..forms.questionnaire import QuestionnaireForm
from ..models import Proposal
from ..services import background as own_background
from ..services import questionnaire_answers as service
from ..services import questionnaire_listing as listing
from ..services.questionnaire_sheets import sheet_now
from ..services.refused import Refused

_ROWS = ("membership", "programme", "organisation", "questionnaire_response")


@dataclass(frozen=True)
class Doors:
    """The addresses of one person's pages, by the way they came in."""

    here: str
    draft: str
    background: str
    by_link: bool


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_answer(request, participant_id):
    return _page(request, *_own(request, participant_id))


@link_page(Purpose.QUESTIONNAIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_by_link(request):
    return _page(request, *_linked(request))


@requires(Can.SEE_OWN_PAGES)
@require_POST
def questionnaire_draft(request, participant_id):
    return _keep(request, *_own(request, participant_id))


@link_page(Purpose.QUESTIONNAIRE)
@require_POST
def questionnaire_draft_by_link(request):
    return _keep(request, *_linked(request))


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_background(request, participant_id):
    return _background(request, *_own(request, participant_id))


@link_page(Purpose.QUESTIONNAIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_background_by_link(request):
    return _background(request, *_linked(request))


def _own(request, participant_id):
    """One's own enrolment; another's is refused even to those who may see people."""
    person = fetch_visible(Participant, request.membership, Participant.objects.select_related(*_ROWS), pk=participant_id)
    if person.membership_id != request.membership.pk:
        raise PermissionDenied
    request.programme = person.programme
    args = [request.organisation.slug, person.pk]
    names = ("matching:questionnaire_answer", "matching:questionnaire_draft", "matching:questionnaire_background")
    return person, Doors(*(reverse(name, args=args) for name in names), by_link=False)


def _linked(request):
    rows = Participant.objects.select_related(*_ROWS).visible_to(request.membership) if request.membership else None
    person = rows.filter(pk=request.link.target_id, membership=request.membership).first() if rows is not None else None
    if person is None:
        raise Http404
    args = [request.resolver_match.kwargs["token"]]
    names = ("matching:questionnaire_by_link", "matching:questionnaire_draft_by_link", "matching:questionnaire_background_by_link")
    return person, Doors(*(reverse(name, args=args) for name in names), by_link=True)


def _page(request, person, doors):
    """GET shows and never acts: mail scanners open links."""
    sheet = sheet_now(person.programme, person.side)
    response = getattr(person, "questionnaire_response", None)
    if not service.is_open(person):
        return render(request, "matching/questionnaire_closed.html", {"person": person, "doors": doors})
    words = listing.words_in_use(person.programme, sheet)
    answers = service.answers_of(person, sheet, service.stored_answers(response))
    draft = {}
    if request.method == "POST":
        form = QuestionnaireForm(request.POST, sheet=sheet, words=words, answers=answers)
        if "later" in request.POST:
            return _later(request, person, form, doors)
        if form.is_valid() and _saved(request, person, sheet, form, doors):
            return redirect(f"{doors.here}?done=1")
    else:
        draft = _worth(service.load_draft(person))
        begin = {**draft, "seen": service.stamp_of(response)}
        form = QuestionnaireForm(sheet=sheet, words=words, answers=answers, initial=begin)
    context = {
        "person": person,
        "programme": person.programme,
        "sheet": sheet,
        "form": form,
        "doors": doors,
        "response": response,
        "has_draft": bool(draft),
        "is_done": bool(response and response.answered_at) and request.GET.get("done") == "1" and not form.is_bound,
        "is_matched": _is_matched(request, person),
        "towns": listing.towns_offered(),
        "is_newer": bool(response and response.answered_at and response.version != sheet.version),
    }
    return render(request, "matching/questionnaire_answer.html", context, status=422 if form.is_bound else 200)


def _worth(draft):
    """What was begun, without the fields left empty: a roster may have filled those meanwhile."""
    return {name: value for name, value in draft.items() if value}


def _saved(request, person, sheet, form, doors):
    """Whether the answers are kept; else the form says why, and shows what was typed."""
    try:
        service.save_answers(
            participant=person,
            sheet=sheet,
            answers=form.answers(),
            by=request.membership,
            by_link=doors.by_link,
            seen=form.cleaned_data["seen"],
        )
    except service.ChangedMeanwhile as changed:
        form.add_error(None, str(changed))
        form.data = form.data.copy()
        form.data["seen"] = service.stamp_of(service.response_of(person))
        return False
    except Refused as refused:
        messages.info(request, str(refused))
    return True


def _later(request, person, form, doors):
    """The button for those without script: kept as it stands, nothing judged."""
    try:
        service.save_draft(person, form.typed())
    except ValueError:
        messages.warning(request, _("That is too long to be kept. Please shorten what you wrote."))
    else:
        messages.success(request, _("Kept. Open the same link to go on.") if doors.by_link else _("Kept. You can go on whenever you like."))
    return redirect(doors.here)


def _keep(request, person, doors):
    """Autosave. What is closed meanwhile has nothing to keep."""
    if not service.is_open(person):
        return HttpResponse(status=204)
    form = QuestionnaireForm(request.POST, sheet=sheet_now(person.programme, person.side))
    try:
        service.save_draft(person, form.typed())
    except ValueError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


def _is_matched(request, person):
    """Whether a suggestion is out or was accepted: answers then count for a later run."""
    rows = Proposal.objects.visible_to(request.membership).filter(**{person.side: person})
    return rows.filter(status__in=["published", "accepted"]).exists()


def _background(request, person, doors):
    """Apart from the rest, kept by its button only. By link it is written but not shown: letters get forwarded."""
    sheet = sheet_now(person.programme, person.side)
    kept = own_background.has_background(person)
    if not service.is_open(person) or not (sheet.offers_background or kept):
        return render(request, "matching/questionnaire_closed.html", {"person": person, "doors": doors})
    if request.method == "POST" and "forget" in request.POST:
        own_background.delete_background(participant=person, by=request.membership)
        messages.success(request, _("Deleted. Nothing of it is kept."))
        return redirect(doors.background)
    shown = {} if doors.by_link or not kept else own_background.background_of(person)
    form = BackgroundForm(request.POST or None, side=person.side, answers=shown)
    if request.method == "POST" and form.is_valid():
        own_background.save_background(participant=person, answers=form.answers(), by=request.membership)
        messages.success(request, _("Kept for you alone. You can change or delete it here at any time."))
        return redirect(doors.background)
    context = {"person": person, "programme": person.programme, "form": form, "doors": doors, "kept": kept}
    return render(request, "matching/questionnaire_background.html", context, status=422 if form.is_bound else 200)
