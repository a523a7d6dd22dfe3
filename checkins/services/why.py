"""Why somebody got a letter: the rules it carried out, in the words the coordinators read."""

from dataclasses import dataclass
from datetime import datetime

from programmes.reminder_kinds import Kind, kind_of, sentence

from ..models import ReminderSent
from .preferences import ATTENTION

ABOUT_LIST = -1  # in the link of a Monday list, behind which there is no rule


@dataclass(frozen=True)
class Why:
    """One letter. at: when it was written; sentences: the rules it carried out; kinds: what may be declined of it."""

    at: datetime
    programme: str
    sentences: list
    kinds: list[Kind]


def why_of(sent_id, person_key) -> Why | None:
    """The letter a row belongs to, where it went to this person; None when the rule is gone."""
    row = ReminderSent.objects.filter(pk=sent_id, recipient=person_key).first()
    if row is None:
        return None
    rows = ReminderSent.objects.filter(letter_key=row.letter_key, recipient=person_key).select_related("rule__programme").order_by("pk")
    rules = list({one.rule_id: one.rule for one in rows}.values())
    kinds = {kind_of(rule).key: kind_of(rule) for rule in rules}
    return Why(row.at, rules[0].programme.name, [sentence(rule) for rule in rules], list(kinds.values()))


def declinable(about_id, person_key) -> list[str]:
    """Keys of the kinds that a letter's own button declines: of its rules, but for what must be answered; the Monday list's own."""
    if about_id == ABOUT_LIST:
        return [ATTENTION]
    why = why_of(about_id, person_key)
    return [kind.key for kind in why.kinds if not kind.must] if why else []
