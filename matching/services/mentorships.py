"""A mentorship's stage and its end."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.days import local_today
from post.services.outbox import drop_letters

from ..enums import MentorshipStatus, Stage
from ..models import Mentorship
from ..signals import mentorship_ended
from . import letters
from .changes import settle_requests
from .refused import Refused


def change_stage(*, mentorship, stage, by, at=None) -> Mentorship:
    """Move to a stage, forward or back."""
    with transaction.atomic():
        mentorship = _running(mentorship)
        if stage not in Stage.values:
            raise Refused(_("This is not one of the five stages."))
        if mentorship.stage != stage:
            mentorship.stage, mentorship.stage_since = stage, local_today(mentorship.organisation, at)
            mentorship.save(update_fields=["stage", "stage_since"])
            record("stage changed", by=by, about=mentorship, stage=str(stage))
    return mentorship


def end_mentorship(*, mentorship, status, by, reason="", seeks_again=None, at=None) -> Mentorship:
    """End it in one of the end states, without blame. The reason is for coordinators and stays out of the record of events.

    seeks_again: whether its students look for another mentor; None: as the status says. Where it does not end as planned, its
    members are told in neutral words: nobody learns who asked.
    """
    with transaction.atomic():
        mentorship = _running(mentorship)
        if status not in MentorshipStatus.values or status == MentorshipStatus.ACTIVE:
            raise Refused(_("Choose how the mentorship ended."))
        mentorship.status, mentorship.ended_reason = status, reason.strip()
        mentorship.ended_at, mentorship.seeks_again = at or timezone.now(), seeks_again
        mentorship.save(update_fields=["status", "ended_reason", "ended_at", "seeks_again"])
        close_papers(mentorship, by=by, at=at)
        if status not in (MentorshipStatus.COMPLETED, MentorshipStatus.COMPLETED_EARLY):
            letters.send_over(mentorship, letters.members_of(mentorship), looks_again=seeks_again is not False)
        record("mentorship ended", by=by, about=mentorship, status=str(status))
        mentorship_ended.send(sender=Mentorship, mentorship=mentorship, by=by)
    return mentorship


def close_papers(mentorship, *, by, at=None):
    """Letters that wait about it are taken back, and what was asked for is settled."""
    drop_letters(mentorship)
    agreement = getattr(mentorship, "agreement", None)
    if agreement:
        drop_letters(agreement)
    settle_requests(mentorship, by=by, at=at)


def _running(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("organisation", "programme")
    mentorship = rows.get(pk=mentorship.pk)
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended already. Nothing was changed."))
    return mentorship
