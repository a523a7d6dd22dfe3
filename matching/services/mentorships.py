"""A mentorship's stage and its end."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from post.services.outbox import drop_letters

from ..enums import MentorshipStatus, Stage
from ..models import Mentorship
from ..signals import mentorship_ended
from .letters import local_today
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


def end_mentorship(*, mentorship, status, by, reason="", at=None) -> Mentorship:
    """End it in one of the end states, without blame. The reason is for coordinators and stays out of the record of events."""
    with transaction.atomic():
        mentorship = _running(mentorship)
        if status not in MentorshipStatus.values or status == MentorshipStatus.ACTIVE:
            raise Refused(_("Choose how the mentorship ended."))
        mentorship.status, mentorship.ended_reason = status, reason.strip()
        mentorship.ended_at = at or timezone.now()
        mentorship.save(update_fields=["status", "ended_reason", "ended_at"])
        drop_letters(mentorship)
        agreement = getattr(mentorship, "agreement", None)
        if agreement:
            drop_letters(agreement)
        record("mentorship ended", by=by, about=mentorship, status=str(status))
        mentorship_ended.send(sender=Mentorship, mentorship=mentorship, by=by)
    return mentorship


def _running(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("organisation", "programme")
    mentorship = rows.get(pk=mentorship.pk)
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended already. Nothing was changed."))
    return mentorship
