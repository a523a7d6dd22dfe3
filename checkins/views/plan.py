"""The plan of a mentorship's check-ins: add, move, drop, and how often."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.words import day
from matching.models import Mentorship
from matching.services.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.days import local_today
from organisations.roles import Can

from ..forms.plan import PlanForm, RhythmForm
from ..plan_page import PlanPage, when_words
from ..rights import may_work_in, require_work_in
from ..services import planning, rules
from ..services.members import people_of
from .log import fetch_check_in


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, mentorship_id):
    mentorship = fetch_mentorship(request, mentorship_id)
    works = may_work_in(request.membership, mentorship)
    form = PlanForm(request.POST or None, mentorship=mentorship, membership=request.membership)
    if request.method == "POST":
        require_work_in(request.membership, mentorship)
        if form.is_valid() and _do(request, form, planning.add_check_in, mentorship=mentorship):
            return redirect_in(request, "checkins:plan", mentorship.pk)
    page = PlanPage(mentorship, request.membership, local_today(request.organisation))
    context = {"mentorship": mentorship, "page": page, "form": form, "works": works and mentorship.is_in_contact}
    return render(request, "checkins/plan.html", context)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    require_work_in(request.membership, check_in.mentorship)
    form = PlanForm(request.POST or None, mentorship=check_in.mentorship, membership=request.membership, check_in=check_in)
    sent = request.method == "POST" and form.is_valid()
    if sent and _do(request, form, planning.move_check_in, check_in=check_in):
        return redirect_in(request, "checkins:plan", check_in.mentorship_id)
    people = people_of([check_in.mentorship_id])[check_in.mentorship_id]
    return render(request, "checkins/move.html", {"check_in": check_in, "form": form, "people": people})


@requires(Can.SEE_OWN_PAGES)
@require_POST
def drop(request, check_in_id):
    check_in = fetch_check_in(request, check_in_id)
    require_work_in(request.membership, check_in.mentorship)
    told = check_in.told_at is not None
    try:
        planning.drop_check_in(check_in=check_in, by=request.membership)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        words = _("The check-in of %(day)s is out of the plan, and out of your calendars.") if told else _("The check-in of %(day)s is out of the plan.")
        messages.success(request, words % {"day": day(check_in.due_on)})
    return redirect_in(request, "checkins:plan", check_in.mentorship_id)


@requires(Can.SEE_OWN_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def rhythm(request, mentorship_id):
    mentorship = fetch_mentorship(request, mentorship_id)
    require_work_in(request.membership, mentorship)
    asked, current = rules.rules_of(mentorship.programme), rules.rhythm_of(mentorship)
    form = RhythmForm(request.POST or None, rules=asked, current=current)
    if request.method == "POST" and form.is_valid():
        try:
            rules.choose_rhythm(mentorship=mentorship, by=request.membership, **form.cleaned_data)
            made = planning.plan_anew(mentorship=mentorship, by=request.membership)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            words = ngettext("Saved. %(n)d check-in is planned from here on.", "Saved. %(n)d check-ins are planned from here on.", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect_in(request, "checkins:plan", mentorship.pk)
    people = people_of([mentorship.pk])[mentorship.pk]
    return render(request, "checkins/rhythm.html", {"mentorship": mentorship, "form": form, "people": people, "rules": asked})


def fetch_mentorship(request, mentorship_id) -> Mentorship:
    """A mentorship this person may see, with its programme. Tells the navigation which programme this is."""
    rows = Mentorship.objects.select_related("programme", "organisation")
    mentorship = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id)
    request.programme, request.mentorship = mentorship.programme, mentorship
    return mentorship


def _do(request, form, service, **what):
    """Run the service; what it refuses stands on the form. True when it is done."""
    try:
        row = service(by=request.membership, **what, **form.values())
        form.keep_place(row)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    say_planned(request, row, form.zone, is_doubled=form.is_doubled)
    return True


def say_planned(request, row, zone, *, is_doubled=False):
    """What is planned now, what it does to calendars, and kindly what it does to the month."""
    words = [_("Planned for %(when)s.") % {"when": when_words(row, zone)}]
    if row.starts_at:
        words.append(_("Everybody gets a letter that puts it into their calendar."))
    messages.success(request, " ".join(words))
    if is_doubled:
        messages.info(request, _("That night the clocks go back and this time comes twice. The first one counts, before they are changed."))
    for sentence in rules.month_words(row.mentorship, row.due_on) if row.is_extra else []:
        messages.warning(request, sentence)
