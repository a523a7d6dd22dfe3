"""Log a check-in: signed in or by signed link; held or not; kept as a draft while it is typed."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.services.letters import change_link
from matching.services.refused import Refused
from organisations.access import author_of, fetch_visible, link_page, requires
from organisations.enums import Purpose
from organisations.roles import Can
from organisations.services import drafts

from ..forms.log import FeedbackForm, LogForm, MissedForm
from ..models import CheckIn
from ..presenters import LogPage
from ..rights import require_work_in
from ..services.log import AlreadyLogged, give_feedback, log_check_in, miss_check_in
from ..services.rules import month_words
from .doors import Door


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    require_work_in(request.membership, check_in.mentorship)
    return _page(request, check_in, Door.signed_in(request, check_in))


@link_page(Purpose.CHECK_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def log_by_link(request):
    check_in = fetch_check_in(request, request.link.target_id)
    return _page(request, check_in, Door.by_token(request.resolver_match.kwargs["token"]))


@requires(Can.SEE_OWN_PAGES)
@require_POST
def log_draft(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    require_work_in(request.membership, check_in.mentorship)
    return _keep_draft(request, check_in)


@link_page(Purpose.CHECK_IN)
@require_POST
def log_draft_by_link(request):
    return _keep_draft(request, fetch_check_in(request, request.link.target_id))


@link_page(Purpose.CHECK_IN)
@require_POST
def change_by_link(request):
    """From the check-in's link to one that asks for somebody else, or to stop."""
    mentorship = fetch_check_in(request, request.link.target_id).mentorship
    seats = mentorship.members.select_related("participant__membership")
    mine = next((seat.participant for seat in seats if seat.participant.membership_id == request.membership.pk), None)
    if mine is None:
        raise Http404
    return redirect(change_link(mentorship, mine))


def fetch_check_in(request, check_in_id) -> CheckIn:
    """A check-in this person may see, with its mentorship. Tells the navigation which programme this is."""
    rows = CheckIn.objects.select_related("mentorship__programme", "mentorship__organisation", "logged_by")
    check_in = fetch_visible(CheckIn, request.membership, rows, pk=check_in_id)
    request.programme, request.mentorship = check_in.mentorship.programme, check_in.mentorship
    return check_in


def kept(request):
    """Sent by static/js/kept.js, which keeps what was typed until it has an answer, and cannot read redirects."""
    return request.headers.get("X-Kept") == "1"


def _page(request, check_in, door):
    if check_in.mentorship.is_active and check_in.mentorship.pause:
        if request.method == "POST" and kept(request):
            return HttpResponse(status=409)
        page = LogPage(check_in, request.membership, timezone.localdate())
        return render(request, "checkins/paused.html", {"check_in": check_in, "page": page, "door": door})
    if not _may_log(request, check_in):
        if request.method == "POST" and kept(request):
            return HttpResponse(status=409)
        return _after(request, check_in, door)
    page = LogPage(check_in, request.membership, timezone.localdate())
    forms = {"form": None, "missed_form": None}
    if request.method == "POST":
        forms, answer = _answer(request, check_in, page, door)
        if answer:
            return JsonResponse({"go": answer.url}) if kept(request) and answer.status_code == 302 else answer
    draft = drafts.load_draft(author_key=author_of(request), form_key=form_key(check_in))
    context = {
        "check_in": check_in,
        "page": page,
        "door": door,
        "form": forms["form"] or LogForm(page=page, initial=draft),
        "missed_form": forms["missed_form"] or MissedForm(page=page),
        "has_draft": bool(draft),
        "again": "again" in request.GET,
    }
    return render(request, "checkins/log.html", context)


def _may_log(request, check_in):
    """Planned; or missed, when one says that it did happen after all."""
    again = check_in.status == CheckIn.Status.MISSED and "again" in request.GET
    return (check_in.is_planned or again) and check_in.mentorship.is_in_contact


def _answer(request, check_in, page, door):
    """What was sent: (forms to show again, None) or ({}, the redirect)."""
    missed = "did_not_happen" in request.POST
    form = (MissedForm if missed else LogForm)(request.POST, page=page)
    if form.is_valid():
        try:
            (_miss if missed else _hold)(request, check_in, form, door.by_link)
        except AlreadyLogged as already:
            if kept(request):
                return {}, HttpResponse(status=409)
            messages.info(request, str(already))
            return {}, redirect(door.after)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            drafts.drop_draft(author_key=author_of(request), form_key=form_key(check_in))
            return {}, redirect(door.after)
    return {"form": None if missed else form, "missed_form": form if missed else None}, None


def _hold(request, check_in, form, by_link):
    row = log_check_in(check_in=check_in, entry=form.entry(), by=request.membership, by_link=by_link)
    form.keep_place(row)
    form.keep_limits(request.membership, by_link=by_link)
    messages.success(request, _("Saved. Thank you."))
    for sentence in month_words(row.mentorship, row.held_on) if row.is_extra else []:
        messages.info(request, sentence)


def _miss(request, check_in, form, by_link):
    moved_to = form.cleaned_data["moved_to"]
    what = {"reason": form.reason, "could_not": form.cleaned_data["could_not"], "moved_to": moved_to}
    miss_check_in(check_in=check_in, by=request.membership, by_link=by_link, **what)
    messages.success(request, _("Saved, and the new day is planned.") if moved_to else _("Saved. Choose a new day when you can."))


def _after(request, check_in, door):
    """Nothing to log here: show what was written. The link's page shows it itself, and takes the student's own word."""
    if not door.by_link:
        if request.method == "POST":
            messages.info(request, str(AlreadyLogged(check_in)))
        return redirect(door.after)
    page = LogPage(check_in, request.membership, timezone.localdate())
    form = FeedbackForm(initial=page.own_word) if may_add(check_in, page) else None
    if request.method == "POST":
        if not form or "own_word" not in request.POST:
            messages.info(request, str(AlreadyLogged(check_in)))
            return redirect(door.after)
        form = FeedbackForm(request.POST)
        if form.is_valid():
            try:
                give_feedback(check_in=check_in, by=request.membership, **form.cleaned_data)
            except Refused as refused:
                messages.info(request, str(refused))
            else:
                messages.success(request, _("Thank you. Your mentor can read it."))
            return redirect(door.after)
    add = door.add if may_add_to(check_in) else ""
    context = {"check_in": check_in, "page": page, "door": door, "form": form, "add": add, "me": request.membership}
    return render(request, "checkins/logged.html", context)


def may_add(check_in, page):
    """The student adds their own word to a check-in that was held; in a group, one they were at."""
    if not page.is_student or check_in.status != CheckIn.Status.HELD or not check_in.mentorship.is_active:
        return False
    return not page.is_group or page.own_attendance is None or page.own_attendance.was_there


def may_add_to(check_in):
    """Anybody of the mentorship adds to what was noted; before that one notes it oneself."""
    return not check_in.is_planned and check_in.status != CheckIn.Status.DROPPED and check_in.mentorship.is_active


def _keep_draft(request, check_in):
    if not _may_log(request, check_in):
        return HttpResponse(status=204)  # logged meanwhile: there is nothing to keep a draft for
    form = LogForm(page=LogPage(check_in, request.membership, timezone.localdate()))
    data = {}
    for name, field in form.fields.items():
        if name in request.POST:
            many = getattr(field.widget, "allow_multiple_selected", False)
            data[name] = request.POST.getlist(name) if many else request.POST[name]
    try:
        drafts.save_draft(author_key=author_of(request), form_key=form_key(check_in), data=data)
    except ValueError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


def form_key(check_in):
    return f"check-in:{check_in.pk}"
