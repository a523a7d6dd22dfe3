"""The pages of the lead and of who stands in. A concern's text is on its own page only, and each reading is recorded first."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.services.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can
from organisations.services.letters import letters_about_concerns, retry_letter
from post.models import Letter

from .. import presenters
from ..forms.concern import CloseForm, ConcernNoteForm, ShareForm
from ..models import Absence, Concern, ConcernShare, Note
from ..services import concerns as service
from ..services import record, sharing
from ..services.handlers import looks_after
from ..services.members import people_of

PER_PAGE = 50


@requires(Can.SEE_OWN_PAGES)
@require_safe
@never_cache
def concerns(request):
    """The list of who looks after concerns: when, how urgent, what kind. Not a word of the text."""
    require_part_in_it(request.membership)
    rows = Concern.objects.worked_on_by(request.membership).defer("text", "outcome").select_related("acknowledged_by")
    rows = rows.order_by(F("closed_at").desc(nulls_first=True), "-raised_at", "-id")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    notes = Paginator(service.notes_for_lead(request.membership), PER_PAGE).get_page(request.GET.get("notes"))
    failed = letters_about_concerns(request.membership, status=Letter.Status.FAILED)
    failed = [(letter, presenters.LETTERS[letter.name]) for letter in failed[:PER_PAGE]]
    away = Absence.objects.visible_to(request.membership).filter(membership=request.membership, ends_on__gte=timezone.localdate())
    context = {"page": page, "notes": notes, "failed": failed, "away": away, "may_open": request.membership.can(Can.BREAK_GLASS), "now": timezone.now()}
    return render(request, "checkins/concerns.html", context)


def require_part_in_it(membership):
    """PermissionDenied for whoever is neither lead nor deputy."""
    if not looks_after(membership):
        raise PermissionDenied


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


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def concern(request, concern_id):
    """One concern, for who looks after it: read, and work on it. Reading is written down before anything is shown."""
    row = _fetch(request, concern_id, working=True)
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
    """The same, to read and nothing else; who looks after it finds their own page here too."""
    row = _fetch(request, concern_id)
    if Concern.objects.worked_on_by(request.membership).filter(pk=row.pk).exists():
        return redirect_in(request, "checkins:concern", row.pk)
    return _show(request, row, {})


@requires(Can.SEE_OWN_PAGES)
@require_POST
def share_stop(request, share_id):
    share = fetch_visible(ConcernShare, request.membership, ConcernShare.objects.select_related("concern", "membership"), pk=share_id)
    if not Concern.objects.worked_on_by(request.membership).filter(pk=share.concern_id).exists():
        raise PermissionDenied
    sharing.stop_sharing(share=share, by=request.membership)
    messages.success(request, _("%(name)s can no longer read it.") % {"name": share.membership.name})
    return redirect_in(request, "checkins:concern", share.concern_id)


@requires(Can.READ_CONCERNS)
@require_safe
@never_cache
def lead_note(request, note_id):
    """A note whose writer chose the lead as reader."""
    rows = Note.objects.select_related("author")
    note = fetch_visible(Note, request.membership, rows, pk=note_id)
    if note.visibility != "lead":
        raise PermissionDenied
    record.open_note_for_reading(note=note, by=request.membership)
    return render(request, "checkins/lead_note.html", {"note": note})


def _fetch(request, concern_id, *, working=False):
    rows = Concern.objects.select_related("raised_by", "acknowledged_by", "mentorship__programme", "mentorship__organisation")
    row = fetch_visible(Concern, request.membership, rows, pk=concern_id)
    if working and not Concern.objects.worked_on_by(request.membership).filter(pk=row.pk).exists():
        raise PermissionDenied
    request.concern = row
    return row


def _forms(request, row):
    sent = request.POST if request.method == "POST" else {}
    kinds = {
        "share": lambda data: ShareForm(data, concern=row, membership=request.membership),
        "note": ConcernNoteForm,
        "close": CloseForm,
    }
    return {f"{name}_form": make(sent if name in sent else None) for name, make in kinds.items()}


PRESSED = {  # buttons without a form
    "acknowledge": (service.acknowledge_concern, gettext_lazy("The person who raised it is told that it has arrived.")),
    "pause": (service.pause_contact, gettext_lazy("Contact is paused. Both sides are told so, in neutral words.")),
    "resume": (service.resume_contact, gettext_lazy("Contact may go on. Both sides are told so.")),
    "end": (service.end_with_concern, gettext_lazy("The mentorship is ended. Both sides are told in neutral words.")),
}
FILLED = {
    "share": (sharing.share_concern, gettext_lazy("Shared. This person can read it, and each reading is recorded.")),
    "note": (record.add_note, gettext_lazy("Note added.")),
    "close": (service.close_concern, gettext_lazy("Closed.")),
}


def _act(request, row, forms) -> bool:
    """Do what was pressed. False when its form must be shown again."""
    name = next((one for one in [*PRESSED, *FILLED] if one in request.POST), None)
    form = forms.get(f"{name}_form")
    if name is None or (form is not None and not form.is_valid()):
        return name is None
    act, words = (PRESSED | FILLED)[name]
    try:
        act(concern=row, by=request.membership, **(form.cleaned_data if form else {}))
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, str(words))
    return True


def _show(request, row, forms):
    readings = record.open_for_reading(concern=row, by=request.membership)
    mentorship = row.mentorship
    context = {
        "concern": row,
        "works": bool(forms),
        "notes": list(row.notes.select_related("by")),
        "shares": list(row.shares.standing().select_related("membership")),
        "readings": readings,
        "people": people_of([row.mentorship_id])[row.mentorship_id] if mentorship else None,
        "pause": mentorship.pause if mentorship else None,
        "contact": mentorship is not None and mentorship.is_active,
        "now": timezone.now(),
        "today": timezone.localdate(),
        **forms,
    }
    return render(request, "checkins/concern.html", context)
