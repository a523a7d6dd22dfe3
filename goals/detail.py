"""Everything the page of one goal shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from common import charts
from common.uploads import is_picture
from common.words import short_day
from matching.models import MentorshipMember
from organisations.roles import Can

from .models import Goal, GoalChange, GoalProgress, GoalWording
from .presenters import agreed_of, goal_card, is_group, missing_names, names_of, side_in
from .rights import may_change


@dataclass(frozen=True)
class Line:
    """One line of the history: when, who, what in words; ``entry``: the GoalProgress it tells of, if it is one."""

    at: datetime
    who: str
    words: str
    entry: object = None

    @property
    def shows_picture(self):
        return bool(self.entry and self.entry.path) and is_picture(self.entry.path)


@dataclass
class GoalPage:
    """One goal for one reader. ``today``: the organisation's own day."""

    goal: Goal
    membership: object
    today: object

    def __post_init__(self):
        goal, rows = self.goal, MentorshipMember.objects.select_related("participant__membership")
        self.mentorship = goal.mentorship
        self.seats = sorted(rows.filter(mentorship=self.mentorship), key=lambda seat: (seat.side != "student", seat.pk))
        people = [(seat.side, seat.participant) for seat in self.seats]
        self.names, self.side = names_of(people), side_in(people, self.membership)
        self.works = may_change(self.membership, goal)
        self.changes = self.works and goal.is_open
        self.runs = self.membership.can(Can.RUN_PROGRAMMES)
        self.objectives = list(goal.objectives.all())
        self.changes_made = list(GoalChange.objects.filter(goal=goal).select_related("by"))
        self.wordings = list(GoalWording.objects.filter(goal=goal).select_related("by", "closed_by").prefetch_related("agreements"))
        self.entries = list(GoalProgress.objects.filter(goal=goal).select_related("by"))
        self.is_group = is_group(people)
        said = list(self.latest.agreements.all()) if self.latest else []
        goal.has_my_yes = any(one.membership_id == self.membership.pk for one in said)
        names = self.names | (missing_names(goal, said, people) if self.is_group else {})
        self.agreed = agreed_of(goal, names=names, side=self.side if self.works else "", in_group=self.is_group)
        self.card = goal_card(goal, mentorship=self.mentorship, today=self.today, agreed=self.agreed)

    @property
    def is_shared(self):
        """Whether it is the goal of a whole group, so that every student of it is asked."""
        return self.is_group and not self.goal.owner_id

    @property
    def pair(self):
        return " & ".join(seat.participant.name for seat in self.seats)

    @property
    def latest(self):
        return self.wordings[-1] if self.wordings else None

    @property
    def number(self):
        """The version of the words that a form starts from."""
        return self.latest.number if self.latest else 1

    @property
    def change(self):
        """A proposed change to a goal that both agreed: the GoalWording, else None."""
        latest = self.latest
        waits = self.goal.is_open and self.goal.agreed_at and latest and latest.number > self.goal.number and not latest.closed_at
        return latest if waits else None

    @property
    def differences(self):
        return differences(self.goal, self.change) if self.change else []

    @property
    def proposed_by(self):
        latest = self.latest
        return latest.by.name if latest and latest.by else ""

    @property
    def chart(self):
        """The picture of progress, once there is more than the beginning."""
        if len(self.entries) < 2:
            return None
        points = [(timezone.localdate(entry.at), entry.percent) for entry in self.entries]
        by_day = dict(points)  # the last of a day counts
        start = min(points[0][0], timezone.localdate(self.goal.created_at))
        today = self.today if self.goal.is_open else points[-1][0]
        return charts.course_chart(_("Progress over time"), list(by_day.items()), start=start, end=self.goal.due_on, today=today, unit="%")

    @property
    def history(self):
        """What happened, the latest first, in words."""
        lines = [*self._of_wordings(), *self._of_progress(), *self._of_changes()]
        return sorted(lines, key=lambda line: line.at, reverse=True)

    def _of_wordings(self):
        before = None
        for wording in self.wordings:
            who = wording.by.name if wording.by else ""
            if before is None:
                yield Line(wording.at, who, _("wrote the goal: “%(title)s”") % {"title": wording.title})
            else:
                told = "; ".join(f"{label}: {_said(old)} → {_said(new)}" for label, old, new in differences(before, wording))
                said = _("proposed a change. %(what)s") % {"what": told} if told else _("handed it to a new mentor, who agrees it anew")
                yield Line(wording.at, who, said)
            for yes in wording.agreements.all():
                if yes.membership_id != wording.by_id and not self.goal.is_mentors:
                    yield Line(yes.at, yes.name, _("agreed"))
            if wording.closed_at:
                who = wording.closed_by.name if wording.closed_by else ""
                yield Line(wording.closed_at, who, _("kept the goal as it was agreed"))
            else:
                before = wording

    def _of_progress(self):
        for place, entry in enumerate(self.entries):
            if place == 0 and not (entry.percent or entry.note or entry.path or entry.link):
                continue  # every goal begins at nothing
            who = entry.by.name if entry.by else ""
            said = f"{entry.percent} %"
            yield Line(entry.at, who, f"{said} · {entry.note}" if entry.note else said, entry)

    def _of_changes(self):
        for change in self.changes_made:
            words = change.get_kind_display()
            yield Line(change.at, change.by.name if change.by else "", f"{words} “{change.text}”" if change.text else words)


def differences(before, after) -> list:
    """(label, before, after) of every field of the words that differs. before, after: anything with the fields."""
    labels = {
        "title": _("goal"),
        "measure": _("how both will know"),
        "why": _("why it matters"),
        "work": _("for"),
        "due_on": _("by when"),
    }
    found = [(name, getattr(before, name), getattr(after, name)) for name in GoalWording.FIELDS]
    return [(labels[name], _shown(name, old), _shown(name, new)) for name, old, new in found if old != new]


def _shown(name, value):
    if name == "work" and not value:
        return _("the whole placement")
    return short_day(value) if hasattr(value, "strftime") else value or ""


def _said(value):
    return f"“{value}”" if value else _("nothing")
