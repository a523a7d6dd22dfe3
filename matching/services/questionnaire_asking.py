"""Writing to those who are to answer, and once more to those who have not. In the worker: there may be thousands."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from audit.services import record
from organisations.enums import Purpose
from organisations.services import links
from organisations.services.jobs import start_job
from post.models import Letter
from post.services.bulk import Draft, queue_letters
from post.services.outbox import label
from programmes.models import Participant

from ..models import QuestionnaireResponse
from .questionnaires import refuse_if_closed
from .refused import quietly
from .runs import lock_programme

ASK_JOB, NUDGE_JOB = "questionnaire-ask", "questionnaire-nudge"
ASKED, REMINDER = "questionnaire_asked", "questionnaire_reminder"
MINUTES = 5
LINK_LIFE = timedelta(days=60)
GAP = timedelta(hours=24)
BATCH = 500


def start_asking(*, programme, by):
    """Write in the worker to everybody who was not asked yet; a second press is the same job."""
    refuse_if_closed(programme)
    return start_job(ASK_JOB, by=by, target_id=programme.pk)


def start_nudging(*, programme, by):
    """Remind in the worker whoever was asked and has not answered; a second press is the same job."""
    refuse_if_closed(programme)
    return start_job(NUDGE_JOB, by=by, target_id=programme.pk)


def to_ask(programme):
    """Participants who were not written to about the questionnaire and have not answered it."""
    rows = _present(programme)
    return rows.filter(Q(questionnaire_response=None) | Q(questionnaire_response__asked_at=None, questionnaire_response__answered_at=None))


def to_nudge(programme, at=None):
    """Participants who were asked, have not answered, and got no letter of this kind in the last 24 hours."""
    at = at or timezone.now()
    rows = _present(programme).filter(questionnaire_response__asked_at__lte=at - GAP, questionnaire_response__answered_at=None)
    rows = rows.filter(Q(questionnaire_response__nudged_at=None) | Q(questionnaire_response__nudged_at__lte=at - GAP))
    return rows.exclude(membership__email__in=_reminded(programme, at))


def ask(*, programme, by, at=None, progress=quietly) -> int:
    """Write to everybody who was not asked yet; returns how many letters. Twice sends once."""
    at = at or timezone.now()
    with transaction.atomic():
        programme = lock_programme(programme)
        refuse_if_closed(programme)
        people = list(to_ask(programme))
        known = {one.participant_id: one for one in QuestionnaireResponse.objects.filter(participant__in=people)}
        new = [QuestionnaireResponse(organisation_id=one.organisation_id, participant=one) for one in people if one.pk not in known]
        for response in QuestionnaireResponse.objects.bulk_create(new):
            known[response.participant_id] = response
        QuestionnaireResponse.objects.filter(participant__in=people).update(asked_at=at)
        _send(ASKED, programme, people, known, lambda one: f"questionnaire:{one.pk}:asked", at, progress)
        if people:
            record("questionnaire sent", by=by, about=programme, letters=len(people))
    return len(people)


def nudge(*, programme, by, at=None, progress=quietly) -> int:
    """Remind whoever has not answered; returns how many letters. Nobody gets two in 24 hours."""
    at = at or timezone.now()
    with transaction.atomic():
        programme = lock_programme(programme)
        refuse_if_closed(programme)
        people = list(to_nudge(programme, at))
        known = {one.participant_id: one for one in QuestionnaireResponse.objects.filter(participant__in=people)}
        QuestionnaireResponse.objects.filter(participant__in=people).update(nudged_at=at)
        _send(REMINDER, programme, people, known, lambda one: f"questionnaire:{one.pk}:nudge:{at:%Y%m%d%H%M}", at, progress)
        if people:
            record("questionnaire nudged", by=by, about=programme, letters=len(people))
    return len(people)


def _present(programme):
    rows = Participant.objects.filter(programme=programme, membership__left_at=None).active()
    return rows.select_related("membership__organisation").order_by("pk")


def _reminded(programme, at):
    """Addresses that got any reminder of ours in the 24 hours before."""
    recent = Letter.objects.filter(organisation_id=programme.organisation_id, created_at__gt=at - GAP, name__endswith="_reminder")
    return recent.exclude(status=Letter.Status.DROPPED).values("to_email")


def _send(name, programme, people, responses, key, at, progress):
    organisation = programme.organisation
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        progress(start, len(people))
        asked = [(Purpose.QUESTIONNAIRE, one.pk, one.membership, one.membership.name) for one in batch]
        urls = [
            links.absolute(reverse("matching:questionnaire_by_link", args=[token])) for token in links.make_links(asked, life=LINK_LIFE)
        ]
        queue_letters(
            Draft(
                name,
                one.membership.email,
                one.membership.name,
                {
                    "first_name": one.membership.first_name,
                    "organisation": organisation.name,
                    "programme": programme.name,
                    "url": url,
                    "minutes": MINUTES,
                },
                key(one),
                at,
                label(responses[one.pk]),
            )
            for one, url in zip(batch, urls, strict=True)
        )
    progress(len(people), len(people))
