"""Publishing a draft: the proposals go out, each side gets one letter, once, whoever presses first."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from organisations.days import local_today
from organisations.services.jobs import start_job

from .. import words
from ..enums import ProposalStatus
from ..models import MatchRun, Proposal
from . import letters
from .chosen import noes_of
from .records import build_pool
from .refused import Refused, quietly
from .runs import lock_programme, refuse_while_matching
from .settling import leave_unmatched
from .waves import Choice, open_wave

JOB = "publish-proposals"
BATCH = 100  # proposals whose letters are written with few queries


@dataclass(frozen=True)
class Published:
    """count: proposals that went out. left_out: a sentence for each that did not."""

    count: int
    left_out: list[str]


def start_publishing(*, run, by, only=None, choice=None):
    """Publish in the worker; returns the Job. A second click returns the one that is open.

    only: ids of the proposals to send, as the page showed them; None for the whole draft. choice: how they were chosen.
    Refused when the run is out already, when there is nothing to send, or while another part of it is going out.
    """
    refuse_unless_draft(run)
    if not run.proposals.filter(status=ProposalStatus.DRAFT).exists():
        raise Refused(_("There is no proposal to publish yet."))
    params = {"only": sorted(only) if only is not None else None, "choice": (choice or Choice()).as_json()}
    job = start_job(JOB, by=by, target_id=run.pk, params=params)
    if job.params != params:
        raise Refused(_("Another part of this draft is going out just now. Wait until it is out, then publish yours."))
    return job


def refuse_unless_draft(run):
    refuse_while_matching(run.programme_id)
    if run.status == MatchRun.Status.PUBLISHED:
        raise Refused(_("These proposals are published already. Nobody was written to a second time."))
    if run.status != MatchRun.Status.DRAFT:
        raise Refused(_("There is a newer draft by now. Please look at that one before publishing."))


def publish_run(*, run, by, only=None, choice=None, at=None, progress=quietly) -> Published:
    """Send draft proposals of the run to both sides: all, or ``only`` those with these ids; the rest stays a draft.

    A group goes out whole: where one of it was chosen, so are the others.
    What changed meanwhile is left out and named. Refused when nothing of what was chosen is a draft any more.
    """
    at, choice = at or timezone.now(), choice or Choice()
    with transaction.atomic():
        lock_programme(run.programme)  # a run of the engine that starts now waits, and then knows who has been asked
        run = MatchRun.objects.select_for_update(of=("self",)).select_related("programme", "organisation").get(pk=run.pk)
        refuse_unless_draft(run)
        only = whole_groups(run, only)
        proposals = list(_drafts(run, only))
        stopped = obstacles(run.programme, proposals)
        sending = [one for one in proposals if one.pk not in stopped]
        gone = _gone(run, only, proposals)
        _send(run, sending, choice, by=by, at=at, progress=progress)
        _leave_out(run, [one for one in proposals if one.pk in stopped], at)
        if not run.proposals.filter(status=ProposalStatus.DRAFT).exists():
            MatchRun.objects.filter(pk=run.pk).update(status=MatchRun.Status.PUBLISHED, published_at=at)
        record("proposals published", by=by, about=run, published=len(sending), left_out=len(stopped))
        progress(len(sending), len(sending), _published(len(sending), len(stopped)))
    return Published(len(sending), gone + [stopped[one.pk].words for one in proposals if one.pk in stopped])


def _send(run, sending, choice, *, by, at, progress):
    """One wave: its row, the proposals' new state, a letter to each side."""
    if not sending:
        return
    answer_by = local_today(run.organisation, at) + timedelta(days=run.programme.answer_days)
    wave = open_wave(run=run, choice=choice, answer_by=answer_by, by=by, at=at)
    news = {"status": ProposalStatus.PUBLISHED, "published_at": at, "answer_by": answer_by, "wave": wave}
    Proposal.objects.filter(pk__in=[one.pk for one in sending]).update(**news)
    written = 0
    for batch in _batches(sending):
        progress(written, len(sending), _("Writing the letters"))
        for proposal in batch:
            proposal.answer_by = answer_by
        letters.send_proposals(batch)
        written += len(batch)


