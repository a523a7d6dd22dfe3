"""Asking: opens what is due, for a programme or one mentorship, and writes to each person exactly once."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from checkins.services.reminders import earliest
from common.tenancy import organisation_scope, system_scope
from matching.models import Mentorship
from matching.services.expectations import ask_whether_it_fits
from matching.services.refused import Refused
from organisations.days import local_today
from programmes.models import Placement

from ..models import Survey, SurveyRequest
from . import letters
from .people import NOT_ASKED, due_mentorships, make_requests

logger = logging.getLogger(__name__)
BATCH = 200
LEAVING = timedelta(days=14)  # a placement that ends so soon is ending: its line manager can be asked
_ROWS = ["survey__programme__organisation", "mentorship", "participant__membership", "line_manager"]


def open_all(*, at=None) -> int:
    """The sweep: every survey that is due, in every organisation. Safe at any time and twice at once. Returns letters queued."""
    at = at or timezone.now()
    sent = 0
    for organisation_id, survey_id in due_surveys(at):
        try:
            sent += _open_in_batches(organisation_id, survey_id, at)
        except Exception:
            logger.exception("survey %s of organisation %s", survey_id, organisation_id)
    return sent


def due_surveys(at) -> list[tuple[int, int]]:
    """(organisation id, survey id) of surveys that are, or are about to be, open somewhere on earth."""
    day = timedelta(days=1)
    with system_scope("find surveys that are due"):
        rows = Survey.unscoped.filter(
            opens_on__lte=at.date() + day, closes_on__gte=at.date() - day, programme__closed_at=None
        )
        return list(rows.order_by("organisation_id", "id").values_list("organisation_id", "id"))


def ask_due(*, survey_id, at=None, limit=BATCH, right_away=False) -> int:
    """Open one survey if its day has come and write to those not asked yet, at most ``limit``; returns how many.

    right_away: a coordinator opened it, so letters do not wait for the morning.
    """
    at = at or timezone.now()
    with transaction.atomic():
        survey = _locked(survey_id)
        organisation = survey.programme.organisation
        today = local_today(organisation, at)
        if survey.programme.closed_at or not survey.opens_on <= today <= survey.closes_on:
            return 0
        if survey.opened_at is None:
            survey.opened_at = at
            survey.save(update_fields=["opened_at"])
            record("survey opened", by=None, about=survey)
        mentorships = due_mentorships(survey, today)
        make_requests(survey, list(mentorships))
        rows = _unasked(survey).filter(mentorship__in=mentorships)
        return _ask(rows[:limit] if limit else rows, at, at if right_away else earliest(organisation, at))


def ask_mentorship(*, survey, mentorship, by, at=None) -> int:
    """Open a survey for one mentorship now, however early; returns how many letters. Refused where it is over or closed."""
    at = at or timezone.now()
    with transaction.atomic():
        survey = _locked(survey.pk)
        if survey.programme.closed_at or local_today(survey.programme.organisation, at) > survey.closes_on:
            raise Refused(_("This survey is closed, so nobody can be asked any more."))
        if survey.kind == Survey.Kind.REVIEW and not mentorship.is_active:
            raise Refused(_("This mentorship has ended. The exit survey is the one to ask for now."))
        make_requests(survey, [mentorship])
        asked = _ask(_unasked(survey).filter(mentorship=mentorship), at, at)
        if asked:
            record("survey opened for a mentorship", by=by, about=mentorship, survey=survey.kind)
        return asked


def ask_at_the_end(*, mentorship, by, at=None) -> int:
    """A mentorship ended: ask its exit survey. The line manager is asked once the placement ends too.

    Nobody is asked where it never began or ended with a concern: a coordinator may still open it by hand.
    """
    at = at or timezone.now()
    survey = Survey.objects.filter(programme=mentorship.programme_id, kind=Survey.Kind.EXIT).first()
    if survey is None or mentorship.status in NOT_ASKED:
        return 0
    with transaction.atomic():
        survey = _locked(survey.pk)
        today = local_today(survey.programme.organisation, at)
        if survey.programme.closed_at or today > survey.closes_on:
            return 0
        make_requests(survey, [mentorship], without_managers=not _placement_ends(mentorship, today))
        return _ask(_unasked(survey).filter(mentorship=mentorship), at, at)


def _open_in_batches(organisation_id, survey_id, at):
    sent = 0
    while True:
        with organisation_scope(organisation_id):
            asked = ask_due(survey_id=survey_id, at=at)
        sent += asked
        if asked < BATCH:
            return sent


def _locked(survey_id):
    return Survey.objects.select_for_update(of=("self",)).select_related("programme__organisation").get(pk=survey_id)


def _unasked(survey):
    """Requests nobody was written to about, of people who are still there."""
    rows = SurveyRequest.objects.filter(survey=survey, asked_at=None, answered_at=None)
    rows = rows.filter(participant__withdrawn_at=None, participant__membership__left_at=None)
    return rows.select_related(*_ROWS).order_by("pk")


def _ask(rows, at, due_at):
    rows = list(rows)
    if not rows:
        return 0
    SurveyRequest.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=at)
    ask_whether_it_fits(mentorship_ids={row.mentorship_id for row in rows if row.survey.kind == Survey.Kind.REVIEW}, at=at)
    names = {row.pk: letters.letter_for(row) for row in rows}
    return letters.send(rows, names, lambda row: f"survey:{row.pk}:asked", at=at, due_at=due_at)


def _placement_ends(mentorship, today):
    if mentorship.placement_id:
        rows = Placement.objects.filter(pk=mentorship.placement_id)
    else:
        seats = Mentorship.objects.filter(pk=mentorship.pk).values("members__participant")
        rows = Placement.objects.filter(student__in=seats)
    return not rows.filter(ends_on__gt=today + LEAVING).exists()
