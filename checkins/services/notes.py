"""Notes of a mentorship. Who may read one stands on it (Note.visible_to obeys)."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from matching.services.refused import Refused

from ..enums import Visibility
from ..models import Note


def write_note(*, mentorship, text, visibility, by, check_in=None) -> Note:
    """Keep a note. ``by``: the membership of its author; the caller has checked that they work in the mentorship."""
    text = text.strip()
    if not text:
        raise Refused(_("Write something first."))
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended, so nothing more can be planned or noted."))
    if visibility not in Visibility.values:
        raise Refused(_("Choose who may read it."))
    with transaction.atomic():
        note = Note.objects.create(mentorship=mentorship, check_in=check_in, author=by, text=text, visibility=visibility)
        record("note written", by=by, about=note, visibility=str(visibility))
    return note
