"""A proposal locked, and settled: where it stands, and who goes back among those without a mentor."""

from django.utils import timezone
from django.utils.translation import gettext as _

from post.services.outbox import drop_letters
from programmes.enums import Side

from .. import words
from ..enums import ProposalStatus
from ..models import MatchRun, Proposal, UnmatchedStudent
from .refused import Refused
from .runs import latest_run, refuse_while_matching


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
    """The proposal as it is now, with its people; nobody else decides on it, or on its group, until the transaction ends."""
    if proposal.group is not None:
        list(together(proposal).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    return with_people(Proposal.objects.select_for_update(of=("self",))).get(pk=proposal.pk)


def together(proposal):
    """The proposals of a group, this one among them; of a pair, itself."""
    if proposal.group is None:
        return Proposal.objects.filter(pk=proposal.pk)
    return Proposal.objects.filter(run=proposal.run_id, group=proposal.group)


def asked_together(proposal, side) -> list[Proposal]:
    """The open proposals that one answer is about: a student's own; all those of a mentor in the group."""
    rows = together(proposal).filter(status=ProposalStatus.PUBLISHED)
    rows = rows.filter(mentor=proposal.mentor_id) if side == Side.MENTOR else rows.filter(pk=proposal.pk)
    return list(with_people(rows).order_by("pk"))


def with_people(proposals):
    return proposals.select_related("organisation", "programme", "run", "student__membership", "mentor__membership")


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
