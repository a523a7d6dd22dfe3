"""What applying a roster would write, free of any database: rows to stage, and what they refer to, each once.

Rows that change nothing are not in it, so the same file a second time is an empty plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .compare import Comparison, field_names
from .records import ROWS


@dataclass(frozen=True)
class Plan:
    """The writes of one roster.

    rows: complete records; what the file leaves empty stands in them as it is known already. columns and staged():
    the same as plain tuples for a bulk load. tutors: addresses. employers: names. sites: (employer, town).
    line_managers: (employer, name, address). Each of these stands once, in the spelling met first.
    """

    kind: str
    new: int
    changed: int
    same: int
    rows: tuple
    columns: tuple[str, ...]
    tutors: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    sites: tuple[tuple[str, str], ...] = ()
    line_managers: tuple[tuple[str, str, str], ...] = ()

    def staged(self) -> Iterator[tuple]:
        """Yield one tuple a row in the order of `columns`; lists stay tuples, missing dates and numbers None."""
        return (tuple(getattr(row, name) for name in self.columns) for row in self.rows)


def make_plan(kind: str, comparison: Comparison) -> Plan:
    """Return the plan of a comparison; its conflicts are not in it."""
    rows = (*comparison.new, *(_completed(change.row, change.existing) for change in comparison.changed))
    columns = ("number", *field_names(ROWS[kind]))
    counts = {"new": len(comparison.new), "changed": len(comparison.changed), "same": len(comparison.same)}
    plan = Plan(kind, **counts, rows=rows, columns=columns)
    if kind == "students":
        return replace(plan, tutors=_once((row.tutor_email for row in rows if row.tutor_email), str.casefold))
    if kind == "placements":
        return _with_employers(plan)
    return plan


def _completed(row, existing):
    """Return the row with what is known in place of what the file leaves empty."""
    empty = {name for name in field_names(row) if getattr(row, name) in (None, "", ())}
    kept = {name: existing[name] for name in empty if existing.get(name) not in (None, "", (), [])}
    return replace(row, **{name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()})


def _with_employers(plan):
    """Spell each employer, site and line manager one way throughout, so that two spellings are not two employers."""
    names = {}
    rows = tuple(replace(row, employer=names.setdefault(row.employer.casefold(), row.employer)) for row in plan.rows)
    sites = _once(((row.employer, row.site_town) for row in rows), lambda site: (site[0], site[1].casefold()))
    towns = {(employer, town.casefold()): town for employer, town in sites}
    rows = tuple(replace(row, site_town=towns[row.employer, row.site_town.casefold()]) for row in rows)
    managers = ((row.employer, row.line_manager_name, row.line_manager_email) for row in rows if row.line_manager_email)
    return replace(
        plan,
        rows=rows,
        employers=tuple(names.values()),
        sites=sites,
        line_managers=_once(managers, lambda manager: (manager[0], manager[2])),
    )


def _once(items, key):
    found = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())
