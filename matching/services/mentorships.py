"""A mentorship's stage and its end."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.words import day
from organisations.days import local_today
from post.services.outbox import drop_letters

from ..enums import MentorshipStatus, Stage
from ..models import Mentorship, StageMove
from ..signals import mentorship_ended
from ..stages import FACTS, ORDER
from . import letters
from .changes import settle_requests
from .refused import Refused


def change_stage(*, mentorship, stage, by, why="", fact="", at=None) -> Mentorship:
    """Move to a stage, forward or back, and keep who, when and why. ``fact``: the suggestion it follows (matching.stages.FACTS).

    A suggestion confirmed twice, or after somebody else moved on, changes nothing.
    """
    with transaction.atomic():
        mentorship = running(mentorship)
        if stage not in Stage.values or (fact and fact not in FACTS):
            raise Refused(_("This is not one of the five stages."))
        came_from = mentorship.stage
        if came_from == stage or (fact and ORDER.index(stage) < ORDER.index(came_from)):
            return mentorship
        at = at or timezone.now()
        mentorship.stage, mentorship.stage_since = stage, local_today(mentorship.organisation, at)
        mentorship.save(update_fields=["stage", "stage_since"])
        why = " ".join(why.split())
        StageMove.objects.create(mentorship=mentorship, came_from=came_from, stage=stage, why=why, fact=fact, by=by, at=at)
        record("stage changed", by=by, about=mentorship, stage=str(stage))
    return mentorship


def end_mentorship(*, mentorship, status, by, reason="", seeks_again=None, at=None) -> Mentorship:
    """End it in one of the end states, without blame. The reason is for coordinators and stays out of the record of events.

    seeks_again: whether its students look for another mentor; None: as the status says. Where it does not end as planned, its
    members are told in neutral words: nobody learns who asked.
    """
    with transaction.atomic():
        mentorship = running(mentorship)
        if status not in MentorshipStatus.values or status == MentorshipStatus.ACTIVE:
            raise Refused(_("Choose how the mentorship ended."))
        if status == MentorshipStatus.NO_SHOW and mentorship.last_contact_on:
            words = _("They met on %(day)s, so it did begin. Choose another way it ended.")
            raise Refused(words % {"day": day(mentorship.last_contact_on)})
        close(mentorship, status=status, reason=reason, seeks_again=seeks_again, by=by, at=at)
        if status not in (MentorshipStatus.COMPLETED, MentorshipStatus.COMPLETED_EARLY):
            letters.send_over(mentorship, letters.members_of(mentorship), looks_again=seeks_again is not False)
        mentorship_ended.send(sender=Mentorship, mentorship=mentorship, by=by)
    return mentorship


def close(mentorship, *, status, by, reason="", seeks_again=None, at=None):
    """The one way a mentorship ends, inside a transaction that holds it: state, record, letters taken back, wishes settled.

    A hand-over closes the old one with it too, and tells everybody in its own letters.
    """
    mentorship.status, mentorship.ended_reason = status, reason.strip()
    mentorship.ended_at, mentorship.seeks_again = at or timezone.now(), seeks_again
    mentorship.save(update_fields=["status", "ended_reason", "ended_at", "seeks_again"])
    drop_letters(mentorship)
    agreement = getattr(mentorship, "agreement", None)
    if agreement:
        drop_letters(agreement)
    settle_requests(mentorship, by=by, at=at)
    record("mentorship ended", by=by, about=mentorship, status=str(status))


def running(mentorship) -> Mentorship:
    """The row, held until the transaction ends. Refused when it has ended."""
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("organisation", "programme")
    mentorship = rows.get(pk=mentorship.pk)
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended already. Nothing was changed."))
    return mentorship
