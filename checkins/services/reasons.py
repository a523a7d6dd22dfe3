"""Why a mentorship needs a look: plain rules over what is known of it, each with its sentence."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import as_day, day
from matching.models import Agreement, Mentorship
from matching.stages import days_in_stage, is_stuck
from matching.words import listing
from post.services.outbox import label
from programmes.enums import Recipient

from .. import schedule
from ..enums import Mood
from ..models import Attendance, CheckIn, ReminderSent
from .members import People, people_of

LOW = Mood.A_BIT_LOST
UNSIGNED_DAYS = 10  # after both reminders
MISSED = 2  # in a row


@dataclass
class Watched:
    """A running mentorship and what the rules look at. past: check-ins held or missed, the latest first."""

    mentorship: Mentorship
    people: People
    past: list = field(default_factory=list)
    own: dict = field(default_factory=dict)  # of a group: check-in's id -> its attendances
    unsigned: bool = False
    reminders: int = 0
    last_reminder: date | None = None

    @property
    def last_held(self):
        return next((one for one in self.past if one.status == CheckIn.Status.HELD), None)


@dataclass(frozen=True)
class Reason:
    kind: str
    why: str
    urgency: int


def watch(programme, today) -> list[Watched]:
    """Every mentorship of the programme that has begun and in which contact goes on, in five queries."""
    rows = list(Mentorship.objects.in_contact().filter(programme=programme, started_on__lte=today))
    for row in rows:
        row.organisation, row.programme = programme.organisation, programme
    ids = [row.pk for row in rows]
    people, past = people_of(ids), defaultdict(list)
    over = CheckIn.objects.filter(mentorship__in=ids, status__in=[CheckIn.Status.HELD, CheckIn.Status.MISSED])
    for one in over.only("mentorship_id", "status", "due_on", "held_on", "mood").order_by("-due_on", "-id"):
        past[one.mentorship_id].append(one)
    unsigned = set(Agreement.objects.filter(mentorship__in=ids, number=1, signed_at=None).values_list("mentorship_id", flat=True))
    watched = [Watched(row, people[row.pk], past[row.pk], unsigned=row.pk in unsigned) for row in rows]
    if programme.spec.is_group:
        _add_attendances(watched)
    _count_reminders(watched, programme, today)
    return watched


def reasons_for(one: Watched, programme, today) -> list[Reason]:
    """All that apply, in the order of the rules."""
    return [reason for rule in RULES if (reason := rule(one, programme, today))]


def alone(one, programme, today):
    """One side has withdrawn or left the organisation, and nobody has ended the mentorship."""
    if one.people.students and one.people.mentors:
        return None
    words = _("The mentor is no longer there.") if one.people.students else _("The student is no longer there.")
    return Reason("alone", words + " " + _("End the mentorship, so that the other can be matched again."), 3)


def quiet(one, programme, today):
    """Nothing heard for as long as the programme allows."""
    last, started = one.mentorship.last_contact_on, one.mentorship.started_on
    if not schedule.is_quiet(last, today, programme.quiet_days, started=started):
        return None
    gap = schedule.days_quiet(last, today, started=started)
    words = [ngettext("No contact for %(n)d day.", "No contact for %(n)d days.", gap) % {"n": gap}]
    if last is None:
        words = [_("They started on %(day)s and have not met yet.") % {"day": day(started, today)}]
    words += [text for text in (_reminders(one, today), _said(one)) if text]
    return Reason("quiet", " ".join(words), 3 if gap >= 2 * programme.quiet_days else 2)


def low_mood(one, programme, today):
    """The student was stuck or lost at the last check-in."""
    last = one.last_held
    if last is None or last.mood is None or last.mood > LOW or _is_quiet(one, programme, today):
        return None  # in a quiet mentorship its sentence says so already
    return Reason("mood", _said(one), 3 if last.mood == Mood.STUCK else 2)


def missed_twice(one, programme, today):
    """The last two check-ins did not happen."""
    latest = one.past[:MISSED]
    if len(latest) < MISSED or any(row.status != CheckIn.Status.MISSED for row in latest):
        return None
    return Reason("missed", _("The last two check-ins did not happen."), 2)


def absent(one, programme, today):
    """A student of a group who was not at its last two check-ins: the others' check-ins were held all the same."""
    rows = [one.own.get(row.pk, []) for row in one.past if row.status == CheckIn.Status.HELD][:MISSED]
    if len(rows) < MISSED:
        return None
    away = set.intersection(*({row.participant_id for row in held if not row.was_there} for held in rows))
    names = [student.name for student in one.people.students if student.pk in away]
    return Reason("absent", _("%(names)s: not at the last two check-ins.") % {"names": listing(names)}, 2) if names else None


