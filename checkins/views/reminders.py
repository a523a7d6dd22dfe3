"""Who would get what on a day, and who not, and why: the sweep's own code, without writing. Each letter as it would be."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from organisations.access import redirect_in, requires
from organisations.roles import Can
from post.rendering import render_letter
from programmes.access import open_programme
from programmes.models import ReminderRule

from ..models import ReminderSent
from ..presenters_reminders import held_rows, letter_rows
from ..services import foresight

PER_PAGE = 50
AHEAD = 14  # days
# What a letter may do on our page: be looked at.
CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"


@requires(Can.RUN_PROGRAMMES)
@require_safe
def reminders_preview(request, programme_id):
    programme = open_programme(request, programme_id)
    on, query = _day(request), request.GET.get("q", "").strip()[:100]
    letters, held = foresight.of_programme(programme, on, query)
    sent = ReminderSent.objects.visible_to(request.membership).filter(rule__programme=programme)
    rules = ReminderRule.objects.visible_to(request.membership).filter(programme=programme)
    today = timezone.localdate()
    page = Paginator(letters, PER_PAGE).get_page(request.GET.get("page"))
    held_page = Paginator(held, PER_PAGE).get_page(request.GET.get("held"))
    context = {
        "programme": programme,
        "on": on,
        "days": [today + timedelta(days=n) for n in range(1, AHEAD + 1)],
        "query": query,
        "page": page,
        "rows": letter_rows(page.object_list),
        "held_page": held_page,
        "held_rows": held_rows(held_page.object_list),
        "sent_this_week": sent.filter(at__gt=timezone.now() - timedelta(days=7)).values("letter_key").distinct().count(),
        "rules_on": sum(rule.is_active for rule in rules),
    }
    return render(request, "checkins/reminders_preview.html", context)


@requires(Can.RUN_PROGRAMMES)
@require_safe
def reminder_letter(request, programme_id):
    """One person's letter of a day, in a frame that can do nothing but be seen, and as text."""
    programme = open_programme(request, programme_id)
    on, letter = _day(request), _letter(request, programme)
    if letter is None:
        messages.info(request, _("Nobody like this gets a letter on that day any more."))
        return redirect_in(request, "checkins:reminders_preview", programme.pk)
    name, context = foresight.as_it_would_be(letter, request.organisation)
    context = {"programme": programme, "on": on, "letter": letter, "written": render_letter(name, context), "query": request.GET.urlencode()}
    return render(request, "checkins/reminder_letter.html", context)


@requires(Can.RUN_PROGRAMMES)
@xframe_options_sameorigin
@require_safe
def reminder_letter_html(request, programme_id):
    """The letter alone, for the frame."""
    letter = _letter(request, open_programme(request, programme_id))
    if letter is None:
        return HttpResponse(status=410)
    name, context = foresight.as_it_would_be(letter, request.organisation)
    response = HttpResponse(render_letter(name, context).html)
    response["Content-Security-Policy"] = CSP
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _letter(request, programme):
    """The letter of the person and the day in the address, or None."""
    who = request.GET.get("who", "")
    letters, _held = foresight.of_programme(programme, _day(request))
    return next((letter for letter in letters if letter[0].person.key == who), None)


def _day(request) -> date:
    """The day in the address; tomorrow where there is none, or none of the next two weeks."""
    today = timezone.localdate()
    try:
        on = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        on = None
    return on if on and today < on <= today + timedelta(days=AHEAD) else today + timedelta(days=1)
