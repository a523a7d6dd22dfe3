"""A coordinator's decision to match a mentor although something is missing. Kept per thing, with who, when and why."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from programmes.models import Participant

from ..enums import Gate
from ..models import TrainingOverride
from .readiness import readiness_of
from .refused import TrainingError


@transaction.atomic
def override_training(*, mentor, reason, by, what=None) -> list[TrainingOverride]:
    """Let a mentor be matched although ``what`` (Gate values; None: all that is missing now) is missing.

    The reason is compulsory. What was decided already stays as it is, so a second press changes nothing. What turns up
    later is not covered: a need that opens afterwards asks for a decision of its own.
    """
    reason = reason.strip()
    if not reason:
        raise TrainingError(_("Say why: the reason is kept with your name."), "reason")
    Participant.objects.select_for_update(of=("self",), no_key=True).get(pk=mentor.pk)
    ready = readiness_of([mentor])[mentor.pk]
    if not ready.missing:
        raise TrainingError(_("Nothing is missing any more, so there is nothing to decide."))
    wanted = ready.missing if what is None else [gate for gate in Gate.values if gate in what]
    if not wanted:
        raise TrainingError(_("Choose what you decide on."), "what")
    found = []
    for gate in wanted:
        if gate in ready.overrides:
            found.append(ready.overrides[gate])
        elif gate in ready.missing:
            _end_older(mentor, gate)
            found.append(TrainingOverride.objects.create(mentor=mentor, what=gate, reason=reason, by=by))
            record("training overridden", by=by, about=mentor, reason=reason, what=str(gate))
    if not found:
        raise TrainingError(_("This is not missing any more, so there is nothing to decide."), "what")
    return found


def _end_older(mentor, gate):
    """A decision that was about something else (an older code, another need) does not stand beside the new one."""
    TrainingOverride.objects.filter(mentor=mentor, what=gate, withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def withdraw_override(*, mentor, by, what=None, at=None) -> int:
    """Take decisions back, all or those on ``what``; the rows stay, with their end. Returns how many."""
    rows = TrainingOverride.objects.filter(mentor=mentor, withdrawn_at=None)
    if what is not None:
        rows = rows.filter(what__in=what)
    gone = rows.update(withdrawn_at=at or timezone.now())
    if gone:
        record("training override withdrawn", by=by, about=mentor, decisions=gone)
    return gone
