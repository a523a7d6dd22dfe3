"""Today: the first page of an organisation, as each role needs it."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from checkins.services.handlers import looks_after
from organisations.access import fetch_visible, requires
from organisations.days import zone_of
from organisations.enums import Role
from organisations.roles import Can
from programmes.enums import Side
from programmes.models import Programme

from ..programmes import last_opened, programmes_in_order
from ..today import attention, coordinator, events, lead, member, owner, tutor
from ..today.words import good_day, things_need_you

PER_PAGE = 50
MOST_NEEDS = 12
# Who sees what first, where one person is several.
ORDER = (Role.COORDINATOR, Role.OWNER, Role.MENTOR, Role.STUDENT, Role.TUTOR)


@requires(Can.SEE_OWN_PAGES)
@require_GET
def today(request):
    """One page for each role; somebody with several roles changes between them (?as=)."""
    roles = [role for role in ORDER if request.membership.has_role(role)]
    chosen = next((role for role in roles if role == request.GET.get("as")), roles[0] if roles else None)
    context = {
        "greeting": good_day(request.membership.first_name),
        "today": timezone.localdate(),
        "role_tabs": _role_tabs(roles, chosen),
    }
    template, found = _PAGES.get(chosen, _nobody)(request, context["today"])
    if "needs" not in found and looks_after(request.membership):  # the coordinator's list tells a lead of them
        context["concerns"] = lead.concerns_of(request.membership)
    return render(request, template, context | found)


def _role_tabs(roles, chosen):
    if len(roles) < 2:
        return []
    return [{"label": role.label, "url": f"?as={role.value}", "on": role == chosen} for role in roles]


def _coordinator(request, day):
    programmes = list(programmes_in_order(request.membership, day, last_opened=last_opened(request))[:PER_PAGE])
    programme = _chosen_programme(request, programmes)
    if programme is None:
        steps = coordinator.first_steps(request.organisation)
        return "home/today_coordinator_first.html", {"programme": None, "steps": steps}
    programme.organisation = request.organisation
    request.programme = programme
    numbers = coordinator.counts(programme, day)
    context = {"programme": programme, "programmes": programmes if len(programmes) > 1 else [], "numbers": numbers}
    context |= {"weeks": programme.weeks(day), "phase": coordinator.phase(programme, numbers, day)}
    if not numbers["mentorships"]:
        context["steps"] = coordinator.first_steps(request.organisation, programme, numbers)
        context["waiting"] = coordinator.waiting_on_others(programme, numbers)
        return "home/today_coordinator_first.html", context
    things = coordinator.dated_things(programme, day)
    needs = attention.needs(membership=request.membership, programme=programme, things=things, today=day)
    context |= {
        "needs": Paginator(needs, MOST_NEEDS).get_page(request.GET.get("page")),
        "headline": things_need_you(len(needs)),
        "kpis": coordinator.kpis(programme, numbers, day),
        "coming": coordinator.coming_up(programme, things, day),
        "waiting": coordinator.waiting_on_others(programme, numbers),
    }
    return "home/today_coordinator.html", context


def _chosen_programme(request, programmes):
    wanted = request.GET.get("programme", "")
    if wanted.isdecimal() and len(wanted) < 19:
        return fetch_visible(Programme, request.membership, pk=int(wanted))
    return programmes[0] if programmes else None


def _owner(request, day):
    numbers = owner.counts(request.organisation, day)
    return "home/today_owner.html", {
        "numbers": numbers,
        "kpis": owner.kpis(request.organisation, numbers),
        "missing": owner.warnings(request.organisation, numbers),
        "role_rows": owner.role_rows(request.organisation, numbers),
        "programmes": programmes_in_order(request.membership, day)[:5],
    }


def _mentor(request, day):
    guests = events.guests_of(request.membership)
    return "home/today_mentor.html", _member(request, Side.MENTOR, day, guests) | {"event": events.next_event(request.membership, guests)}


def _student(request, day):
    return "home/today_student.html", _member(request, Side.STUDENT, day)


def _member(request, side, day, guests=()):
    cards = member.cards_of(request.membership, side, day)
    tasks = member.tasks_of(request.membership, side, cards, day, guests)
    nearest = member.next_meeting(cards, day)
    rows = [{"card": card, "next": member.next_in_words(card.next, day, zone_of(request.membership)), "late": tutor.is_late(card, day)} for card in cards]
    return {
        "cards": rows,
        "tasks": tasks,
        "headline": things_need_you(len(tasks)) if tasks else "",
        "nearest": nearest,
        "nearest_moment": member.moment_of(nearest.next, zone_of(request.membership)) if nearest else "",
    }


def _tutor(request, day):
    cards = tutor.tutee_cards(request.membership, day)
    page = Paginator(cards, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"card": card, "next": member.next_in_words(card.next, day, zone_of(request.membership)), "late": tutor.is_late(card, day)} for card in page]
    late = sum(tutor.is_late(card, day) for card in cards)
    return "home/today_tutor.html", {"page": page, "rows": rows, "late": late, "waiting": tutor.waiting_students(request.membership)}


def _nobody(request, day):
    """A lead without another role, or somebody who has none yet."""
    return "home/today_plain.html", {"headline": _("What needs you stands here.")}


_PAGES = {
    Role.COORDINATOR: _coordinator,
    Role.OWNER: _owner,
    Role.MENTOR: _mentor,
    Role.STUDENT: _student,
    Role.TUTOR: _tutor,
}
