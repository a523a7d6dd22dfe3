"""Times to pick from: proposed on one page, picked on another; signed in, or by the signed link in the letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.services.refused import Refused
from organisations.access import fetch_visible, link_page, requires
from organisations.days import local_today
from organisations.enums import Purpose
from organisations.roles import Can

from ..forms.times import TimesForm
from ..models import CheckIn, TimeOption, TimesProposal
from ..rights import may_work_in, require_work_in
from ..services import times as service
from ..times_page import TimesPage
from .plan import fetch_mentorship


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def times_new(request, mentorship_id):
    mentorship = fetch_mentorship(request, mentorship_id)
    require_work_in(request.membership, mentorship)
    back = reverse("checkins:plan", args=[request.organisation.slug, mentorship.pk])
    return _new(request, mentorship, back, lambda made: reverse("checkins:times", args=[request.organisation.slug, made.pk]))


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def times(request, times_id):
    row = _fetch(request, times_id)
    if request.method == "POST":
        require_work_in(request.membership, row.mentorship)
    slug = request.organisation.slug
    addresses = {
        "here": reverse("checkins:times", args=[slug, row.pk]),
        "other": reverse("checkins:times_other", args=[slug, row.pk]),
        "plan": reverse("checkins:plan", args=[slug, row.mentorship_id]),
    }
    return _page(request, row, addresses, works=may_work_in(request.membership, row.mentorship))


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def times_other(request, times_id):
    """None of them suits: propose others."""
    row = _fetch(request, times_id)
    require_work_in(request.membership, row.mentorship)
    slug = request.organisation.slug
    return _other(request, row, reverse("checkins:times", args=[slug, row.pk]), lambda made: reverse("checkins:times", args=[slug, made.pk]))


@link_page(Purpose.TIMES)
@require_http_methods(["GET", "HEAD", "POST"])
def times_by_link(request):
    row, token = _of_link(request), request.resolver_match.kwargs["token"]
    addresses = {
        "here": reverse("checkins:times_by_link", args=[token]),
        "other": reverse("checkins:times_other_by_link", args=[token]),
        "plan": "",
    }
    return _page(request, row, addresses, works=True)


@link_page(Purpose.TIMES)
@require_http_methods(["GET", "HEAD", "POST"])
def times_other_by_link(request):
    row, token = _of_link(request), request.resolver_match.kwargs["token"]
    here = reverse("checkins:times_by_link", args=[token])
    return _other(request, row, here, lambda made: here)


def _fetch(request, times_id):
    rows = TimesProposal.objects.select_related("mentorship__programme", "mentorship__organisation", "proposed_by", "check_in")
    row = fetch_visible(TimesProposal, request.membership, rows, pk=times_id)
    request.programme, request.mentorship = row.mentorship.programme, row.mentorship
    return row


def _of_link(request):
    return _fetch(request, request.link.target_id)


def _page(request, row, addresses, *, works):
    page = TimesPage(row, request.membership)
    if request.method == "POST":
        try:
            done = _act(request, row, page)
        except Refused as refused:
            messages.info(request, str(refused))
            done = True
        if done:
            return redirect(addresses["here"])
    context = {"times": row, "page": page, "door": addresses, "works": works and row.mentorship.is_active}
    return render(request, "checkins/times.html", context)


def _act(request, row, page) -> bool:
    """Do what was pressed. False where nothing was."""
    me = request.membership
    if "yes" in request.POST or "settle" in request.POST:
        wanted = request.POST.get("yes") or request.POST.get("settle")
        option = get_object_or_404(TimeOption.objects.visible_to(me), times=row, pk=wanted if wanted.isdecimal() else 0)
        if "settle" in request.POST:
            if not page.may_settle:
                raise PermissionDenied
            made = service.settle_time(times=row, option=option, by=me)
        else:
            made = service.say_yes(times=row, option=option, by=me)
        if made:
            messages.success(request, _("Settled. Everybody gets a letter that puts it into their calendar."))
        else:
            messages.success(request, _("Thank you. It is settled once it suits everybody."))
        return True
    if "none" in request.POST:
        service.say_none(times=row, by=me)
        messages.success(request, _("Thank you for saying so. Whoever proposed the times is told."))
        return True
    if "take_back" in request.POST:
        if not page.may_settle:
            raise PermissionDenied
        service.take_back(times=row, by=me)
        messages.success(request, _("The times are taken back."))
        return True
    return False


def _new(request, mentorship, back, after, *, answers=None):
    today = local_today(mentorship.organisation)
    rows = CheckIn.objects.visible_to(request.membership).filter(mentorship=mentorship, due_on__gte=today, starts_at=None)
    waiting = list(rows.planned()[:12])
    wanted = request.GET.get("check_in", "") or (str(answers.check_in_id) if answers and answers.check_in_id else "")
    initial = {"check_in": wanted or (str(waiting[0].pk) if waiting else "")}
    if answers:
        initial |= {"minutes": answers.minutes, "place": answers.place}
    form = TimesForm(request.POST or None, mentorship=mentorship, membership=request.membership, waiting=waiting, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.propose_times(mentorship=mentorship, answers=answers, by=request.membership, **form.values())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Proposed. The others get a letter, and pick with one tap."))
            if form.is_doubled:
                messages.info(request, _("One of these times comes twice that night. The first one counts, before the clocks are changed."))
            return redirect(after(made))
    return render(request, "checkins/times_new.html", {"form": form, "back": back, "mentorship": mentorship, "answers": answers})


def _other(request, row, back, after):
    if not row.is_open:
        messages.info(request, str(service.AlreadySettled(row)))
        return redirect(back)
    return _new(request, row.mentorship, back, after, answers=row)
