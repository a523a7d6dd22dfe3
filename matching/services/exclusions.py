"""Two people who must not be matched."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record

from ..enums import MentorshipStatus, ProposalStatus
from ..models import Exclusion, MentorshipMember, Proposal
from .proposals import leave_unmatched, withdraw_proposal
from .refused import Refused


def exclude_pair(*, programme, student, mentor, by, reason="") -> Exclusion:
    """Never match these two. Their proposal goes: a draft in silence, one that is out with a kind letter to both."""
    with transaction.atomic():
        together = MentorshipMember.objects.filter(
            participant=student, mentorship__status=MentorshipStatus.ACTIVE, mentorship__members__participant=mentor
        )
        if together.exists():
            raise Refused(_("These two have a running mentorship. End it first; then they can be excluded."))
        exclusion, made = Exclusion.objects.get_or_create(
            student=student, mentor=mentor, defaults={"programme": programme, "reason": reason.strip(), "by": by}
        )
        if made:
            _clear(student, mentor, by)
            record("exclusion added", by=by, about=exclusion)  # the reason stays on the row: it is the coordinators' alone
    return exclusion


def lift_exclusion(*, exclusion, by):
    """Let these two be matched again."""
    with transaction.atomic():
        record("exclusion lifted", by=by, about=exclusion, programme=exclusion.programme_id)
        exclusion.delete()


def _clear(student, mentor, by):
    pair = Proposal.objects.filter(student=student, mentor=mentor).select_related("run")
    for proposal in pair.filter(status=ProposalStatus.DRAFT):
        if proposal.run.status == proposal.run.Status.DRAFT:
            leave_unmatched(proposal.run, student)
        proposal.delete()
    for proposal in pair.filter(status=ProposalStatus.PUBLISHED):
        withdraw_proposal(proposal=proposal, by=by)
