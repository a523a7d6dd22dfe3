"""The five questions of fit, answered by each side without seeing the other's answers."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from programmes.enums import Side

from ..enums import ProposalStatus
from ..fit import ANSWERS, FIT_AXES, FitLine, compare
from ..models import FitCard, Proposal
from .refused import Refused
from .settling import locked, together


def send_fit_card(*, proposal, side, fit, by, by_link=False, at=None) -> FitCard:
    """Keep one side's answers. They may be changed until the other side's are there: then both are open, and stand.

    fit: axis key -> yes, unsure, no, for all five. Refused when one is missing, or the proposal is settled.
    """
    if any(fit.get(axis.key) not in ANSWERS for axis in FIT_AXES):
        raise Refused(_("Please answer all five questions."))
    with transaction.atomic():
        proposal = locked(proposal)
        if proposal.status != ProposalStatus.PUBLISHED:
            raise Refused(_("This suggestion is settled already. Nothing was changed."))
        kept = {"fit": {axis.key: fit[axis.key] for axis in FIT_AXES}, "by_link": by_link, "at": at or timezone.now()}
        cards = [_keep(one, side, kept, by) for one in _about(proposal, side)]
    return cards[0]


def _about(proposal, side):
    """The proposals one card is for: a mentor answers once for everybody who is proposed to them in a group.

    Refused once both sides of one of them are there, unless others of the group have no card yet.
    """
    rows = together(proposal).filter(status=ProposalStatus.PUBLISHED)
    rows = rows.filter(mentor=proposal.mentor_id) if side == Side.MENTOR else rows.filter(pk=proposal.pk)
    rows = list(rows.prefetch_related("fit_cards").order_by("pk"))
    sides = {one.pk: {card.side for card in one.fit_cards.all()} for one in rows}
    if any(side in sides[one.pk] and len(sides[one.pk]) == len(Side) for one in rows):
        rows = [one for one in rows if side not in sides[one.pk]]
    if not rows:
        raise Refused(_("You have both answered the five questions, so the answers stand as they are."))
    return rows


def _keep(proposal, side, kept, by):
    card, _made = FitCard.objects.update_or_create(proposal=proposal, side=side, defaults=kept)
    record("fit card sent", by=by, about=proposal, side=str(side))
    return card


def lines_of(cards) -> list[FitLine]:
    """Both cards of one proposal compared, axis by axis; [] while one of them is missing."""
    by_side = {card.side: card.fit for card in cards}
    if set(by_side) != set(Side.values):
        return []
    return compare(by_side[Side.MENTOR], by_side[Side.STUDENT])


def to_talk_about(mentorship) -> list[FitLine]:
    """What the cards of a mentorship's members leave to talk about, each axis once. One query."""
    rows = FitCard.objects.filter(proposal__mentorship=mentorship, proposal__status=ProposalStatus.ACCEPTED).order_by("pk")
    by_proposal = {}
    for card in rows:
        by_proposal.setdefault(card.proposal_id, []).append(card)
    found = {line.axis.key: line for cards in by_proposal.values() for line in lines_of(cards) if line.talk}
    return [found[axis.key] for axis in FIT_AXES if axis.key in found]


def require_card(proposal: Proposal, side):
    """Refused unless this side has answered the five questions."""
    if not FitCard.objects.filter(proposal=proposal, side=side).exists():
        raise Refused(_("Please answer the five questions first. Then you can say yes."))
