"""Saying yes or no to a proposal, and what follows."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.days import local_today
from programmes.enums import Side

from ..agreement_text import CURRENT_VERSION
from ..enums import MentorshipStatus, ProposalStatus, Stage
from ..models import Agreement, Mentorship, MentorshipMember, Proposal, ProposalAnswer
from ..signals import match_confirmed
from . import letters
from .fit_cards import require_card
from .proposals import locked, settle
from .refused import Refused

ACCEPT, DECLINE = ProposalAnswer.Decision.ACCEPT, ProposalAnswer.Decision.DECLINE


def answer_proposal(*, proposal, side, decision, by, reason="", by_link=False, at=None) -> Proposal:
    """One side's yes or no. A yes may still become a no until the other side has answered. Refused once it is settled.

    by: the membership who answers. reason: for coordinators only. Refused for a yes without this side's fit card.
    """
    at = at or timezone.now()
    with transaction.atomic():
        proposal = locked(proposal)
        if proposal.status != ProposalStatus.PUBLISHED:
            raise Refused(_("This suggestion is settled already. Nothing was changed."))
        _refuse_if_somebody_left(proposal)
        if decision == ACCEPT:
            require_card(proposal, side)
        ProposalAnswer.objects.update_or_create(
            proposal=proposal,
            side=side,
            defaults={"decision": decision, "reason": reason.strip(), "by_link": by_link, "at": at},
        )
        verb = "proposal accepted" if decision == ACCEPT else "proposal declined"
        record(verb, by=by, about=proposal, side=str(side))
        if decision == DECLINE:
            _decline(proposal, side, at)
        elif proposal.answers.filter(decision=ACCEPT).count() == len(Side):
            confirm_match(proposal=proposal, by=by, at=at)
    return proposal


def confirm_match(*, proposal, by, at=None) -> Mentorship:
    """Both have said yes: make the mentorship, its seats and its agreement, and tell everybody. Call with the proposal locked."""
    at = at or timezone.now()
    student, mentor, programme = proposal.student, proposal.mentor, proposal.programme
    if MentorshipMember.objects.filter(participant=student, mentorship__status=MentorshipStatus.ACTIVE).exists():
        raise Refused(_("The student has a running mentorship already."))
    today = local_today(proposal.organisation, at)
    placement = student.placements.filter(ends_on__gte=today).order_by("starts_on").first()
    mentorship = Mentorship.objects.create(
        programme=programme,
        placement=placement,
        stage=Stage.RAPPORT,
        stage_since=today,
        started_on=today,
        ends_on=max(today, placement.ends_on if placement else programme.ends_on),
    )
    for person in [student, mentor]:
        MentorshipMember.objects.create(mentorship=mentorship, participant=person, side=person.side)
    agreement = Agreement.objects.create(mentorship=mentorship, version=CURRENT_VERSION)
    settle(proposal, ProposalStatus.ACCEPTED, at=at, mentorship=mentorship)
    letters.send_started(mentorship, [student, mentor])
    letters.send_agreement(agreement, [student, mentor])
    record("mentorship started", by=by, about=mentorship)
    match_confirmed.send(sender=Mentorship, mentorship=mentorship, by=by)
    return mentorship


def _decline(proposal, side, at):
    settle(proposal, ProposalStatus.DECLINED, at=at)
    other = proposal.mentor if side == Side.STUDENT else proposal.student
    letters.send_closed(proposal, other)
    letters.send_declined(proposal, side)


def _refuse_if_somebody_left(proposal):
    for person in [proposal.student, proposal.mentor]:
        if person.withdrawn_at or person.membership.left_at:
            raise Refused(
                _("This suggestion no longer stands: somebody has left the programme. Your coordinator will look again.")
            )
