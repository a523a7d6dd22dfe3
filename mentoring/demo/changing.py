"""A mentor of the demo who had to stop, and a student who would like somebody else."""

from datetime import timedelta

from checkins.enums import Visibility
from checkins.models import Note
from checkins.services.notes import hand_on_notes
from matching.models import ChangeRequest
from matching.services.changes import ask_for_change
from matching.services.handover import hand_over, propose_substitutes
from programmes.models import Participant
from programmes.services.people import withdraw_participant

from . import stories
from .times import at

HANDED_OVER_DAYS_AGO = 8


def change_some(told, *, by, today):
    """One mentorship is carried on by the mentor the engine proposes; in another one the student asks for a change."""
    _hand_over(told, by=by, today=today)
    _ask(next(one for one in told if one.story.key == "stuck"), today)


def _hand_over(told, *, by, today):
    """The last of the steady ones whose mentor has no other; a note goes along, and the mentor leaves the programme."""
    seats = [one.mentor.pk for one in told]
    found = next(one for one in reversed(told) if one.story.key == "steady" and seats.count(one.mentor.pk) == 1)
    [offer] = propose_substitutes(found.mentor)
    if offer.proposed is None:
        return
    when = at(today - timedelta(days=HANDED_OVER_DAYS_AGO), 15)
    note = Note.objects.create(
        mentorship=found.mentorship,
        author=found.mentor.membership,
        text=stories.HANDED_ON,
        visibility=Visibility.MENTORSHIP,
    )
    Note.objects.filter(pk=note.pk).update(written_at=when - timedelta(days=1))
    substitute = Participant.objects.select_related("membership").get(pk=offer.proposed)
    new = hand_over(mentorship=found.mentorship, mentor=found.mentor, substitute=substitute, by=by, at=when)
    hand_on_notes(notes=[note], to=new, by=by)
    withdraw_participant(participant=found.mentor, reason="Moved to the works in Leeds", by=by, at=when)


def _ask(one, today):
    asked = ask_for_change(
        mentorship=one.mentorship,
        participant=one.student,
        wish=ChangeRequest.Wish.ANOTHER,
        reason=stories.WISH_FOR_A_CHANGE,
        by=one.student.membership,
    )
    ChangeRequest.objects.filter(pk=asked.pk).update(asked_at=at(today - timedelta(days=1), 20))
