"""Pairing by hand: what speaks for and against, what is refused, and the pair itself."""

from collections import Counter
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record

from ..engine import PairScore, score_mentors, score_pair
from ..enums import ProposalStatus
from ..models import Proposal, UnmatchedStudent
from ..run_rules import engine_settings, rules_from_json
from .records import build_pool
from .refused import Refused
from .runs import NEVER, begin_draft, latest_run
from .storing import as_json


@dataclass(frozen=True)
class Judgement:
    """One possible pair. refused: rules nobody may set aside; warnings: rules that need a reason (codes of engine.RULES)."""

    pair: PairScore
    refused: tuple[str, ...]
    warnings: tuple[str, ...]


def judge_pair(programme, student, mentor) -> Judgement:
    """How two participants fit under the rules of the last run. Refused when one of them cannot be matched now."""
    run = latest_run(programme)
    pool, settings = _pool_and_settings(programme, run, only=student.pk)
    return _judge(pool, settings, student.pk, mentor.pk)


def rank_mentors(programme, student, run) -> list[Judgement]:
    """Every mentor of the programme for one student, best first (rules broken come after).

    run: the latest run of the programme, or None.
    """
    pool, settings = _pool_and_settings(programme, run, only=student.pk, also=(student.pk,))
    if student.pk not in pool.by_id or not pool.mentors:
        return []
    mentors = _places_after_drafts(pool, pool.mentors, student.pk)
    pairs = score_mentors(pool.by_id[student.pk], mentors, settings, pool.forbidden)
    judged = [_judgement(pair) for pair in pairs]
    judged.sort(key=lambda one: (len(one.refused + one.warnings), -one.pair.points, one.pair.mentor_id))
    return judged


def pair_by_hand(*, programme, student, mentor, by, reason="") -> Proposal:
    """Propose two people to each other, in the draft; the student's other draft goes. Needs a reason where a rule is set aside."""
    with transaction.atomic():
        run = begin_draft(programme=programme, by=by)
        pool, settings = _pool_and_settings(programme, run, only=student.pk)
        judged = _judge(pool, settings, student.pk, mentor.pk)
        if judged.refused:
            raise Refused(_refusal(judged.refused[0]))
        if judged.warnings and not reason.strip():
            raise Refused(_("This pair breaks a rule. Say why you pair them all the same."))
        run.proposals.filter(student=student, status=ProposalStatus.DRAFT).exclude(mentor=mentor).delete()
        UnmatchedStudent.objects.filter(run=run, student=student).delete()
        proposal, _made = Proposal.objects.update_or_create(
            run=run, student=student, mentor=mentor, defaults=_fields(programme, judged, reason)
        )
        record("pair made by hand", by=by, about=proposal, rules=list(judged.warnings))
    return proposal


def _pool_and_settings(programme, run, **narrowed):
    rules = rules_from_json(run.settings if run else {"require_background_check": programme.requires_background_check})
    pool = build_pool(programme, in_person_only=rules.require_same_town, **narrowed)
    return pool, engine_settings(rules, check_from=programme.ends_on)


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
