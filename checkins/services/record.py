"""The record of a concern: lines that are only ever added, each reading written down."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from audit.models import AccessLog
from audit.services import record_reading
from common.refused import Refused

from ..models import ConcernNote

MOST_READINGS = 50


@dataclass(frozen=True)
class Reading:
    """Somebody opened it. ``what``: read, exported, or opened in an emergency, as words of the log."""

    name: str
    at: datetime
    what: str = ""
    reason: str = ""


def write_step(concern, text, *, by=None) -> ConcernNote:
    """One line that the house writes itself."""
    return ConcernNote.objects.create(concern=concern, by=by, is_step=True, text=text)


def add_note(*, concern, text, by) -> ConcernNote:
    """What was done or learnt. Never changed afterwards. The same words twice in a row are one note (a second press)."""
    text = text.strip()
    if not text:
        raise Refused(_("Write something first."))
    require_open(concern)
    last = concern.notes.filter(by=by, is_step=False).last()
    if last and last.text == text:
        return last
    return ConcernNote.objects.create(concern=concern, by=by, text=text)


def open_for_reading(*, concern, by) -> list[Reading]:
    """Write down that ``by`` reads it, then return who has read it, the latest first. Call before showing it."""
    record_reading("concern", by=by, about=concern)
    return readings_of(concern)[:MOST_READINGS]


def readings_of(concern) -> list[Reading]:
    """Every reading, the latest first."""
    rows = AccessLog.objects.filter(
        organisation_id=concern.organisation_id, object_type=concern._meta.label_lower, object_id=concern.pk
    ).order_by("-at", "-id")
    return [Reading(row.actor_name, row.at, "" if row.what == "concern" else row.what, row.reason) for row in rows]


def open_note_for_reading(*, note, by):
    """A note left for the lead is as sensitive as a concern."""
    record_reading("note for the lead", by=by, about=note)


def require_open(concern):
    """Refused for a concern that is closed."""
    if concern.closed_at:
        raise Refused(_("This concern is closed. Nothing was changed."))
