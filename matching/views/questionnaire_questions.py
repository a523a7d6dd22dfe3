"""The questions of a draft, one at a time: add, change, move, remove."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from programmes.enums import Side

from ..enums import QuestionKind
from ..forms.questions import QuestionForm
from ..models import Question
from ..questions import TEXT
from ..services import questionnaire_questions as service
from ..services import questionnaire_sheets as sheets
from ..services import questionnaires
from ..services.refused import Refused
from .common import gone
from .questionnaire import open_side


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def question_add(request, programme_id, side):
    """A new question, or (``ready``) one of ours; begins a draft where there is none."""
    programme, side = open_side(request, programme_id, side)
    if request.method == "POST" and "ready" in request.POST:
        return _add_ready(request, programme, side)
    form = _form(request, programme, side)
    if request.method == "POST" and form.is_valid():
        try:
            draft = questionnaires.start_draft(programme=programme, side=side, by=request.membership)
            service.add_question(questionnaire=draft, by=request.membership, pair_with=form.paired_with or "", **form.values())
        except Refused as refused:
            form.add_error("pair_with" if form.paired_with else None, str(refused))
        else:
            messages.success(request, _("Added at the end."))
            return redirect_in(request, "matching:questionnaire_build", programme.pk, side)
    return _page(request, programme, side, form, None)


def _add_ready(request, programme, side):
    try:
        draft = questionnaires.start_draft(programme=programme, side=side, by=request.membership)
        service.add_ready_made(questionnaire=draft, key=request.POST["ready"][:40], by=request.membership)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Added at the end."))
    return redirect_in(request, "matching:questionnaire_build", programme.pk, side)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, question_id):
    row, programme, side = _open(request, question_id)
    form = _form(request, programme, side, question=sheets.asked(row))
    if request.method == "POST" and form.is_valid():
        try:
            service.change_question(question=row, by=request.membership, pair_with=form.paired_with, **form.values())
        except Refused as refused:
            form.add_error("pair_with" if form.paired_with else None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect_in(request, "matching:questionnaire_build", programme.pk, side)
    return _page(request, programme, side, form, row)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def question_move(request, question_id):
    row, programme, side = _open(request, question_id)
    up = request.POST.get("to") == "up"
    try_to(request, "", service.move_question, question=row, up=up, by=request.membership)
    return redirect_in(request, "matching:questionnaire_build", programme.pk, side)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def question_remove(request, question_id):
    """Asks first on a page of its own: what was typed into the question goes."""
    if noted := gone(request, Question, question_id, "question removed", "programme", "side"):
        return redirect_in(request, "matching:questionnaire_build", noted["programme"], noted["side"])
    row, programme, side = _open(request, question_id)
    if request.method == "POST":
        try:
            service.remove_question(question=row, by=request.membership)
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Removed."))
        return redirect_in(request, "matching:questionnaire_build", programme.pk, side)
    return render(request, "matching/question_remove.html", {"programme": programme, "side": side, "row": row})


@requires(Can.RUN_PROGRAMMES)
@require_POST
def question_ask_too(request, question_id):
    """Ask the other side the same question, so that the two can be compared."""
    row, programme, side = _open(request, question_id)
    done = {
        Side.STUDENT: _("Mentors will be asked too: it stands in their draft, and counts once that is published."),
        Side.MENTOR: _("Students will be asked too: it stands in their draft, and counts once that is published."),
    }[side]
    try_to(request, done, service.ask_too, question=row, by=request.membership)
    return redirect_in(request, "matching:questionnaire_build", programme.pk, side)


def _open(request, question_id):
    rows = Question.objects.select_related("questionnaire__programme")
    row = fetch_visible(Question, request.membership, rows, pk=question_id)
    request.programme = programme = row.questionnaire.programme
    programme.organisation = request.organisation
    return row, programme, Side(row.questionnaire.side)


def _form(request, programme, side, question=None):
    students = ()
    if side == Side.MENTOR:
        asked = sheets.sheet_next(programme, Side.STUDENT).questions
        students = [one for one in asked if one.kind != TEXT and not one.fact("student")]
    return QuestionForm(request.POST or None, side=side, students=students, question=question)


def _page(request, programme, side, form, row):
    kind = QuestionKind(form.question.kind).label if form.question else ""
    context = {"programme": programme, "side": side, "form": form, "row": row, "kind": kind}
    return render(request, "matching/question_form.html", context, status=422 if form.is_bound else 200)
