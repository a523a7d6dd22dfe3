"""Holidays of a programme and of the organisation: days on which nobody is expected."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.refused import Refused
from organisations.access import fetch_visible, redirect_in, requires
from organisations.roles import Can

from ..access import open_programme
from ..forms.holidays import HolidayForm
from ..models import Holiday
from ..services import holidays as service


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request, programme_id):
    programme = open_programme(request, programme_id)
    form = HolidayForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            row, moved = service.add_holiday(by=request.membership, **form.values())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _say(request, row, moved)
            return redirect_in(request, "programmes:holidays", programme.pk)
    rows = list(Holiday.objects.visible_to(request.membership).of(programme))
    context = {"programme": programme, "form": form, "holidays": rows, "today": timezone.localdate()}
    return render(request, "programmes/holidays.html", context, status=422 if form.errors else 200)


@requires(Can.RUN_PROGRAMMES)
@require_POST
def holiday_remove(request, programme_id, holiday_id):
    programme = open_programme(request, programme_id)
    row = fetch_visible(Holiday, request.membership, pk=holiday_id)
    service.remove_holiday(holiday=row, by=request.membership)
    messages.success(request, _("“%(name)s” is no holiday any more. Check-ins that moved stay where they are.") % {"name": row.name})
    return redirect_in(request, "programmes:holidays", programme.pk)


def _say(request, row, moved):
    messages.success(request, _("“%(name)s” is kept. No reminders go out on these days.") % {"name": row.name})
    if moved:
        words = ngettext(
            "%(n)d planned check-in moved to the next free day.", "%(n)d planned check-ins moved to the next free day.", moved
        )
        messages.info(request, words % {"n": moved})
