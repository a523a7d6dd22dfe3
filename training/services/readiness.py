"""Who may be matched: checklist finished, code of conduct signed, no open need that matters, training not run out.

A coordinator may decide on each of these for one mentor (services.overrides). The background check is no part of it: the
engine asks for it placement by placement (services.checks says how it stands).
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from common.words import day

from ..enums import Gate, Moment
from ..models import TrainingOverride
from ..validity import valid_until
from .aspects import PRESET, Checklist, checklists_for, programmes_of
from .gate_rows import gate_rows
from .rules import Rules, rules_of


@dataclass
class Readiness:
    """How far one mentor is.

    needs: keys of the aspects with "need more training or support" now. signed_at: under the code's current version;
    signed_before: under an older one. decided: {Gate value: id of the decision that stands in for it}; overrides: the
    decisions themselves, where they were asked for.
    """

    checklist: Checklist = PRESET
    answered: int = 0
    finished_at: object = None
    signed_at: object = None
    signed_before: bool = False
    needs: list[str] = field(default_factory=list)
    needs_since: dict[str, datetime] = field(default_factory=dict)  # when each of them was said
    decided: dict[str, int] = field(default_factory=dict)
    overrides: dict[str, TrainingOverride] = field(default_factory=dict)
    valid_until: date | None = None  # last day; None where it does not run out, or nothing is finished
    today: date | None = None
    end_answered: int = 0
    end_finished_at: object = None
    end_is_open: bool = False
    rules: Rules | None = None

    @property
    def total(self):
        return len(self.checklist)

    @property
    def blocking(self):
        """The aspects that have to be covered before matching and are not."""
        return [aspect for aspect in self.checklist.aspects if aspect.must_be_covered and aspect.key in self.needs]

    @property
    def ran_out(self):
        return bool(self.valid_until and self.today and self.valid_until < self.today)

    @property
    def missing(self):
        """Gate values of what is missing, in the order in which it is done."""
        found = {
            Gate.CHECKLIST: self.finished_at is None,
            Gate.CODE: self.signed_at is None,
            Gate.NEED: bool(self.blocking),
            Gate.REFRESHER: self.ran_out,
        }
        return [gate for gate, is_missing in found.items() if is_missing]

    @property
    def undecided(self):
        """What is missing and no coordinator has decided on."""
        return [gate for gate in self.missing if gate not in self.decided]

    @property
    def decisions(self):
        """The decisions that stand in for something that is missing."""
        return [self.overrides[gate] for gate in self.missing if gate in self.overrides]

    @property
    def trained(self):
        return not self.missing

    @property
    def overridden(self):
        return bool(self.missing) and not self.undecided

    @property
    def ready(self):
        return not self.undecided

    @property
    def state(self):
        """ready, overridden, held (finished once, something is open), under_way or not_started."""
        if self.trained:
            return "ready"
        if self.overridden:
            return "overridden"
        if self.finished_at and (self.signed_at or self.signed_before):
            return "held"
        return "under_way" if self.answered or self.signed_at or self.signed_before else "not_started"

    @property
    def why_not(self):
        """What is missing, in words; empty when trained."""
        return [self.words_for(gate) for gate in self.missing]

    def words_for(self, gate):
        """One thing that is missing, as half a sentence."""
        if gate == Gate.CHECKLIST:
            return _("checklist: %(answered)s of %(total)s answered") % {"answered": self.answered, "total": self.total}
        if gate == Gate.CODE:
            return _("new code of conduct not signed yet") if self.signed_before else _("code of conduct not signed")
        if gate == Gate.NEED:
            return _("asks for more on: %(points)s") % {"points": ", ".join(str(one.title) for one in self.blocking)}
        return _("training ran out on %(day)s") % {"day": day(self.valid_until, self.today)}


def readiness_of(mentors, *, programmes=None, with_decisions=True) -> dict[int, Readiness]:
    """Readiness of each mentor by id, in two to five queries however many there are.

    mentors: participants, or anything with their pk, membership_id and programme_id. programmes: theirs, where they are at hand.
    with_decisions: whether the rows of decisions are wanted too, with who made them; matching only asks whether they stand.
    """
    mentors = list(mentors)
    if not mentors:
        return {}
    programmes = programmes or programmes_of(mentors)
    today, rules = timezone.localdate(), rules_of(programmes)
    rows = gate_rows([one.pk for one in mentors], {one.membership_id for one in mentors})
    current, lists = checklists_for(programmes, [one.version_id for one in rows.responses.values()])
    found = {}
    for mentor in mentors:
        start, end = rows.responses.get((mentor.pk, Moment.START)), rows.responses.get((mentor.pk, Moment.END))
        version = start.version_id if start else current[mentor.programme_id]
        needs = rows.needs.get(mentor.pk, {})
        one = Readiness(checklist=lists[version], needs=list(needs), needs_since=needs, today=today)
        one.rules = rules[mentor.programme_id]
        if start:
            one.answered, one.finished_at = start.count, start.finished_at
        if end:
            one.end_answered, one.end_finished_at = end.count, end.finished_at
        one.signed_at, one.signed_before = rows.signed.get(mentor.pk, (None, False))
        one.end_is_open = one.finished_at is not None and one.rules.end_is_open(today)
        one.valid_until = _valid_until(one, rows.refreshers.get(mentor.membership_id, ()))
        one.decided = {gate: made.pk for gate, made in rows.decided.get(mentor.pk, {}).items() if _stands(gate, made, one)}
        found[mentor.pk] = one
    if with_decisions:
        _add_decisions(found)
    return found


def _stands(gate, made, one):
    """Whether a decision still is about what is missing now: not about a newer code, a later need, or training that ran out later."""
    if gate == Gate.CODE:
        return not made.code_is_newer
    if gate == Gate.NEED:
        return all(one.needs_since[aspect.key] <= made.at for aspect in one.blocking)
    if gate == Gate.REFRESHER:
        return not one.ran_out or one.valid_until < timezone.localdate(made.at)
    return True


def _add_decisions(found):
    rows = TrainingOverride.objects.filter(mentor__in=list(found), withdrawn_at=None).select_related("by")
    decisions = {row.pk: row for row in rows}
    for one in found.values():
        one.overrides = {gate: decisions[pk] for gate, pk in one.decided.items()}


def _valid_until(one, refreshers):
    """Counted from the day the checklist was finished; a new signature asks for no new training."""
    if one.finished_at is None:
        return None
    return valid_until(
        trained_on=timezone.localdate(one.finished_at),
        refreshers=refreshers,
        months=one.rules.valid_months,
        minutes=one.rules.refresher_minutes,
    )
