"""Notes of a mentorship. Who may read one stands on it (Note.visible_to obeys)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from matching.services.contact import require_contact
from matching.services.refused import Refused
from organisations.models import Membership

from ..enums import Visibility
from ..models import Note

AGAIN = timedelta(minutes=1)
SILENT = (Visibility.ONLY_ME, Visibility.LEAD)  # reach nobody of the mentorship, so they may be written while contact is paused


def write_note(*, mentorship, text, visibility, by, check_in=None) -> Note:
    """Keep a note; the same words again within a minute are the note that stands.

    by: the membership of its author; the caller has checked that they work in the mentorship.
    """
    text = text.strip()
    if not text:
        raise Refused(_("Write something first."))
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended, so nothing more can be planned or noted."))
    if visibility not in Visibility.values:
        raise Refused(_("Choose who may read it."))
    if visibility not in SILENT:
        require_contact(mentorship)
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)  # a press at a time
        same = Note.objects.filter(mentorship=mentorship, check_in=check_in, author=by, text=text, visibility=visibility)
        there = same.filter(written_at__gt=timezone.now() - AGAIN).first()
        if there:
            return there
        note = Note.objects.create(mentorship=mentorship, check_in=check_in, author=by, text=text, visibility=visibility)
        record("note written", by=by, about=note, visibility=str(visibility))
    return note


SHAREABLE = (Visibility.MENTORSHIP, Visibility.COORDINATORS)  # never what somebody keeps for themselves, or for the lead


def hand_on_notes(*, notes, to, by) -> int:
    """Let the mentorship that carries another on read these notes too: copies that keep author, day and who may read them.

    Only notes that were open to their whole mentorship, of those before ``to``; a second time adds nothing. Returns how many.
    """
    before = {one.pk for one in to.before()}
    count = 0
    with transaction.atomic():
        for note in notes:
            if note.visibility not in SHAREABLE or note.mentorship_id not in before:
                raise Refused(_("This note is not to be handed on."))
            same = Note.objects.filter(mentorship=to, author=note.author_id, text=note.text, written_at=note.written_at)
            if same.exists():
                continue
            copy = Note.objects.create(mentorship=to, author_id=note.author_id, text=note.text, visibility=note.visibility)
            Note.objects.filter(pk=copy.pk).update(written_at=note.written_at)
            record("note handed on", by=by, about=copy)
            count += 1
    return count
