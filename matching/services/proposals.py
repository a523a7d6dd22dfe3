"""Adjusting a draft: lock, unlock, remove, put back; and taking back a proposal that is out."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from post.services.outbox import drop_letters

from .. import words
from ..enums import ProposalStatus
from ..models import MatchRun, Proposal, UnmatchedStudent
from . import letters
from .records import build_pool
from .refused import Refused
from .runs import latest_run, refuse_while_matching


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
        Proposal.objects.filter(pk=proposal.pk).update(status=ProposalStatus.DRAFT, settled_at=None)
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
    return proposal


def settle(proposal, status, *, at=None, mentorship=None):
    """Note how a published proposal ended, and take back the letters about it that still wait.

    Without a mentorship the student goes back into the pool, and counts among those the present draft leaves without a mentor.
    """
    proposal.status, proposal.settled_at, proposal.mentorship = status, at or timezone.now(), mentorship
    proposal.save(update_fields=["status", "settled_at", "mentorship"])
    drop_letters(proposal)
    student = proposal.student
    if status != ProposalStatus.ACCEPTED and not (student.withdrawn_at or student.membership.left_at):
        run = latest_run(proposal.programme)
        if run:
            leave_unmatched(run, student, words.CAME_BACK)


def locked(proposal) -> Proposal:
    """The proposal as it is now, with its people; nobody else decides on it until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "organisation", "programme", "run", "student__membership", "mentor__membership"
    )
    return rows.get(pk=proposal.pk)


def leave_unmatched(run, student, code=words.REMOVED_BY_HAND):
    """Count a student of a draft among those without a mentor."""
    UnmatchedStudent.objects.update_or_create(run=run, student=student, defaults={"code": code, "params": {}, "remedy": {}})


def in_draft(proposal, status):
    """The proposal, when its run is still a draft and it stands as expected. The run's row is locked, as publishing does."""
    refuse_while_matching(proposal.programme_id)
    draft = MatchRun.objects.select_for_update(of=("self",)).filter(pk=proposal.run_id, status=MatchRun.Status.DRAFT).first()
    if draft is None:
        raise Refused(_("This draft has been published or replaced meanwhile. Please look at the newest one."))
    proposal = locked(proposal)
    if proposal.status != status:
        raise Refused(_("Somebody has changed this proposal meanwhile. Please look at it again."))
    return proposal
