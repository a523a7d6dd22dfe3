"""Holidays: days on which nobody is expected, of a programme or of the whole organisation."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record

from ..models import Holiday
from ..signals import holiday_added
from .programmes import ProgrammeError

LONGEST = timedelta(days=100)  # a summer


def add_holiday(*, programme, name, first_on, last_on, by) -> tuple[Holiday, int]:
    """Keep a holiday; the same days twice are one. programme: None for the whole organisation.

    Returns it, and how many planned check-ins moved out of its way (apps above are told by signal).
    """
    if last_on < first_on:
        raise ProgrammeError(_("The last day comes after the first."))
    if last_on - first_on > LONGEST:
        raise ProgrammeError(_("This is longer than a summer. Check the days."))
    with transaction.atomic():
        row, is_new = Holiday.objects.get_or_create(
            programme=programme, first_on=first_on, last_on=last_on, defaults={"name": " ".join(name.split())}
        )
        if not is_new:
            return row, 0
        record("holiday added", by=by, about=row)
        moved = sum(count or 0 for _receiver, count in holiday_added.send(sender=Holiday, holiday=row, by=by))
    return row, moved


def remove_holiday(*, holiday, by) -> None:
    """Take a holiday out. What has moved out of its way stays where it is."""
    with transaction.atomic():
        record("holiday removed", by=by, about=holiday)
        Holiday.objects.filter(pk=holiday.pk).delete()
