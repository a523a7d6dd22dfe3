"""The questionnaires of a programme: what is asked, how it counts, changing and publishing it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import redirect_in, requires
from organisations.roles import Can
from organisations.services.jobs import latest_job
from programmes.enums import Side

from .. import questionnaire_presenter as presenter
from ..forms.questionnaire import QuestionnaireForm
from ..models import JourneyTime
from ..services import questionnaire_asking as asking
from ..services import questionnaire_listing as listing
from ..services import questionnaire_sheets as sheets
from ..services import questionnaires as service
from ..services.questionnaire_questions import lacking
from .common import open_programme


def open_side(request, programme_id, side):
    """The programme and the side in the address; 404 for a side that is none."""
    programme = open_programme(request, programme_id)
    if side not in Side.values:
        raise Http404
    return programme, Side(side)


def other_side(side):
    return Side.MENTOR if side == Side.STUDENT else Side.STUDENT


@requires(Can.RUN_PROGRAMMES)
@require_GET
def questionnaire(request, programme_id):
    """Both sides: what is asked now, who has answered, how it counts."""
    programme = open_programme(request, programme_id)
    student, mentor = sheets.sheets_now(programme)
    drafts = sheets.drafts_of(programme)
    counts = listing.counts(programme)
    cards = [
        {"side": Side(sheet.side), "sheet": sheet, "draft": drafts.get(sheet.side), **counts[sheet.side]}
        for sheet in (student, mentor)
    ]
    asked, answered = (sum(one[name] for one in cards) for name in ("asked", "answered"))
    return render(
        request,
        "matching/questionnaire.html",
        {
            "programme": programme,
            "cards": cards,
            "asked": asked,
            "answered": answered,
            "people": sum(one["people"] for one in cards),
            "to_ask": asking.to_ask(programme).count(),
            "to_nudge": asking.to_nudge(programme).count(),
            "axes": presenter.counting(student, mentor),
            "job": latest_job(asking.ASK_JOB, target_id=programme.pk) or latest_job(asking.NUDGE_JOB, target_id=programme.pk),
            "journeys": JourneyTime.objects.visible_to(request.membership).count(),
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_GET
def questionnaire_build(request, programme_id, side):
    """One side's questions: the draft to change, or what is asked now with the button that copies it."""
    programme, side = open_side(request, programme_id, side)
    draft = sheets.draft(programme, side)
    sheet = sheets.sheet_of(draft) if draft else sheets.sheet_now(programme, side)
    other = sheets.sheet_next(programme, other_side(side)) if draft else sheets.sheet_now(programme, other_side(side))
    return render(
        request,
        "matching/questionnaire_build.html",
        {
            "programme": programme,
            "side": side,
            "draft": draft,
            "sheet": sheet,
            "lines": presenter.lines(sheet, other, draft.questions.all() if draft else ()),
            "lacking": lacking(sheet) if draft else [],
            "answered": listing.counts(programme)[side]["answered"],
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_POST
def questionnaire_start(request, programme_id, side):
    """Copy and change."""
    programme, side = open_side(request, programme_id, side)
    try_to(request, "", service.start_draft, programme=programme, side=side, by=request.membership)
    return redirect_in(request, "matching:questionnaire_build", programme.pk, side)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def questionnaire_preview(request, programme_id, side):
    """What the side sees: the draft if there is one. Nothing filled in here is kept."""
    programme, side = open_side(request, programme_id, side)
    draft = sheets.draft(programme, side)
    sheet = sheets.sheet_of(draft) if draft else sheets.sheet_now(programme, side)
    form = QuestionnaireForm(sheet=sheet, words=listing.words_in_use(programme, sheet))
    context = {"programme": programme, "side": side, "sheet": sheet, "draft": draft, "form": form}
    return render(request, "matching/questionnaire_preview.html", context | {"towns": listing.towns_offered()})


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_publish(request, programme_id, side):
    """Asks once more, with what it means for those who have answered."""
    programme, side = open_side(request, programme_id, side)
    draft = sheets.draft(programme, side)
    if draft is None:
        messages.info(request, _("There is nothing to publish: what is asked now is the newest."))
        return redirect_in(request, "matching:questionnaire_build", programme.pk, side)
    if request.method == "POST":
        done = _("Published. This is what people are asked from now on.")
        try_to(request, done, service.publish_questionnaire, questionnaire=draft, by=request.membership)
        return redirect_in(request, "matching:questionnaire_build", programme.pk, side)
    answered = listing.counts(programme)[side]["answered"]
    return render(request, "confirm.html", _asks(request, programme, side, draft, answered))


def _asks(request, programme, side, draft, answered):
    if answered:
        means = [
            ngettext(
                "%(n)s person has answered. What they answered is kept wherever the question stays.",
                "%(n)s people have answered. What they answered is kept wherever the question stays.",
                answered,
            )
            % {"n": answered},
            _("Nobody is written to. They see the new questions when they open their link again."),
        ]
    else:
        means = [_("Nobody has answered yet, so nothing is lost.")]
    means.append(_("A published version is not changed any more; to change something, make a new version."))
    title = _("Ask students this from now on?") if side == Side.STUDENT else _("Ask mentors this from now on?")
    return {
        "title": title,
        "lead": programme.name,
        "consequences": means,
        "action_label": _("Publish"),
        "cancel_url": reverse("matching:questionnaire_build", args=[request.organisation.slug, programme.pk, side]),
        "danger": False,
        "programme": programme,
    }


@requires(Can.RUN_PROGRAMMES)
@require_POST
def questionnaire_drop(request, programme_id, side):
    """Throw the draft away."""
    programme, side = open_side(request, programme_id, side)
    draft = sheets.draft(programme, side)
    if draft:
        service.drop_draft(questionnaire=draft, by=request.membership)
        messages.success(request, _("Thrown away. What people are asked has not changed."))
    return redirect_in(request, "matching:questionnaire_build", programme.pk, side)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def questionnaire_offer(request, programme_id, side):
    """Whether the page about background is offered."""
    programme, side = open_side(request, programme_id, side)
    draft = sheets.draft(programme, side)
    if draft:
        offered = request.POST.get("offered") == "1"
        try_to(request, _("Saved."), service.offer_background, questionnaire=draft, offered=offered, by=request.membership)
    return redirect_in(request, "matching:questionnaire_build", programme.pk, side)
