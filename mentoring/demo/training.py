"""Who has trained, and how far."""

from datetime import timedelta

from training.models import ChecklistAnswer, ChecklistResponse, CodeSignature, ResourceRead
from training.presets import CHECKLIST_ASPECTS, CHECKLIST_VERSION, CODE_OF_CONDUCT

from .times import at

NEED_EVERY = 7  # every so many answers, more training or support is asked for


def finish_training(mentors, *, by_day, chance):
    """These mentors have answered all ten aspects and signed the code of conduct."""
    _answer(mentors, by_day, chance, len(CHECKLIST_ASPECTS), finished=True)
    CodeSignature.objects.bulk_create(
        [
            CodeSignature(
                organisation_id=mentor.organisation_id,
                mentor=mentor,
                version=CODE_OF_CONDUCT.version,
                signed_name=mentor.membership.name,
                signed_at=at(by_day, 17, number % 60),
            )
            for number, mentor in enumerate(mentors)
        ]
    )
    first = CHECKLIST_ASPECTS[0].resource
    ResourceRead.objects.bulk_create(
        [
            ResourceRead(organisation_id=one.organisation_id, membership=one.membership, resource=first, read_at=at(by_day, 15))
            for one in mentors[::2]
        ],
        ignore_conflicts=True,  # who mentors in a second programme has read it before
    )


def begin_training(mentors, *, by_day, chance):
    """These have answered some aspects."""
    _answer(mentors, by_day, chance, 6, finished=False)


def _answer(mentors, by_day, chance, most, *, finished):
    responses = ChecklistResponse.objects.bulk_create(
        [
            ChecklistResponse(
                organisation_id=mentor.organisation_id,
                mentor=mentor,
                version=CHECKLIST_VERSION,
                started_at=at(by_day - timedelta(days=3), 12),
                finished_at=at(by_day, 16) if finished else None,
            )
            for mentor in mentors
        ]
    )
    ChecklistAnswer.objects.bulk_create(
        [
            ChecklistAnswer(
                organisation_id=response.organisation_id,
                response=response,
                aspect=aspect.key,
                value="need" if chance.randrange(NEED_EVERY) == 0 else "covered",
            )
            for response in responses
            for aspect in CHECKLIST_ASPECTS[: most if finished else chance.randint(2, most)]
        ]
    )
