"""Time spent in training, per mentor and organisation."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record

from ..models import TrainingHours
from ..models.hours import LONGEST
from .refused import TrainingError


@transaction.atomic
def log_training_hours(*, membership, kind, minutes, on, what, by, source="", at=None) -> TrainingHours:
    """Note minutes of training of one day. TrainingError (with its field) for what cannot be.

    kind: TrainingHours.Kind. on: a day, not after that of ``at``. source: what it is counted from ("event:12"); the same source
    again is the same row, brought up to date, so attendance may be counted as often as one likes.
    """
    _refuse_nonsense(kind, minutes, on, what, at)
    values = {"kind": kind, "minutes": minutes, "on": on, "what": " ".join(what.split())[:200]}
    if not source:
        return _noted(TrainingHours.objects.create(membership=membership, by=by, **values), by)
    row, made = TrainingHours.objects.get_or_create(membership=membership, source=source, defaults={**values, "by": by})
    if made:
        return _noted(row, by)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return row


@transaction.atomic
def take_back_training_hours(*, membership, source, by) -> bool:
    """Remove what was counted from this source (somebody was not there after all); says whether there was anything."""
    gone, _rows = TrainingHours.objects.filter(membership=membership, source=source).exclude(source="").delete()
    if gone:
        record("training hours taken back", by=by, about=membership, source=source)
    return bool(gone)


@transaction.atomic
def remove_training_hours(*, hours, by) -> None:
    """Remove an entry noted by hand. TrainingError for what was counted from attendance: that is put right where it was counted."""
    if not hours.is_by_hand:
        raise TrainingError(_("This was counted from attendance. Change who was there, and the time follows."))
    record("training hours removed", by=by, about=hours.membership, minutes=hours.minutes, what=hours.what)
    hours.delete()


def _noted(row, by):
    record("training hours noted", by=by, about=row, minutes=row.minutes, kind=str(row.kind))
    return row


def _refuse_nonsense(kind, minutes, on, what, at):
    if kind not in TrainingHours.Kind.values:
        raise TrainingError(_("Choose whether this was initial training or a refresher."), "kind")
    if not 1 <= minutes <= LONGEST:
        raise TrainingError(_("A day of training has between 1 minute and 24 hours."), "minutes")
    if on > timezone.localdate(at):
        raise TrainingError(_("This day is still to come. Note the time afterwards."), "on")
    if not what.strip():
        raise TrainingError(_("Say in a few words what it was."), "what")
