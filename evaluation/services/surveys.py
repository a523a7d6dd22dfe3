"""The two surveys of a programme: when they open and close."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from matching.services.refused import Refused
from organisations.days import local_today

from ..models import Survey
from ..presets import survey_for

REVIEW_LASTS = timedelta(days=21)
EXIT_BEFORE = timedelta(days=14)  # before the programme's last day
EXIT_AFTER = timedelta(days=14)


def preset_key(survey) -> str:
    """The key of the questions (evaluation.presets) that a survey asks."""
    programme = survey.programme
    return programme.review_key if survey.kind == Survey.Kind.REVIEW else programme.exit_key


def questions_for(survey, voice):
    """The preset (evaluation.presets.Survey) that one voice answers."""
    return survey_for(preset_key(survey), voice)


def usual_dates(programme) -> dict[str, tuple]:
    """{kind: (opens on, closes on)}: the review half-way, the exit survey two weeks before the end until two weeks after."""
    first, last = programme.starts_on, programme.ends_on
    half = first + (last - first) // 2
    exit_opens = max(half, last - EXIT_BEFORE)
    return {
        Survey.Kind.REVIEW: (half, half + REVIEW_LASTS),
        Survey.Kind.EXIT: (exit_opens, last + EXIT_AFTER),
    }


@transaction.atomic
def make_surveys(*, programme, by) -> list[Survey]:
    """Make the programme's review and exit survey with the usual dates; one that is there already stays as it is."""
    keys = {Survey.Kind.REVIEW: programme.review_key, Survey.Kind.EXIT: programme.exit_key}
    found = []
    for kind, (opens_on, closes_on) in usual_dates(programme).items():
        survey, _made = Survey.objects.get_or_create(
            programme=programme,
            kind=kind,
            defaults={"version": survey_for(keys[kind], "student").version, "opens_on": opens_on, "closes_on": closes_on},
        )
        found.append(survey)
    return found


@transaction.atomic
def change_dates(*, survey, opens_on, closes_on, by, at=None) -> Survey:
    """Move a survey. Once it is open, only its last day can move. Refused for dates that cannot be."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("programme__organisation").get(pk=survey.pk)
    today = local_today(survey.programme.organisation, at)
    if survey.opened_at:
        opens_on = survey.opens_on
    elif opens_on < today and opens_on != survey.opens_on:
        raise Refused(_("The first day has passed. Choose today or a later day."))
    if closes_on < opens_on:
        raise Refused(_("The survey must close after it opens."))
    if closes_on < today and closes_on != survey.closes_on:
        raise Refused(_("The last day has passed. Choose today or a later day."))
    survey.opens_on, survey.closes_on = opens_on, closes_on
    survey.save(update_fields=["opens_on", "closes_on"])
    record("survey dates changed", by=by, about=survey, opens_on=str(opens_on), closes_on=str(closes_on))
    return survey


@transaction.atomic
def bring_forward(*, survey, by, at=None) -> Survey:
    """Let a survey open today; the letters go out when it is asked (services.asking). Refused once the programme is closed."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("programme__organisation").get(pk=survey.pk)
    if survey.programme.closed_at:
        raise Refused(_("This programme is closed, so nothing is sent any more."))
    today = local_today(survey.programme.organisation, at)
    if survey.opened_at is None:
        survey.opens_on = min(survey.opens_on, today)
        survey.opened_at = at or timezone.now()
        survey.closes_on = max(survey.closes_on, today + EXIT_AFTER)
        survey.save(update_fields=["opens_on", "opened_at", "closes_on"])
        record("survey opened", by=by, about=survey)
    return survey
