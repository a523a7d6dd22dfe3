"""What a side of a programme is asked: its published version, its draft, or our preset."""

from collections import defaultdict

from programmes.enums import Side

from ..models import Question, Questionnaire
from ..questionnaire_preset import PRESET
from ..questions import Asked, Sheet

COPIED = ("key", "kind", "label", "help", "options", "allows_other", "required", "axis", "weight", "is_hard")


def sheet_now(programme, side) -> Sheet:
    """What a side of the programme is asked now: its published version, or our preset."""
    found = published(programme, side)
    return sheet_of(found) if found else preset_sheet(side)


def sheets_now(programme) -> tuple[Sheet, Sheet]:
    """What students and mentors are asked now: one query, since a version without a question cannot be published."""
    of = defaultdict(list)
    published = Questionnaire.Status.PUBLISHED
    rows = Question.objects.filter(questionnaire__programme=programme, questionnaire__status=published)
    for row in rows.select_related("questionnaire"):
        of[row.questionnaire].append(asked(row))
    found = {one.side: Sheet(one.side, one.version, tuple(rows), one.offers_background) for one, rows in of.items()}
    return tuple(found.get(side) or preset_sheet(side) for side in (Side.STUDENT, Side.MENTOR))


def sheet_next(programme, side) -> Sheet:
    """What a side will be asked: its draft where there is one, else what it is asked now."""
    found = draft(programme, side)
    return sheet_of(found) if found else sheet_now(programme, side)


def preset_sheet(side) -> Sheet:
    """Our preset, its words as people read them."""
    plain = {"label": str, "help": str, "options": lambda words: tuple(str(word) for word in words)}
    questions = [
        Asked(**{name: plain.get(name, lambda value: value)(getattr(one, name)) for name in COPIED}) for one in PRESET[side]
    ]
    return Sheet(str(side), 0, tuple(questions))


def sheet_of(questionnaire) -> Sheet:
    """A stored version as it is asked."""
    questions = tuple(asked(row) for row in questionnaire.questions.all())
    return Sheet(questionnaire.side, questionnaire.version, questions, questionnaire.offers_background)


def asked(row) -> Asked:
    """A stored question as it is asked."""
    return Asked(**{name: getattr(row, name) for name in COPIED} | {"options": tuple(row.options)})


def published(programme, side) -> Questionnaire | None:
    return _version(programme, side, Questionnaire.Status.PUBLISHED)


def draft(programme, side) -> Questionnaire | None:
    return _version(programme, side, Questionnaire.Status.DRAFT)


def drafts_of(programme) -> dict[str, Questionnaire]:
    """Side -> its draft."""
    return {row.side: row for row in Questionnaire.objects.filter(programme=programme, status=Questionnaire.Status.DRAFT)}


def _version(programme, side, status):
    rows = Questionnaire.objects.filter(programme=programme, side=side, status=status)
    return rows.prefetch_related("questions").first()
