"""Proposed times as one person meets them: who said yes to which, and what may be done."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from common.words import day_time
from organisations.days import zone_of
from organisations.roles import Can

from .models import TimeOption
from .services.calendar_letters import clock_words
from .services.times import asked_of


@dataclass(frozen=True)
class Line:
    """One time: in words on the reader's clock, who said yes, who has not yet, whether the reader has."""

    option: TimeOption
    words: str
    yes: list[str]
    waiting: list[str]
    is_mine: bool
    has_passed: bool


@dataclass
class TimesPage:
    times: object
    membership: object

    @cached_property
    def zone(self):
        self.membership.organisation = self.times.mentorship.organisation
        return zone_of(self.membership)

    @property
    def clock(self):
        return clock_words(self.zone)

    @cached_property
    def asked(self):
        return asked_of(self.times)

    @cached_property
    def answers(self):
        return list(self.times.answers.all())

    @property
    def is_asked(self):
        return any(one.membership_id == self.membership.pk for one in self.asked)

    @property
    def several(self):
        """Whether more than one person has to say yes."""
        return len(self.asked) > 1

    @property
    def is_proposer(self):
        return self.times.proposed_by_id == self.membership.pk

    @property
    def may_settle(self):
        """Whoever proposed them, and coordinators."""
        return self.is_proposer or self.membership.can(Can.RUN_PROGRAMMES)

    @property
    def said_none(self) -> list[str]:
        """First names of those for whom none suits."""
        ids = {one.participant_id for one in self.answers if one.option_id is None}
        return [one.membership.first_name for one in self.asked if one.pk in ids]

    @cached_property
    def lines(self) -> list[Line]:
        now = timezone.now()
        return [self._line(option, now) for option in self.times.options.all()]

    @property
    def is_over(self):
        """All times have passed and none was settled."""
        return self.times.is_open and all(line.has_passed for line in self.lines)

    def _line(self, option, now):
        said = {one.participant_id for one in self.answers if one.option_id == option.pk}
        yes = [one.membership.first_name for one in self.asked if one.pk in said]
        waiting = [one.membership.first_name for one in self.asked if one.pk not in said]
        mine = any(one.pk in said and one.membership_id == self.membership.pk for one in self.asked)
        return Line(option, day_time(option.starts_at, zone=self.zone), yes, waiting, mine, option.starts_at <= now)

    @property
    def settled_words(self):
        """The time that was settled, where the check-in still has it."""
        row = self.times.check_in
        return day_time(row.starts_at, zone=self.zone) if row and row.starts_at else ""
