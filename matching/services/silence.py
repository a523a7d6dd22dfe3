"""Nobody answered: the proposal lapses after its last day, both are told, and both can be matched again.

The nudges before are reminder rules of the programme (proposal_published; days 1 and 2 unless it says otherwise). What stands here is swept by beat.
"""

import logging
from collections import Counter, defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.services import record
from common.tenancy import organisation_scope, system_scope
from organisations.days import local_today
from programmes.enums import ReminderEvent, Side
from programmes.models import Programme, ReminderRule

from ..enums import ProposalStatus
from ..models import Proposal
from . import letters
from .beginning import begin_if_ready, has_both
from .settling import asked_together, locked, settle

logger = logging.getLogger(__name__)
TOLD_WITHIN = timedelta(hours=20)  # a sweep that was killed before it told the coordinators is made good within this time


def lapse_proposals(today=None) -> int:
    """Close what was not answered in time, in every organisation; returns how many. Safe to run twice, or twice at once.

    One proposal's trouble does not stop the others. Coordinators get one letter a day and programme.
    """
    count = 0
    for organisation_id, proposal_id in _overdue(today):
        try:
            with organisation_scope(organisation_id):
                count += lapse_proposal(Proposal.objects.get(pk=proposal_id), today=today)
        except Exception:
            logger.exception("proposal %s of organisation %s", proposal_id, organisation_id)
    _tell_coordinators()
    return count


def lapse_proposal(proposal, today=None) -> bool:
    """Close one, if its last day is over where its organisation is.

    Who did not answer is told so, kindly, and a mentor once for their whole group; who did hears only that it goes no further,
    as after any other end.
    """
    with transaction.atomic():
        proposal = locked(proposal)
        today = today or local_today(proposal.organisation)
        if proposal.status != ProposalStatus.PUBLISHED or proposal.answer_by >= today:
            return False
        if has_both(proposal):  # of a group: it waits for the others, whose last day is over too
            begin_if_ready(proposal, by=None)
            return False
        answered = set(proposal.answers.values_list("side", flat=True))
        of_mentor = asked_together(proposal, Side.MENTOR)
        settle(proposal, ProposalStatus.LAPSED)
        for person in [proposal.student, proposal.mentor]:
            if person.side in answered:
                letters.send_closed(proposal, person)
            else:
                letters.send_lapsed(proposal, person, of_mentor if person.side == Side.MENTOR else [proposal])
        record("proposal lapsed", about=proposal)
        begin_if_ready(proposal, by=None)
    return True


def nudge_days(programme) -> list[int]:
    """On which days after it was told of a proposal a side that is silent is written to: one query.

    A reminder later than the time to answer never goes out, so it is not among them.
    """
    rows = ReminderRule.objects.filter(programme=programme, event=ReminderEvent.PROPOSAL_PUBLISHED, is_active=True)
    rows = rows.filter(offset_days__range=(1, programme.answer_days))
    return sorted(set(rows.values_list("offset_days", flat=True)))


def _overdue(today):
    # One day more than UTC says: it may be tomorrow already where the organisation is. lapse_proposal looks exactly.
    latest = today or timezone.now().date() + timedelta(days=1)
    with system_scope("find proposals that were not answered in time"):
        rows = Proposal.unscoped.filter(status=ProposalStatus.PUBLISHED, answer_by__lt=latest)
        return list(rows.order_by("organisation_id", "pk").values_list("organisation_id", "pk"))


def _tell_coordinators():
    """From the rows themselves, so that a sweep cut off half-way tells of them the next time. The letter's key keeps it one."""
    since = timezone.now() - TOLD_WITHIN
    with system_scope("find programmes whose proposals lapsed lately"):
        lately = Proposal.unscoped.filter(status=ProposalStatus.LAPSED, settled_at__gte=since).order_by()
        rows = list(lately.values_list("organisation_id", "programme_id", "settled_at"))
    times = defaultdict(list)
    for organisation_id, programme_id, settled_at in rows:
        times[organisation_id, programme_id].append(settled_at)
    for (organisation_id, programme_id), settled in times.items():
        try:
            with organisation_scope(organisation_id):
                programme = Programme.objects.select_related("organisation").get(pk=programme_id)
                for day, count in Counter(local_today(programme.organisation, one) for one in settled).items():
                    letters.send_lapsed_to_coordinators(programme, day, count)
        except Exception:
            logger.exception("lapsed proposals of programme %s of organisation %s", programme_id, organisation_id)
