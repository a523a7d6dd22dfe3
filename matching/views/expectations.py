"""What the members settle with each other: the list, one's own answers, and the wording of one topic. Signed in, or by signed link."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import author_of, link_page, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import drafts

from ..expectation_presenter import Settled
from ..expectation_topics import BY_KEY
from ..forms import SettleAnswersForm, WordingForm
from ..services import expectations as service
from ..services.refused import Refused
from . import doors


@requires(Can.SEE_OWN_PAGES)
@require_GET
def expectations(request, mentorship_id):
    return _list(request, doors.signed_in(request, mentorship_id))


@link_page(Purpose.AGREEMENT)
@require_GET
def expectations_by_link(request):
    return _list(request, doors.by_link(request))


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def expectations_answer(request, mentorship_id):
    return _answer(request, doors.signed_in(request, mentorship_id))


@link_page(Purpose.AGREEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def expectations_answer_by_link(request):
    return _answer(request, doors.by_link(request))


@requires(Can.SEE_OWN_PAGES)
@require_POST
def expectations_draft(request, mentorship_id):
    return _draft(request, doors.signed_in(request, mentorship_id))


@link_page(Purpose.AGREEMENT)
@require_POST
def expectations_draft_by_link(request):
    return _draft(request, doors.by_link(request))


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def expectation(request, mentorship_id, topic):
    return _topic(request, doors.signed_in(request, mentorship_id), topic)


@link_page(Purpose.AGREEMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def expectation_by_link(request, topic):
    return _topic(request, doors.by_link(request), topic)


def _list(request, door):
    settled = Settled(door.mentorship, request.membership)
    context = {"door": door, "mentorship": door.mentorship, "settled": settled}
    return render(request, "matching/expectations.html", context)


def _form_key(door):
    return f"expectations:{door.mentorship.pk}"


def _answer(request, door):
    doors.require_member(door)
    settled = Settled(door.mentorship, request.membership)
    draft = {}
    if request.method == "POST":
        form = SettleAnswersForm(request.POST)
        if form.is_valid():
            try:
                service.save_answers(mentorship=door.mentorship, participant=door.participant, answers=form.answers(), by=request.membership)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                drafts.drop_draft(author_key=author_of(request), form_key=_form_key(door))
                messages.success(request, _("Your answers are saved. The others see them now."))
                return redirect(door.expectations)
    else:
        draft = drafts.load_draft(author_key=author_of(request), form_key=_form_key(door))
        form = SettleAnswersForm(answers=settled.own_answers(), initial=_typed(draft))
    context = {"door": door, "mentorship": door.mentorship, "form": form, "has_draft": bool(draft), "others": _others(settled)}
    return render(request, "matching/expectations_answer.html", context, status=422 if form.errors else 200)


def _typed(draft):
    """A draft as the form's own first values; chips are a list even where one was chosen, and none where they were taken away."""
    if not draft:
        return {}
    found = {f"{key}_words": draft.get(f"{key}_words", "") for key in BY_KEY}
    for key in BY_KEY:
        value = draft.get(key, [])
        found[key] = value if isinstance(value, list) else [value]
    return found


def _draft(request, door):
    doors.require_member(door)
    names = {key for topic in BY_KEY for key in (topic, f"{topic}_words")}
    data = {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists() if name in names}
    try:
        drafts.save_draft(author_key=author_of(request), form_key=_form_key(door), data=data)
    except ValueError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


def _others(settled):
    return [one.participant.membership.first_name for one in settled.seats if one.participant != settled.participant]


def _topic(request, door, topic):
    if topic not in BY_KEY:
        raise Http404
    doors.require_member(door)
    refused = False
    if request.method == "POST":
        form = WordingForm(request.POST)
        if request.POST.get("act") == "yes" or form.is_valid():
            if _settle(request, door, topic, form):
                return redirect(door.expectations)
            refused = True
    settled = Settled(door.mentorship, request.membership)  # after the service: what was refused may have changed a moment ago
    line = settled.line(topic)
    standing = {"seen": line.row.number if line.row else 0, "wording": line.suggestion}
    if request.method != "POST" or request.POST.get("act") == "yes":
        form = WordingForm(initial=standing)
    elif refused:
        form = WordingForm({"seen": standing["seen"], "wording": request.POST.get("wording", "")})
    context = {"door": door, "mentorship": door.mentorship, "line": line, "form": form, "refused": refused, "others": _others(settled)}
    return render(request, "matching/expectation.html", context, status=200 if request.method != "POST" else 422)


def _settle(request, door, topic, form) -> bool:
    """Say yes, or put a wording to everybody; False, with a message, where that is refused."""
    common = {"mentorship": door.mentorship, "topic": topic, "participant": door.participant, "by": request.membership}
    try:
        if request.POST.get("act") == "yes":
            seen = request.POST.get("seen", "")
            row = service.agree_wording(seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0, **common)
        else:
            row = service.propose_wording(wording=form.cleaned_data["wording"], seen=form.cleaned_data["seen"], **common)
    except Refused as refused:
        messages.warning(request, str(refused))
        return False
    messages.success(request, _("Settled by everybody.") if row.is_settled else _("Saved. It is settled once everybody has said yes."))
    return True
