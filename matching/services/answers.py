"""Saying yes or no to a proposal, and what follows."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from programmes.enums import Side

from ..enums import ProposalStatus
from ..models import Mentorship, Proposal, ProposalAnswer
from . import letters
from .beginning import begin, begin_if_ready, has_both
from .fit_cards import require_card
from .refused import Refused
from .settling import asked_together, locked, settle

ACCEPT, DECLINE = ProposalAnswer.Decision.ACCEPT, ProposalAnswer.Decision.DECLINE


def answer_proposal(*, proposal, side, decision, by, reason="", by_link=False, at=None) -> Proposal:
    """One side's yes or no. A yes may still become a no until the other side has answered. Refused once it is settled.

    In a group a student answers for themselves, and a mentor for everybody who is proposed to them in it.
    by: the membership who answers. reason: for coordinators only. Refused for a yes without this side's fit card.
    """
    at = at or timezone.now()
    with transaction.atomic():
        proposal = locked(proposal)
        asked = asked_together(proposal, side)
        if not asked:
            raise Refused(_("This suggestion is settled already. Nothing was changed."))
        _refuse_if_somebody_left(proposal, side)
        verb = "proposal accepted" if decision == ACCEPT else "proposal declined"
        for one in asked:
            if decision == ACCEPT:
                require_card(one, side)
            ProposalAnswer.objects.update_or_create(
                proposal=one,
                side=side,
                defaults={"decision": decision, "reason": reason.strip(), "by_link": by_link, "at": at},
            )
            record(verb, by=by, about=one, side=str(side))
        if decision == DECLINE:
            _decline(asked, side, at)
        if proposal.group is not None:
            begin_if_ready(proposal, by=by, at=at)
        elif decision == ACCEPT and has_both(proposal):
            confirm_match(proposal=proposal, by=by, at=at)
    proposal.refresh_from_db(fields=["status", "mentorship", "settled_at"])
    return proposal


def confirm_match(*, proposal, by, at=None) -> Mentorship:
    """Both of a pair have said yes: make the mentorship, its seats and its agreement, and tell everybody. Call with the proposal locked."""
    return begin([proposal], by=by, at=at)


def _decline(proposals, side, at):
    for one in proposals:
        settle(one, ProposalStatus.DECLINED, at=at)
        letters.send_closed(one, one.mentor if side == Side.STUDENT else one.student)
    letters.send_declined(proposals, side)


def _refuse_if_somebody_left(proposal, side):
    """A mentor may still answer for a group that one of its students has left."""
    people = [proposal.mentor] if side == Side.MENTOR and proposal.group is not None else [proposal.student, proposal.mentor]
    for person in people:
        if person.withdrawn_at or person.membership.left_at:
            raise Refused(
                _("This suggestion no longer stands: somebody has left the programme. Your coordinator will look again.")
            )