def _batches(proposals):
    """A hundred or so at a time, and a group never in two: its mentor gets one letter."""
    batch = []
    for _group, together in groupby(sorted(proposals, key=lambda one: (one.group or 0, one.pk)), key=lambda one: one.group or one.pk):
        batch += together
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def whole_groups(run, only):
    """The same ids of draft proposals, with those of everybody in the same groups; None stays None."""
    if only is None:
        return None
    rows = run.proposals.filter(status=ProposalStatus.DRAFT)
    groups = rows.filter(pk__in=only, group__isnull=False).values("group")
    return sorted({*only, *rows.filter(group__in=groups).values_list("pk", flat=True)})


def _leave_out(run, proposals, at):
    """They do not go out; who still looks for somebody counts among those without a mentor."""
    if not proposals:
        return
    Proposal.objects.filter(pk__in=[one.pk for one in proposals]).update(status=ProposalStatus.WITHDRAWN, settled_at=at)
    looking = {one.id for one in build_pool(run.programme, with_answers=False).students}
    for one in proposals:
        if one.student_id in looking:
            leave_unmatched(run, one.student, words.LEFT_OUT)


def _gone(run, only, proposals) -> list[str]:
    """In words, how many of those that were chosen are no draft any more. Refused when none is left."""
    gone = set(only or ()) - {one.pk for one in proposals}
    if not gone:
        return []
    out = run.proposals.filter(pk__in=gone, published_at__isnull=False).count()
    changed = len(gone) - out
    if not proposals and not changed:
        raise Refused(_("These proposals are published already. Nobody was written to a second time."))
    if not proposals:
        raise Refused(_("All of these proposals were changed meanwhile. Nothing was sent; please look at the draft again."))
    lines = [
        (out, ngettext("%(n)d was out already: nobody is written to twice.", "%(n)d were out already: nobody is written to twice.", out)),
        (
            changed,
            ngettext(
                "%(n)d was changed by hand while you looked, and stays behind.",
                "%(n)d were changed by hand while you looked, and stay behind.",
                changed,
            ),
        ),
    ]
    return [text % {"n": n} for n, text in lines if n]


@dataclass(frozen=True)
class Obstacle:
    """Why a proposal cannot go out any more. still_looks: its student has nobody else and has not left."""

    words: str
    still_looks: bool


def foresee(run, programme) -> dict[int, Obstacle]:
    """What publishing the whole draft would leave behind now: proposal id -> why."""
    return obstacles(programme, list(_with_people(run, None)))


def _drafts(run, only):
    return _with_people(run, only).select_for_update(of=("self",))


def _with_people(run, only):
    rows = run.proposals.filter(status=ProposalStatus.DRAFT)
    if only is not None:
        rows = rows.filter(pk__in=only)
    return rows.select_related("programme__organisation", "student__membership", "mentor__membership").order_by("pk")


def obstacles(programme, proposals) -> dict[int, Obstacle]:
    """Proposal id -> why it cannot go out any more: things that changed between drafting and publishing.

    proposals: with their student's and mentor's memberships.
    """
    pool = build_pool(programme, with_answers=False)
    looking, noes = {one.id for one in pool.students}, noes_of(programme)
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
        elif (one.student_id, one.mentor_id) in noes and not one.is_by_hand:
            found[one.pk] = _("%(student)s with %(mentor)s: one of them has said “not this one”.") % names
        elif mentor.email.casefold() in {email.casefold() for email in student.line_manager_emails}:
            found[one.pk] = _("%(student)s with %(mentor)s: %(rule)s.") % {**names, "rule": words.rule("line_manager")}
        elif not one.is_by_hand and not (mentor.trained or mentor.training_overridden):
            found[one.pk] = _("%(student)s with %(mentor)s: %(rule)s.") % {**names, "rule": words.rule("not_trained")}
    found |= _without_place([one for one in proposals if one.pk not in found], pool)
    return {one.pk: Obstacle(found[one.pk], one.student_id in looking) for one in proposals if one.pk in found}


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
