"""The stage on the page of a mentorship: where it stands, what helps in it, which stage the facts speak for."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from common.words import short_day
from goals.ending_facts import facts_of_goals
from matching.enums import Stage
from matching.stages import FACTS, SPECS, STAGES, suggest


@dataclass
class StagePart:
    """No query: the row carries its last move (columns.page_columns). goals: the students' goals; side: "student", "mentor" or "" of the reader; names: of both sides by side."""

    mentorship: object
    goals: list
    side: str
    names: dict
    today: object
    writes: bool
    settled: bool = False  # the contact afterwards

    @property
    def choices(self):
        return [(spec.key, spec.short_label) for spec in STAGES]

    @property
    def now(self):
        ended = not self.mentorship.is_active
        return "done" if ended and self.mentorship.stage == Stage.MOVING_ON else self.mentorship.stage

    @property
    def spec(self):
        return SPECS[self.mentorship.stage]

    @property
    def purpose(self):
        return self.spec.purpose

    @property
    def moved(self):
        """ "Since 3 Nov: Gwen moved it. Everybody has signed the agreement." """
        move = self.mentorship.last_move
        if move is None or move["stage"] != self.mentorship.stage:
            return ""
        since = short_day(self.mentorship.stage_since, self.today)
        words = _("Since %(day)s, moved by %(who)s.") % {"day": since, "who": move["who"] or _("somebody")}
        reason = _("“%(why)s”") % {"why": move["why"]} if move["why"] else FACTS.get(move["fact"], "")
        return f"{words} {reason}" if reason else words

    @property
    def prompts(self):
        """[(heading, prompts)] for the reader's side; for others both."""
        sides = [self.side] if self.side else ["student", "mentor"]
        heading = {"student": _("For %(names)s"), "mentor": _("For %(names)s")}
        return [
            (_("What you can do") if self.side else heading[side] % {"names": self.names.get(side) or side}, getattr(self.spec, side))
            for side in sides
        ]

    @cached_property
    def suggestion(self):
        """What the facts speak for, where the reader may move it."""
        facts = facts_of_goals(self.mentorship, self.goals, self.today, settled=self.settled)
        return suggest(self.mentorship.stage, facts) if self.writes else None

    @property
    def suggested_label(self):
        return SPECS[self.suggestion.stage].short_label
