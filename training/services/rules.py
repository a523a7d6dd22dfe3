"""How long training is valid, what renews it, and when the end checklist opens."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.services import record

from ..models import TrainingRules
from ..models.readiness import END_PERCENT, REFRESHER_MINUTES, VALID_MONTHS
from ..validity import end_opens_on


@dataclass(frozen=True)
class Rules:
    """What holds in one programme. valid_months: 0 where training does not run out. end_opens: first day of the end checklist."""

    valid_months: int
    refresher_minutes: int
    end_percent: int
    end_opened_on: date | None
    end_opens: date | None

    def end_is_open(self, today):
        return self.end_opens is not None and today >= self.end_opens


def rules_of(programmes) -> dict[int, Rules]:
    """{programme id: Rules}, in one query however many."""
    rows = {row.programme_id: row for row in TrainingRules.objects.filter(Q(programme=None) | Q(programme__in=programmes))}
    return {one.pk: _rules(rows.get(one.pk), rows.get(None), one.starts_on, one.ends_on) for one in programmes}


def general_rules() -> Rules:
    """What holds where a programme says nothing."""
    return _rules(None, TrainingRules.objects.filter(programme=None).first(), None, None)


def _rules(own, general, starts_on, ends_on):
    percent = own.end_percent if own else END_PERCENT
    opened = own.end_opened_on if own else None
    by_rule = end_opens_on(starts_on, ends_on, percent) if starts_on else None
    return Rules(
        valid_months=_first(own, general, "valid_months", VALID_MONTHS),
        refresher_minutes=_first(own, general, "refresher_minutes", REFRESHER_MINUTES),
        end_percent=percent,
        end_opened_on=opened,
        end_opens=min(opened, by_rule) if opened and by_rule else by_rule,
    )


def _first(own, general, name, otherwise):
    values = [getattr(row, name) for row in (own, general) if row is not None]
    return next((value for value in values if value is not None), otherwise)


@transaction.atomic
def set_rules(*, by, programme=None, **fields) -> TrainingRules:
    """Keep what an organisation (``programme`` None) or one programme has of its own; fields of TrainingRules."""
    row, _made = TrainingRules.objects.update_or_create(
        programme=programme, organisation_id=by.organisation_id, defaults=fields
    )
    record("training rules changed", by=by, about=programme or by.organisation, fields=sorted(fields))
    return row


@transaction.atomic
def open_end_checklist(*, programme, by, on=None) -> TrainingRules:
    """Open the end checklist before its time; the second press changes nothing."""
    row, _made = TrainingRules.objects.get_or_create(programme=programme, organisation_id=by.organisation_id)
    if row.end_opened_on is None:
        row.end_opened_on = on or timezone.localdate()
        row.save(update_fields=["end_opened_on"])
        record("end checklist opened", by=by, about=programme)
    return row
