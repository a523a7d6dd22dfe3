"""Who has trained, and how far."""

from datetime import timedelta

from training.models import ChecklistAnswer, ChecklistResponse, CodeSignature, LaterAnswer, ResourceRead, TrainingHours
from training.presets import CHECKLIST_ASPECTS, CHECKLIST_VERSION, CODE_OF_CONDUCT

from .times import at

NEED_EVERY = 7  # every so many answers, more training or support is asked for
CLOSED_EVERY = 6  # every so many mentors asked for more on what has to be covered, read the text and answered again
MUST = {aspect.key for aspect in CHECKLIST_ASPECTS if aspect.must_be_covered}
EVENING = 90  # minutes


def finish_training(mentors, *, by_day, by, chance):
    """These mentors have answered all ten aspects, come to an evening and signed the code of conduct."""
    responses = _answer(mentors, by_day, chance, len(CHECKLIST_ASPECTS), finished=True)
    _close_again(responses[::CLOSED_EVERY], by_day + timedelta(days=1))
    _sign(mentors, by_day)
    first = CHECKLIST_ASPECTS[0].resource
    ResourceRead.objects.bulk_create(
        [
            ResourceRead(organisation_id=one.organisation_id, membership=one.membership, resource=first, read_at=at(by_day, 15))
            for one in mentors[::2]
        ],
        ignore_conflicts=True,  # who mentors in a second programme has read it before
    )
    TrainingHours.objects.bulk_create(
        [
            TrainingHours(
                organisation_id=one.organisation_id,
                membership=one.membership,
                kind="initial",
                minutes=EVENING,
                on=by_day - timedelta(days=2),
                what="Opening evening for mentors",
                by=by,
                logged_at=at(by_day, 9),
            )
            for one in mentors
        ]
    )


def hold_back(mentor, *, by_day, chance):
    """This mentor has finished and signed, and asks for more on what has to be covered: not to be matched yet."""
    response = _answer([mentor], by_day, chance, len(CHECKLIST_ASPECTS), finished=True)[0]
    note = "What do I say if a student asks me to keep something to myself?"
    response.answers.filter(aspect__in=MUST).update(value="need", note=note)
    _sign([mentor], by_day)


def begin_training(mentors, *, by_day, chance):
    """These have answered some aspects."""
    _answer(mentors, by_day, chance, 6, finished=False)


def _sign(mentors, by_day):
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


def _close_again(responses, day):
    """They asked for more on what has to be covered, and said a day later that it is."""
    asked = ChecklistAnswer.objects.filter(response__in=responses, aspect__in=MUST)
    asked.update(value="need", note="Two more examples, please.")
    LaterAnswer.objects.bulk_create(
        [
            LaterAnswer(
                organisation_id=response.organisation_id,
                response=response,
                aspect=aspect,
                value="covered",
                how="read",
                note="The second dilemma made it clear.",
                on=day,
                by=response.mentor.membership,
                at=at(day, 20),
            )
            for response in responses
            for aspect in sorted(MUST)
        ]
    )


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
                value="need" if chance.randrange(NEED_EVERY) == 0 and aspect.key not in MUST else "covered",
            )
            for response in responses
            for aspect in CHECKLIST_ASPECTS[: most if finished else chance.randint(2, most)]
        ]
    )
    return responses
