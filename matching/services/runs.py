"""Runs of the engine: start one as a job, make it, begin a draft by hand."""

import time

from django.db.models import Case, When
from django.utils.translation import gettext as _

from audit.services import record
from common.bulk import collection_paused
from organisations.services.jobs import is_under_way, start_job
from programmes.models import Programme

from .. import words
from ..engine import EngineInputError, Lock, score_pair, solve
from ..enums import ProposalStatus
from ..models import MatchRun, Proposal, UnmatchedStudent
from ..run_rules import RunRules, rules_from_json
from .criteria import settings_of
from .grouping import group_numbers
from .records import build_pool, names_of, with_places
from .refused import Refused, quietly
from .storing import drop_half_made, forget_oldest, store

JOB = "match"
NEVER = frozenset({"line_manager", "excluded", "declared_conflict"})  # no reason makes these right
BATCH = 500


def start_run(*, programme, rules: RunRules, by):
    """Start matching a programme in the worker; returns the Job. A second click returns the one that is running."""
    return start_job(JOB, by=by, target_id=programme.pk, params=rules.as_json())


def refuse_while_matching(programme_id):
    """The draft is being replaced: what is changed in it now would be lost."""
    if is_under_way(JOB, programme_id):
        raise Refused(_("Matching is under way just now. Wait until it has ended, then try again."))


def latest_run(programme, *, with_prices=False) -> MatchRun | None:
    """The draft of a programme; where there is none, the newest run that is published. with_prices: its certificate is wanted."""
    shown = [MatchRun.Status.DRAFT, MatchRun.Status.PUBLISHED]
    draft_first = Case(When(status=MatchRun.Status.DRAFT, then=0), default=1)
    rows = MatchRun.objects.filter(programme=programme, status__in=shown)
    rows = rows if with_prices else rows.defer("prices")
    return rows.order_by(draft_first, "-number").first()


def make_run(*, programme, rules: RunRules, by, progress=quietly) -> MatchRun:
    """Match everybody who looks for somebody; the draft before it is replaced, its locks and pairs by hand are kept.

    Refused when there is nobody to match, or when locks and rules contradict each other.
    """
    parts = make_run_in_parts(programme=programme, rules=rules, by=by, progress=progress)
    while True:
        try:
            next(parts)
        except StopIteration as end:
            return end.value


def make_run_in_parts(*, programme, rules: RunRules, by, progress=quietly):
    """The same as a generator: at each ``yield`` more proposals of the run are stored. Its value is the run.

    Until it is whole the run is RUNNING: pages may show what there is, and nobody can change or publish it.
    """
    programme = lock_programme(programme)
    drop_half_made(programme)
    previous = draft_of(programme)
    with collection_paused():
        pool = build_pool(programme, in_person_only=rules.require_same_town, repeat_unanswered=rules.repeat_unanswered)
    if not pool.students:
        raise Refused(_("There is no student to match: everybody has a mentor, or has been asked."))
    settings = settings_of(programme, rules, pool)
    kept = _kept(previous, pool, settings)
    started = time.perf_counter()
    result = _solve(pool, settings, kept, progress)
    seconds = time.perf_counter() - started
    run = MatchRun.objects.create(
        programme=programme,
        number=_next_number(programme),
        settings=rules.as_json(),
        totals=_totals(result, seconds) | _compared(previous, result),
        full_mentors=[{"mentor": m.mentor_id, "worth": m.more_points, "more": m.more_matched} for m in result.full_mentors],
        prices=_prices(result.certificate),
        made_by=by,
    )
    groups = group_numbers(programme, result.matches, pool, settings)
    for stored in store(run, result, {(p.student_id, p.mentor_id): p for p in kept}, groups):
        progress("saving", 1.0, stored, len(result.matches))
        yield stored
    _take_over(run, previous)
    record("match run made", by=by, about=run, matched=len(result.matches), unmatched=len(result.unmatched))
    return run


def begin_draft(*, programme, by) -> MatchRun:
    """The draft of a programme; where there is none, an empty one with the last rules, to be filled by hand."""
    refuse_while_matching(programme.pk)
    found = draft_of(lock_programme(programme))
    if found:
        return found
    last = latest_run(programme)
    rules = rules_from_json(last.settings if last else {"require_background_check": programme.requires_background_check})
    run = MatchRun.objects.create(
        programme=programme,
        number=_next_number(programme),
        status=MatchRun.Status.DRAFT,
        settings=rules.as_json(),
        totals={"by_hand": True},
        made_by=by,
    )
    unmatched = [
        UnmatchedStudent(organisation_id=run.organisation_id, run=run, student_id=one.id, code=words.NOT_YET_RUN)
        for one in build_pool(programme, with_answers=False).students
    ]
    UnmatchedStudent.objects.bulk_create(unmatched, batch_size=BATCH)
    return run


def draft_of(programme) -> MatchRun | None:
    """The draft run, locked until the transaction ends, so that publishing and changing it wait for each other."""
    drafts = MatchRun.objects.select_for_update(of=("self",)).filter(programme=programme, status=MatchRun.Status.DRAFT)
    return drafts.order_by("-number").first()


