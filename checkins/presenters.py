"""What the check-in pages show, gathered with few queries."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from common.words import day, day_time, short_day
from goals.activity_board import done_since, planned_activities
from goals.models import Goal
from matching.services.fit_cards import to_talk_about
from organisations.days import zone_of
from organisations.roles import Can
from programmes.enums import Side

from . import schedule
from .agenda import LastAction, OpenGoal, agenda
from .enums import Visibility, Way
from .models import USUAL_MINUTES, Action, Attendance, CheckIn
from .plan_page import chain_words
from .services import rules
from .services.calendar_letters import clock_words
from .services.members import people_of

NAMED_MOST = 4  # people in a mentorship; with more, "everybody in the group" says it sooner
# What a letter about a concern tells its reader, for the lead.
LETTERS = {
    "concern_raised": _lazy("that a concern was raised"),
    "concern_acknowledged": _lazy("that their concern has arrived"),
    "concern_shared": _lazy("that a concern is shared with them"),
    "concern_waits": _lazy("that a concern waits for them"),
    "concern_opened": _lazy("that a concern was opened in an emergency"),
    "concern_without_lead": _lazy("that a concern was raised and nobody is named as lead"),
}
CHANNELS = {"video": Way.VIDEO, "phone": Way.PHONE, "in person": Way.IN_PERSON, "in_person": Way.IN_PERSON, "chat": Way.CHAT}


@dataclass
class LogPage:
    """One check-in as ``membership`` meets it on ``today`` (the organisation's day)."""

    check_in: CheckIn
    membership: object
    today: object
    people: object = None
    siblings: list = field(default_factory=list)

    def __post_init__(self):
        self.people = people_of([self.check_in.mentorship_id])[self.check_in.mentorship_id]
        self.is_group = self.people.is_group
        self.siblings = list(CheckIn.objects.filter(mentorship=self.check_in.mentorship_id).order_by("due_on", "id"))

    @cached_property
    def side(self):
        mine = [one.side for one in self.people.everybody if one.membership_id == self.membership.pk]
        return mine[0] if mine else ""

    @property
    def is_student(self):
        return self.side == Side.STUDENT

    @cached_property
    def attendances(self):
        """Of a group: who was there and what each said, as far as this person may see it."""
        if not self.is_group:
            return []
        rows = Attendance.objects.visible_to(self.membership).filter(check_in=self.check_in)
        return list(rows.select_related("participant__membership"))

    @property
    def own_attendance(self):
        return next((one for one in self.attendances if one.participant.membership_id == self.membership.pk), None)

    @property
    def own_word(self) -> dict:
        """What the student has said of this check-in so far."""
        said = self.own_attendance if self.is_group else self.check_in
        return {"mood": said.mood, "feedback": said.feedback} if said else {}

    @property
    def with_whom(self):
        """The names one meets; a coordinator sees both sides."""
        if self.side == Side.STUDENT:
            return self.people.mentor_names
        if self.side == Side.MENTOR:
            return self.people.student_names
        if self.is_group:
            return _("%(students)s with %(mentors)s") % {"students": self.people.student_names, "mentors": self.people.mentor_names}
        return _("%(mentor)s and %(student)s") % {"mentor": self.people.mentor_names, "student": self.people.student_names}

    @property
    def title(self):
        if self.side:
            return _("Check-in with %(name)s") % {"name": self.with_whom}
        return _("Check-in: %(names)s") % {"names": self.with_whom}

    @property
    def label(self):
        """The day, and initials of whom one meets: what a device that keeps no names knows the check-in by (static/js/kept.js)."""
        initials = " ".join(f"{one.name[:1]}." for one in self.people.everybody if one.side != self.side)
        return ", ".join(filter(None, [day(self.check_in.due_on), initials]))

    @property
    def place(self):
        """"4 of 6 · you last met on 3 November"."""
        counted = [one for one in self.siblings if one.status not in {CheckIn.Status.DROPPED, CheckIn.Status.MOVED}]
        words = []
        if self.check_in in counted:
            words.append(_("%(n)d of %(all)d") % {"n": counted.index(self.check_in) + 1, "all": len(counted)})
        last = self.check_in.mentorship.last_contact_on
        if not self.check_in.is_planned:
            return " · ".join(words)
        words.append(_("last met on %(day)s") % {"day": day(last, self.today)} if last else _("the first time you meet"))
        return " · ".join(words)

    @property
    def planned_words(self):
        """The planned day, with the time on the reader's clock where there is one: "Tuesday 1 December, 10:00 (London time)"."""
        if self.check_in.starts_at is None:
            return day(self.check_in.due_on, self.today)
        self.membership.organisation = self.check_in.mentorship.organisation
        zone = zone_of(self.membership)
        when = day_time(self.check_in.starts_at, self.today, zone)
        return _("%(when)s (%(clock)s time)") % {"when": when, "clock": clock_words(zone)}

    @property
    def chain(self):
        """Where it came from and where it went."""
        return chain_words(self.check_in, self.today)

    @property
    def mood_label(self):
        if self.is_student:
            return _("How are you getting on?")
        first_names = [one.membership.first_name for one in self.people.students]
        name = first_names[0] if len(first_names) == 1 else _("everybody")
        return _("How is %(name)s getting on?") % {"name": name}

    @property
    def visibility_choices(self):
        """In words of this pair: who "the mentorship" is."""
        others = self.with_whom if len(self.people.everybody) <= NAMED_MOST else _("Everybody in the group")
        both = _("%(names)s and you") % {"names": others} if self.side else _("The mentorship")
        return [
            (Visibility.ONLY_ME, _("Only you")),
            (Visibility.MENTORSHIP, both),
            (Visibility.COORDINATORS, _("%(both)s, and the coordinators") % {"both": both}),
            (Visibility.LEAD, _("Only you and the safeguarding lead")),
        ]

    @cached_property
    def goals(self):
        rows = Goal.objects.visible_to(self.membership).filter(mentorship=self.check_in.mentorship_id)
        return list(rows.open().prefetch_related("steps"))

    @cached_property
    def open_actions(self):
        rows = open_actions(self.check_in.mentorship)
        return list(rows.exclude(check_in=self.check_in).select_related("owner__membership"))

    @property
    def agenda(self):
        goals = [OpenGoal(g.pk, g.title, g.percent, g.due_on, _next_step(g)) for g in self.goals]
        actions = [LastAction(a.pk, a.text, a.owner.name if a.owner else "", a.due_on) for a in self.open_actions]
        held = sum(one.status == CheckIn.Status.HELD for one in self.siblings)
        fit = [] if held else [(line.axis.label, line.talk) for line in to_talk_about(self.check_in.mentorship)]
        planned = [(one.title, _("You planned to do this together.")) for one in self.planned_activities]
        stage = self.check_in.mentorship.stage
        return agenda(goals, actions, stage, today=self.today, number=held, fit=fit, activities=planned)

    @cached_property
    def planned_activities(self):
        return planned_activities(self.check_in.mentorship)

    @property
    def activity_topics(self):
        """Activities one may have talked about: planned, or done since the last contact."""
        done = done_since(self.check_in.mentorship, self.check_in.mentorship.last_contact_on)
        return list(dict.fromkeys(one.title for one in [*self.planned_activities, *done]))

    def usual(self) -> dict:
        """What most people would choose: the defaults of the form."""
        held = [one for one in self.siblings if one.status == CheckIn.Status.HELD]
        last = max(held, key=lambda one: one.held_on, default=None)
        late = (self.today - self.check_in.due_on).days
        minutes = str(last.minutes) if last and last.minutes in {30, 45, 60} else str(USUAL_MINUTES)
        return {
            "day": "today" if late < 1 else "yesterday" if late == 1 else "planned",
            "way": last.way if last else self._channel(),
            "minutes": minutes,
            "next": "usual" if self.usual_next_on else "none",
            "visibility": Visibility.MENTORSHIP if self.side else Visibility.COORDINATORS,
            "present": [str(one.pk) for one in self.people.everybody],
            "action_0_owner": str(self.people.students[0].pk) if len(self.people.students) == 1 else "",
        }

    def _channel(self):
        for one in self.people.everybody:
            if one.channel.strip().lower() in CHANNELS:
                return CHANNELS[one.channel.strip().lower()]
        return Way.VIDEO

    @cached_property
    def next_planned(self):
        later = [one for one in self.siblings if one.is_planned and one.pk != self.check_in.pk and one.due_on > self.today]
        return later[0].due_on if later else None

    @cached_property
    def usual_next_on(self):
        return self.usual_next(self.today)

    def usual_next(self, held_on):
        """The next planned day; without one, the rhythm's next day after ``held_on``. None past the end."""
        if self.next_planned or held_on is None:
            return self.next_planned
        mentorship = self.check_in.mentorship
        every, weekday = rules.rhythm_of(mentorship)
        closed = rules.closed_days(mentorship.programme, held_on, mentorship.ends_on)
        return schedule.next_after(held_on, every, end=mentorship.ends_on, holidays=closed, weekday=weekday)

    @property
    def usual_next_words(self):
        """"In two weeks, 24 Nov"."""
        gap = (self.usual_next_on - self.today).days
        on = short_day(self.usual_next_on, self.today)
        if gap % 7 == 0:
            weeks = ngettext("In %(n)d week, %(day)s", "In %(n)d weeks, %(day)s", gap // 7)
            return weeks % {"n": gap // 7, "day": on}
        return ngettext("In %(n)d day, %(day)s", "In %(n)d days, %(day)s", gap) % {"n": gap, "day": on}


def open_actions(mentorship):
    """What was agreed and is not done, also before the mentorship was handed over: promises go with the student."""
    return Action.objects.filter(check_in__mentorship__in=[mentorship, *mentorship.before()], done_at=None)


def _next_step(goal):
    return next((step.text for step in goal.steps.all() if step.done_at is None), "")


def may_read_notes(membership) -> bool:
    """Tutors follow along without the notes."""
    return membership.can(Can.RUN_PROGRAMMES) or membership.can(Can.WORK_IN_MENTORSHIP) or membership.can(Can.READ_CONCERNS)
