"""Planning check-ins: from the programme's rhythm when a mentorship starts, later by hand."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.services import record
from common.words import day
from matching.models import Mentorship
from matching.services.refused import Refused
from post.services.outbox import drop_letters

from .. import schedule
from ..models import CheckIn

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
    wait = min(FIRST_AFTER_DAYS, programme.check_in_every_days, programme.first_meeting_days)
    first = mentorship.started_on + timedelta(days=wait)
    dates = schedule.plan(first, mentorship.ends_on, programme.check_in_every_days)
    return dates or [max(mentorship.started_on, mentorship.ends_on)]


def add_check_in(*, mentorship, due_on, by) -> CheckIn:
    """Plan one more. Asking twice for the same day gives the one that is planned."""
    with transaction.atomic():
        mentorship = _locked(mentorship)
        _require_running(mentorship)
        check_day(mentorship, due_on)
        there = mentorship.check_ins.filter(status=CheckIn.Status.PLANNED, due_on=due_on).first()
        if there:
            return there
        row = CheckIn.objects.create(mentorship=mentorship, number=_next_number(mentorship), due_on=due_on)
        record("check-in planned", by=by, about=row)
    return row


def move_check_in(*, check_in, due_on, by) -> CheckIn:
    """Another day for a planned check-in. Letters about the old day that have not gone are taken back."""
    with transaction.atomic():
        check_in = locked_check_in(check_in)
        _require_running(check_in.mentorship)
        _require_planned(check_in)
        check_day(check_in.mentorship, due_on)
        if check_in.due_on != due_on:
            check_in.due_on = due_on
            check_in.save(update_fields=["due_on"])
            drop_letters(check_in)
            record("check-in moved", by=by, about=check_in)
    return check_in


def drop_check_in(*, check_in, by) -> CheckIn:
    """Take one out of the plan."""
    with transaction.atomic():
        check_in = locked_check_in(check_in)
        _require_running(check_in.mentorship)
        _require_planned(check_in)
        check_in.status = CheckIn.Status.DROPPED
        check_in.save(update_fields=["status"])
        drop_letters(check_in)
        record("check-in dropped", by=by, about=check_in)
    return check_in


def drop_the_rest(*, mentorship, by) -> int:
    """The mentorship has ended: nothing planned remains, no letter about it goes. Returns how many were planned."""
    with transaction.atomic():
        planned = list(CheckIn.objects.select_for_update().filter(mentorship=mentorship, status=CheckIn.Status.PLANNED))
        for check_in in planned:
            drop_letters(check_in)
        CheckIn.objects.filter(pk__in=[one.pk for one in planned]).update(status=CheckIn.Status.DROPPED)
        if planned:
            record("planned check-ins dropped", by=by, about=mentorship, number=len(planned))
    return len(planned)


def check_day(mentorship, due_on):
    """Refused, in words, for a day outside the mentorship."""
    first, last = mentorship.started_on, mentorship.ends_on
    if due_on < first:
        raise Refused(_("This mentorship starts on %(day)s. Choose that day or a later one.") % {"day": day(first)})
    if due_on > last:
        raise Refused(_("This mentorship ends on %(day)s. Choose that day or an earlier one.") % {"day": day(last)})


def locked_check_in(check_in) -> CheckIn:
    """The row as it is now, held until the transaction ends; its mentorship is held first, as everywhere."""
    Mentorship.objects.select_for_update(no_key=True).filter(pk=check_in.mentorship_id).first()
    rows = CheckIn.objects.select_for_update(of=("self",)).select_related("mentorship__programme", "mentorship__organisation")
    return rows.get(pk=check_in.pk)


def plan_on(mentorship, due_on) -> CheckIn:
    """A planned check-in on that day: the one there is, else a new one. Inside a transaction that holds the mentorship."""
    there = CheckIn.objects.filter(mentorship=mentorship, status=CheckIn.Status.PLANNED, due_on=due_on).first()
    return there or CheckIn.objects.create(mentorship=mentorship, number=_next_number(mentorship), due_on=due_on)


def _locked(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "organisation")
    return rows.get(pk=mentorship.pk)


def _next_number(mentorship):
    return (CheckIn.objects.filter(mentorship=mentorship).aggregate(last=Max("number"))["last"] or 0) + 1


def _require_running(mentorship):
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended, so nothing more can be planned or noted."))


def _require_planned(check_in):
    if not check_in.is_planned:
        raise Refused(_("Somebody was quicker: this check-in is no longer planned. Nothing was changed."))
