"""Planning check-ins: from the programme's rhythm when a mentorship starts, later by hand."""

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.words import day
from matching.models import Mentorship
from matching.services.contact import require_contact
from matching.services.refused import Refused
from organisations.days import local_today
from organisations.models import Membership
from organisations.roles import Can
from post.services.outbox import drop_letters

from .. import quota, schedule
from ..models import USUAL_MINUTES, CheckIn
from . import calendar_letters, rules
from .letters import drop_contact_letters

ONE_DAY = timedelta(days=1)
MOST_MINUTES = 600
MOST_EARLIER = 20  # days remembered of a check-in that is moved again and again
FIRST_AFTER_DAYS = 7  # a week to settle in, unless the rhythm or the programme's first meeting asks for less


def plan_check_ins(*, mentorship, by) -> list[CheckIn]:
    """Plan from the programme's rhythm to the end of the mentorship. Safe twice: an existing plan stays as it is."""
    with transaction.atomic():
        mentorship = _locked(mentorship)
        planned = list(mentorship.check_ins.all())
        if planned or not mentorship.is_active:
            return planned
        rows = [
            CheckIn(organisation_id=mentorship.organisation_id, mentorship=mentorship, number=number, due_on=due_on)
            for number, due_on in enumerate(dates_for(mentorship), 1)
        ]
        CheckIn.objects.bulk_create(rows)
        record("check-ins planned", by=by, about=mentorship, number=len(rows))
    return rows


def dates_for(mentorship) -> list:
    """The days of a new plan. A mentorship too short for the rhythm gets one check-in, on its last possible day."""
    programme = mentorship.programme
    every_days, weekday = rules.rhythm_of(mentorship)
    wait = min(FIRST_AFTER_DAYS, every_days, programme.first_meeting_days)
    first, last = mentorship.started_on + timedelta(days=wait), mentorship.ends_on
    closed = rules.closed_days(programme, first, last)
    dates = schedule.plan(first, last, every_days, holidays=closed, weekday=weekday)
    return dates or [max(mentorship.started_on, last)]


def plan_anew(*, mentorship, by, at=None) -> list[CheckIn]:
    """After another rhythm was chosen: planned days from today on without a time are replaced by the new rhythm's.

    What has a time, was planned on top, or is past stays. Returns the new ones.
    """
    with transaction.atomic():
        mentorship = _locked(mentorship)
        _require_running(mentorship)
        today = local_today(mentorship.organisation, at)
        loose = mentorship.check_ins.filter(status=CheckIn.Status.PLANNED, starts_at=None, is_extra=False, due_on__gte=today)
        for row in loose.select_for_update():
            drop_letters(row)
        loose.update(status=CheckIn.Status.DROPPED)
        kept = mentorship.check_ins.filter(status__in=[CheckIn.Status.PLANNED, CheckIn.Status.HELD], is_extra=False)
        last = max((row.held_on or row.due_on for row in kept), default=None)
        every_days, weekday = rules.rhythm_of(mentorship)
        closed = rules.closed_days(mentorship.programme, today, mentorship.ends_on)
        first = max(today + ONE_DAY, last + timedelta(days=every_days)) if last else today + ONE_DAY
        dates = schedule.plan(first, mentorship.ends_on, every_days, holidays=closed, weekday=weekday)
        number = _next_number(mentorship)
        rows = CheckIn.objects.bulk_create(
            CheckIn(organisation_id=mentorship.organisation_id, mentorship=mentorship, number=number + place, due_on=due_on)
            for place, due_on in enumerate(dates)
        )
        record("check-ins planned anew", by=by, about=mentorship, number=len(rows))
    return rows


def add_check_in(*, mentorship, due_on, starts_at=None, minutes=None, place="", by, at=None) -> CheckIn:
    """Plan one more, with a time or for a day. Asking twice for the same gives the one that is planned.

    starts_at: a moment on ``due_on``, the organisation's day. With a time, everybody gets a letter with a calendar file. One that
    comes on top of the rhythm is an extra; over the programme's limits it is refused only where the programme is firm.
    """
    with transaction.atomic():
        mentorship = _locked(mentorship)
        _require_running(mentorship)
        check_day(mentorship, due_on)
        check_time(mentorship, starts_at, minutes, at)
        there = _there(mentorship, due_on, starts_at)
        if there and (starts_at is None or there.starts_at == starts_at):
            return there
        row = there or CheckIn(mentorship=mentorship, number=_next_number(mentorship), due_on=due_on)
        if there is None:
            row.is_extra = _is_extra(mentorship, due_on)
            _require_allowed(row, minutes, by)
        row.starts_at, row.planned_minutes, row.place = starts_at, minutes, place.strip()
        row.save()
        calendar_letters.tell(row, at=at)
        record("check-in planned", by=by, about=row)
    return row