def low_in_group(one, programme, today):
    """A student of a group was stuck or lost, in their own words, at the last check-in."""
    rows = one.own.get(one.last_held.pk, []) if one.last_held else []
    low = {row.participant_id: row.mood for row in rows if row.mood is not None and row.mood <= LOW}
    names = [student.membership.first_name for student in one.people.students if student.pk in low]
    if not names or _is_quiet(one, programme, today):
        return None
    words = _("%(who)s felt “%(mood)s” at the last check-in.")
    worst = min(low.values())
    return Reason("mood", words % {"who": listing(names), "mood": Mood(worst).label.lower()}, 3 if worst == Mood.STUCK else 2)


def unsigned(one, programme, today):
    """The agreement still waits for a signature."""
    since = (today - one.mentorship.started_on).days
    if not one.unsigned or since < UNSIGNED_DAYS:
        return None
    words = ngettext(
        "The agreement is not signed by everybody, %(n)d day after the start.",
        "The agreement is not signed by everybody, %(n)d days after the start.",
        since,
    )
    return Reason("agreement", words % {"n": since}, 2)


def stuck(one, programme, today):
    """Early stages that last too long."""
    row = one.mentorship
    if not is_stuck(row.stage, row.stage_since, today):
        return None
    since = days_in_stage(row.stage_since, today)
    words = ngettext("In the stage “%(stage)s” for %(n)d day.", "In the stage “%(stage)s” for %(n)d days.", since)
    return Reason("stage", words % {"stage": row.get_stage_display(), "n": since}, 1)


RULES = [alone, quiet, low_mood, low_in_group, missed_twice, absent, unsigned, stuck]


def _add_attendances(watched):
    """Of the last check-ins held of each: one query."""
    latest = {row.pk: one for one in watched for row in [row for row in one.past if row.status == CheckIn.Status.HELD][:MISSED]}
    for row in Attendance.objects.filter(check_in__in=list(latest)):
        latest[row.check_in_id].own.setdefault(row.check_in_id, []).append(row)


def _is_quiet(one, programme, today):
    return schedule.is_quiet(one.mentorship.last_contact_on, today, programme.quiet_days, started=one.mentorship.started_on)


def _said(one):
    """"Gwen said “a bit lost” at the last one.", when that was low."""
    last = one.last_held
    if last is None or last.mood is None or last.mood > LOW:
        return ""
    names = [student.membership.first_name for student in one.people.students]
    who = names[0] if len(names) == 1 else _("The students")
    return _("%(who)s felt “%(mood)s” at the last check-in.") % {"who": who, "mood": Mood(last.mood).label.lower()}


def _reminders(one, today):
    if not one.reminders:
        return ""
    words = ngettext(
        "%(n)d reminder sent, the last on %(day)s.", "%(n)d reminders sent, the last on %(day)s.", one.reminders
    )
    return words % {"n": one.reminders, "day": day(one.last_reminder, today)}


def _count_reminders(watched, programme, today):
    """How often their mentors were reminded since the last contact, and when last."""
    silent = {one.mentorship.pk: one for one in watched if _is_quiet(one, programme, today)}
    planned = CheckIn.objects.filter(mentorship__in=list(silent), status=CheckIn.Status.PLANNED, due_on__lte=today)
    owners = {f"{label(row)}:{row.due_on.isoformat()}": row.mentorship_id for row in planned.only("mentorship_id", "due_on")}
    owners |= {label(one.mentorship): pk for pk, one in silent.items()}
    to_mentors = [Recipient.MENTOR, Recipient.BOTH]
    sent = ReminderSent.objects.filter(target__in=list(owners), rule__recipient__in=to_mentors, rule__offset_days__gt=0)
    letters = {(target, rule): at for target, rule, at in sent.order_by("at").values_list("target", "rule", "at")}
    for (target, _rule), at in letters.items():
        one = silent[owners[target]]
        one.reminders, one.last_reminder = one.reminders + 1, as_day(at)
