"""Logging a check-in: held, or not held; what the student adds; what was agreed, ticked off.

The row is locked first, so of two people who log at once the second meets AlreadyLogged and sees what the first wrote.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.words import day
from matching.models import Mentorship
from matching.services.contact import require_contact
from matching.services.refused import Refused
from organisations.days import local_today
from organisations.enums import Purpose
from organisations.models import SignedLink
from post.services.outbox import drop_letters

from ..enums import Visibility
from ..models import Action, CheckIn
from ..signals import check_in_logged
from . import calendar_letters
from .attendance import note_attendance, own_word
from .letters import drop_contact_letters
from .members import people_of
from .notes import write_note
from .planning import MOST_EARLIER, MOST_MINUTES, check_day, locked_check_in, plan_on


class AlreadyLogged(Refused):
    """Somebody logged it a moment ago. ``check_in``: the row as they left it."""

    def __init__(self, check_in):
        super().__init__(_("This check-in is noted already. Here is what was written."))
        self.check_in = check_in


@dataclass(frozen=True)
class NewAction:
    """What somebody will do. owner: a participant of the mentorship, or None."""

    text: str
    owner: object = None
    due_on: date | None = None


@dataclass(frozen=True)
class Entry:
    """What one logs of a check-in that was held. ``next_on``: the day of the next one, None to leave the plan alone."""

    held_on: date
    minutes: int
    way: str
    mood: int | None = None
    goals: list = field(default_factory=list)  # ids
    topics: list = field(default_factory=list)
    progress: str = ""
    challenges: str = ""
    actions: list = field(default_factory=list)  # NewAction
    done_actions: list = field(default_factory=list)  # ids of earlier ones
    note: str = ""
    visibility: str = Visibility.MENTORSHIP
    next_on: date | None = None
    present: list | None = None  # of a group: ids of the participants who were there; None: everybody


def log_check_in(*, check_in, entry, by, by_link=False, at=None) -> CheckIn:
    """Write down a check-in that was held. Refused for a day that cannot be; AlreadyLogged when somebody was quicker.

    One that was noted as missed may still be logged: people find the time after all.
    """
    with transaction.atomic():
        row = _open(check_in, also=CheckIn.Status.MISSED)
        _require_possible(row.mentorship, entry, at)
        for name in ("held_on", "minutes", "way", "mood", "goals", "topics", "progress", "challenges"):
            setattr(row, name, getattr(entry, name))
        row.status, row.missed_reason, row.could_not = CheckIn.Status.HELD, "", ""
        _keep_who_was_there(row, entry, by)
        _sign(row, by, by_link, at)
        _keep_actions(row, entry, at)
        if entry.note.strip():
            write_note(mentorship=row.mentorship, check_in=row, text=entry.note, visibility=entry.visibility, by=by)
        _note_contact(row.mentorship, entry.held_on)
        if entry.next_on:
            set_next(row, entry.next_on)
        _finish(row)
        record("check-in logged", by=by, about=row, by_link=by_link)
        check_in_logged.send(sender=CheckIn, check_in=row, by=by)
    return row


def miss_check_in(*, check_in, reason, could_not="", moved_to=None, by, by_link=False, at=None) -> CheckIn:
    """Write down that it did not happen, and why; with ``moved_to`` it is moved: a new one is planned for that day.

    could_not: for whom it was not possible (enums.CouldNot), or "" where nobody says.
    """
    with transaction.atomic():
        row = _open(check_in)
        if moved_to:
            check_day(row.mentorship, moved_to)
            if moved_to < local_today(row.mentorship.organisation, at):
                raise Refused(_("The new day has passed. Choose today or a later one."))
        row.status = CheckIn.Status.MOVED if moved_to else CheckIn.Status.MISSED
        row.missed_reason, row.could_not, row.moved_on = reason.strip(), could_not, moved_to
        _sign(row, by, by_link, at)
        if moved_to:
            plan_on(row.mentorship, moved_to, instead_of=row)
        if row.starts_at and row.starts_at > (at or timezone.now()):
            calendar_letters.tell_cancelled(row, at=at)
        _finish(row, contact=False)
        record("check-in moved" if moved_to else "check-in missed", by=by, about=row, by_link=by_link)
        check_in_logged.send(sender=CheckIn, check_in=row, by=by)
    return row


def give_feedback(*, check_in, mood, feedback, by) -> CheckIn:
    """The student's own word on a check-in that was held: their rating stands in place of the mentor's impression.

    In a group it stands beside it, for the mentors and coordinators: no other student reads it.
    """
    with transaction.atomic():
        row = locked_check_in(check_in)
        if row.status != CheckIn.Status.HELD or not row.mentorship.is_in_contact:
            raise Refused(_("There is nothing to add to this check-in just now."))
        people = people_of([row.mentorship_id])[row.mentorship_id]
        if people.is_group:
            own_word(row, people.seat_of(by), mood=mood, feedback=feedback)
        else:
            row.mood, row.feedback = mood or row.mood, feedback.strip()
            row.save(update_fields=["mood", "feedback"])
        record("feedback given", by=by, about=row)
    return row


def tick_action(*, action, done, by, at=None) -> Action:
    """Note an agreed action as done, or not done after all."""
    action.done_at = (at or timezone.now()) if done else None
    action.save(update_fields=["done_at"])
    record("action done" if done else "action opened again", by=by, about=action)
    return action


def set_next(row, next_on):
    """The next check-in is on ``next_on``: the next planned one moves there, or one is planned."""
    check_day(row.mentorship, next_on)
    planned = CheckIn.objects.filter(mentorship=row.mentorship_id, status=CheckIn.Status.PLANNED).exclude(pk=row.pk)
    if planned.filter(due_on=next_on).exists():
        return
    following = planned.filter(due_on__gt=row.held_on).order_by("due_on", "id").first()
    if following is None:
        plan_on(row.mentorship, next_on)
        return
    old_starts_at = following.starts_at
    following.earlier_days = [*following.earlier_days, following.due_on][-MOST_EARLIER:]
    following.due_on, following.starts_at = next_on, None
    following.save(update_fields=["due_on", "starts_at", "earlier_days"])
    drop_letters(following)
    calendar_letters.tell(following, old_starts_at=old_starts_at)


def _open(check_in, also=None):
    row = locked_check_in(check_in)
    if row.status not in {CheckIn.Status.PLANNED, also}:
        raise AlreadyLogged(row)
    if not row.mentorship.is_active:
        raise Refused(_("This mentorship has ended, so nothing more can be planned or noted."))
    require_contact(row.mentorship)
    return row


def _require_possible(mentorship, entry, at):
    if entry.held_on > local_today(mentorship.organisation, at):
        raise Refused(_("This day is still to come. Note a check-in once it has happened."))
    if entry.held_on < mentorship.started_on:
        text = _("This mentorship started on %(day)s. Choose that day or a later one.")
        raise Refused(text % {"day": day(mentorship.started_on)})
    if not 1 <= entry.minutes <= MOST_MINUTES:
        raise Refused(_("How long was it? Give 1 to 600 minutes."))


def _keep_who_was_there(row, entry, by):
    """Of a group; and what a student who logs says of themselves is theirs, not the group's."""
    people = people_of([row.mentorship_id])[row.mentorship_id]
    if not people.is_group:
        return
    if entry.present is not None and not any(one.pk in entry.present for one in people.students):
        raise Refused(_("Say who was there. If no student came, note that it did not happen."))
    note_attendance(row, people.everybody, entry.present)
    seat = None if isinstance(by, str) else people.seat_of(by)
    if seat in people.students:
        own_word(row, seat, mood=entry.mood)
        row.mood = None


