"""The planned ending of one mentorship in page words."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from matching.stages import ORDER
from matching.words import listing

from .enums import Farewell
from .models import ContactRule, EndingNote
from .services.ending import NO_ENDING, rule_in_force

THINGS = 4  # thanks, looking back, next step, contact
ENDING = set(ORDER[-2:])


def is_ending(mentorship, starts_on, today) -> bool:
    """Whether the ending is planned now: its time has come, or the members moved there sooner."""
    return mentorship.is_active and (starts_on <= today or mentorship.stage in ENDING)


@dataclass
class Thing:
    """One of the four as the reader meets it. kind: a Farewell, or "contact"."""

    kind: str
    title: str
    words: str
    done: bool


@dataclass
class EndingBoard:
    """people: (side, participant) pairs; starts_on: the day the ending begins. Three queries, however many members."""

    mentorship: object
    membership: object
    people: list
    starts_on: object
    today: object

    def __post_init__(self):
        notes = EndingNote.objects.filter(mentorship=self.mentorship)
        self.written = set(notes.values_list("participant_id", "kind"))  # that they are there; not what they say
        self.notes = list(notes.visible_to(self.membership).select_related("participant__membership"))
        rules = ContactRule.objects.filter(mentorship=self.mentorship).select_related("by").prefetch_related("yeses")
        self.rules = list(rules)

    @cached_property
    def mine(self):
        """The reader's own seat, or None."""
        return next((one for _side, one in self.people if one.membership_id == self.membership.pk), None)

    @property
    def others(self):
        return listing(one.name for _side, one in self.people if one != self.mine)

    @property
    def is_on(self):
        return is_ending(self.mentorship, self.starts_on, self.today)

    @property
    def shows(self):
        """Whether there is anything to show on the page of the mentorship."""
        return self.mentorship.status not in NO_ENDING and (self.is_on or bool(self.notes or self.rules))

    @property
    def in_force(self):
        return rule_in_force(self.rules)

    @property
    def ran_out(self):
        return bool(self.in_force and self.in_force.until and self.in_force.until < self.today)

    @property
    def proposed(self):
        """The latest rule, while somebody's yes is missing."""
        return self.rules[-1] if self.rules and self.rules[-1].settled_at is None else None

    @property
    def said_yes(self):
        """Who said yes to what is proposed, and whether the reader did."""
        given = {yes.participant_id for yes in self.proposed.yeses.all()}
        return {"names": listing(one.name for _side, one in self.people if one.pk in given), "mine": bool(self.mine and self.mine.pk in given)}

    def own_note(self, kind):
        return next((note for note in self.notes if self.mine and note.participant_id == self.mine.pk and note.kind == kind), None)

    @property
    def shown_by_others(self):
        return [note for note in self.notes if self.mine is None or note.participant_id != self.mine.pk]

    @property
    def things(self):
        """The reader's four."""
        asked = {
            Farewell.THANKS: (_("Say thank you"), _("A note to %(names)s, shown when you choose.") % {"names": self.others}),
            Farewell.REFLECTION: (_("Look back"), _("What did you learn, and would you like more of it?")),
            Farewell.NEXT_STEP: (_("Your next step"), _("One thing of your own, with its first date.")),
        }
        found = []
        for kind, (title, words) in asked.items():
            note = self.own_note(kind)
            found.append(Thing(kind.value, title, (_("Shown") if note.shown_at else _("Only you can read it")) if note else words, note is not None))
        return [*found, Thing("contact", _("Contact afterwards"), self.contact_words, self.in_force is not None)]

    @property
    def contact_words(self):
        if self.proposed and not self.in_force:
            return _("Proposed, waits for everybody’s yes.")
        if self.in_force:
            return self.in_force.get_kind_display()
        return _("What stays, how, and until when: settled by all of you.")

    @property
    def done(self):
        return sum(thing.done for thing in self.things)

    @property
    def states(self):
        """[(name, how many of the four)] of everybody, for who follows along."""
        contact = self.in_force is not None
        return [
            (one.name, sum((one.pk, kind) in self.written for kind in Farewell.values) + contact) for _side, one in self.people
        ]
