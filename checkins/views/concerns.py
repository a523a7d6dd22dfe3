"""Raising a concern, and the lead's own pages. A concern's text is on its own page only, and each reading is recorded first."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.models import Mentorship
from matching.services.refused import Refused
from organisations.access import fetch_visible, link_page, redirect_in, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services.letters import letters_about_concerns, retry_letter
from post.models import Letter

from .. import presenters
from ..forms.concern import CloseForm, ConcernForm, ConcernNoteForm, ShareForm
from ..models import Concern, ConcernShare, Note
from ..services import concerns as service
from .doors import Door
from .log import fetch_check_in

PER_PAGE = 50


@requires(Can.RAISE_CONCERN)
@require_http_methods(["GET", "HEAD", "POST"])
def concern_raise(request, mentorship_id=None):
    mentorship = fetch_visible(Mentorship, request.membership, pk=mentorship_id) if mentorship_id else None
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        service.raise_concern(by=request.membership, mentorship=mentorship, **form.cleaned_data)
        messages.success(request, _("It is on its way to the lead."))
        return redirect_in(request, "checkins:my_concerns")
    return render(request, "checkins/concern_raise.html", {"form": form, "mentorship": mentorship, "leads": service.leads()})


@link_page(Purpose.CHECK_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def concern_by_link(request):
    check_in = fetch_check_in(request, request.link.target_id)
    door = Door.by_token(request.resolver_match.kwargs["token"])
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        service.raise_concern(by=request.membership, mentorship=check_in.mentorship, by_link=True, **form.cleaned_data)
        messages.success(request, _("Thank you. The lead will read it and get in touch with you."))
        return redirect(door.here)
    return render(request, "checkins/concern_raise.html", {"form": form, "door": door, "leads": service.leads()})


@requires(Can.SEE_OWN_PAGES)
@require_safe
def my_concerns(request):
    mine = {"receipts": service.receipts_of(request.membership), "shared": service.shared_with(request.membership)}
    return render(request, "checkins/my_concerns.html", mine)


@requires(Can.READ_CONCERNS)
@require_safe
@never_cache
def concerns(request):
    """The lead's list: when, how urgent, what kind. Not a word of the text."""
    rows = Concern.objects.visible_to(request.membership).defer("text", "outcome").select_related("acknowledged_by")
    rows = rows.order_by(F("closed_at").desc(nulls_first=True), "-raised_at", "-id")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    notes = Paginator(service.notes_for_lead(), PER_PAGE).get_page(request.GET.get("notes"))
    failed = letters_about_concerns(request.membership, status=Letter.Status.FAILED)
    failed = [(letter, presenters.LETTERS[letter.name]) for letter in failed[:PER_PAGE]]
    return render(request, "checkins/concerns.html", {"page": page, "notes": notes, "failed": failed})


@requires(Can.READ_CONCERNS)
@require_POST
def concern_letter_again(request, letter_id):
    """Send a letter about a concern again. Those about anything else are the coordinators' to send."""
    letter = get_object_or_404(letters_about_concerns(request.membership), pk=letter_id)
    if retry_letter(letter=letter, by=request.membership):
        messages.success(request, _("The letter is on its way again."))
    else:
        messages.info(request, _("This letter does not need to be sent again."))
    return redirect_in(request, "checkins:concerns")


@requires(Can.READ_CONCERNS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def concern(request, concern_id):
    """One concern, for the lead: read, and work on it. Reading is written down before anything is shown."""
    row = _fetch(request, concern_id)
    forms = _forms(request, row)
    if request.method == "POST":
        done = _act(request, row, forms)
        if done:
            return redirect_in(request, "checkins:concern", row.pk)
    return _show(request, row, forms)


@requires(Can.SEE_OWN_PAGES)
@require_safe
@never_cache
def shared_concern(request, concern_id):
    """The same, for a person the lead shares it with: to read, nothing else."""
    return _show(request, _fetch(request, concern_id), {})


@requires(Can.READ_CONCERNS)
@require_POST
def share_stop(request, share_id):
    share = fetch_visible(ConcernShare, request.membership, ConcernShare.objects.select_related("concern"), pk=share_id)
    service.stop_sharing(share=share, by=request.membership)
    messages.success(request, _("It is no longer shared with this person."))
    return redirect_in(request, "checkins:concern", share.concern_id)


@requires(Can.READ_CONCERNS)
@require_safe
@never_cache
def lead_note(request, note_id):
    """A note whose writer chose the lead as its reader."""
    note = fetch_visible(Note, request.membership, Note.objects.select_related("author"), pk=note_id)
    if note.visibility != "lead":
        raise PermissionDenied
    service.open_note_for_reading(note=note, by=request.membership)
    return render(request, "checkins/lead_note.html", {"note": note})


def _fetch(request, concern_id):
    rows = Concern.objects.select_related("raised_by", "acknowledged_by", "mentorship__programme", "mentorship__organisation")
    return fetch_visible(Concern, request.membership, rows, pk=concern_id)


def _forms(request, row):
    sent = request.POST if request.method == "POST" else {}
    kinds = {
        "share": lambda data: ShareForm(data, concern=row, membership=request.membership),
        "note": ConcernNoteForm,
        "close": CloseForm,
    }
    return {f"{name}_form": make(sent if name in sent else None) for name, make in kinds.items()}


def _act(request, row, forms) -> bool:
    """Do what was pressed. False when its form must be shown again."""
    if "acknowledge" in request.POST:
        service.acknowledge_concern(concern=row, by=request.membership)
        messages.success(request, _("The person who raised it is told that it has arrived."))
        return True
    acts = {
        "share": (service.share_concern, _("Shared. This person can read it, and each reading is recorded.")),
        "note": (service.add_note, _("Note added.")),
        "close": (service.close_concern, _("Closed.")),
    }
    name = next((one for one in acts if one in request.POST), None)
    form = forms.get(f"{name}_form")
    if form is None or not form.is_valid():
        return form is None
    act, words = acts[name]
    try:
        act(concern=row, by=request.membership, **form.cleaned_data)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, words)
    return True


def _show(request, row, forms):
    readings = service.open_for_reading(concern=row, by=request.membership)
    context = {
        "concern": row,
        "notes": list(row.notes.select_related("by")),
        "shares": list(row.shares.filter(ended_at=None).select_related("membership")),
        "readings": readings,
        **forms,
    }
    return render(request, "checkins/concern.html", context)
