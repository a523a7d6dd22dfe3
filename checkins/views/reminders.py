"""What the next sweep would send, and why: the sweep's own code, without writing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.access import fetch_visible, requires
from organisations.roles import Can
from programmes.models import Programme, ReminderRule

from ..models import ReminderSent
from ..services import reminders

PER_PAGE = 50


@requires(Can.RUN_PROGRAMMES)
@require_safe
def reminders_preview(request, programme_id):
    programme = fetch_visible(Programme, request.membership, Programme.objects.select_related("organisation"), pk=programme_id)
    request.programme = programme
    tomorrow = timezone.localdate() + timedelta(days=1)
    at = datetime.combine(tomorrow, reminders.FIRST_HOUR, ZoneInfo(programme.organisation.time_zone))
    found = sorted(reminders.preview(programme, at), key=lambda due: (due.person.name, due.asked_on, due.row_id))
    sent = ReminderSent.objects.visible_to(request.membership).filter(rule__programme=programme)
    rules = ReminderRule.objects.visible_to(request.membership).filter(programme=programme)
    context = {
        "programme": programme,
        "tomorrow": tomorrow,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "sent_this_week": sent.filter(at__gt=timezone.now() - timedelta(days=7)).count(),
        "rules_on": sum(rule.is_active for rule in rules),
        "rules": len(rules),
    }
    return render(request, "checkins/reminders_preview.html", context)
