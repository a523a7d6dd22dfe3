"""Answer a survey: signed in or by signed link; kept as a draft while it is typed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.services.refused import Refused
from organisations.access import fetch_visible, link_page, requires
from organisations.enums import Purpose
from organisations.roles import Can

from ..forms.answer import AnswerForm
from ..models import SurveyRequest
from ..presenters import AnswerPage
from ..services import answers


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, request_id):
    asked = _own(request, request_id)
    slug = request.organisation.slug
    doors = {
        "here": reverse("evaluation:answer", args=[slug, asked.pk]),
        "draft": reverse("evaluation:answer_draft", args=[slug, asked.pk]),
        "by_link": False,
    }
    return _page(request, asked, doors)


@link_page(Purpose.SURVEY)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request):
    asked = _linked(request)
    token = request.resolver_match.kwargs["token"]
    doors = {
        "here": reverse("evaluation:answer_by_link", args=[token]),
        "draft": reverse("evaluation:answer_draft_by_link", args=[token]),
        "by_link": True,
    }
    return _page(request, asked, doors)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def answer_draft(request, request_id):
    return _keep_draft(request, _own(request, request_id))


@link_page(Purpose.SURVEY)
@require_POST
def answer_draft_by_link(request):
    return _keep_draft(request, _linked(request))


def _own(request, request_id):
    """What this member was asked; somebody else's is 403, for coordinators too."""
    seen = fetch_visible(SurveyRequest, request.membership, pk=request_id)
    asked = answers.own_requests(request.membership).filter(pk=seen.pk).first()
    if asked is None:
        raise PermissionDenied
    request.programme = asked.survey.programme
    return asked


def _linked(request):
    asked = answers.request_of_link(request.link)
    if asked is None:
        raise Http404
    return asked


def _page(request, asked, doors):
    page = AnswerPage(asked)
    if asked.answered_at or not answers.is_open(asked):
        return _over(request, asked, page, doors)
    if request.method == "POST":
        form = AnswerForm(request.POST, survey=page.survey)
        if form.is_valid():
            return _send(request, asked, form, doors)
    else:
        form = AnswerForm(survey=page.survey, initial=answers.load_draft(asked))
    context = {"asked": asked, "page": page, "form": form, "doors": doors, "has_draft": bool(form.initial)}
    return render(request, "evaluation/answer.html", context)


def _send(request, asked, form, doors):
    by = request.membership or request.link.holder_name
    try:
        answers.send_answers(request=asked, answers=form.answers(), by=by, by_link=doors["by_link"])
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect(doors["here"])


def _over(request, asked, page, doors):
    """Answered: thanks. Closed: says so. Nothing that was written is shown to whoever holds the link later."""
    if request.method == "POST":
        if asked.answered_at:
            messages.info(request, _("Your answers are in already. Nothing was changed."))
        return redirect(doors["here"])
    more = _more(request, asked) if asked.participant_id else []
    return render(request, "evaluation/thanks.html", {"asked": asked, "page": page, "doors": doors, "more": more})


def _more(request, asked):
    """Other surveys the same person has still to answer; they open signed in."""
    rows = SurveyRequest.objects.awaiting().visible_to(request.membership).filter(participant__membership=request.membership)
    return [row for row in rows.exclude(pk=asked.pk).select_related("survey__programme__organisation") if answers.is_open(row)]


def _keep_draft(request, asked):
    if asked.answered_at or not answers.is_open(asked):
        return HttpResponse(status=204)  # sent meanwhile: there is nothing to keep
    form = AnswerForm(request.POST, survey=AnswerPage(asked).survey)
    try:
        answers.save_draft(asked, form.typed())
    except ValueError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)
