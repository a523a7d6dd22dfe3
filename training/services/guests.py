"""Who is asked to an event, and what they answer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.services.jobs import start_job
from programmes.models import Participant

from ..models import Gathering, Guest
from . import event_letters
from .locking import locked, refuse_cancelled
from .refused import TrainingError
from .standing import open_since

INVITE_JOB = "event-invitations"
AT_ONCE = 50  # letters written while somebody waits for the page; more go to the worker
BATCH = 100  # letters written with few queries
OPEN, YES, NO, WAITING = Guest.Answer.OPEN, Guest.Answer.YES, Guest.Answer.NO, Guest.Answer.WAITING


def mentors_to_ask(programme):
    """The mentors of a programme who are still with it, by name."""
    rows = Participant.objects.filter(programme=programme, membership__left_at=None).mentors().active()
    return rows.select_related("membership").order_by("membership__first_name", "membership__last_name", "pk")


def mentors_in_need(programme, aspects):
    """Those of them who ask for more training or support with one of these aspects now."""
    everybody = mentors_to_ask(programme)
    wanted = set(aspects)
    needs = open_since(list(everybody.values_list("pk", flat=True)))
    return everybody.filter(pk__in=[pk for pk, open_ in needs.items() if wanted & set(open_)])


def choose_by_audience(*, gathering) -> int:
    """Add whoever the audience means and is not a guest yet; returns how many. Chosen one by one: nobody."""
    return _add(gathering, missing_by_audience(gathering))


def missing_by_audience(gathering):
    """Mentors whom the audience means now and who are not guests, such as those who joined later."""
    found = {
        Gathering.Audience.ALL: lambda: mentors_to_ask(gathering.programme),
        Gathering.Audience.NEEDS: lambda: mentors_in_need(gathering.programme, gathering.aspects),
    }.get(gathering.audience, Participant.objects.none)()
    return found.exclude(pk__in=gathering.guests.values("mentor"))


@transaction.atomic
def set_guests(*, gathering, mentors, by) -> None:
    """Make these the guests. Who was written to already stays: they have the event in their calendars."""
    gathering = locked(gathering)
    refuse_cancelled(gathering)
    wanted = {mentor.pk for mentor in mentors}
    Guest.objects.filter(gathering=gathering, invited_at=None, attended_at=None).exclude(mentor__in=wanted).delete()
    _add(gathering, mentors_to_ask(gathering.programme).filter(pk__in=wanted).exclude(pk__in=gathering.guests.values("mentor")))
    record("guests of an event chosen", by=by, about=gathering, count=len(wanted))


def start_invitations(*, gathering, by, at=None) -> int | None:
    """Write the invitations: a few at once, returning how many; many in the worker, returning None. Twice is once."""
    refuse_to_invite(gathering, at or timezone.now())
    if _to_invite(gathering).count() + missing_by_audience(gathering).count() <= AT_ONCE:
        return send_invitations(gathering=gathering, by=by, at=at)
    start_job(INVITE_JOB, by=by, target_id=gathering.pk)
    return None


def refuse_to_invite(gathering, at):
    refuse_cancelled(gathering)
    if gathering.has_begun(at):
        raise TrainingError(_("This event has begun. Tick off who is there instead."))


@transaction.atomic
def send_invitations(*, gathering, by, at=None, progress=lambda *_told: None) -> int:
    """Write to every guest who was not written to, those included whom the audience means by now. Returns how many letters.

    progress(done, total, message): told between batches; what it raises ends the work, and nobody was written to.
    """
    at = at or timezone.now()
    gathering = locked(gathering)
    refuse_to_invite(gathering, at)
    choose_by_audience(gathering=gathering)
    rows = list(_to_invite(gathering).select_related("mentor__membership"))
    sent = 0
    for start in range(0, len(rows), BATCH):
        progress(start, len(rows), _("Writing the letters"))
        batch = rows[start : start + BATCH]
        Guest.objects.filter(pk__in=[row.pk for row in batch]).update(invited_at=at)
        sent += event_letters.invite(gathering, batch, at=at)
    if sent:
        record("event invitations sent", by=by, about=gathering, letters=sent)
    return sent


def _to_invite(gathering):
    return gathering.guests.filter(invited_at=None, mentor__withdrawn_at=None, mentor__membership__left_at=None).order_by("pk")


@transaction.atomic
def answer_invitation(*, guest, answer, by, by_link=False, at=None) -> Guest:
    """Yes or no. A yes to a full event waits for a place; a no gives one's place to whoever has waited longest.

    TrainingError where it is too late, or the event is off. by: the mentor's membership.
    """
    at = at or timezone.now()
    if answer not in {YES, NO}:
        raise TrainingError(_("Choose yes or no."), "answer")
    gathering = locked(guest.gathering)
    refuse_cancelled(gathering)
    if gathering.has_begun(at):
        raise TrainingError(_("This event has begun. If you are there, type the code on the screen."))
    guest = Guest.objects.select_related("mentor__membership").get(pk=guest.pk)
    if answer == YES and guest.answer in {YES, WAITING}:
        return guest
    if answer == YES and not places_left(gathering):
        answer = WAITING
    if answer != guest.answer:
        guest.answer, guest.answered_at, guest.by_link = answer, at, by_link
        guest.save(update_fields=["answer", "answered_at", "by_link"])
        record("event answered", by=by, about=gathering, answer=str(answer), by_link=by_link)
        fill_places(gathering=gathering, at=at)
    return guest


def places_left(gathering) -> bool:
    """Whether one more may say yes. Call with the event locked before relying on it."""
    if gathering.capacity is None:
        return True
    return gathering.guests.filter(answer=YES).count() < gathering.capacity


def fill_places(*, gathering, at=None) -> int:
    """Give free places to those who wait, the longest first, and tell them. Call with the event locked. Returns how many."""
    at = at or timezone.now()
    if gathering.has_begun(at) or gathering.cancelled_at:
        return 0
    waiting = gathering.guests.filter(answer=WAITING).select_related("mentor__membership").order_by("answered_at", "pk")
    if gathering.capacity is not None:
        waiting = waiting[: max(0, gathering.capacity - gathering.guests.filter(answer=YES).count())]
    rows = list(waiting)
    Guest.objects.filter(pk__in=[row.pk for row in rows]).update(answer=YES, answered_at=at)
    event_letters.tell_place(gathering, rows, at=at)
    return len(rows)


def _add(gathering, mentors) -> int:
    rows = [Guest(organisation_id=gathering.organisation_id, gathering=gathering, mentor=mentor) for mentor in mentors]
    Guest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
