"""Concerns: raised to the named lead or whoever stands in, confirmed, closed. What one says goes into no letter, event, job or log line."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from matching.enums import MentorshipStatus
from matching.services import contact
from matching.services.mentorships import end_mentorship
from organisations.enums import Role
from organisations.models import Membership
from post.services.outbox import drop_letters

from ..enums import Level
from ..models import Concern, ConcernShare, Note
from ..signals import concern_raised
from . import concern_letters as letters
from .escalation import ask
from .handlers import answer_by, at_level, first_asked, safeguarding
from .record import require_open, write_step
from .sharing import locked


@dataclass(frozen=True)
class Receipt:
    """What the person who raised a concern may see of it afterwards: no word of it."""

    raised_at: datetime
    acknowledged_at: datetime | None
    closed_at: datetime | None = None
    hours: int = 0  # within which it is confirmed


def raise_concern(
    *, urgency, category, text, by, mentorship=None, by_link=False, by_name="", not_for_lead=False, pause=False, at=None
) -> Concern:
    """Take a concern to the lead, or past the leads where it may be about one of them.

    by: a membership, or None by a link without one (then ``by_name``). pause: contact in the mentorship stops at once. The same
    words by the same person within an hour are one concern (a second press).
    """
    now = at or timezone.now()
    with transaction.atomic():
        if by:
            Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
        same = Concern.objects.filter(raised_by=by, raised_by_name=by_name, mentorship=mentorship, text=text)
        again = same.filter(raised_at__gt=now - timedelta(hours=1)).first()
        if again:
            return again
        concern = Concern.objects.create(
            urgency=urgency, category=category, text=text, mentorship=mentorship, raised_by=by, by_link=by_link,
            raised_by_name=by_name, not_for_lead=not_for_lead, answer_by=answer_by(urgency, now),
        )  # fmt: skip
        record("concern raised", about=concern)  # by whom stands in the concern, which only the lead may read
        _send(concern, now)
        if pause and mentorship:
            _pause(concern, by=None, words=_("Whoever raised it asked for contact to be paused at once."))
        concern_raised.send(sender=Concern, concern=concern)
    return concern


def acknowledge_concern(*, concern, by, at=None) -> Concern:
    """Tell the person who raised it that it has arrived, and stop the clock. Once."""
    with transaction.atomic():
        row = locked(concern)
        if row.acknowledged_at or row.closed_at:
            return row
        row.acknowledged_at, row.acknowledged_by, row.answer_by = at or timezone.now(), by, None
        row.save(update_fields=["acknowledged_at", "acknowledged_by", "answer_by"])
        drop_letters(row)
        if row.raised_by and row.raised_by.left_at is None:
            letters.write("concern_acknowledged", row, row.raised_by, "checkins:my_concerns", about=row.raised_by, lead_name=by.name)
        write_step(row, _("Confirmed to whoever raised it."), by=by)
        record("concern acknowledged", by=by, about=row)
    return row


def close_concern(*, concern, outcome, by, at=None) -> Concern:
    """Close it with what was done. It stays readable to who looks after it; sharing ends. A pause stays until it is ended."""
    with transaction.atomic():
        row = locked(concern)
        require_open(row)
        now = at or timezone.now()
        row.closed_at, row.outcome, row.answer_by = now, outcome.strip(), None
        row.save(update_fields=["closed_at", "outcome", "answer_by"])
        shared = ConcernShare.objects.filter(concern=row, ended_at=None).exclude(kind=ConcernShare.Kind.STANDS_IN)
        shared.update(ended_at=now)
        drop_letters(row)
        write_step(row, _("Closed. All sharing has ended."), by=by)
        record("concern closed", by=by, about=row)
    return row


def pause_contact(*, concern, by) -> None:
    """Contact in the concern's mentorship stops at once; its members are told in neutral words."""
    with transaction.atomic():
        row = locked(concern)
        if row.mentorship and row.mentorship.is_active:
            _pause(row, by=by, words=_("Contact paused."))


def resume_contact(*, concern, by) -> None:
    """Contact may go on; its members are told in neutral words."""
    with transaction.atomic():
        row = locked(concern)
        if row.mentorship and contact.resume_contact(mentorship=row.mentorship, why="lead", by=None):
            write_step(row, _("Contact may go on."), by=by)


def end_with_concern(*, concern, by) -> None:
    """End the mentorship. Its members are told that it is over, in the words everybody gets; coordinators see how it ended."""
    with transaction.atomic():
        row = locked(concern)
        if row.mentorship and row.mentorship.is_active:
            contact.resume_contact(mentorship=row.mentorship, why="lead", by=None, tell=False)
            end_mentorship(mentorship=row.mentorship, status=MentorshipStatus.ENDED_WITH_CONCERN, by=None)
            write_step(row, _("The mentorship was ended."), by=by)


def receipts_of(membership) -> list[Receipt]:
    """What somebody raised: when, and how far it is. Not what it says, not even to them."""
    rows = Concern.objects.filter(raised_by=membership).values_list("raised_at", "acknowledged_at", "closed_at", "urgency")
    clock = safeguarding()
    return [Receipt(*row[:3], clock.hours_for(row[3])) for row in rows]


def shared_with(membership):
    """Open concerns somebody reads or looks after without being a lead: their ids and days."""
    mine = ConcernShare.objects.standing().filter(membership=membership).values("concern")
    return list(Concern.objects.open().filter(pk__in=mine).only("pk", "raised_at"))


def notes_for_lead(membership):
    """Notes whose writer chose the lead as reader, newest first, without their text."""
    rows = Note.objects.visible_to(membership).filter(visibility="lead").exclude(author=membership)
    return rows.select_related("author").defer("text").order_by("-written_at", "-id")


def _send(concern, at):
    """To whoever is asked first; where nobody is named, to the owners: name somebody."""
    level, people = first_asked(
        mentorship=concern.mentorship, not_for_lead=concern.not_for_lead, organisation=concern.organisation, at=at
    )
    nobody_named = not at_level(Level.LEAD, None) and not at_level(Level.DEPUTY, None) and not concern.not_for_lead
    if nobody_named:
        for owner in Membership.objects.present().with_role(Role.OWNER):
            letters.write("concern_without_lead", concern, owner, "organisations:settings")
        write_step(concern, _("Nobody was named as lead. The owners were asked to name somebody."))
        return
    if level != concern.level:
        concern.level = level
        concern.save(update_fields=["level"])
    if people:
        ask(concern, level, people)


def _pause(concern, *, by, words):
    if contact.pause_contact(mentorship=concern.mentorship, why="lead", by=None):
        write_step(concern, words, by=by)
