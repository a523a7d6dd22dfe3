"""A reminder as a letter: our words or the programme's own, why it comes, and where one chooses to get fewer."""

import re
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from organisations.services import links, standing_links
from post.services.bulk import Draft, full_key
from programmes.reminder_kinds import places_of

from ..models import ReminderSent
from .reminder_plan import MOST

PLACE = re.compile(r"\{([^{}]*)\}")
DIGEST = "digest"


def rows_for(letters, organisation) -> list[ReminderSent]:
    """What is written down of each letter: one row for everything it stands for, in the letters' order."""
    return [
        ReminderSent(
            organisation=organisation, rule=due.rule, target=due.target, recipient=due.person.key, letter_key=full_key(key_of(letter))
        )
        for letter in letters
        for due in letter
    ]


def key_of(letter) -> str:
    """What makes a letter go once: the thing it speaks of, or all of them."""
    if len(letter) == 1:
        return letter[0].letter_key
    return f"reminder-digest:{letter[0].person.key}:{standing_links.short_hash('|'.join(due.letter_key for due in letter))}"


def drafts_for(letters, rows, due_at, organisation) -> list[Draft]:
    """The letters, ready for the outbox; rows: what rows_for gave, saved. Signed links are made with one query."""
    urls = iter(addresses([due for letter in letters for due in letter[:MOST]]))
    rows, drafts = iter(rows), []
    for letter in letters:
        own_rows = [next(rows) for _due in letter]
        why_page = why_url(letter[0].person, own_rows[0].pk)
        found = [next(urls) or why_page for _due in letter[:MOST]]
        drafts.append(_draft(letter, found, why_page, due_at, organisation))
    return drafts


def preview_of(letter, organisation, at) -> tuple[str, dict]:
    """(name, context) of a letter as it would be, with addresses that lead nowhere. Writes nothing."""
    nowhere = links.absolute("/")
    draft = _draft(letter, [nowhere] * min(MOST, len(letter)), nowhere, at, organisation)
    return draft.name, draft.context


def addresses(dues) -> list[str]:
    """Where each button leads; "" where only the page that says why can be opened."""
    signed = [due for due in dues if due.link]
    asked = [(due.link[1], due.link[2], due.person.membership, due.person.name) for due in signed]
    tokens = dict(zip(map(id, signed), links.make_links(asked), strict=True)) if signed else {}
    return [links.absolute(reverse(due.link[0], args=[tokens[id(due)]])) if due.link else due.page for due in dues]


def why_url(person, sent_id) -> str:
    """The page for one person that says why a letter came."""
    token = standing_links.make_token(person.key, person.email, sent_id)
    return links.absolute(reverse("checkins:letters_by_link", args=[token]))


def unsubscribe_of(page) -> str:
    """The address that a mail program's own button posts to."""
    return f"{page}stop/"


def why_sentence(due) -> str:
    """"You get this because: … Autumn placements reminds of that 3 days after." """
    parts = {"fact": str(due.why).rstrip("."), "programme": due.rule.programme.name, "n": abs(due.rule.offset_days)}
    if due.rule.offset_days < 0:
        words = ngettext(
            "You get this because: %(fact)s. %(programme)s reminds of that %(n)d day before.",
            "You get this because: %(fact)s. %(programme)s reminds of that %(n)d days before.",
            parts["n"],
        )
    elif due.rule.offset_days == 0:
        words = _("You get this because: %(fact)s. %(programme)s reminds of that on the day.")
    else:
        words = ngettext(
            "You get this because: %(fact)s. %(programme)s reminds of that %(n)d day after.",
            "You get this because: %(fact)s. %(programme)s reminds of that %(n)d days after.",
            parts["n"],
        )
    said = words % parts
    return f"{said} {_('It always comes, because somebody waits for your answer.')}" if due.kind.must else said


def fill(text, due) -> str:
    """A rule's own words with the letter's facts put in. Words in braces that it does not know stay as they are."""
    places, context = places_of(due.kind, due.rule.recipient), _frame(due)
    known = {place: context[key] for place, key in places.items() if key in context}
    filled = PLACE.sub(lambda found: _in_words(known[found[1]]) if found[1] in known else found[0], text)
    return " ".join(filled.split())


def _draft(letter, urls, why_page, due_at, organisation) -> Draft:
    first = letter[0]
    if len(letter) > 1:
        return _digest(letter, urls, why_page, due_at, organisation)
    context = _frame(first) | {"url": urls[0], "why": why_sentence(first), "why_url": why_page}
    if first.rule.subject:
        context["own_subject"] = fill(first.rule.subject, first)
    if first.rule.opening:
        context["own_text"] = fill(first.rule.opening, first)
    stop = "" if first.kind.must else unsubscribe_of(why_page)
    return Draft(
        first.template, first.person.email, first.person.name, context, key_of(letter), due_at, first.about, unsubscribe_url=stop
    )


def _digest(letter, urls, why_page, due_at, organisation) -> Draft:
    first, programmes = letter[0], {due.rule.programme.name for due in letter}
    more = len(letter) - len(urls)
    context = {
        "first_name": first.person.first_name,
        "organisation": organisation.name,
        "programme": first.rule.programme.name if len(programmes) == 1 else "",
        "url": urls[0],
        "items": [
            {"what": _item(due), "button": str(due.kind.button if not due.for_onlooker else _("Open")), "url": url}
            for due, url in zip(letter, urls, strict=False)
        ],
        "more": more,
        "why": _digest_why(letter),
        "why_url": why_page,
    }
    stop = "" if any(due.kind.must for due in letter) else unsubscribe_of(why_page)
    return Draft(DIGEST, first.person.email, first.person.name, context, key_of(letter), due_at, unsubscribe_url=stop)


def _item(due):
    what = str(due.why).rstrip(".") + "."
    return f"{due.names}: {what}" if due.names else what


def _digest_why(letter):
    words = ngettext(
        "You get this because %(n)d thing waits; reminders of one day come in one letter.",
        "You get this because %(n)d things wait; reminders of one day come in one letter.",
        len(letter),
    )
    said = words % {"n": len(letter)}
    must = any(due.kind.must for due in letter)
    return f"{said} {_('What somebody waits to have answered always comes.')}" if must else said


def _frame(due):
    programme = due.rule.programme
    return {
        "first_name": due.person.first_name,
        "organisation": programme.organisation.name,
        "programme": programme.name,
        **due.context,
    }


@lru_cache(maxsize=512)
def _day_in_words(value):
    return date_format(value, pgettext("date format: weekday, day, month", "l j F"))


def _in_words(value):
    return _day_in_words(value) if isinstance(value, date) else str(value)
