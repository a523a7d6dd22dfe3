"""Publishing a draft: the proposals go out, each side gets one letter, once, whoever presses first."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from organisations.services.jobs import start_job

from .. import words
from ..enums import ProposalStatus
from ..models import MatchRun, Proposal
from . import letters
from .records import build_pool
from .refused import Refused, quietly
from .runs import refuse_while_matching

JOB = "publish-proposals"


@dataclass(frozen=True)
class Published:
    """count: proposals that went out. left_out: a sentence for each that did not."""

    count: int
    left_out: list[str]


def start_publishing(*, run, by):
    """Publish in the worker; returns the Job. Refused when the run is out already, or there is nothing to send."""
    refuse_unless_draft(run)
    if not run.proposals.filter(status=ProposalStatus.DRAFT).exists():
        raise Refused(_("There is no proposal to publish yet."))
    return start_job(JOB, by=by, target_id=run.pk)


def refuse_unless_draft(run):
    refuse_while_matching(run.programme_id)
    if run.status == MatchRun.Status.PUBLISHED:
        raise Refused(_("These proposals are published already. Nobody was written to a second time."))
    if run.status != MatchRun.Status.DRAFT:
        raise Refused(_("There is a newer draft by now. Please look at that one before publishing."))


def publish_run(*, run, by, at=None, progress=quietly) -> Published:
    """Send every draft proposal of the run to both sides. Refused when somebody has published it already."""
    at = at or timezone.now()
    with transaction.atomic():
        run = MatchRun.objects.select_for_update(of=("self",)).select_related("programme", "organisation").get(pk=run.pk)
        refuse_unless_draft(run)
        proposals = list(_drafts(run))
        obstacles = _obstacles(run.programme, proposals)
        sending = [one for one in proposals if one.pk not in obstacles]
        answer_by = letters.local_today(run.organisation, at) + timedelta(days=run.programme.answer_days)
        Proposal.objects.filter(pk__in=[one.pk for one in sending]).update(
            status=ProposalStatus.PUBLISHED, published_at=at, answer_by=answer_by
        )
        Proposal.objects.filter(pk__in=obstacles).update(status=ProposalStatus.WITHDRAWN, settled_at=at)
        for number, proposal in enumerate(sending):
            progress(number, len(sending), _("Writing the letters"))
            proposal.status, proposal.published_at, proposal.answer_by = ProposalStatus.PUBLISHED, at, answer_by
            letters.send_proposal(proposal, proposal.student)
            letters.send_proposal(proposal, proposal.mentor)
        MatchRun.objects.filter(pk=run.pk).update(status=MatchRun.Status.PUBLISHED, published_at=at)
        record("proposals published", by=by, about=run, published=len(sending), left_out=len(obstacles))
        progress(len(sending), len(sending), _published(len(sending), len(obstacles)))
    return Published(len(sending), [obstacles[one.pk] for one in proposals if one.pk in obstacles])


def foresee(run, programme) -> Published:
    """What publishing a draft of this programme would do now."""
    proposals = list(_with_people(run))
    left_out = _obstacles(programme, proposals)
    return Published(len(proposals) - len(left_out), list(left_out.values()))


def _drafts(run):
    return _with_people(run).select_for_update(of=("self",))


def _with_people(run):
    rows = run.proposals.filter(status=ProposalStatus.DRAFT)
    return rows.select_related("programme__organisation", "student__membership", "mentor__membership").order_by("pk")


def _obstacles(programme, proposals) -> dict[int, str]:
    """Proposal id -> why it cannot go out any more: things that changed between drafting and publishing."""
    pool = build_pool(programme)
    found = {}
    for one in proposals:
        names = {"student": one.student.name, "mentor": one.mentor.name}
        student, mentor = pool.by_id.get(one.student_id), pool.by_id.get(one.mentor_id)
        if mentor is None or one.student_id not in pool.present:
            found[one.pk] = _("%(student)s with %(mentor)s: one of them has left.") % names
        elif student is None:
            found[one.pk] = _("%(student)s with %(mentor)s: the student has somebody already.") % names
        elif one.mentor_id in student.excluded_mentors:
            found[one.pk] = _("%(student)s with %(mentor)s: they were excluded for each other.") % names
        elif mentor.email.casefold() in {email.casefold() for email in student.line_manager_emails}:
            found[one.pk] = _("%(student)s with %(mentor)s: %(rule)s.") % {**names, "rule": words.rule("line_manager")}
        elif not one.is_by_hand and not (mentor.trained or mentor.training_overridden):
            found[one.pk] = _("%(student)s with %(mentor)s: %(rule)s.") % {**names, "rule": words.rule("not_trained")}
    return found | _without_place([one for one in proposals if one.pk not in found], pool)


def _without_place(proposals, pool) -> dict[int, str]:
    """The same for proposals beyond the places their mentor has left by now: what is locked goes out first, then the best.

    Where a coordinator has set the number of places aside for a pair, with a reason, that stands.
    """
    found, used = {}, Counter()
    for one in sorted(proposals, key=lambda one: (not one.is_locked, -one.score, one.pk)):
        if {"code": "lock_despite", "params": {"rule": "no_places"}} in one.reasons_against:
            continue
        used[one.mentor_id] += 1
        if used[one.mentor_id] > pool.by_id[one.mentor_id].capacity:
            names = {"student": one.student.name, "mentor": one.mentor.name, "rule": words.rule("no_places")}
            found[one.pk] = _("%(student)s with %(mentor)s: %(rule)s.") % names
    return found


def _published(count, left_out):
    text = ngettext("%(count)d proposal is out.", "%(count)d proposals are out.", count) % {"count": count}
    if not left_out:
        return text
    return text + " " + ngettext("%(count)d was left out.", "%(count)d were left out.", left_out) % {"count": left_out}
