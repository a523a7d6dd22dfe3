"""A real run of the matching, and what came of its proposals."""

from datetime import timedelta

from django.utils import timezone

from matching.fit import FIT_AXES
from matching.models import FitCard, MatchRun, Proposal, ProposalAnswer, Wave
from matching.run_rules import RunRules
from matching.services.runs import make_run
from matching.services.waves import Choice
from programmes.enums import Side

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
    lately = timezone.now() - timedelta(hours=20)
    first = _wave(run, 1, published, on + timedelta(days=4))
    second = _wave(run, 2, lately, timezone.localdate() + timedelta(days=2)) if waiting else None
    MatchRun.objects.filter(pk=run.pk).update(status=MatchRun.Status.PUBLISHED, published_at=published)
    for proposal, mentorship in accepted.items():
        proposal.status, proposal.mentorship, proposal.settled_at = "accepted", mentorship, at(on + timedelta(days=3), 17)
        proposal.published_at, proposal.answer_by, proposal.wave = published, first.answer_by, first
    for proposal in waiting:
        proposal.status, proposal.published_at = "published", lately
        proposal.answer_by, proposal.wave = second.answer_by, second
    for proposal in declined:
        proposal.status, proposal.published_at, proposal.settled_at = "declined", published, at(on + timedelta(days=2), 12)
        proposal.wave = first
    rows = [*accepted, *waiting, *declined]
    Proposal.objects.bulk_update(rows, ["status", "mentorship", "published_at", "answer_by", "settled_at", "wave"])
    Proposal.objects.filter(run=run, status="draft").update(status="removed")
    said_yes = [(row, side) for row in accepted for side in Side.values] + [(row, "student") for row in waiting[:1]]
    FitCard.objects.bulk_create(_fit_card(row, side, number, on) for number, (row, side) in enumerate(said_yes))
    answers = [_answer(row, side, "accept", on) for row, side in said_yes]
    answers += [_answer(row, "mentor", "decline", on, reason=NO_THANKS) for row in declined]
    ProposalAnswer.objects.bulk_create(answers)


def _wave(run, number, published_at, answer_by):
    choice = Choice() if number == 1 else Choice(least=20, ticked=True)
    return Wave.objects.create(
        programme=run.programme, run=run, number=number, chosen=choice.as_json(), answer_by=answer_by, by=run.made_by, published_at=published_at
    )


def _fit_card(proposal, side, number, on):
    """Mostly sure; every third is not, about one thing."""
    fit = dict.fromkeys((axis.key for axis in FIT_AXES), "yes")
    if number % 3 == 0:
        fit[FIT_AXES[number % len(FIT_AXES)].key] = "unsure"
    return FitCard(
        organisation_id=proposal.organisation_id,
        proposal=proposal,
        side=side,
        fit=fit,
        by_link=side == "mentor",
        at=at(on + timedelta(days=2), 18),
    )


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
