"""The plan of a mentorship's check-ins as one person meets it, gathered with few queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from common.words import day, day_time, period, short_day
from matching.words import listing
from organisations.days import zone_of

from . import quota
from .forms.plan import rhythm_words
from .models import CheckIn, TimesProposal
from .services import rules
from .services.calendar_letters import clock_words
from .services.members import people_of


@dataclass(frozen=True)
class Row:
    """One check-in of the plan. when: in words, on the reader's clock; holiday: its name where the day is one."""

    check_in: CheckIn
    when: str
    detail: str
    holiday: str = ""
    is_late: bool = False


@dataclass
class PlanPage:
    """``today``: the organisation's day."""

    mentorship: object
    membership: object
    today: date

    @cached_property
    def people(self):
        return people_of([self.mentorship.pk])[self.mentorship.pk]

    @cached_property
    def check_ins(self):
        return list(CheckIn.objects.visible_to(self.membership).filter(mentorship=self.mentorship))

    @cached_property
    def rules(self):
        return rules.rules_of(self.mentorship.programme)

    @cached_property
    def rhythm(self):
        return rules.rhythm_of(self.mentorship)

    @property
    def rhythm_words(self):
        return rhythm_words(self.rhythm[0])

    @cached_property
    def zone(self):
        return zone_of(self.membership)

    @property
    def clock(self):
        """The place whose clock the times are on, where it is not the organisation's; else ""."""
        return clock_words(self.zone) if self.zone.key != self.mentorship.organisation.time_zone else ""

    @cached_property
    def closed(self):
        return rules.closed_days(self.mentorship.programme, self.today, self.mentorship.ends_on)

    @property
    def coming(self):
        return [self._row(one) for one in self.check_ins if one.is_planned]

    @property
    def past(self):
        """What was, the latest first; what was taken out of the plan is not shown."""
        rows = [one for one in self.check_ins if not one.is_planned and one.status != CheckIn.Status.DROPPED]
        return [self._row(one) for one in reversed(rows)]

    @property
    def holidays(self):
        """[(name, days in words)] of the holidays still to come: ("Half-term", "26 October to 30 October")."""
        found = {}
        for closed, name in sorted(self.closed.items()):
            found.setdefault(name, []).append(closed)
        return [(name, day(days[0]) if len(days) == 1 else period(days[0], days[-1])) for name, days in found.items()]

    @cached_property
    def month(self):
        contacts = [rules.contact_of(one) for one in self.check_ins if one.status in rules.COUNTED]
        return quota.month_of(contacts, self.today)

    @property
    def month_line(self):
        return rules.month_line(self.month, self.rules)

    @property
    def over(self):
        return rules.over_words(self.month, rules.limits_of(self.rules))

    @cached_property
    def proposals(self):
        """Proposed times that wait for an answer."""
        rows = TimesProposal.objects.filter(mentorship=self.mentorship).open()
        return [one for one in rows.prefetch_related("options") if any(option.starts_at > timezone.now() for option in one.options.all())]

    def _row(self, one):
        late = one.is_planned and one.due_on < self.today
        return Row(one, when_words(one, self.zone), self._detail(one), self.closed.get(one.due_on, ""), late)

    def _detail(self, one):
        parts = []
        if one.is_planned:
            if one.starts_at:
                parts.append(_("%(n)d minutes") % {"n": one.length.total_seconds() // 60})
            parts.append(one.place)
        elif one.status == CheckIn.Status.HELD:
            parts += [_("%(n)d minutes") % {"n": one.minutes} if one.minutes else "", one.get_way_display() if one.way else ""]
        else:
            parts += [one.get_could_not_display() if one.could_not else "", one.missed_reason]
        parts.append(chain_words(one, self.today))
        return " · ".join(part for part in parts if part)


def when_words(check_in, zone) -> str:
    """The day, with the time where there is one, on that clock: "Tuesday 1 December, 10:00"."""
    if check_in.starts_at and check_in.is_planned:
        return day_time(check_in.starts_at, zone=zone)
    return day(check_in.held_on or check_in.due_on)


def chain_words(check_in, today) -> str:
    """Where it came from and where it went: "moved from 3 Nov and 10 Nov", "moved to 17 Nov"."""
    parts = []
    if check_in.earlier_days:
        parts.append(_("moved from %(days)s") % {"days": listing(short_day(one, today) for one in check_in.earlier_days)})
    if check_in.moved_on:
        parts.append(_("moved to %(day)s") % {"day": short_day(check_in.moved_on, today)})
    return ", ".join(parts)


