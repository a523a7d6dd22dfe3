"""A real run of the matching, and what came of its proposals."""

from datetime import timedelta

from django.utils import timezone

from matching.models import MatchRun, Proposal, ProposalAnswer
from matching.run_rules import RunRules
from matching.services.runs import make_run

from .times import at

NO_THANKS = "I live two hours from the site and would rather meet in person."


def match(programme, *, by, on) -> tuple[MatchRun, list[Proposal]]:
    """Run the engine; its proposals, best first."""
    run = make_run(programme=programme, rules=RunRules(), by=by)
    run.made_at = at(on, 11)
    run.save(update_fields=["made_at"])
    rows = Proposal.objects.filter(run=run).select_related("student__membership", "mentor__membership")
    return run, sorted(rows, key=lambda row: (-row.score, row.pk))


def publish(run, *, on, accepted, waiting=(), declined=()):
    """``accepted``: {proposal: mentorship} of those both said yes to; ``waiting``: out for an answer; ``declined``: a no."""
    published = at(on + timedelta(days=1), 9)
    MatchRun.objects.filter(pk=run.pk).update(status=MatchRun.Status.PUBLISHED, published_at=published)
    for proposal, mentorship in accepted.items():
        proposal.status, proposal.mentorship, proposal.settled_at = "accepted", mentorship, at(on + timedelta(days=3), 17)
        proposal.published_at, proposal.answer_by = published, on + timedelta(days=4)
    for proposal in waiting:
        proposal.status, proposal.published_at = "published", timezone.now() - timedelta(hours=20)
        proposal.answer_by = timezone.localdate() + timedelta(days=2)
    for proposal in declined:
        proposal.status, proposal.published_at, proposal.settled_at = "declined", published, at(on + timedelta(days=2), 12)
    rows = [*accepted, *waiting, *declined]
    Proposal.objects.bulk_update(rows, ["status", "mentorship", "published_at", "answer_by", "settled_at"])
    Proposal.objects.filter(run=run, status="draft").update(status="removed")
    fit = dict.fromkeys(("role", "goals", "place", "time", "fit"), "yes")
    answers = [_answer(row, side, "accept", on, fit=fit) for row in accepted for side in ("student", "mentor")]
    answers += [_answer(row, "student", "accept", on, fit=fit) for row in waiting[:1]]
    answers += [_answer(row, "mentor", "decline", on, reason=NO_THANKS) for row in declined]
    ProposalAnswer.objects.bulk_create(answers)


def _answer(proposal, side, decision, on, **fields):
    return ProposalAnswer(
        organisation_id=proposal.organisation_id,
        proposal=proposal,
        side=side,
        decision=decision,
        by_link=side == "mentor",
        at=at(on + timedelta(days=2), 18),
        **fields,
    )