def move_check_in(*, check_in, due_on, starts_at=None, minutes=None, place="", by, at=None) -> CheckIn:
    """Another day or time for a planned check-in. Letters about the old one that have not gone are taken back; calendars follow."""
    with transaction.atomic():
        check_in = locked_check_in(check_in)
        _require_running(check_in.mentorship)
        _require_planned(check_in)
        check_day(check_in.mentorship, due_on)
        if starts_at != check_in.starts_at or minutes != check_in.planned_minutes:
            check_time(check_in.mentorship, starts_at, minutes, at)
        old = (check_in.due_on, check_in.starts_at, check_in.planned_minutes, check_in.place)
        if old == (due_on, starts_at, minutes, place.strip()):
            return check_in
        if check_in.due_on != due_on:
            check_in.earlier_days = [*check_in.earlier_days, check_in.due_on][-MOST_EARLIER:]
        check_in.due_on, check_in.starts_at, check_in.planned_minutes, check_in.place = due_on, starts_at, minutes, place.strip()
        check_in.save()
        drop_letters(check_in)
        calendar_letters.tell(check_in, old_starts_at=old[1], at=at)
        record("check-in moved", by=by, about=check_in)
    return check_in


def make_way(*, holiday, by, at=None) -> int:
    """A holiday was added: planned days in it without a time move to the next free day. Returns how many.

    What has a settled time stays, since people have agreed on it; so does what would reach the next check-in or the end.
    """
    with transaction.atomic():
        rows = CheckIn.objects.planned().filter(due_on__range=(holiday.first_on, holiday.last_on), starts_at=None)
        rows = rows.filter(mentorship__status="active").select_related("mentorship__programme").order_by("due_on", "id")
        if holiday.programme_id:
            rows = rows.filter(mentorship__programme=holiday.programme_id)
        rows = list(rows.select_for_update(of=("self",)))
        taken, closed = _planned_days({row.mentorship_id for row in rows}), {}
        moved = []
        for row in rows:
            programme, last = row.mentorship.programme, row.mentorship.ends_on
            if programme.pk not in closed:
                closed[programme.pk] = rules.closed_days(programme, holiday.first_on, max(holiday.last_on, programme.ends_on))
            day = schedule.first_open(row.due_on, closed[programme.pk])
            following = min((one for one in taken[row.mentorship_id] if one > row.due_on), default=None)
            if day is None or day > last or (following and day >= following):
                continue
            row.earlier_days, row.due_on = [*row.earlier_days, row.due_on][-MOST_EARLIER:], day
            moved.append(row)
        for row in moved:
            drop_letters(row)
        CheckIn.objects.bulk_update(moved, ["due_on", "earlier_days"], batch_size=500)
        if moved:
            record("check-ins moved out of a holiday", by=by, about=holiday, number=len(moved))
    return len(moved)


def drop_check_in(*, check_in, by, at=None) -> CheckIn:
    """Take one out of the plan, and out of the calendars it is in."""
    with transaction.atomic():
        check_in = locked_check_in(check_in)
        _require_running(check_in.mentorship)
        _require_planned(check_in)
        check_in.status = CheckIn.Status.DROPPED
        check_in.save(update_fields=["status"])
        drop_letters(check_in)
        calendar_letters.tell_cancelled(check_in, at=at)
        record("check-in dropped", by=by, about=check_in)
    return check_in


def drop_the_rest(*, mentorship, by) -> int:
    """The mentorship has ended: nothing planned remains, no letter about it goes. Returns how many were planned."""
    with transaction.atomic():
        planned = list(CheckIn.objects.select_for_update(of=("self",)).filter(mentorship=mentorship, status=CheckIn.Status.PLANNED).select_related("mentorship__programme", "mentorship__organisation"))
        for check_in in planned:
            drop_letters(check_in)
            calendar_letters.tell_cancelled(check_in)
        CheckIn.objects.filter(pk__in=[one.pk for one in planned]).update(status=CheckIn.Status.DROPPED)
        if planned:
            record("planned check-ins dropped", by=by, about=mentorship, number=len(planned))
    return len(planned)


def take_back_letters(*, mentorship) -> int:
    """Contact is paused: letters that wait about planned check-ins or about a silence do not go. The plan stays. Returns how many."""
    planned = CheckIn.objects.filter(mentorship=mentorship, status=CheckIn.Status.PLANNED)
    return sum(drop_letters(one) for one in planned.only("pk")) + drop_contact_letters(mentorship)


