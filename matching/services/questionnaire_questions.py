"""The questions of a draft: add, change, move, remove, ask the other side too."""

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audit.services import record
from programmes.enums import Side

from ..models import Question, Questionnaire
from ..questionnaire_preset import PRESET
from ..questions import FACTS, MOST_QUESTIONS, Asked
from .questionnaire_sheets import asked, sheet_next, sheet_of
from .questionnaires import locked_draft, start_draft
from .refused import Refused

LONGEST_KEY = 40


def add_question(*, questionnaire, by, pair_with="", **fields) -> Question:
    """A question at the end of a draft. fields: as on the model. pair_with: key of the student's question to compare with.

    Refused when that question has its counterpart already, or there are too many.
    """
    with transaction.atomic():
        draft = locked_draft(questionnaire)
        taken = set(draft.questions.values_list("key", flat=True))
        if len(taken) >= MOST_QUESTIONS:
            raise Refused(_("%(n)s questions are the most. Nobody likes to answer more.") % {"n": MOST_QUESTIONS})
        key = _paired_key(draft, pair_with, taken) if pair_with else free_key(fields["label"], taken | _student_keys(draft))
        place = (draft.questions.aggregate(last=Max("position"))["last"] or 0) + 1
        row = Question.objects.create(questionnaire=draft, key=key, position=place, **fields)
        record("question added", by=by, about=row)
    return row


def add_ready_made(*, questionnaire, key, by) -> Question:
    """One of our preset's questions that this draft lacks. Refused where it has it, or where there is none of that key."""
    with transaction.atomic():
        draft = locked_draft(questionnaire)
        ready = next((one for one in lacking(sheet_of(draft)) if one.key == key), None)
        if ready is None:
            raise Refused(_("This question is in the questionnaire already."))
        return add_asked(draft, ready, by)


def lacking(sheet) -> list[Asked]:
    """Our preset's questions that are not in a sheet."""
    return [one for one in PRESET[sheet.side] if sheet.question(one.key) is None]


def add_asked(draft, one, by) -> Question:
    """A question made from what is asked elsewhere, with its key."""
    place = (draft.questions.aggregate(last=Max("position"))["last"] or 0) + 1
    names = ("key", "kind", "allows_other", "required", "axis", "weight", "is_hard")
    words = {"label": str(one.label), "help": str(one.help), "options": [str(option) for option in one.options]}
    fields = {name: getattr(one, name) for name in names} | words
    row = Question.objects.create(questionnaire=draft, position=place, **fields)
    record("question added", by=by, about=row)
    return row


def change_question(*, question, by, pair_with=None, **fields) -> Question:
    """Change a question of a draft. pair_with: as in add_question; "" takes the pairing away, None leaves it."""
    with transaction.atomic():
        draft = locked_draft(question.questionnaire)
        row = _locked(draft, question)
        taken = set(draft.questions.exclude(pk=row.pk).values_list("key", flat=True))
        if pair_with:
            row.key = _paired_key(draft, pair_with, taken)
        elif pair_with == "" and row.key in _student_keys(draft) and not asked(row).fact(draft.side):
            row.key = free_key(fields["label"], taken | _student_keys(draft))
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        record("question changed", by=by, about=row)
    return row


def move_question(*, question, up, by) -> Question:
    """One place up or down; at the end of the list it stays."""
    with transaction.atomic():
        draft = locked_draft(question.questionnaire)
        rows = list(draft.questions.order_by("position", "id"))
        at = next((place for place, row in enumerate(rows) if row.pk == question.pk), None)
        if at is None:
            raise Refused(_("Somebody has removed this question meanwhile."))
        to = at - 1 if up else at + 1
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
        for place, row in enumerate(rows, 1):
            row.position = place
        Question.objects.bulk_update(rows, ["position"])
    return question


def remove_question(*, question, by):
    """Take a question out of a draft. Answers to it are kept until its people answer again. Twice is once."""
    with transaction.atomic():
        draft = locked_draft(question.questionnaire)
        row = draft.questions.filter(pk=question.pk).first()
        if row is None:
            return
        record("question removed", by=by, about=row, label=row.label, programme=draft.programme_id, side=draft.side)
        row.delete()
        draft.questions.filter(position__gt=row.position).update(position=F("position") - 1)


def ask_too(*, question, by) -> Question:
    """Ask the other side the same, so that the two can be compared; begins the other side's draft where there is none."""
    with transaction.atomic():
        mine = asked(_locked(locked_draft(question.questionnaire), question))
        other = Side.MENTOR if question.questionnaire.side == Side.STUDENT else Side.STUDENT
        draft = start_draft(programme=question.questionnaire.programme, side=other, by=by)
        if draft.questions.filter(key=mine.key).exists():
            raise Refused(_("The other side is asked this already."))
        return add_asked(locked_draft(draft), mine, by)


def free_key(label, taken) -> str:
    """A key for a new question, from its words where they are Latin. Never that of a fact: those are ours to hand out."""
    base = slugify(label)[: LONGEST_KEY - 4].strip("-_") or "question"
    key, number = base, 1
    while key in taken or key in FACTS:
        number += 1
        key = f"{base}-{number}"
    return key


def _paired_key(draft, key, taken):
    if draft.side != Side.MENTOR or key not in _student_keys(draft):
        raise Refused(_("Choose a question that students are asked."))
    if key in taken:
        raise Refused(_("That question has its counterpart already. Choose another, or remove the first."))
    return key


def _student_keys(draft) -> set[str]:
    """Keys of what the students are asked: a mentor's question that shares one by chance would be compared with it."""
    if draft.side != Side.MENTOR:
        others = Questionnaire.objects.filter(programme=draft.programme_id, side=Side.MENTOR)
        return set(Question.objects.filter(questionnaire__in=others).values_list("key", flat=True))
    return {one.key for one in sheet_next(draft.programme, Side.STUDENT).questions}


def _locked(draft, question):
    row = draft.questions.filter(pk=question.pk).first()
    if row is None:
        raise Refused(_("Somebody has removed this question meanwhile."))
    return row
