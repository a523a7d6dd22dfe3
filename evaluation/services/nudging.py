"""A coordinator reminds whoever has not answered: one letter each, at most one in 24 hours."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from checkins.models import ReminderSent
from checkins.services.reminders import GAP
from matching.services.refused import Refused
from organisations.days import local_today
from organisations.services.jobs import start_job

from ..models import Survey, SurveyRequest
from . import letters
from .asking import _ROWS

JOB = "survey-nudge"
DAY = timedelta(hours=24)


def start_nudging(*, survey, by):
    """Nudge in the worker; a second press while it runs is the same nudge. Returns the job."""
    return start_job(JOB, by=by, target_id=survey.pk)


def to_nudge(survey, at) -> list[SurveyRequest]:
    """One request for each person who may be written to now: not asked, nudged or reminded in the last 24 hours."""
    rows = SurveyRequest.objects.awaiting().filter(survey=survey)
    rows = list(rows.select_related(*_ROWS).order_by("asked_at", "pk"))
    first = {}
    for row in rows:
        first.setdefault(letters.person_of(row).key, row)
    quiet = recently_written(at, set(first))
    return [row for key, row in first.items() if key not in quiet]


def recently_written(at, keys) -> set[str]:
    """Of these people, those who got a letter about a survey, or any reminder, in the 24 hours before ``at``."""
    since = at - DAY
    sent = ReminderSent.objects.filter(recipient__in=keys, at__gt=at - GAP).values_list("recipient", flat=True)
    touched = SurveyRequest.objects.filter(asked_at__gt=since) | SurveyRequest.objects.filter(last_nudged_at__gt=since)
    pairs = touched.values_list("participant__membership_id", "line_manager_id")
    mine = {f"membership:{membership}" if membership else f"line-manager:{manager}" for membership, manager in pairs}
    return set(sent) | (mine & set(keys))


def nudge(*, survey, by, at=None, progress=None) -> int:
    """Write to the rest; returns how many letters. Twice sends once. Refused when the survey is not open."""
    at = at or timezone.now()
    with transaction.atomic():
        survey = Survey.objects.select_for_update(of=("self",)).select_related("programme__organisation").get(pk=survey.pk)
        if survey.programme.closed_at or local_today(survey.programme.organisation, at) > survey.closes_on:
            raise Refused(_("This survey is closed, so nobody can be asked any more."))
        rows = to_nudge(survey, at)
        if not rows:
            return 0
        SurveyRequest.objects.filter(pk__in=[row.pk for row in rows]).update(last_nudged_at=at)
        names = {row.pk: letters.letter_for(row, letters.REMINDING) for row in rows}
        stamp = at.isoformat(timespec="seconds")
        sent = letters.send(rows, names, lambda row: f"survey:{row.pk}:nudge:{stamp}", at=at, due_at=at)
        record("survey nudged", by=by, about=survey, letters=sent)
        return sent
