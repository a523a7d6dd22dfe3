"""Reminder rules for pages: sentences, and our own words as an example."""


from post.rendering import example_context, render_letter
from programmes.reminder_kinds import KINDS, kind_of, letter_of, sentence

from .services.reminder_rules import differs, preset_of


def lines_of(rules) -> list[dict]:
    """The rules in the order of their kinds: {"rule", "sentence", "changed", "own", "own_words"}."""
    order = {kind.key: place for place, kind in enumerate(KINDS)}
    rows = sorted(rules, key=lambda rule: (order[kind_of(rule).key], rule.offset_days, rule.pk))
    return [
        {
            "rule": rule,
            "sentence": sentence(rule),
            "changed": differs(rule),
            "own": preset_of(rule) is None,
            "own_words": bool(rule.subject or rule.opening),
        }
        for rule in rows
    ]


def example_of(kind, rule=None) -> dict:
    """Our subject and words for a kind, with invented people: what stands there when a rule has no words of its own."""
    name = letter_of(kind, rule.recipient if rule else kind.audience[0])
    context = example_context(name)
    letter = render_letter(name, context)
    body = letter.text.split("\n\n", 1)[1].split(str(context["url"]))[0].rsplit("\n", 2)[0]
    return {"subject": letter.subject, "text": body.strip()}


def letter_rows(letters) -> list[dict]:
    """Letters of a day: {"key", "name", "email", "things": [{"what", "rule"}]}."""
    return [
        {
            "key": letter[0].person.key,
            "name": letter[0].person.name,
            "email": letter[0].person.email,
            "things": [{"what": about(due), "rule": sentence(due.rule)} for due in letter],
        }
        for letter in letters
    ]


def held_rows(held) -> list[dict]:
    """Those who get nothing: {"name", "what", "why"}."""
    return [{"name": one.due.person.name, "what": about(one.due), "why": one.words} for one in held]


def about(due) -> str:
    """The fact, with the others whom it is about."""
    fact = str(due.why).rstrip(".")
    return f"{due.names}: {fact}" if due.names else fact
