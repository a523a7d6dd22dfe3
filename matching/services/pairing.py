"""Pairing by hand: what speaks for and against, what is refused, and the pair itself."""

from collections import Counter
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record

from .. import words
from ..engine import Mentor, PairScore, Student, score_mentors, score_pair
from ..enums import ProposalStatus
from ..models import Proposal, UnmatchedStudent
from ..run_rules import rules_from_json
from .criteria import settings_of
from .grouping import number_for
from .records import build_pool
from .refused import Refused
from .runs import NEVER, begin_draft, latest_run
from .settling import in_draft
from .storing import as_json


@dataclass(frozen=True)
class Judgement:
    """One possible pair. refused: rules nobody may set aside; warnings: rules that need a reason (codes of engine.RULES)."""

    pair: PairScore
    refused: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """Every mentor for one student, best first (rules broken come after). student: the engine's record, None when there is none.

    mentors: id -> record, with the places that the draft leaves them. is_free: the student has no mentor and was not asked.
    """

    judged: list[Judgement]
    student: Student | None
    mentors: dict[int, Mentor]
    is_free: bool = True


def judge_pair(programme, student, mentor) -> Judgement:
    """How two participants fit under the rules of the last run. Refused when one of them cannot be matched now."""
    pool, settings = pool_and_settings(programme, latest_run(programme), only=student.pk)
    return _judge(pool, settings, student.pk, mentor.pk)


def rank_mentors(programme, student, run) -> list[Judgement]:
    """Every mentor of the programme for one student, best first. run: the latest run of the programme, or None."""
    return rank(programme, student.pk, run).judged


def rank(programme, student_id, run) -> Ranking:
    """The same with the records it was judged by, for warnings in words. An id that is no student's gives an empty one."""
    pool, settings = pool_and_settings(programme, run, only=student_id, also=(student_id,))
    student = next(iter(pool.students), None)
    if student is None or not pool.mentors:
        return Ranking([], student, {})
    mentors = _places_after_drafts(pool, pool.mentors, student_id)
    judged = [_judgement(pair) for pair in score_mentors(student, mentors, settings, pool.forbidden)]
    judged.sort(key=lambda one: (len(one.refused + one.warnings), -one.pair.points, one.pair.mentor_id))
    return Ranking(judged, student, {one.id: one for one in mentors}, student_id not in pool.taken)


def pair_by_hand(*, programme, student, mentor, by, reason="") -> Proposal:
    """Propose two people to each other, in the draft; the student's other draft goes. Needs a reason where a rule is set aside."""
    with transaction.atomic():
        run = begin_draft(programme=programme, by=by)
        pool, settings = pool_and_settings(programme, run, only=student.pk)
        judged = _judge(pool, settings, student.pk, mentor.pk)
        if judged.refused:
            raise Refused(_refusal(judged.refused[0]))
        if judged.warnings and not reason.strip():
            raise Refused(_("This pair breaks a rule. Say why you pair them all the same."))
        replaced = _what_stood(run, student, mentor)
        run.proposals.filter(student=student, status=ProposalStatus.DRAFT).exclude(mentor=mentor).delete()
        UnmatchedStudent.objects.filter(run=run, student=student).delete()
        proposal, _made = Proposal.objects.update_or_create(
            run=run,
            student=student,
            mentor=mentor,
            published_at=None,
            defaults=_fields(programme, judged, reason) | {"replaced": replaced, "group": number_for(run, mentor.pk)},
        )
        record("pair made by hand", by=by, about=proposal, rules=list(judged.warnings))
    return proposal


def undo_pairing(*, proposal, by):
    """Put back what stood before two people were paired by hand: the student's other proposal, or none.

    Refused when it was not made by hand, or when the mentor of before has no place left.
    """
    with transaction.atomic():
        proposal = in_draft(proposal, ProposalStatus.DRAFT)
        if not proposal.is_by_hand or not proposal.replaced:
            raise Refused(_("There is nothing to undo: this pair was not made by hand in this draft."))
        run, student, before = proposal.run, proposal.student, proposal.replaced
        _refuse_if_full(run, proposal, before.get("proposal"))
        record("pair by hand undone", by=by, about=proposal)
        proposal.delete()
        if before.get("removed"):
            _restore(run, student, before["removed"] | {"status": ProposalStatus.REMOVED})
        if before.get("proposal"):
            _restore(run, student, before["proposal"] | {"status": ProposalStatus.DRAFT})
        else:
            UnmatchedStudent.objects.create(run=run, student=student, **before.get("unmatched") or {"code": words.NOT_YET_RUN})


