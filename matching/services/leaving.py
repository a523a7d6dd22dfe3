"""When somebody leaves a programme, or the organisation."""

from django.db.models import Q
from django.utils.translation import ngettext

from programmes.models import Participant

from ..enums import ProposalStatus
from ..models import MatchRun, Mentorship, Proposal
from .proposals import leave_unmatched, withdraw_proposal


def withdraw_proposals_of(*, participant, by):
    """Take back what is proposed to a person who left: drafts in silence, open ones with a kind letter to the other side."""
    theirs = Proposal.objects.filter(Q(student=participant) | Q(mentor=participant)).select_related("run", "student")
    for proposal in theirs.filter(status=ProposalStatus.PUBLISHED):
        withdraw_proposal(proposal=proposal, by=by, except_for=participant)
    for proposal in theirs.filter(status=ProposalStatus.DRAFT, run__status__in=[MatchRun.Status.DRAFT, MatchRun.Status.RUNNING]):
        if proposal.student_id != participant.pk:
            leave_unmatched(proposal.run, proposal.student)
        proposal.delete()


def withdraw_proposals_of_person(*, membership, by):
    """The same for somebody who left the organisation, in every programme they take part in."""
    for participant in Participant.objects.active().filter(membership=membership).order_by("pk"):
        withdraw_proposals_of(participant=participant, by=by)


def what_goes(membership) -> list[str]:
    """What taking this person out of the organisation means for matching, in sentences."""
    theirs = Proposal.objects.open().filter(Q(student__membership=membership) | Q(mentor__membership=membership)).count()
    running = Mentorship.objects.worked_in_by(membership).active().count()
    words = [
        (theirs, ngettext("%(n)d open proposal is taken back.", "%(n)d open proposals are taken back.", theirs)),
        (
            running,
            ngettext(
                "%(n)d running mentorship stays as it is: end it on its own page.",
                "%(n)d running mentorships stay as they are: end them on their own pages.",
                running,
            ),
        ),
    ]
    return [text % {"n": n} for n, text in words if n]
