"""Training in page words."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .enums import Answer
from .library import resource
from .models import ChecklistAnswer
from .services.standing import Standing

STATES = {
    "ready": (gettext_lazy("Finished"), "good"),
    "overridden": (gettext_lazy("Exempt"), "warn"),
    "held": (gettext_lazy("Something is open"), "warn"),
    "under_way": (gettext_lazy("Under way"), "info"),
    "not_started": (gettext_lazy("Not begun"), ""),
}
# Symbol, word and colour of an answer in a table; the word says it without the other two.
CELLS = {
    "need": ("life-buoy", gettext_lazy("asks for more"), "warn"),
    "met": ("circle-check", gettext_lazy("covered since"), "good"),
    "covered": ("check", gettext_lazy("covered"), ""),
    "": ("minus", gettext_lazy("no answer"), ""),
}
CHANGES = {
    ("need", "covered"): (gettext_lazy("Covered now"), "good", "trending-up"),
    ("covered", "covered"): (gettext_lazy("Covered both times"), "", "check"),
    ("need", "need"): (gettext_lazy("Still asks for more"), "warn", "life-buoy"),
    ("covered", "need"): (gettext_lazy("Asks for more now"), "warn", "trending-down"),
}


@dataclass
class AspectLine:
    """One aspect on the checklist page, with its answer and, where support is needed, what to read (or None)."""

    aspect: object
    answer: ChecklistAnswer | None
    resource: object

    @property
    def needs_support(self):
        return bool(self.answer) and self.answer.value == ChecklistAnswer.Value.NEED


def aspect_lines(checklist, answers) -> list[AspectLine]:
    """The aspects in order, each with its answer out of ``answers`` or None."""
    by_key = {answer.aspect: answer for answer in answers}
    return [AspectLine(aspect, by_key.get(aspect.key), text_for(aspect)) for aspect in checklist.aspects]


def text_for(aspect):
    """What there is to read about an aspect, or None."""
    try:
        return resource(aspect.resource)
    except KeyError:
        return None


@dataclass(frozen=True)
class PointLine:
    """One aspect on a mentor's page: said at the start, at the end, and how it stands now."""

    aspect: object
    standing: Standing

    @property
    def change(self):
        """(words, kind, icon) once both are answered, else None."""
        return CHANGES.get((self.standing.start, self.standing.end)) if self.standing.ended else None

    @property
    def cell(self):
        return cell_of(self.standing)

    @property
    def start(self):
        return CELLS[self.standing.start]

    @property
    def end(self):
        return CELLS[self.standing.end if self.standing.ended else ""]


def point_lines(checklist, by_aspect) -> list[PointLine]:
    """Every aspect of a checklist with what one mentor said, out of services.standing.standings."""
    return [PointLine(aspect, by_aspect.get(aspect.key) or Standing()) for aspect in checklist.aspects]


def cell_of(standing):
    """(icon, word, kind) of how an aspect stands now."""
    if standing is None or not standing.now:
        return CELLS[""]
    if standing.was_met:
        return CELLS["met"]
    return CELLS[standing.now]


@dataclass
class NeedRow:
    """One aspect across a programme. who: mentors who ask for more now; at_start, at_end: how many asked then."""

    aspect: object
    who: list = field(default_factory=list)
    at_start: int = 0
    at_end: int = 0
    answered_end: int = 0

    @property
    def count(self):
        return len(self.who)


def needs_by_aspect(mentors, ready, first) -> list[NeedRow]:
    """Per aspect who asks for more now, most asked for first. ``first``: the Checklist in use, whose order leads."""
    rows = {aspect.key: NeedRow(aspect) for aspect in first.aspects}
    for mentor in mentors:
        one = ready[mentor.pk]
        titles = one.checklist.by_key
        for key in one.needs:
            if key not in rows and key in titles:
                rows[key] = NeedRow(titles[key])
            if key in rows:
                rows[key].who.append(mentor)
    places = {key: place for place, key in enumerate(rows)}
    return sorted(rows.values(), key=lambda row: (-row.count, places[row.aspect.key]))


def count_moments(rows, standings) -> None:
    """Fill at_start, at_end and answered_end of rows of needs_by_aspect, from standings of everybody."""
    at_start, at_end, answered = Counter(), Counter(), Counter()
    for by_aspect in standings.values():
        for key, one in by_aspect.items():
            at_start[key] += one.start == Answer.NEED
            at_end[key] += one.ended and one.end == Answer.NEED
            answered[key] += one.ended
    for row in rows:
        row.at_start, row.at_end, row.answered_end = (counted[row.aspect.key] for counted in (at_start, at_end, answered))


def suggestion(rows, total) -> str:
    """Which aspect a training session would help most with, in a sentence; empty when nobody asks for anything."""
    if not rows or not rows[0].count:
        return ""
    top = rows[0]
    words = ngettext(
        "%(n)d of %(total)d mentor asks for more on “%(point)s”.",
        "%(n)d of %(total)d mentors ask for more on “%(point)s”.",
        total,
    ) % {"n": top.count, "total": total, "point": top.aspect.title}
    if top.count == 1:
        return words + " " + _("A talk with them is enough.")
    return words + " " + _("A training session on it would help most.")


def hours_in_words(minutes) -> str:
    """"2 h 30 min"."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)d h") % {"hours": whole}
    return _("%(hours)d h %(minutes)d min") % {"hours": whole, "minutes": rest} if whole else _("%(minutes)d min") % {"minutes": rest}
