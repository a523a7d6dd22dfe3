"""A choosing round as its pages show it: a candidate as a card, a person's times, who has chosen."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import day, day_time
from programmes.enums import Side

from . import words
from .services.choosing import NOBODY_LEFT


def card(candidate, place, last) -> dict:
    """A candidate with what the sheet's owner may know: a first name, what they do or study, where, what they offer or hope.

    No last name, employer or age; reasons only where both may read them.
    """
    person = candidate.person
    is_mentor = person.side == Side.MENTOR
    return {
        "candidate": candidate,
        "place": place,
        "is_first": place == 1,
        "is_last": place == last,
        "name": person.membership.first_name,
        "role": person.job_title if is_mentor else person.course,
        "town": person.town,
        "skills": ", ".join(person.skills if is_mentor else person.wants_skills),
        "hope": "" if is_mentor else person.career_goal,
        "is_mentor": is_mentor,
        "reasons": words.reasons_as_sentences(candidate.reasons),
    }


def cards(order) -> list[dict]:
    """The cards of an ordered list of candidates."""
    return [card(one, place, len(order)) for place, one in enumerate(order, 1)]


def clock(times) -> list[str]:
    """(when, first name) pairs as "10:00 Ade"."""
    return [f"{timezone.localtime(when):%H:%M} {name}" for when, name in times]


def headline(choosing, done, all_of_them) -> str:
    """The first sentence of the coordinator's page."""
    if choosing.state() == "coming":
        if choosing.meets_at:
            return _("Speed meetings on %(day)s") % {"day": day(choosing.meets_at)}
        return _("Choosing begins on %(day)s") % {"day": day(choosing.opens_at)}
    return ngettext("%(done)d of %(all)d has chosen", "%(done)d of %(all)d have chosen", all_of_them) % {"done": done, "all": all_of_them}


def lead(choosing) -> str:
    """How long it is open, and how many each sees."""
    seen = _("Each sees %(n)d people at most.") % {"n": choosing.per_person}
    if choosing.state() == "closed":
        return _("The round is closed. %(sides)s.") % {"sides": choosing.get_sides_display()}
    if choosing.state() == "coming":
        opens = _("Choosing opens on %(when)s and closes at the end of %(day)s.")
        return opens % {"when": day_time(choosing.opens_at), "day": day(choosing.closes_on)} + " " + seen
    return _("Open until the end of %(day)s. %(sides)s.") % {"day": day(choosing.closes_on), "sides": choosing.get_sides_display()} + " " + seen


def state_tag(sheet, has_candidates) -> tuple[str, str, str]:
    """(text, kind, icon) of a person's sheet."""
    if sheet.done_at:
        return _("Has chosen"), "good", "check"
    if not has_candidates:
        return _("Nobody to choose"), "bad", ""
    if sheet.version:
        return _("Has begun"), "info", ""
    return _("Not yet"), "warn" if sheet.asked_at and sheet.asked_at <= timezone.now() else "", ""


def why_nobody(sheet) -> str:
    """Why nobody is on a sheet, as a sentence."""
    code = sheet.without.get("code")
    if not code:
        return _("Everybody who was shown to them has left since.")
    if code == NOBODY_LEFT:
        return _("No student who keeps the rules was left to be shown to them.")
    return words.unmatched_why(code, sheet.without.get("params", {}))


def sheet_row(sheet) -> dict:
    """One line of the coordinator's table. The sheet comes with its candidates and their people."""
    present = [one for one in sheet.candidates.all() if not (one.person.withdrawn_at or one.person.membership.left_at)]
    order = [one.person.name for one in present if not one.is_no]
    return {
        "sheet": sheet,
        "person": sheet.person,
        "tag": state_tag(sheet, bool(present)),
        "order": order if sheet.ordered_at else [],
        "noes": [one.person.name for one in present if one.is_no],
    }
