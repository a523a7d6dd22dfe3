"""How each aspect stands with each mentor: said at the start, said at the end, and what was said since."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from ..enums import Answer, Moment
from ..models import ChecklistAnswer, ChecklistResponse, LaterAnswer
from .gate_rows import NEEDS, gate_rows


@dataclass
class Standing:
    """One aspect of one mentor. start, end: Answer values or ""; later: LaterAnswer rows of the response that speaks now.

    ended: the end checklist is finished, so it speaks; until then the one of the start does.
    """

    start: str = ""
    start_note: str = ""
    end: str = ""
    end_note: str = ""
    ended: bool = False
    later: list[LaterAnswer] = field(default_factory=list)

    @property
    def first(self):
        """What was said on the checklist that speaks."""
        return self.end if self.ended else self.start

    @property
    def now(self):
        return self.later[-1].value if self.later else self.first

    @property
    def is_need(self):
        return self.now == Answer.NEED

    @property
    def was_met(self):
        """A need that something has closed since."""
        return self.now == Answer.COVERED and Answer.NEED in [self.first, *(one.value for one in self.later)]


def standings(mentor_ids) -> dict[int, dict[str, Standing]]:
    """{mentor id: {aspect key: Standing}} of every aspect somebody said something about, in three queries."""
    found = {pk: defaultdict(Standing) for pk in mentor_ids}
    ended = set(_ended(mentor_ids))
    rows = ChecklistAnswer.objects.filter(response__mentor__in=mentor_ids).order_by("id")
    for pk, moment, aspect, value, note in rows.values_list(
        "response__mentor_id", "response__moment", "aspect", "value", "note"
    ):
        one = found[pk][aspect]
        if moment == Moment.START:
            one.start, one.start_note = value, note
        else:
            one.end, one.end_note = value, note
    later = LaterAnswer.objects.filter(response__mentor__in=mentor_ids).select_related("response", "by").order_by("id")
    for row in later:
        if row.response.moment == (Moment.END if row.response.mentor_id in ended else Moment.START):
            found[row.response.mentor_id][row.aspect].later.append(row)
    for pk in ended:
        for one in found[pk].values():
            one.ended = True
    return {pk: dict(by_aspect) for pk, by_aspect in found.items()}


def open_since(mentor_ids) -> dict[int, dict[str, datetime]]:
    """{mentor id: {aspect key: when it was said}} of what they ask for now; as standings, read the short way: one query."""
    needs = gate_rows(mentor_ids, [], NEEDS).needs
    return {pk: needs.get(pk, {}) for pk in mentor_ids}


def _ended(mentor_ids):
    rows = ChecklistResponse.objects.filter(mentor__in=mentor_ids, moment=Moment.END, finished_at__isnull=False)
    return rows.values_list("mentor_id", flat=True)
