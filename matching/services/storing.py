"""Keeping what the engine found: thousands of proposals in a few statements, the lowest scores first, as the page shows them."""

from django.db import connection

from common.bulk import collection_paused, insert_rows

from ..enums import ProposalStatus
from ..models import MatchRun, Proposal, UnmatchedStudent

FIRST = 200  # what a page shows is there at once
BATCH = 1000
KEPT_MOST = 8  # earlier drafts of a programme


def store(run, result, kept, groups):
    """Write a result's proposals and unmatched students; yields how many proposals are stored after each batch.

    kept: (student id, mentor id) -> the earlier proposal a lock comes from. groups: mentor id -> number of the group.
    """
    insert_rows(UnmatchedStudent, [_unmatched(run, one) for one in result.unmatched])
    matches = sorted(result.matches, key=lambda match: (match.points, match.student_id))
    start, size = 0, FIRST
    while start < len(matches):
        with collection_paused():
            part = matches[start : start + size]
            insert_rows(Proposal, [_proposal(run, match, kept.get((match.student_id, match.mentor_id)), groups.get(match.mentor_id)) for match in part])
        start, size = start + len(part), BATCH
        yield start


def clear_drafts(runs):
    """Take away what these runs proposed and nobody touched, and whom they left unmatched. What was removed stays ruled out.

    Straight in the database: drafts have no answers, so nothing goes with them.
    """
    ids = list(runs.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("delete from matching_proposal where run_id = any(%s) and status = %s", [ids, ProposalStatus.DRAFT])
        cursor.execute("delete from matching_unmatchedstudent where run_id = any(%s)", [ids])


def forget_oldest(programme):
    """Keep so many earlier drafts for comparing; of older ones only what they have sent out and what was removed from them."""
    kept = MatchRun.objects.filter(programme=programme, status=MatchRun.Status.REPLACED).order_by("-number")
    older = MatchRun.objects.filter(pk__in=[run.pk for run in kept[KEPT_MOST:]])
    if older:
        forget(older)


def forget(runs):
    """Delete runs that are no draft and sent nothing out; of the others what they had not sent. Removed pairs stay ruled out."""
    clear_drafts(runs)
    Proposal.objects.filter(run__in=runs, status=ProposalStatus.REMOVED).update(run=None)
    runs.exclude(pk__in=Proposal.objects.filter(run__in=runs).values("run")).exclude(waves__isnull=False).delete()


def drop_half_made(programme):
    """A run that was cancelled, failed or killed while it was being stored: nothing of it stays."""
    half_made = MatchRun.objects.filter(programme=programme, status=MatchRun.Status.RUNNING)
    clear_drafts(half_made)
    half_made.delete()


def _proposal(run, match, kept, group):
    other = match.alternative
    return {
        "organisation_id": run.organisation_id,
        "run_id": run.pk,
        "programme_id": run.programme_id,
        "student_id": match.student_id,
        "mentor_id": match.mentor_id,
        "group": group,
        "score": match.score,
        "axes": match.axes,
        "reasons_for": as_json(match.reasons_for),
        "reasons_against": as_json(match.reasons_against),
        "alternative": {**other._asdict(), "mentor": other.mentor_id} if other else {},
        "is_locked": match.locked,
        "is_by_hand": bool(kept and kept.is_by_hand),
        "by_hand_reason": kept.by_hand_reason if kept else "",
    }


def _unmatched(run, one):
    return {
        "organisation_id": run.organisation_id,
        "run_id": run.pk,
        "student_id": one.student_id,
        "code": one.reason.code,
        "params": one.reason.params,
        "remedy": {"changes": as_json(one.changes)},
    }


def as_json(reasons) -> list[dict]:
    """The engine's reasons as kept on a proposal."""
    return [{"code": one.code, "params": one.params} for one in reasons]
