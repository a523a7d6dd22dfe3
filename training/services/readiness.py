"""Who may be matched: checklist finished, code of conduct signed, no open need that matters, training not run out.

A coordinator may decide on each of these for one mentor (services.overrides). The background check is no part of it: the
engine asks for it placement by placement (services.checks says how it stands).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from common.words import day

from ..enums import Gate, Moment
from ..models import ChecklistResponse, CodeSignature, TrainingHours, TrainingOverride
from ..presets import CODE_OF_CONDUCT
from ..validity import valid_until
from .aspects import PRESET, Checklist, checklists_of_versions, current_versions, programmes_of
from .code import binding_version
from .rules import Rules, rules_of
from .standing import open_since


@dataclass
class Readiness:
    """How far one mentor is.

    needs: keys of the aspects with "need more training or support" now. signed_at: under the code's current version;
    signed_before: under an older one. overrides: {Gate value: the decision that stands in for it}.
    """

    checklist: Checklist = PRESET
    answered: int = 0
    finished_at: object = None
    signed_at: object = None
    signed_before: bool = False
    needs: list[str] = field(default_factory=list)
    needs_since: dict[str, datetime] = field(default_factory=dict)  # when each of them was said
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
        return [gate for gate in self.missing if gate not in self.overrides]

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


def readiness_of(mentors, *, programmes=None) -> dict[int, Readiness]:
    """Readiness of each mentor by id, in seven to ten queries however many there are.

    mentors: participants, or anything with their pk, membership_id and programme_id. programmes: theirs, where they are at hand.
    """
    mentors = list(mentors)
    if not mentors:
        return {}
    ids, programmes = [one.pk for one in mentors], programmes or programmes_of(mentors)
    today, rules = timezone.localdate(), rules_of(programmes)
    responses = _responses(ids)
    current = current_versions(programmes)
    lists = checklists_of_versions([*current.values(), *(row.template_version_id for row in responses.values())])
    ended = {pk for (pk, moment), row in responses.items() if moment == Moment.END and row.finished_at}
    needs, signed, overrides = open_since(ids, ended=ended), _signatures(ids), _overrides(ids)
    finished = {pk for (pk, moment), row in responses.items() if moment == Moment.START and row.finished_at}
    refreshers = _refreshers({one.membership_id for one in mentors if one.pk in finished})
    found = {}
    for mentor in mentors:
        start, end = responses.get((mentor.pk, Moment.START)), responses.get((mentor.pk, Moment.END))
        version = start.template_version_id if start else current[mentor.programme_id]
        one = Readiness(checklist=lists[version], needs=list(needs[mentor.pk]), overrides=overrides[mentor.pk], today=today)
        one.needs_since = needs[mentor.pk]
        one.rules = rules[mentor.programme_id]
        if start:
            one.answered, one.finished_at = start.count, start.finished_at
        if end:
            one.end_answered, one.end_finished_at = end.count, end.finished_at
        one.signed_at, one.signed_before = signed.get(mentor.pk, (None, False))
        one.end_is_open = one.finished_at is not None and one.rules.end_is_open(today)
        one.valid_until = _valid_until(one, refreshers[mentor.membership_id])
        found[mentor.pk] = one
    return found


def _responses(ids):
    rows = ChecklistResponse.objects.filter(mentor__in=ids).annotate(count=Count("answers"))
    return {(row.mentor_id, row.moment): row for row in rows}


def _signatures(ids):
    """{mentor: (signed at under today's version or None, whether under another)}."""
    found = {}
    rows = CodeSignature.objects.filter(mentor__in=ids).annotate(binding=binding_version())
    for pk, version, own, at, binding in rows.values_list("mentor_id", "version", "code_version", "signed_at", "binding"):
        now, before = found.get(pk, (None, False))
        is_binding = own == binding if binding else version == CODE_OF_CONDUCT.version
        found[pk] = (at, before) if is_binding else (now, True)
    return found


def _overrides(ids):
    found = defaultdict(dict)
    for row in TrainingOverride.objects.filter(mentor__in=ids, withdrawn_at=None).select_related("by"):
        found[row.mentor_id][row.what] = row
    return found


def _refreshers(memberships):
    found = defaultdict(list)
    if not memberships:
        return found
    rows = TrainingHours.objects.refresher().filter(membership__in=memberships)
    for pk, on, minutes in rows.order_by().values_list("membership_id", "on", "minutes"):
        found[pk].append((on, minutes))
    return found


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