def check_day(mentorship, due_on):
    """Refused, in words, for a day outside the mentorship."""
    first, last = mentorship.started_on, mentorship.ends_on
    if due_on < first:
        raise Refused(_("This mentorship starts on %(day)s. Choose that day or a later one.") % {"day": day(first)})
    if due_on > last:
        raise Refused(_("This mentorship ends on %(day)s. Choose that day or an earlier one.") % {"day": day(last)})


def check_time(mentorship, starts_at, minutes, at=None):
    """Refused, in words, for a time that has passed or a length that no check-in has."""
    if starts_at is not None and starts_at <= (at or timezone.now()):
        raise Refused(_("This time has passed. Choose one that is still to come, or leave the time out to note a day afterwards."))
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise Refused(_("How long will it be? Give 1 to 600 minutes."))


def day_of(mentorship, starts_at):
    """The organisation's day on which a moment falls."""
    return timezone.localdate(starts_at, ZoneInfo(mentorship.organisation.time_zone))


def locked_check_in(check_in) -> CheckIn:
    """The row as it is now, held until the transaction ends; its mentorship is held first, as everywhere."""
    Mentorship.objects.select_for_update(no_key=True).filter(pk=check_in.mentorship_id).first()
    rows = CheckIn.objects.select_for_update(of=("self",)).select_related("mentorship__programme", "mentorship__organisation")
    return rows.get(pk=check_in.pk)


def plan_on(mentorship, due_on, *, instead_of=None) -> CheckIn:
    """A planned check-in on that day: the one there is, else a new one. Inside a transaction that holds the mentorship.

    instead_of: the check-in that is moved there; the new one remembers its days, and is as regular as it was.
    """
    there = CheckIn.objects.filter(mentorship=mentorship, status=CheckIn.Status.PLANNED, due_on=due_on).first()
    if there:
        return there
    row = CheckIn(mentorship=mentorship, number=_next_number(mentorship), due_on=due_on)
    if instead_of is not None:
        row.earlier_days = [*instead_of.earlier_days, instead_of.due_on][-MOST_EARLIER:]
        row.is_extra, row.place = instead_of.is_extra, instead_of.place
    row.save()
    return row


def _planned_days(mentorship_ids):
    found = defaultdict(set)
    for mentorship_id, due_on in CheckIn.objects.planned().filter(mentorship__in=mentorship_ids).values_list("mentorship_id", "due_on"):
        found[mentorship_id].add(due_on)
    return found


def require_room(mentorship, starts_at, minutes, by):
    """Refused where one more at that time would be over a firm programme's limits: said before anybody is asked."""
    due_on = day_of(mentorship, starts_at)
    _require_allowed(CheckIn(mentorship=mentorship, due_on=due_on, is_extra=_is_extra(mentorship, due_on)), minutes, by)


def _there(mentorship, due_on, starts_at):
    """What is planned already on that day, and is the same thing: at that time, or still without one."""
    rows = mentorship.check_ins.filter(status=CheckIn.Status.PLANNED, due_on=due_on).order_by("id")
    if starts_at is None:
        return rows.first()
    return next((row for row in rows if row.starts_at in {None, starts_at}), None)


def _is_extra(mentorship, due_on):
    every_days, _weekday = rules.rhythm_of(mentorship)
    return quota.is_extra(rules.contacts_of(mentorship), due_on, every_days)


def _require_allowed(row, minutes, by):
    """A firm programme refuses an extra over its limits. Coordinators may plan what they find right."""
    asked = rules.rules_of(row.mentorship.programme)
    if not row.is_extra or not asked.is_firm or (isinstance(by, Membership) and by.can(Can.RUN_PROGRAMMES)):
        return
    contacts = [*rules.contacts_of(row.mentorship), quota.Contact(row.due_on, minutes or USUAL_MINUTES, is_extra=True)]
    over = rules.over_words(quota.month_of(contacts, row.due_on), rules.limits_of(asked))
    if over:
        raise Refused(_("%(words)s Ask your coordinator if you need more.") % {"words": over[0]})


def _locked(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "organisation")
    return rows.get(pk=mentorship.pk)


def _next_number(mentorship):
    return (CheckIn.objects.filter(mentorship=mentorship).aggregate(last=Max("number"))["last"] or 0) + 1


def _require_running(mentorship):
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended, so nothing more can be planned or noted."))
    require_contact(mentorship)


def _require_planned(check_in):
    if not check_in.is_planned:
        raise Refused(_("Somebody was quicker: this check-in is no longer planned. Nothing was changed."))
