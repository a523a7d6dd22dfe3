"""Background checks against the dates of the placements they have to cover. The engine decides; this says it in words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import short_day
from programmes.models import Placement

from .aspects import programmes_of


@dataclass(frozen=True)
class Check:
    """until: its last day, None where there is none. kind: "" (fine or not needed), "none", "short" (covers no placement), "partly"."""

    until: date | None
    needed: bool
    kind: str = ""
    covered: int = 0
    placements: int = 0

    @property
    def stops(self):
        """Whether no placement of the programme could be given to this mentor."""
        return self.kind in {"none", "short"}

    @property
    def words(self):
        """Half a sentence; empty where no check is needed."""
        if not self.needed:
            return ""
        if self.kind == "none":
            return _("no background check")
        if self.kind == "short":
            return _("background check ends %(day)s, before any placement does") % {"day": short_day(self.until)}
        if self.kind == "partly":
            words = ngettext(
                "background check ends %(day)s and covers %(covered)d of %(all)d placement",
                "background check ends %(day)s and covers %(covered)d of %(all)d placements",
                self.placements,
            )
            return words % {"day": short_day(self.until), "covered": self.covered, "all": self.placements}
        return _("background check valid to %(day)s") % {"day": short_day(self.until)}


def checks_of(mentors) -> dict[int, Check]:
    """{mentor id: Check}, in one or two queries. A programme without placements is covered when its last day is."""
    mentors = list(mentors)
    programmes = programmes_of(mentors)
    needed = {one.pk: (one.requires_background_check, one.ends_on) for one in programmes}
    days = defaultdict(list)
    rows = Placement.objects.filter(programme__in=programmes, student__withdrawn_at=None).order_by()
    for programme, ends in rows.values_list("programme_id", "ends_on"):
        days[programme].append(ends)
    return {one.pk: _check(one.check_valid_until, *needed[one.programme_id], days[one.programme_id]) for one in mentors}


def _check(until, is_needed, programme_ends, ends):
    if not is_needed:
        return Check(until, needed=False)
    if until is None:
        return Check(None, needed=True, kind="none")
    ends = ends or [programme_ends]
    covered = sum(1 for last in ends if last <= until)
    kind = "" if covered == len(ends) else "partly" if covered else "short"
    return Check(until, needed=True, kind=kind, covered=covered, placements=len(ends))
