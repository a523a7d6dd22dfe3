"""A mentorship on one page, and lists of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from checkins.services.notes import write_note
from matching.enums import MentorshipStatus, Stage
from matching.models import Mentorship, MentorshipMember
from matching.rights import require_work_in
from matching.services.refused import Refused
from organisations.access import fetch_visible, requires
from organisations.days import local_today
from organisations.roles import Can
from programmes.models import Programme

from ..forms import NoteForm
from ..mentorship.columns import page_columns
from ..mentorship.lists import lines
from ..mentorship.page import MentorshipPage
from ..mentorship.together import with_together

PER_PAGE = 50
_ONE = ["programme", "placement__site__employer", "placement__line_manager", "agreement", "organisation"]


def _fetch(request, mentorship_id):
    rows = with_together(Mentorship.objects.visible_to(request.membership).select_related(*_ONE, "carries_on"), request.membership)
    rows = rows.annotate(**page_columns())
    mentorship = fetch_visible(Mentorship, request.membership, rows, pk=mentorship_id)
    request.programme = mentorship.programme
    return mentorship


@requires(Can.SEE_OWN_PAGES)
@require_GET
def mentorship(request, mentorship_id):
    found = _fetch(request, mentorship_id)
    return _show(request, found, NoteForm(membership=request.membership))


def _show(request, found, form, status=200):
    page = MentorshipPage(found, request.membership, local_today(request.organisation))
    return render(request, "home/mentorship.html", {"page": page, "mentorship": found, "note_form": form}, status=status)


@requires(Can.SEE_OWN_PAGES)
@require_POST
def note_add(request, mentorship_id):
    """Keep a note; a mistake shows on the same page with what was typed."""
    found = _fetch(request, mentorship_id)
    require_work_in(request.membership, found)
    form = NoteForm(request.POST, membership=request.membership)
    if form.is_valid():
        try:
            write_note(mentorship=found, by=request.membership, **form.values())
            form.keep_limits(request.membership)
        except Refused as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, _("The note is kept."))
            return redirect(found)
    return _show(request, found, form, status=422)


@requires(Can.SEE_OWN_PAGES)
@require_GET
def my_mentorships(request):
    """Those a mentor or student belongs to, or a tutor follows; running ones first."""
    rows = Mentorship.objects.visible_to(request.membership).select_related(*_ONE)
    page = Paginator(rows.order_by("ended_at", "-started_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    runs = request.membership.can(Can.RUN_PROGRAMMES)
    found = lines(list(page.object_list), today=local_today(request.organisation), tells_why=runs)
    return render(request, "home/my_mentorships.html", {"page": page, "lines": found})


@requires(Can.RUN_PROGRAMMES)
@require_GET
def mentorships(request, programme_id):
    """A programme's mentorships; filtered by stage, by how they stand, and by name."""
    programme = request.programme = fetch_visible(Programme, request.membership, pk=programme_id)
    rows = Mentorship.objects.visible_to(request.membership).filter(programme=programme)
    total = rows.count()
    stage, status, name = (request.GET.get(key, "").strip() for key in ("stage", "status", "q"))
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    rows = rows.filter(status=status if status in MentorshipStatus.values else MentorshipStatus.ACTIVE) if status != "all" else rows
    if name:
        rows = rows.filter(pk__in=_named(name))
    page = Paginator(rows.select_related(*_ONE).order_by("last_contact_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "lines": lines(list(page.object_list), today=local_today(request.organisation), tells_why=True),
        "total": total,
        "stages": [(value, label, value == stage) for value, label in Stage.choices],
        "statuses": [("all", _("All"), status == "all"), *((v, label, v == (status or "active")) for v, label in MentorshipStatus.choices)],
        "q": name,
    }
    return render(request, "home/mentorships.html", context)


def _named(name):
    seats = MentorshipMember.objects.all()
    for word in name.split()[:5]:
        person = Q(participant__membership__first_name__icontains=word) | Q(participant__membership__last_name__icontains=word)
        seats = seats.filter(mentorship__in=MentorshipMember.objects.filter(person).values("mentorship"))
    return seats.values("mentorship")
