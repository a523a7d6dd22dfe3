"""The same person, or the same placement, twice in one file: the second row is refused and names the first."""

from django.utils.translation import gettext as _

from .errors import Problem


class Twins:
    """Remembers the rows taken, so that a refused row never counts as the first of two."""

    def __init__(self, kind: str, headers: dict[str, str]):
        self.kind, self.headers = kind, headers
        self.seen: dict[tuple, int] = {}

    def remember(self, row) -> None:
        for key in row.keys:
            self.seen[key] = row.number

    def check(self, row) -> list[Problem]:
        """Return the problem of a row whose key an earlier row has; an empty list for a new one."""
        first = {key[0]: self.seen[key] for key in row.keys if key in self.seen}
        if not first:
            return []
        name, number = next(iter(first.items()))
        message = _MESSAGES[name if len(first) == 1 or len(set(first.values())) > 1 else "both"]()
        return [Problem(row.number, self.headers.get(name, ""), "duplicate", message % {"row": number})]


_MESSAGES = {
    "student_id": lambda: _("Row %(row)d has the same student number. Keep one of the two rows."),
    "email": lambda: _("Row %(row)d has the same e-mail address. Keep one of the two rows."),
    "both": lambda: _("Row %(row)d has the same student number and e-mail address. Keep one of the two rows."),
    "placement": lambda: _(
        "Row %(row)d is the same placement: student, employer, site, role and first day. Keep one of the two rows."
    ),
}
