"""Adjusting a draft: lock, unlock, remove, put back; and taking back a proposal that is out."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record

from ..enums import ProposalStatus
from ..models import Proposal, UnmatchedStudent
from . import letters
from .beginning import begin_if_ready
from .grouping import number_for
from .records import build_pool
from .refused import Refused
from .settling import in_draft, leave_unmatched, locked, settle


def lock_proposal(*, proposal, by) -> Proposal:
    """Keep this pair through further runs."""
    with transaction.atomic():
        proposal = in_draft(proposal, ProposalStatus.DRAFT)
        Proposal.objects.filter(pk=proposal.pk).update(is_locked=True)
        record("proposal locked", by=by, about=proposal)
    return proposal


def unlock_proposal(*, proposal, by) -> Proposal:
    """Let further runs decide again; a pair made by hand then counts as any other."""
    with transaction.atomic():
        proposal = in_draft(proposal, ProposalStatus.DRAFT)
        Proposal.objects.filter(pk=proposal.pk).update(is_locked=False)
        record("proposal unlocked", by=by, about=proposal)
    return proposal


def remove_proposal(*, proposal, by, at=None) -> Proposal:
    """Take a proposal out of the draft; further runs do not make this pair again until it is put back or allowed."""
    with transaction.atomic():
        proposal = in_draft(proposal, ProposalStatus.DRAFT)
        Proposal.objects.filter(pk=proposal.pk).update(
            status=ProposalStatus.REMOVED, is_locked=False, settled_at=at or timezone.now()
        )
        leave_unmatched(proposal.run, proposal.student)
        record("proposal removed", by=by, about=proposal)
    return proposal


def put_back(*, proposal, by) -> Proposal:
    """Undo a removal in the draft."""
    with transaction.atomic():
        proposal = in_draft(proposal, ProposalStatus.REMOVED)
        drafts = proposal.run.proposals.filter(status=ProposalStatus.DRAFT)
        if drafts.filter(student=proposal.student_id).exists():
            raise Refused(_("This student has another proposal by now. Remove that one first."))
        pool = build_pool(proposal.programme, with_answers=False)
        mentor = pool.by_id.get(proposal.mentor_id)
        if proposal.student_id not in pool.by_id or mentor is None:
            raise Refused(_("One of the two has left the programme or has somebody else by now."))
        if drafts.filter(mentor=proposal.mentor_id).count() >= mentor.capacity:
            raise Refused(_("The mentor’s places are taken by other proposals now."))
        group = number_for(proposal.run, proposal.mentor_id)
        Proposal.objects.filter(pk=proposal.pk).update(status=ProposalStatus.DRAFT, settled_at=None, group=group)
        UnmatchedStudent.objects.filter(run=proposal.run_id, student=proposal.student_id).delete()
        record("proposal put back", by=by, about=proposal)
    return proposal


def allow_again(*, proposal, by):
    """Let further runs make a pair that was removed from an earlier draft."""
    with transaction.atomic():
        proposal = (
            Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal.pk, status=ProposalStatus.REMOVED).first()
        )
        if proposal is None:
            raise Refused(_("Somebody has allowed this pair already."))
        record("pair allowed again", by=by, about=proposal)
        proposal.delete()


def withdraw_proposal(*, proposal, by, at=None, except_for=None) -> Proposal:
    """Take back a proposal that is out; both are told kindly (``except_for``: a participant who is not written to)."""
    with transaction.atomic():
        proposal = locked(proposal)
        if proposal.status != ProposalStatus.PUBLISHED:
            raise Refused(_("This proposal is settled already."))
        settle(proposal, ProposalStatus.WITHDRAWN, at=at)
        for person in [proposal.student, proposal.mentor]:
            if person != except_for:
                letters.send_closed(proposal, person)
        record("proposal withdrawn", by=by, about=proposal)
        begin_if_ready(proposal, by=by, at=at)
    return proposal
