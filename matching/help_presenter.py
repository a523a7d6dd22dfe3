"""The card of what helps a student, as its owner sees it."""

from dataclasses import dataclass, field

from .help_topics import HELP_TOPICS
from .models import HelpEntry, HelpShare
from .services.help_card import possible_readers


@dataclass
class Field:
    """One field: what it says, who was chosen to read it, and who of them still can."""

    topic: object
    entry: HelpEntry | None
    readers: list = field(default_factory=list)

    @property
    def text(self):
        return self.entry.text if self.entry else ""


def fields_of(owner) -> list[Field]:
    """Every field in order. Who was chosen but is no longer around the student is left out: they read nothing."""
    around = {person.pk: person for person, _why in possible_readers(owner)}
    entries = {one.topic: one for one in HelpEntry.objects.filter(owner=owner)}
    readers = {}
    for entry_id, reader_id in HelpShare.objects.filter(entry__owner=owner).values_list("entry", "reader"):
        if reader_id in around:
            readers.setdefault(entry_id, []).append(around[reader_id])
    return [
        Field(topic, entries.get(topic.key), readers.get(entries[topic.key].pk, []) if topic.key in entries else [])
        for topic in HELP_TOPICS
    ]