# What a proposal is made of, apart from where it stands.
_PARTS = [
    "mentor_id", "score", "axes", "reasons_for", "reasons_against", "alternative", "is_locked", "is_by_hand", "by_hand_reason",
    "replaced",
]  # fmt: skip


def _what_stood(run, student, mentor) -> dict:
    """The student's place in the draft before it changes: "proposal" or "unmatched", and "removed" where this pair had been removed."""
    found = {}
    for status, key, rows in (
        (ProposalStatus.DRAFT, "proposal", run.proposals.filter(student=student)),
        (ProposalStatus.REMOVED, "removed", run.proposals.filter(student=student, mentor=mentor)),
    ):
        parts = rows.filter(status=status).values(*_PARTS).first()
        if parts:
            found[key] = parts
    if "proposal" not in found:
        found["unmatched"] = UnmatchedStudent.objects.filter(run=run, student=student).values("code", "params", "remedy").first()
    return found


def _restore(run, student, parts):
    Proposal.objects.create(
        run=run, programme_id=run.programme_id, student=student, group=number_for(run, parts["mentor_id"]), **parts
    )


def _refuse_if_full(run, proposal, before):
    """Somebody else may have taken the place meanwhile; a place that was given beyond the mentor's own counts as theirs."""
    if not before or before["mentor_id"] == proposal.mentor_id:
        return
    mentor = build_pool(run.programme, only=proposal.student_id, also=(proposal.student_id,)).by_id.get(before["mentor_id"])
    if mentor is None:
        raise Refused(_("The mentor of before has left the programme. Choose somebody else instead."))
    drafts = run.proposals.filter(status=ProposalStatus.DRAFT, mentor=before["mentor_id"]).count()
    beyond = any(reason["params"].get("rule") == "no_places" for reason in before["reasons_against"])
    if drafts >= mentor.capacity and not beyond:
        raise Refused(_("The mentor of before has no place left by now. Choose somebody else instead."))


def pool_and_settings(programme, run, **narrowed):
    """The people of a programme and the rules of its last run. ``narrowed``: as build_pool takes it."""
    rules = rules_from_json(run.settings if run else {"require_background_check": programme.requires_background_check})
    pool = build_pool(programme, in_person_only=rules.require_same_town, repeat_unanswered=rules.repeat_unanswered, **narrowed)
    return pool, settings_of(programme, rules, pool)


def _judge(pool, settings, student_id, mentor_id):
    if student_id not in pool.by_id:
        raise Refused(_("This student has a mentor or an open proposal already, or has left the programme."))
    if mentor_id not in pool.by_id:
        raise Refused(_("This mentor has left the programme."))
    mentor = _places_after_drafts(pool, [pool.by_id[mentor_id]], student_id)[0]
    return _judgement(score_pair(pool.by_id[student_id], mentor, settings, pool.forbidden))


def _judgement(pair):
    refused = tuple(rule for rule in pair.broken_rules if rule in NEVER)
    return Judgement(pair, refused, tuple(rule for rule in pair.broken_rules if rule not in NEVER))


def _places_after_drafts(pool, mentors, student_id):
    """The same mentors with the places that the draft's other proposals leave them."""
    used = Counter(mentor for student, mentor in pool.drafted if student != student_id)
    return [replace(one, capacity=max(0, one.capacity - used[one.id])) for one in mentors]


def _fields(programme, judged, reason):
    despite = [{"code": "lock_despite", "params": {"rule": rule}} for rule in judged.warnings]
    return {
        "programme": programme,
        "status": ProposalStatus.DRAFT,
        "score": judged.pair.score,
        "axes": dict(judged.pair.axes),
        "reasons_for": as_json(judged.pair.reasons_for),
        "reasons_against": despite + as_json(judged.pair.reasons_against),
        "alternative": {},
        "is_locked": True,
        "is_by_hand": True,
        "by_hand_reason": reason.strip(),
        "settled_at": None,
    }


def _refusal(rule):
    return {
        "line_manager": _("The mentor is the student’s line manager, and a line manager cannot be the mentor."),
        "excluded": _("These two must not be matched: they are on the list of exclusions."),
        "declared_conflict": _("One of the two declared a conflict of interest."),
    }[rule]
