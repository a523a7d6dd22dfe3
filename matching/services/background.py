"""What a mentor tells about their background and what a student wishes for. Nobody else reads it; the audit says that, not what."""

from django.db import transaction

from audit.services import record
from programmes.models import Participant

from ..background_topics import KIND_OF_SIDE, TOPICS, allowed
from ..models import BackgroundAnswer


def background_of(participant) -> dict[str, list[str]]:
    """Topic -> what its owner keeps there. For the owner's own page, and nothing else."""
    rows = BackgroundAnswer.objects.filter(participant=participant, kind=KIND_OF_SIDE[participant.side])
    return dict(rows.values_list("topic", "values"))


def has_background(participant) -> bool:
    return BackgroundAnswer.objects.filter(participant=participant).exists()


def save_background(*, participant, answers, by):
    """Keep exactly these answers (topic -> values, unknown ones left out); a topic without any is deleted."""
    kind = KIND_OF_SIDE[participant.side]
    kept = {topic.key: values for topic in TOPICS if (values := allowed(topic.key, answers.get(topic.key, ())))}
    with transaction.atomic():
        BackgroundAnswer.objects.filter(participant=participant).exclude(kind=kind, topic__in=kept).delete()
        for topic, values in kept.items():
            BackgroundAnswer.objects.update_or_create(
                participant=participant,
                kind=kind,
                topic=topic,
                defaults={"values": values, "organisation_id": participant.organisation_id},
            )
        record("background answers saved" if kept else "background answers deleted", by=by, about=participant)


def delete_background(*, participant, by) -> bool:
    """Forget all of it; False when there was nothing."""
    with transaction.atomic():
        gone, _rows = BackgroundAnswer.objects.filter(participant=participant).delete()
        if gone:
            record("background answers deleted", by=by, about=participant)
    return bool(gone)


def delete_background_of_person(*, membership, by):
    """The same in every programme of somebody who leaves the organisation."""
    for participant in Participant.objects.filter(membership=membership).order_by("pk"):
        delete_background(participant=participant, by=by)
