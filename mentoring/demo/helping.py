"""Cards of what helps: the demo's own student has one, and their mentor has read part of it."""

from audit.services import record_readings
from matching.models import HelpEntry, HelpShare
from matching.services.help_card import READ

TEXTS = {
    "learn": "Show me once, then let me try it myself. I remember steps better when they are written down.",
    "contact": "A message is better than a call. I do not see my phone during shifts.",
    "hard": "Speaking up when many people listen. Ask me afterwards, just us two.",
    "access": "I wear a hearing aid on the left. Please sit on my right and face me.",
}
FOR_MENTOR = ("learn", "contact", "hard")


def write_card(student, mentor):
    """Four fields of the student's (a membership), three of them shared with the mentor, who read two of those."""
    common = {"organisation_id": student.organisation_id}
    entries = {topic: HelpEntry.objects.create(**common, owner=student, topic=topic, text=text) for topic, text in TEXTS.items()}
    HelpShare.objects.bulk_create(HelpShare(**common, entry=entries[topic], reader=mentor) for topic in FOR_MENTOR)
    record_readings(READ, by=mentor, about=[entries[topic] for topic in FOR_MENTOR[:2]])