def _sign(row, by, by_link, at):
    row.logged_by = None if isinstance(by, str) else by
    row.logged_at, row.by_link = at or timezone.now(), by_link
    row.save()


def _keep_actions(row, entry, at):
    Action.objects.bulk_create(
        Action(organisation_id=row.organisation_id, check_in=row, text=one.text, owner=one.owner, due_on=one.due_on)
        for one in entry.actions
    )
    theirs = [row.mentorship, *row.mentorship.before()]
    earlier = Action.objects.filter(check_in__mentorship__in=theirs, pk__in=entry.done_actions, done_at=None)
    earlier.update(done_at=at or timezone.now())


def _note_contact(mentorship, held_on):
    row = Mentorship.objects.get(pk=mentorship.pk)
    if row.last_contact_on is None or row.last_contact_on < held_on:
        row.last_contact_on = mentorship.last_contact_on = held_on
        row.save(update_fields=["last_contact_on"])


def _finish(row, *, contact=True):
    """The thing is done: letters that wait are taken back, and every link to it now shows what was written."""
    drop_letters(row)
    if contact:
        drop_contact_letters(row.mentorship)
    links = SignedLink.objects.filter(purpose=Purpose.CHECK_IN, target_id=row.pk, used_at=None)
    links.update(used_at=timezone.now())
