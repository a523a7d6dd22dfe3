"""Winding down: four small things each member does, seen together on one page; and who winds down, for coordinators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.attempts import try_to
from common.refused import Refused
from matching.models import MentorshipMember
from matching.rights import require_work_in
from organisations.access import fetch_visible, redirect_in, requires
from organisations.days import local_today
from organisations.roles import Can
from programmes.models import Programme

from ..ending_board import EndingBoard
from ..ending_facts import ending_of
from ..ending_list import ending_lines
from ..enums import Farewell
from ..forms.ending import LATER, ContactForm, EndingNoteForm
from ..models import ContactRule, Goal
from ..services import ending as service
from .common import fetch_mentorship

TITLES = {
    Farewell.THANKS.value: lambda: _("Say thank you"),
    Farewell.REFLECTION.value: lambda: _("Look back"),
    Farewell.NEXT_STEP.value: lambda: _("Your next step"),
}


@requires(Can.SEE_OWN_PAGES)
@require_GET
def ending(request, mentorship_id):
    """The four small things, what the others have shown, and the rule for contact."""
    mentorship = fetch_mentorship(request, mentorship_id)
    return render(request, "goals/ending.html", {"mentorship": mentorship, "board": _board(request, mentorship)})


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def farewell(request, mentorship_id, farewell_kind):
    """Write one's thanks, look back or next step: members only, each their own."""
    if farewell_kind not in TITLES:
        raise Http404
    mentorship = fetch_mentorship(request, mentorship_id)
    board, mine = _own(request, mentorship)
    note = board.own_note(farewell_kind)
    kept = {name: getattr(note, name) for name in ("text", "further", "due_on")} if note else {}
    form = EndingNoteForm(
        request.POST or None,
        kind=farewell_kind,
        side=mine.side,
        names=board.others,
        was_shown=bool(note and note.shown_at),
        initial={"shown": LATER, **kept},
    )
    asked = {"mentorship": mentorship, "participant": mine, "kind": farewell_kind, "by": request.membership}
    if request.method == "POST" and form.is_valid() and _kept(form, service.keep_note, **asked, **form.values()):
        messages.success(request, _("Kept."))
        return redirect_in(request, "goals:ending", mentorship.pk)
    context = {"mentorship": mentorship, "form": form, "title": TITLES[farewell_kind](), "note": note, "others": board.others}
    return render(request, "goals/ending_note.html", context, status=422 if form.errors else 200)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, mentorship_id):
    """Propose what contact stays; also once it has ended, for it can run out."""
    mentorship = fetch_mentorship(request, mentorship_id)
    board, mine = _own(request, mentorship)
    latest = board.rules[-1] if board.rules else None
    kept = {name: getattr(latest, name) for name in ("kind", "words", "until")} if latest else {}
    form = ContactForm(request.POST or None, initial=kept)
    asked = {"mentorship": mentorship, "participant": mine, "by": request.membership}
    if request.method == "POST" and form.is_valid() and _kept(form, service.propose_contact, field="until", **asked, **form.cleaned_data):
        messages.success(request, _("Proposed. It holds once all of you have said yes."))
        return redirect_in(request, "goals:ending", mentorship.pk)
    return render(request, "goals/ending_contact.html", {"mentorship": mentorship, "form": form, "board": board}, status=422 if form.errors else 200)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def contact_agree(request, contact_id):
    rule = fetch_visible(ContactRule, request.membership, ContactRule.objects.select_related("mentorship"), pk=contact_id)
    mentorship = fetch_mentorship(request, rule.mentorship_id)
    _whole, mine = _own(request, mentorship)
    try_to(request, _("You have said yes."), service.agree_contact, rule=rule, participant=mine, by=request.membership)
    return redirect_in(request, "goals:ending", mentorship.pk)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def endings(request, programme_id):
    """Who winds down, how far they are, and what contact stays."""
    programme = request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    lines = ending_lines(programme, request.membership, local_today(request.organisation))
    return render(request, "goals/endings.html", {"programme": programme, "lines": lines})


def _board(request, mentorship):
    seats = MentorshipMember.objects.visible_to(request.membership).filter(mentorship=mentorship)
    people = [(seat.side, seat.participant) for seat in seats.select_related("participant__membership").order_by("-side", "pk")]
    goals = list(Goal.objects.visible_to(request.membership).filter(mentorship=mentorship))
    return EndingBoard(mentorship, request.membership, people, ending_of(mentorship, goals), local_today(request.organisation))


def _own(request, mentorship):
    """(board, the reader's own seat); PermissionDenied for who has none: nobody says thank you for somebody else."""
    require_work_in(request.membership, mentorship)
    board = _board(request, mentorship)
    if board.mine is None or board.mine.withdrawn_at:
        raise PermissionDenied
    return board, board.mine


def _kept(form, what, *, field=None, **values):
    """Run the service; what it refuses stands on the form."""
    try:
        return what(**values)
    except Refused as refused:
        form.add_error(field, str(refused))
        return None
