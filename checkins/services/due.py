"""What a reminder rule asks for: one thing, one person, one day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from programmes.models import ReminderRule
from programmes.reminder_kinds import ONLOOKERS, kind_of

LATE_DAYS = 7  # a letter that had to wait (nudged yesterday, worker down) still goes within a week, then never


@dataclass(frozen=True)
class Person:
    """Who is written to. key: "membership:7" or "line-manager:3"."""

    key: str
    email: str
    name: str
    first_name: str = ""
    membership: object = None

    @classmethod
    def of(cls, membership):
        return cls(f"membership:{membership.pk}", membership.email, membership.name, membership.first_name, membership)


@dataclass(frozen=True)
class Due:
    """One letter a rule asks for.

    target: what it is about, as a label, with the day it is counted from where that can move. row_id: its id, for confirm.
    link: (page name, purpose, target id) of a signed link, or None where ``page`` is the address; without both, the page that
    says why. about: the outbox label.
    """

    rule: ReminderRule
    target: str
    row_id: int
    person: Person
    counted_from: date
    why: object  # the fact in words: a string, or lazy
    letter: str = ""
    context: dict = field(default_factory=dict)
    link: tuple | None = None
    page: str = ""
    about: str = ""

    @property
    def asked_on(self):
        return days_of(self.rule, self.counted_from)[0]

    @property
    def until(self):
        return days_of(self.rule, self.counted_from)[1]

    @property
    def template(self):
        return self.letter or self.rule.letter

    @property
    def kind(self):
        return kind_of(self.rule)

    @property
    def for_onlooker(self):
        """Whether it tells somebody of what others have to do."""
        return self.rule.recipient in ONLOOKERS

    @property
    def names(self):
        """The other people it is about, for lists."""
        known = self.context.get("other_names") or self.context.get("other_name")
        if known:
            return known
        if self.for_onlooker:
            return ", ".join(filter(None, [self.context.get("student_names"), self.context.get("mentor_names")]))
        return ""

    @property
    def sent_key(self):
        """What may be written once only."""
        return self.rule.pk, self.target, self.person.key

    @property
    def letter_key(self):
        return f"reminder:{self.rule.pk}:{self.target}:{self.person.key}"


def days_of(rule, counted_from) -> tuple[date, date]:
    """(first, last) day on which a rule's letter makes sense: what is said before a day is not said after it."""
    asked_on = counted_from + timedelta(days=rule.offset_days)
    late = asked_on + timedelta(days=LATE_DAYS)
    return asked_on, min(late, counted_from) if rule.offset_days < 0 else late


def asks_on(rule, counted_from, today) -> bool:
    """Whether a rule asks for its letter today; finders ask before they gather the rest. A rule does not reach behind its own beginning."""
    first, last = days_of(rule, counted_from)
    return first <= today <= last and (rule.counts_from is None or rule.counts_from <= first)
