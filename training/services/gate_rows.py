"""What was said, signed, decided and trained, of many mentors in one query: rows of one shape, read by services.readiness."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from ..enums import Answer, Moment
from ..models import (
    ChecklistAnswer,
    ChecklistResponse,
    CodeSignature,
    CodeVersion,
    LaterAnswer,
    TrainingHours,
    TrainingOverride,
)
from ..presets import CODE_OF_CONDUCT
from .code import binding_version

ALL = RESPONSE, SAID, SAID_LATER, SIGNED, DECIDED, REFRESHED = range(6)
NEEDS = (RESPONSE, SAID, SAID_LATER)


@dataclass(frozen=True)
class Response:
    """A checklist begun. count: points answered; version_id: of the checklist, None for our preset."""

    count: int
    finished_at: datetime | None
    version_id: int | None


@dataclass(frozen=True)
class Decision:
    """A decision that was not taken back. code_is_newer: a code of conduct was published after it."""

    pk: int
    at: datetime
    code_is_newer: bool


@dataclass
class GateRows:
    """Everything the gate is worked out from.

    responses: (mentor, moment) -> Response. needs: mentor -> {aspect: when it was said} of what the response that speaks asks
    for now. signed: mentor -> (when under the code that binds or None, whether under another). decided: mentor -> {Gate value:
    Decision}. refreshers: membership -> [(day, minutes)].
    """

    responses: dict[tuple[int, str], Response] = field(default_factory=dict)
    needs: dict[int, dict[str, datetime]] = field(default_factory=lambda: defaultdict(dict))
    signed: dict[int, tuple[datetime | None, bool]] = field(default_factory=dict)
    decided: dict[int, dict[str, Decision]] = field(default_factory=lambda: defaultdict(dict))
    refreshers: dict[int, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))


def gate_rows(mentor_ids, membership_ids, kinds=ALL) -> GateRows:
    """One query, however many mentors. kinds: what is read of it, where less than all is wanted."""
    found, said = GateRows(), []
    for kind, who, one, two, three, at, on, number, other, pk in _rows(mentor_ids, membership_ids, kinds):
        if kind == RESPONSE:
            found.responses[who, one] = Response(other, at, number)
        elif kind in (SAID, SAID_LATER):
            said.append((kind, pk, who, one, two, three, at))
        elif kind == SIGNED:
            now, before = found.signed.get(who, (None, False))
            is_binding = number == other if other else one == CODE_OF_CONDUCT.version
            found.signed[who] = (at, before) if is_binding else (now, True)
        elif kind == DECIDED:
            found.decided[who][one] = Decision(pk, at, bool(number))
        else:
            found.refreshers[who].append((on, number))
    _read_needs(found, sorted(said))
    return found


def _read_needs(found, said):
    """The newest answer to each point counts; the end checklist speaks once it is finished, until then the one of the start."""
    newest = defaultdict(dict)
    for _kind, _pk, who, moment, aspect, value, at in said:
        newest[who, moment][aspect] = (value, at)
    for (who, moment), aspects in newest.items():
        end = found.responses.get((who, Moment.END))
        if moment == (Moment.END if end and end.finished_at else Moment.START):
            found.needs[who] = {aspect: at for aspect, (value, at) in aspects.items() if value == Answer.NEED}


def _rows(mentor_ids, membership_ids, kinds):
    mentors = {"mentor__in": mentor_ids}
    of_response = {"response__mentor__in": mentor_ids}
    newer = Exists(CodeVersion.objects.filter(published_at__gt=OuterRef("at")))
    parts = [
        _shape(
            RESPONSE,
            ChecklistResponse.objects.filter(**mentors).annotate(count=Count("answers")),
            who="mentor_id", one="moment", at="finished_at", number="template_version_id", other="count",
        ),
        _shape(
            SAID,
            ChecklistAnswer.objects.filter(**of_response, value=Answer.NEED),
            who="response__mentor_id", one="response__moment", two="aspect", three="value", at="answered_at",
        ),
        _shape(
            SAID_LATER,
            LaterAnswer.objects.filter(**of_response),
            who="response__mentor_id", one="response__moment", two="aspect", three="value", at="at",
        ),
        _shape(
            SIGNED,
            CodeSignature.objects.filter(**mentors).annotate(binding=binding_version()),
            who="mentor_id", one="version", at="signed_at", number="code_version_id", other="binding",
        ),
        _shape(
            DECIDED,
            TrainingOverride.objects.filter(**mentors, withdrawn_at=None).annotate(newer=Case(When(newer, then=1), default=0)),
            who="mentor_id", one="what", at="at", number="newer",
        ),
        _shape(
            REFRESHED,
            TrainingHours.objects.refresher().filter(membership__in=membership_ids),
            who="membership_id", on="on", number="minutes",
        ),
    ]  # fmt: skip
    first, *others = [parts[kind] for kind in kinds]
    return first.union(*others, all=True)


COLUMNS = {
    "who": BigIntegerField, "one": TextField, "two": TextField, "three": TextField,
    "at": DateTimeField, "on": DateField, "number": BigIntegerField, "other": BigIntegerField,
}  # fmt: skip


def _shape(kind, rows, **columns):
    """These rows with the columns of all of them; what a kind does not have is NULL."""
    shaped = {f"_{name}": Cast(F(columns[name]) if name in columns else Value(None), type_()) for name, type_ in COLUMNS.items()}
    return rows.order_by().annotate(_kind=Value(kind), **shaped).values_list("_kind", *shaped, "pk")
