"""What a roster would change: pure comparison of its rows with what is known. An empty cell changes nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from .errors import Problem


@dataclass(frozen=True)
class Change:
    """A known person or placement that the file says something new about. changes: field → (old, new)."""

    row: object
    changes: Mapping[str, tuple]
    existing: Mapping


@dataclass(frozen=True)
class Comparison:
    """Rows by what they would do. conflicts: rows that would make one person of two, with the problem of each."""

    new: tuple = ()
    changed: tuple[Change, ...] = ()
    same: tuple = ()
    conflicts: tuple[Problem, ...] = ()


def compare(rows: Iterable, existing: Mapping[tuple, Mapping], *, fields: Collection[str] | None = None) -> Comparison:
    """Compare rows with what is known.

    rows: StudentRow, MentorRow or PlacementRow. existing: key → known values by field name; keys are made by
    student_keys, mentor_keys, placement_keys, and ONE mapping object may stand under several keys. fields: compare
    only these (Parsed.fields: what the file says at all); fields that `existing` does not hold are not compared.
    """
    new, changed, same, conflicts = [], [], [], []
    for row in rows:
        known = {id(existing[key]): existing[key] for key in row.keys if key in existing}
        if not known:
            new.append(row)
        elif len(known) > 1:
            conflicts.append(_conflict(row))
        else:
            (before,) = known.values()
            changes = differences(row, before, fields)
            if changes:
                changed.append(Change(row, changes, before))
            else:
                same.append(row)
    return Comparison(tuple(new), tuple(changed), tuple(same), tuple(conflicts))


def differences(row, before: Mapping, only: Collection[str] | None = None) -> dict[str, tuple]:
    """Return field → (old, new) where the row says something else. Lists are compared without their order."""
    found = {}
    for name in field_names(row):
        if name not in before or (only is not None and name not in only):
            continue
        old, new = before[name], getattr(row, name)
        if new not in (None, "", ()) and not _equal(old, new):
            found[name] = (old, new)
    return found


def field_names(row) -> list[str]:
    """Return the names of what a row says, without its number in the file."""
    return [each.name for each in fields(row) if each.name != "number"]


def _equal(old, new):
    if isinstance(new, tuple):
        return sorted(item.casefold() for item in old or ()) == sorted(item.casefold() for item in new)
    return old == new


def _conflict(row):
    message = _("The student number belongs to one person here and the e-mail address to another. Correct one of the two.")
    return Problem(row.number, "", "two_people", message)