def lock_programme(programme):
    """One run of a programme at a time. Rows that point at the programme can still be written meanwhile."""
    return Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _next_number(programme):
    last = MatchRun.objects.filter(programme=programme).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _kept(previous, pool, settings):
    """Proposals of the last draft to hold on to, each with ``.despite``: the rules a coordinator set aside for it."""
    if previous is None:
        return []
    rows = previous.proposals.filter(status=ProposalStatus.DRAFT, is_locked=True).order_by("pk")
    rows = [row for row in rows if row.student_id in pool.by_id and row.mentor_id in pool.by_id]
    for row in rows:
        row.despite = _despite(row, pool, settings) if row.is_by_hand else frozenset()
    return [row for row in rows if not row.despite & NEVER]


def draft_locks(run, pool, settings) -> list[Lock]:
    """What the draft holds on to, as the engine's locks; none where the newest run is not a draft."""
    draft = run if run and run.status == MatchRun.Status.DRAFT else None
    return [Lock(row.student_id, row.mentor_id, row.despite) for row in _kept(draft, pool, settings)]


def _despite(row, pool, settings):
    pair = score_pair(pool.by_id[row.student_id], pool.by_id[row.mentor_id], settings, pool.forbidden)
    before = {reason["params"]["rule"] for reason in row.reasons_against if reason["code"] == "lock_despite"}
    return frozenset(pair.broken_rules) | (before & {"no_places"})


def _solve(pool, settings, kept, progress):
    pairs = {(row.student_id, row.mentor_id) for row in kept if row.is_by_hand}
    wanted = {}
    for row in kept:
        wanted.setdefault(row.mentor_id, []).append(row.is_by_hand)
    mentors = [with_places(m, len(wanted[m.id])) if any(wanted.get(m.id, ())) else m for m in pool.mentors]
    locks = [Lock(row.student_id, row.mentor_id, row.despite) for row in kept]
    try:
        return solve(pool.students, mentors, settings, locks, pool.forbidden - pairs, progress)
    except EngineInputError as error:
        raise Refused(words.input_error(error, names_of(words.people_in(error)))) from error


def _totals(result, seconds):
    proof = result.certificate
    return {
        "students": len(result.matches) + len(result.unmatched),
        "mentors": len(result.inputs.mentors),
        "places": sum(one.capacity for one in result.inputs.mentors),
        "matched": len(result.matches),
        "points": result.total,
        "worst": result.worst,
        "pairs": result.pairs,
        "ruled_out": dict(result.ruled_out),
        "seconds": round(seconds, 3),
        "certificate": {
            "unit": proof.unit,
            "value": proof.value,
            "bound": proof.bound,
            "gap": proof.gap,
            "floor": proof.floor,
        },
    }


def _prices(proof):
    return {"unit": proof.unit, "students": _by_text(proof.student_prices), "mentors": _by_text(proof.mentor_prices)}


def _by_text(prices):
    return {str(key): price for key, price in prices.items() if price}


def _compared(previous, result):
    """How this run differs from the draft before it: {} where there was none or it was begun by hand."""
    if previous is None or previous.totals.get("by_hand"):
        return {}
    before = dict(previous.proposals.filter(status=ProposalStatus.DRAFT).values_list("student_id", "mentor_id"))
    now = {match.student_id: match.mentor_id for match in result.matches}
    changed = sum(1 for student, mentor in now.items() if before.get(student, mentor) != mentor)
    return {"previous": {"number": previous.number, "matched": len(before), "changed": changed}}


def _take_over(run, previous):
    """The run is whole: it is the draft now. The last draft stays for comparing, as do the newest before it."""
    programme = lock_programme(run.programme)
    current = draft_of(programme)
    if (current and current.pk) != (previous and previous.pk):
        raise Refused(_("Meanwhile the draft was published or replaced. Please look at it, then match again."))
    if previous:
        MatchRun.objects.filter(pk=previous.pk).update(status=MatchRun.Status.REPLACED)
        forget_oldest(programme)
    run.status = MatchRun.Status.DRAFT
    run.save(update_fields=["status"])
    _note_who_came_back(run)


def _note_who_came_back(run):
    """Students whose proposal came to nothing while this run was being made: it has not looked at them."""
    ended = [ProposalStatus.DECLINED, ProposalStatus.LAPSED, ProposalStatus.WITHDRAWN]
    back = Proposal.objects.filter(programme=run.programme_id, status__in=ended, published_at__isnull=False, settled_at__gte=run.made_at)
    back = back.filter(student__withdrawn_at=None, student__membership__left_at=None)
    seen = run.proposals.values("student").union(run.unmatched.values("student"))
    missing = set(back.values_list("student", flat=True)) - set(seen.values_list("student", flat=True)) if back.exists() else ()
    UnmatchedStudent.objects.bulk_create(
        UnmatchedStudent(organisation_id=run.organisation_id, run=run, student_id=one, code=words.CAME_BACK) for one in sorted(missing)
    )
