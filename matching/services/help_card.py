"""The card of what helps a student: writing it, choosing who reads which field, taking that back, and who read it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from audit.models import AccessLog
from audit.services import record, record_readings
from organisations.enums import Role
from organisations.models import Membership
from programmes.enums import Side
from programmes.models import Participant

from ..enums import MentorshipStatus
from ..help_topics import BY_KEY
from ..models import HelpEntry, HelpShare, MentorshipMember

READ = "card of what helps a student"
MOST_READINGS = 200


@dataclass(frozen=True)
class Reading:
    """One person who read the card on one day."""

    name: str
    day: object
    topics: list


def possible_readers(owner) -> list[tuple[Membership, str]]:
    """(person, "mentor" | "tutor" | "coordinator") of everybody the owner may share with, each once, mentors first."""
    mine = MentorshipMember.objects.filter(
        participant__membership=owner, side=Side.STUDENT, participant__withdrawn_at=None, mentorship__status=MentorshipStatus.ACTIVE
    )
    mentors = MentorshipMember.objects.filter(
        mentorship__in=mine.values("mentorship"), side=Side.MENTOR, participant__withdrawn_at=None
    )
    tutors = Participant.objects.filter(membership=owner, withdrawn_at=None).exclude(tutor=None)
    present = Membership.objects.present().exclude(pk=owner.pk)
    asked = [
        (present.filter(pk__in=mentors.values("participant__membership")), "mentor"),
        (present.filter(pk__in=tutors.values("tutor")).with_role(Role.TUTOR), "tutor"),
        (present.with_role(Role.COORDINATOR), "coordinator"),
    ]
    found = {}
    for people, why in asked:
        for person in people:
            found.setdefault(person.pk, (person, why))
    return list(found.values())


def save_entry(*, owner, topic, text, readers, by) -> HelpEntry:
    """Keep one field and exactly these readers of it (memberships); others lose it at once. Without a text nobody reads it."""
    text = text.strip()
    allowed = {person.pk for person, _why in possible_readers(owner)}
    chosen = {one.pk for one in readers} & allowed if text else set()
    with transaction.atomic():
        entry, _made = HelpEntry.objects.update_or_create(
            owner=owner, topic=BY_KEY[topic].key, defaults={"text": text, "organisation_id": owner.organisation_id}
        )
        HelpShare.objects.filter(entry=entry).exclude(reader__in=chosen).delete()
        for reader in sorted(chosen):
            HelpShare.objects.get_or_create(entry=entry, reader_id=reader)
        record("card of what helps saved", by=by, about=entry)
    return entry


def stop_sharing(*, owner, by, topic="", reader_id=None) -> int:
    """Take it back: from one person, of one field, or all of it. Returns how many readings were taken back."""
    with transaction.atomic():
        shares = HelpShare.objects.filter(entry__owner=owner)
        shares = shares.filter(entry__topic=topic) if topic else shares
        shares = shares.filter(reader=reader_id) if reader_id else shares
        gone, _rows = shares.delete()
        if gone:
            record("card of what helps no longer shared", by=by, about=HelpEntry.objects.filter(owner=owner).first())
    return gone


def read_card(*, owner_id, reader) -> list[HelpEntry]:
    """What the owner lets this person read, each field noted as read; [] where there is nothing."""
    with transaction.atomic():
        order = list(BY_KEY)
        rows = HelpEntry.objects.shared_with(reader).filter(owner=owner_id, topic__in=order).select_related("owner")
        entries = sorted(rows, key=lambda one: order.index(one.topic))
        record_readings(READ, by=reader, about=entries)
    return entries


def is_here(membership_id) -> bool:
    """Whether there is such a person in the organisation; says nothing of a card."""
    return Membership.objects.filter(pk=membership_id).exists()


def readings_of(owner) -> list[Reading]:
    """Who read which fields on which day, newest first."""
    topics = dict(HelpEntry.objects.filter(owner=owner).values_list("pk", "topic"))
    rows = AccessLog.objects.filter(
        organisation_id=owner.organisation_id, object_type=HelpEntry._meta.label_lower, object_id__in=topics
    ).order_by("-at", "-pk")[:MOST_READINGS]
    found = {}
    for row in rows:
        title = BY_KEY[topics[row.object_id]].title
        seen = found.setdefault((row.actor_name, timezone.localdate(row.at)), [])
        if title not in seen:
            seen.append(title)
    return [Reading(name, day, titles) for (name, day), titles in found.items()]
