"""Earlier drafts: which there are, taking one up again, deleting one."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from audit.services import record

from .. import words
from ..enums import ProposalStatus
from ..models import MatchRun, Proposal
from .publishing import foresee
from .records import build_pool
from .refused import Refused
from .runs import draft_of, lock_programme, refuse_while_matching
from .settling import leave_unmatched
from .storing import forget


def kept_runs(programme):
    """Every run of a programme that came to an end, the newest first, each with ``drafts`` and ``sent``: counts of its proposals."""
    ended = [MatchRun.Status.DRAFT, MatchRun.Status.PUBLISHED, MatchRun.Status.REPLACED]
    return (
        MatchRun.objects.filter(programme=programme, status__in=ended)
        .select_related("made_by")
        .defer("prices")
        .annotate(
            drafts=Count("proposals", filter=Q(proposals__status=ProposalStatus.DRAFT)),
            sent=Count("proposals", filter=Q(proposals__published_at__isnull=False)),
        )
        .order_by("-number")
    )


def take_up_again(*, run, by) -> list[str]:
    """Make an earlier draft the draft again; the present one is kept. Returns in words what could not come along.

    Pairs of which one has left, has somebody by now, has no place left, or was excluded for the other, are taken out of it.
    """
    with transaction.atomic():
        refuse_while_matching(run.programme_id)
        programme = lock_programme(run.programme)
        current = draft_of(programme)
        run = MatchRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.status == MatchRun.Status.DRAFT:
            raise Refused(_("This is the draft already."))
        if run.status != MatchRun.Status.REPLACED or not run.proposals.filter(status=ProposalStatus.DRAFT).exists():
            raise Refused(_("Nothing of this run is left to take up again."))
        if current:
            MatchRun.objects.filter(pk=current.pk).update(status=MatchRun.Status.REPLACED)
        MatchRun.objects.filter(pk=run.pk).update(status=MatchRun.Status.DRAFT)
        left = _take_out_what_no_longer_stands(programme, run)
        record("draft taken up again", by=by, about=run, left_out=len(left))
    return left


def delete_run(*, run, by):
    """Delete a draft, the present one or an earlier one. Refused when something of it is out. Its removed pairs stay ruled out."""
    with transaction.atomic():
        refuse_while_matching(run.programme_id)
        lock_programme(run.programme)
        run = MatchRun.objects.select_for_update(of=("self",)).filter(pk=run.pk).first()
        if run is None:
            raise Refused(_("Somebody has deleted this draft already."))
        if run.waves.exists() or run.proposals.filter(published_at__isnull=False).exists():
            raise Refused(_("Proposals of this run are out, so it is kept: people have been told of them."))
        record("draft deleted", by=by, about=run, number=run.number, programme=run.programme_id)
        Proposal.objects.filter(run=run).exclude(status__in=[ProposalStatus.DRAFT, ProposalStatus.REMOVED]).delete()
        forget(MatchRun.objects.filter(pk=run.pk))


def _take_out_what_no_longer_stands(programme, run) -> list[str]:
    pool, left = build_pool(programme, with_answers=False), {pk: one.words for pk, one in foresee(run, programme).items()}
    drafts = list(run.proposals.filter(status=ProposalStatus.DRAFT).select_related("student__membership", "mentor__membership"))
    for one in drafts:
        if one.pk not in left and not one.is_by_hand and (one.student_id, one.mentor_id) in pool.forbidden:
            names = {"student": one.student.name, "mentor": one.mentor.name, "rule": words.rule("forbidden")}
            left[one.pk] = _("%(student)s with %(mentor)s: %(rule)s.") % names
    run.proposals.filter(pk__in=left).delete()
    run.unmatched.exclude(student__in=[one.id for one in pool.students]).delete()
    for one in drafts:
        if one.pk in left and one.student_id in pool.by_id:
            leave_unmatched(run, one.student, words.LEFT_OUT)
    _count_the_newcomers(run, pool)
    return list(left.values())


def _count_the_newcomers(run, pool):
    """Who looks for somebody and was not there when this draft was made."""
    seen = set(run.proposals.filter(status=ProposalStatus.DRAFT).values_list("student_id", flat=True))
    seen |= set(run.unmatched.values_list("student_id", flat=True))
    missing = [one.id for one in pool.students if one.id not in seen]
    rows = [run.unmatched.model(organisation_id=run.organisation_id, run=run, student_id=one, code=words.NOT_YET_RUN) for one in missing]
    run.unmatched.model.objects.bulk_create(rows)
