"""What the pages of questionnaires show, made ready: a question in words, how it counts, what is missing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import day
from programmes.forms.people import SLOTS

from . import words
from .enums import QuestionKind
from .questions import AVAILABILITY, CHOICE, FACT_AXES, MANY, SCALE, Asked, Compared, Sheet, compare, shares
from .services.questionnaire_answers import came_last, fact_values

OPTIONS_SHOWN = 6
_SLOT_WORDS = dict(SLOTS)


@dataclass(frozen=True)
class Line:
    """One question in a list. row: the stored question, None for our preset. warning: why it cannot count."""

    asked: Asked
    row: object
    kind: str
    options: str
    counts: str
    must: bool
    warning: str
    may_ask_too: bool


def lines(sheet: Sheet, other: Sheet, rows=()) -> list[Line]:
    """The questions of a sheet in words. other: what the other side is asked. rows: the stored questions, where there are."""
    student, mentor = (sheet, other) if sheet.side == "student" else (other, sheet)
    compared = {one.student.key: one for one in compare(student, mentor)}
    stored = {row.key: row for row in rows}
    return [_line(one, sheet.side, compared.get(one.key), stored.get(one.key)) for one in sheet.questions]


def _line(one, side, found, row):
    mine = found.student if found else None
    return Line(
        asked=one,
        row=row,
        kind=str(QuestionKind(one.kind).label),
        options=options_in_words(one),
        counts=_counts(one, side, found),
        must=bool(mine and mine.is_hard and found.counts),
        warning=_warning(side, found),
        may_ask_too=bool(found and found.how == "unpaired" and side == "student"),
    )


def options_in_words(one: Asked) -> str:
    """What can be chosen, shortened."""
    if one.kind == SCALE:
        low, high = (*one.options, "", "")[:2]
        return _("1: %(low)s, 5: %(high)s") % {"low": low, "high": high} if low or high else ""
    if one.kind not in (CHOICE, MANY):
        return ""
    shown = ", ".join(one.options[:OPTIONS_SHOWN])
    more = len(one.options) - OPTIONS_SHOWN
    if more > 0:
        shown += " " + ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
    return shown + (" · " + _("or their own words") if one.allows_other else "")


def _counts(one, side, found: Compared | None):
    names = words.axis_names()
    if one.fact(side) or (one.key in FACT_AXES and found and found.how == "fact"):
        return _("Counts for: %(axis)s. Rosters fill it too.") % {"axis": names[FACT_AXES[one.key]]}
    if found and found.student.axis:
        how = {1: _("a little"), 2: _("as usual"), 4: _("a lot")}.get(found.student.weight, "")
        return _("Counts for: %(axis)s, %(how)s.") % {"axis": names[found.axis], "how": how}
    return _("Counts for nothing: only coordinators read it.")


def _warning(side, found):
    if found is None or found.how in ("read", "fact") or found.counts:
        return ""
    if found.how == "unpaired":
        return _("Mentors are not asked this, so it cannot count yet.")
    return _("Mentors answer it in another way (%(kind)s), so the two cannot be compared.") % {
        "kind": QuestionKind(found.mentor.kind).label
    }


def counting(student: Sheet, mentor: Sheet) -> list[dict]:
    """How answers count, axis by axis: {"axis", "rows": [(question, per cent or "", must)]}."""
    part, names = shares(student, mentor), words.axis_names()
    found = {axis: [] for axis in names}
    for one in compare(student, mentor):
        if one.counts:
            found[one.axis].append({"label": one.student.label, "share": part.get(one.student.key), "must": one.student.is_hard})
    return [{"axis": names[axis], "rows": rows} for axis, rows in found.items() if rows]


def in_words(question: Asked, values) -> str:
    """An answer as somebody reads it."""
    if question.kind == AVAILABILITY:
        return ", ".join(str(_SLOT_WORDS.get(value, value)) for value in values)
    if question.kind == SCALE and values:
        low, high = (*question.options, "", "")[:2]
        return _("%(point)s of 5 (1: %(low)s, 5: %(high)s)") % {"point": values[0], "low": low, "high": high}
    return ", ".join(values)


def answer_rows(person, sheet: Sheet, stored) -> list[dict]:
    """One person's answers for coordinators. stored: key -> QuestionnaireAnswer.

    note: where a fact is not what its person said, because a roster or a coordinator changed it since.
    """
    found = []
    for question in sheet.questions:
        row = stored.get(question.key)
        is_fact = bool(question.fact(person.side))
        values = fact_values(person, question) if is_fact else list(row.values) if row else []
        found.append({"label": question.label, "text": in_words(question, values), "note": _note(person, question, row, is_fact)})
    return found


def _note(person, question, row, is_fact):
    if not is_fact:
        return ""
    if row is None:
        return _("From the roster, or entered by hand.") if fact_values(person, question) else ""
    if came_last(question, person, row.values):
        return ""
    return _("Changed since by roster or by hand. On %(day)s they answered: %(said)s.") % {
        "day": day(row.answered_at), "said": in_words(question, row.values),
    }  # fmt: skip
