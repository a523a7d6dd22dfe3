"""When somebody leaves a programme."""

from django.db.models import Q

from ..enums import ProposalStatus
from ..models import MatchRun, Proposal
from .proposals import leave_unmatched, withdraw_proposal


def withdraw_proposals_of(*, participant, by):
    """Take back what is proposed to a person who left: drafts in silence, open ones with a kind letter to the other side."""
    theirs = Proposal.objects.filter(Q(student=participant) | Q(mentor=participant)).select_related("run", "student")
    for proposal in theirs.filter(status=ProposalStatus.PUBLISHED):
        withdraw_proposal(proposal=proposal, by=by, except_for=participant)
    for proposal in theirs.filter(status=ProposalStatus.DRAFT, run__status=MatchRun.Status.DRAFT):
        if proposal.student_id != participant.pk:
            leave_unmatched(proposal.run, proposal.student)
        proposal.delete()
