"""A student's card of what helps them: their own pages, and the page of somebody they share it with."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import redirect_in, requires
from organisations.roles import Can

from ..forms import HelpEntryForm
from ..help_presenter import fields_of
from ..help_topics import BY_KEY
from ..services import help_card as service


@requires(Can.OWN_HELP_CARD)
@require_GET
def help_card(request):
    """The whole card, who reads what, and who read it."""
    fields = fields_of(request.membership)
    shared = {person.pk: person for one in fields for person in one.readers}
    context = {"fields": fields, "readers": list(shared.values()), "readings": service.readings_of(request.membership)}
    return render(request, "matching/help_card.html", context)


@requires(Can.OWN_HELP_CARD)
@require_http_methods(["GET", "HEAD", "POST"])
def help_entry(request, help_topic):
    """Write one field and choose who reads it."""
    if help_topic not in BY_KEY:
        raise Http404
    topic, people = BY_KEY[help_topic], service.possible_readers(request.membership)
    kept = next(one for one in fields_of(request.membership) if one.topic is topic)
    initial = {"text": kept.text, "readers": [person.pk for person in kept.readers]}
    form = HelpEntryForm(request.POST or None, topic=topic, people=people, initial=initial)
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["text"]
        service.save_entry(owner=request.membership, topic=help_topic, text=text, readers=form.chosen, by=request.membership)
        messages.success(request, _("Saved.") if text else _("Taken away. Nobody reads it any more."))
        return redirect_in(request, "matching:help_card")
    context = {"topic": topic, "form": form, "has_text": bool(kept.text)}
    return render(request, "matching/help_entry.html", context, status=422 if form.errors else 200)


@requires(Can.OWN_HELP_CARD)
@require_POST
def help_stop(request):
    """Take sharing back at once. POST: topic and reader, each may be left out for all of them."""
    topic, reader = request.POST.get("topic", ""), request.POST.get("reader", "")
    gone = service.stop_sharing(
        owner=request.membership,
        topic=topic,
        reader_id=int(reader) if reader.isdecimal() and len(reader) < 18 else None,
        by=request.membership,
    )
    if gone:
        messages.success(request, _("Taken back. They cannot read it any more."))
    return redirect_in(request, "matching:help_card")


@requires(Can.SEE_OWN_PAGES)
@require_GET
def help_read(request, owner_id):
    """What a student lets this member read; each field that is shown is noted, and the student sees by whom."""
    if owner_id == request.membership.pk:
        return redirect_in(request, "matching:help_card")
    entries = service.read_card(owner_id=owner_id, reader=request.membership)
    if not entries:
        raise PermissionDenied if service.is_here(owner_id) else Http404
    rows = [(BY_KEY[one.topic], one) for one in entries]
    return render(request, "matching/help_read.html", {"owner": entries[0].owner, "rows": rows})
