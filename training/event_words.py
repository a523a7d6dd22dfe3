"""Events in the words of pages and letters."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import day_time

from .presets import CHECKLIST_ASPECTS


def aspect_titles(keys, points=CHECKLIST_ASPECTS) -> list[str]:
    """The titles of aspects by their keys, in the checklist's order (``points``: services.aspects.points_of); unknown ones are left out."""
    return [str(aspect.title) for aspect in points if aspect.key in keys]


def when_words(gathering) -> str:
    """"Thursday 1 October, 10:00 to 11:30" on the clock of the current time zone."""
    end = timezone.localtime(gathering.ends_at)
    same_day = end.date() == timezone.localtime(gathering.starts_at).date()
    until = date_format(end, "H:i") if same_day else day_time(gathering.ends_at)
    return _("%(start)s to %(end)s") % {"start": day_time(gathering.starts_at), "end": until}


def where_words(gathering) -> str:
    """The place, and that one can come online; the address of the link is not said."""
    if gathering.place and gathering.link:
        return _("%(place)s, or online") % {"place": gathering.place}
    return gathering.place or _("Online")


def length_words(minutes) -> str:
    """"45 minutes", "1 hour", "2 hours 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if rest or not hours:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)
