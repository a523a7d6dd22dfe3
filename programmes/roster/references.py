"""What only the programme can tell about placements: whether their students are in it, and whether the dates fit."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from .errors import Problem, shown
from .records import PlacementRow


def check_references(
    placements: Iterable[PlacementRow], known_student_ids: Iterable[str], *, column="student_id"
) -> tuple[Problem, ...]:
    """Return a refusal for each placement whose student number is not known. column: the header to name."""
    known = {student_id.casefold() for student_id in known_student_ids}
    message = _(
        "No student in this programme has the number “%(value)s”. Bring in the students first, or correct the number."
    )
    return tuple(
        Problem(row.number, column, "unknown_student", message % {"value": shown(row.student_id)})
        for row in placements
        if row.student_id.casefold() not in known
    )


def check_dates(
    placements: Iterable[PlacementRow], starts_on: date | None, ends_on: date | None, *, column=""
) -> tuple[Problem, ...]:
    """Return a warning for each placement that begins before the programme or ends after it."""
    problems = []
    for row in placements:
        if starts_on and row.start_date < starts_on:
            words = {"date": row.start_date, "of_programme": starts_on}
            message = _("Starts on %(date)s, before the programme (%(of_programme)s). Check the date.")
            problems.append(Problem(row.number, column, "before_programme", message % words, refuses=False))
        if ends_on and row.end_date > ends_on:
            words = {"date": row.end_date, "of_programme": ends_on}
            message = _("Ends on %(date)s, after the programme (%(of_programme)s). Check the date.")
            problems.append(Problem(row.number, column, "after_programme", message % words, refuses=False))
    return tuple(problems)
