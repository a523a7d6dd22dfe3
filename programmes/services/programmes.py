"""Programmes: made from a preset, changed, closed; the coordinator's dated checklist and the reminder rules."""

from django.db import transaction
from django.utils import timezone

from audit.services import record
from common.refused import Refused
from organisations.models import Membership

from ..coordinator_checklist import dated
from ..models import ChecklistItem, Programme, ReminderRule
from ..presets import preset_by_key
from ..signals import programme_created

FIELDS_OF_PRESET = [
    "format",
    "students_per_mentor",
    "check_in_every_days",
    "first_meeting_days",
    "quiet_days",
    "answer_days",
    "requires_background_check",
    "checklist_key",
    "review_key",
    "exit_key",
]


class ProgrammeError(Refused):
    """What was asked cannot be done; the message is for the person."""


@transaction.atomic
def create_programme(*, preset, by, name, starts_on, ends_on, **fields) -> Programme:
    """Make a programme from a preset (a key of programmes.presets); ``fields`` change what the preset says.

    Also makes its dated checklist and reminder rules, and tells the apps above (surveys). The same name and dates sent
    twice (a double click) is one programme.
    """
    spec = preset_by_key(preset)
    Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)  # two clicks at once wait for each other
    if twin := find_twin(name=name, starts_on=starts_on, ends_on=ends_on):
        return twin
    values = {field: getattr(spec, field) for field in FIELDS_OF_PRESET} | fields
    programme = Programme.objects.create(
        organisation_id=by.organisation_id, preset=preset, name=name, starts_on=starts_on, ends_on=ends_on, **values
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            organisation_id=by.organisation_id,
            programme=programme,
            phase=entry.item.phase,
            title=str(entry.item.title),
            due_on=entry.due,
        )
        for entry in dated(spec.coordinator_checklist, starts_on, ends_on)
    )
    ReminderRule.objects.bulk_create(
        ReminderRule(
            organisation_id=by.organisation_id,
            programme=programme,
            event=rule.event,
            offset_days=rule.offset_days,
            recipient=rule.recipient,
            letter=rule.letter,
            preset_key=rule.key,
        )
        for rule in spec.rules
    )
    record("programme made", by=by, about=programme, preset=preset)
    programme_created.send(sender=Programme, programme=programme, by=by)
    return programme


def find_twin(*, name, starts_on, ends_on) -> Programme | None:
    """The open programme that has this name and these dates already."""
    return Programme.objects.filter(name=name, starts_on=starts_on, ends_on=ends_on, closed_at=None).first()


def change_programme(*, programme, by, **fields) -> Programme:
    """Change facts or rules of a programme."""
    for name, value in fields.items():
        setattr(programme, name, value)
    programme.save(update_fields=list(fields))
    record("programme changed", by=by, about=programme, fields=sorted(fields))
    return programme


def close_programme(*, programme, by, at=None) -> Programme:
    """Close it: nothing is sent any more, everything can still be read."""
    if programme.closed_at is None:
        programme.closed_at = at or timezone.now()
        programme.save(update_fields=["closed_at"])
        ReminderRule.objects.filter(programme=programme).update(is_active=False)
        record("programme closed", by=by, about=programme)
    return programme


def tick_item(*, item, done, by, at=None) -> ChecklistItem:
    """Tick a line of the coordinator's checklist, or take the tick away."""
    item.done_at = (item.done_at or at or timezone.now()) if done else None
    item.done_by = by if done else None
    item.save(update_fields=["done_at", "done_by"])
    return item
