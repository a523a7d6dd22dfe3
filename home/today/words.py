"""Sentences for the head of a dashboard."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def good_day(first_name, now=None) -> str:
    """"Good morning, Ruth." by the organisation's clock."""
    hour = timezone.localtime(now).hour
    if hour < 12:
        words = _("Good morning, %(name)s.")
    elif hour < 18:
        words = _("Good afternoon, %(name)s.")
    else:
        words = _("Good evening, %(name)s.")
    return words % {"name": first_name}


def things_need_you(count) -> str:
    """"Four things need you."; numbers in words up to ten."""
    if count == 0:
        return _("Nothing needs you right now.")
    names = [
        _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine"), _("Ten"),
    ]  # fmt: skip
    number = names[count - 1] if count <= len(names) else str(count)
    return ngettext("%(number)s thing needs you.", "%(number)s things need you.", count) % {"number": number}
