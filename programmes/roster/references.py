"""What only the programme can tell about placements: whether their students are in it, and whether the dates fit."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from common.words import short_day

from .errors import Note, Problem, shown
from .records import PlacementRow

ONE_BY_ONE = 5  # more placements outside the programme's dates are summed up
EXAMPLES = 3


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
) -> tuple[tuple[Problem, ...], tuple[Note, ...]]:
    """Return what is to be said of placements that begin before the programme or end after it.

    A few are warnings, row by row. Many say more about the programme's dates than about theirs: then one note sums them up.
    """
    rows = list(placements)
    early = [(row, row.start_date) for row in rows if starts_on and row.start_date < starts_on]
    late = [(row, row.end_date) for row in rows if ends_on and row.end_date > ends_on]
    problems, notes = [], []
    for code, found, limit in (("before_programme", early, starts_on), ("after_programme", late, ends_on)):
        one, many = _OUTSIDE[code]
        if len(found) > ONE_BY_ONE:
            words = {"count": len(found), "of_programme": short_day(limit), "examples": _examples(found)}
            notes.append(Note(code, many() % words))
            continue
        for row, day in found:
            words = {"date": day, "of_programme": limit}
            problems.append(Problem(row.number, column, code, one() % words, refuses=False))
    return tuple(problems), tuple(notes)


def _examples(found):
    return ", ".join(_("row %(row)d (%(date)s)") % {"row": row.number, "date": short_day(day)} for row, day in found[:EXAMPLES])


_OUTSIDE = {
    "before_programme": (
        lambda: _("Starts on %(date)s, before the programme (%(of_programme)s). Check the date."),
        lambda: _(
            "%(count)d placements start before the programme does, on %(of_programme)s: %(examples)s and more. They come in as "
            "they are. Check their dates, or move the programme’s first day."
        ),
    ),
    "after_programme": (
        lambda: _("Ends on %(date)s, after the programme (%(of_programme)s). Check the date."),
        lambda: _(
            "%(count)d placements end after the programme does, on %(of_programme)s: %(examples)s and more. They come in as "
            "they are. Check their dates, or move the programme’s last day."
        ),
    ),
}
