"""The organisation's clock and phone, its deputies, and who is away."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.services import record
from organisations.models import Membership
from organisations.services.people import name_deputy

from ..models import Absence, Safeguarding


@transaction.atomic
def change_safeguarding(*, by, **fields) -> Safeguarding:
    """Change whom to call and how long a concern may wait; from the next concern or step on."""
    row, _made = Safeguarding.objects.select_for_update().get_or_create(organisation_id=by.organisation_id)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
        record("safeguarding settings changed", by=by, about=row, changed=changed)
    return row


@transaction.atomic
def name_deputies(*, deputies, by):
    """Make exactly these members the deputies. Nobody names themselves or takes themselves out."""
    present = list(Membership.objects.filter(is_safeguarding_deputy=True))
    if (by in deputies) != (by in present):
        raise PermissionDenied
    for person in {*present, *deputies} - {by}:
        name_deputy(membership=person, is_deputy=person in deputies, by=by)


def note_absence(*, by, starts_on, ends_on) -> Absence:
    """Away from the first to the last day. The same days twice are one absence."""
    try:
        with transaction.atomic():
            row = Absence.objects.create(membership=by, starts_on=starts_on, ends_on=ends_on)
            record("absence noted", by=by, about=row)
    except IntegrityError:
        row = Absence.objects.get(membership=by, starts_on=starts_on, ends_on=ends_on)
    return row


def drop_absence(*, absence, by):
    """There after all."""
    record("absence taken back", by=by, about=absence)
    absence.delete()
