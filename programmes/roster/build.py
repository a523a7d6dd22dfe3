"""From the cells of one row to its record, and what is judged across the cells of a row."""

from django.utils.translation import gettext as _

from .errors import BadValueError, Problem, shown
from .fields import Need
from .records import ROWS
from .values import READERS


class Builder:
    """Makes records of one kind from rows of one file.

    given: (column, field) of what the file says. context: what the readers of cells may know.
    """

    def __init__(self, kind, given, context):
        self.kind, self.given, self.context = kind, given, context
        self.headers = {field.name: column.header for column, field in given}

    def build(self, number, values):
        """Return (record or None, problems) of a row. values: field name → cell."""
        problems = []
        read = {field.name: self._read_cell(number, field, values[field.name], problems) for _column, field in self.given}
        if self.kind != "placements":
            self._settle_name(number, read, problems)
        if any(problem.refuses for problem in problems):
            return None, problems
        row = ROWS[self.kind](number, **{name: value for name, value in read.items() if name != "full_name"})
        return row, [*problems, *_CHECKS[self.kind](row, self.headers, self.context)]

    def _read_cell(self, number, field, cell, problems):
        value = None
        try:
            _check_filled(field, cell)
            value = READERS[field.reader](cell, field, self.context)
        except BadValueError as fault:
            problems.append(Problem(number, self.headers[field.name], fault.code, fault.message))
        for code, message in self.context.take_warnings():
            problems.append(Problem(number, self.headers[field.name], code, message, refuses=False))
        return value

    def _settle_name(self, number, read, problems):
        """Make first and last name of what there is: two cells, one, or a whole name. Many people have one name only."""
        if "first_name" in read:
            read.pop("full_name", None)
        elif read.get("full_name"):
            read["first_name"], read["last_name"] = split_name(read["full_name"])
        first, last = read.get("first_name", ""), read.setdefault("last_name", "")
        if first is None or last is None:  # refused already
            return
        header = self.headers.get("first_name") or self.headers.get("full_name", "")
        if not first and not last:
            problems.append(Problem(number, header, "missing", _empty() % {"what": _("a first name")}))
        elif not first:
            read["first_name"], read["last_name"] = last, ""
            message = _("No first name: “%(name)s” is taken as the whole name. Correct it if the person has two names.")
            problems.append(Problem(number, header, "one_name", message % {"name": shown(last)}, refuses=False))


def _check_filled(field, cell):
    """Refuse an empty cell where there must be something; a first name is judged together with the last."""
    if field.need is not Need.OPTIONAL and field.name != "first_name" and not str(cell).strip():
        raise BadValueError("missing", _empty() % {"what": field.what})


def _empty():
    return _("This cell is empty. It needs %(what)s.")


def split_name(name: str) -> tuple[str, str]:
    """Return (first, last) of a whole name: cut at the comma of "Last, First", else at the first space."""
    if "," in name:
        last, first = (part.strip() for part in name.split(",", 1))
        return (first, last) if first else (last, "")
    first, _space, last = name.partition(" ")
    return first, last


def _check_student(row, headers, context):
    return ()


def _check_mentor(row, headers, context):
    if row.check_valid_until and row.check_valid_until < context.today:
        message = _("This background check ended on %(date)s. The mentor cannot be matched until it is renewed.")
        header = headers["check_valid_until"]
        yield Problem(row.number, header, "check_expired", message % {"date": row.check_valid_until}, refuses=False)


def _check_placement(row, headers, context):
    if row.end_date < row.start_date:
        message = _("The placement ends on %(end)s, before it starts on %(start)s. Correct one of the two dates.")
        dates = {"start": row.start_date, "end": row.end_date}
        yield Problem(row.number, headers["end_date"], "dates_order", message % dates)
        return
    most = 24 * ((row.end_date - row.start_date).days + 1)
    if row.planned_hours and row.planned_hours > most:
        message = _("%(hours)d hours do not fit between %(start)s and %(end)s. Correct the hours or the dates.")
        words = {"hours": row.planned_hours, "start": row.start_date, "end": row.end_date}
        yield Problem(row.number, headers["planned_hours"], "hours_do_not_fit", message % words)
    if row.line_manager_name and not row.line_manager_email:
        message = _("No e-mail address for %(name)s, so the line manager is not noted and cannot be asked. Add the address.")
        header = headers.get("line_manager_email") or headers["line_manager_name"]
        yield Problem(
            row.number, header, "no_line_manager_email", message % {"name": shown(row.line_manager_name)}, refuses=False
        )


_CHECKS = {"students": _check_student, "mentors": _check_mentor, "placements": _check_placement}
