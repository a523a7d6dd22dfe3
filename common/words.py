"""Dates and numbers in the words people use. Pure functions; the template filters of the same names stand in templatetags/ui.py."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

NBSP = "\u00a0"


def as_day(value) -> date:
    """The calendar day of a date or an aware datetime, in the current time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value, today=None) -> str:
    """"Tuesday 24 November"; with the year when it is not this one."""
    value, today = as_day(value), today or timezone.localdate()
    pattern = pgettext("date format: weekday, day, month", "l j F")
    return date_format(value, pattern if value.year == today.year else pattern + " Y")


def short_day(value, today=None) -> str:
    """"24 Nov"; with the year when it is not this one."""
    value, today = as_day(value), today or timezone.localdate()
    pattern = pgettext("date format: day, short month", "j M")
    return date_format(value, pattern if value.year == today.year else pattern + " Y")


def when(value, today=None) -> str:
    """"today", "tomorrow", "yesterday", or the day in words."""
    today = today or timezone.localdate()
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return near.get((as_day(value) - today).days) or day(value, today)


def day_time(value, today=None, zone=None) -> str:
    """"Tuesday 24 November, 10:00" for a datetime, on the clock of ``zone`` (default: the current one)."""
    local = timezone.localtime(value, zone) if timezone.is_aware(value) else value
    return f"{day(local.date(), today)}, {date_format(local, 'H:i')}"


def period(start, end) -> str:
    """"5 October to 18 December"; the year once, unless they differ."""
    start, end = as_day(start), as_day(end)
    months = pgettext("date format: day, month", "j F")
    first = months if start.year == end.year else months + " Y"
    last = months if start.year == end.year == timezone.localdate().year else months + " Y"
    return _("%(start)s to %(end)s") % {"start": date_format(start, first), "end": date_format(end, last)}


def days(count) -> str:
    """"1 day", "19 days"."""
    count = int(count)
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def ago(value, now=None) -> str:
    """How long ago, in one unit: "just now", "12 minutes ago", "3 hours ago", "yesterday", "19 days ago", later the day itself."""
    now = now or timezone.now()
    if not isinstance(value, datetime):
        return _days_ago((timezone.localdate(now) - value).days, value)
    minutes = int((now - value).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    gap = (timezone.localdate(now) - as_day(value)).days
    if gap == 0:
        hours = minutes // 60
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    return _days_ago(gap, value)


def _days_ago(gap, value):
    if gap < 0 or gap > 60:
        return day(value)
    near = {0: _("today"), 1: _("yesterday")}
    return near.get(gap) or _("%(days)s ago") % {"days": days(gap)}


def percent(value, of=None) -> str:
    """"87 %" from 87, or from a part and a whole; a dash when the whole is nothing."""
    if value is None or of == 0:
        return "–"
    return f"{round(100 * value / of if of else value)}{NBSP}%"


def initials(name) -> str:
    """One or two letters for an avatar: first and last word that begin with a letter; "?" when there is none. Of many names, the first's."""
    words = [word for word in str(name).partition(",")[0].split() if word[0].isalpha()]
    if not words:
        return "?"
    return "".join(word[0] for word in (words[:1] if len(words) == 1 else [words[0], words[-1]])).upper()
