"""The form of a questionnaire, made from its sheet."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, ChipSelectMultiple, HouseForm, LongChipSelect, ScaleSelect
from programmes.forms.people import SLOTS, WordsField

from ..questions import AVAILABILITY, CHOICE, MANY, ONLINE_ONLY, PLACE, SCALE, SCALE_POINTS, TEXT, Asked, Sheet, distinct

MOST_WORDS = 30  # answers to one question
LONG = 44  # characters from which options stand one under the other
NO_LONGER = _("“%(value)s” is no longer offered. Please choose again.")


class SlotGrid(forms.CheckboxSelectMultiple):
    """Half days of the week as a table of checkboxes: a day in each row."""

    allow_multiple_selected = True


@dataclass(frozen=True)
class Part:
    """A question on the page: its field, and the one for another answer (a bound field, or None)."""

    question: Asked
    field: forms.BoundField
    other: forms.BoundField | None

    @property
    def is_grid(self):
        return self.question.kind == AVAILABILITY

    @property
    def rows(self):
        """[(day, [checkbox of the morning, of the afternoon])] of a grid."""
        boxes = list(self.field.subwidgets)
        return [(SLOT_DAYS[place], boxes[2 * place : 2 * place + 2]) for place in range(len(SLOT_DAYS))]


SLOT_DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class QuestionnaireForm(HouseForm, forms.Form):
    """sheet: what is asked. words: question's key -> more options, as people have written them. answers: how it begins."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, sheet: Sheet, words=None, answers=None, **kwargs):
        self.sheet, self.words = sheet, words or {}
        begin = {}
        for question in sheet.questions:
            begin |= self._initial(question, (answers or {}).get(question.key, []))
        super().__init__(*args, initial=begin | (kwargs.pop("initial", None) or {}), **kwargs)
        for question in sheet.questions:
            for name, field in self._fields(question):
                self.fields[name] = field
        for field in self.fields.values():  # what HouseForm does for fields that are there when it begins
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("rows", 3)

    @cached_property
    def parts(self) -> list[Part]:
        return [
            Part(one, self[name_of(one)], self[other_name(one)] if other_name(one) in self.fields else None)
            for one in self.sheet.questions
        ]

    def answers(self) -> dict[str, list[str]]:
        """Key -> answer, as questions.py has it; [] where nothing was answered."""
        return {one.key: self._answer(one) for one in self.sheet.questions}

    def typed(self) -> dict:
        """What a half-filled form holds, for the draft."""
        found = {}
        for name, field in self.fields.items():
            if name == "seen":
                continue
            many = isinstance(field, forms.MultipleChoiceField)
            found[name] = self.data.getlist(name) if many else self.data.get(name, "")
        return found

    def clean(self):
        cleaned = super().clean()
        for question in self.sheet.questions:
            name = name_of(question)
            if question.required and name not in self.errors and not self._answer(question):
                self.add_error(name, REQUIRED[question.kind])
            if question.kind == MANY and len(self._answer(question)) > MOST_WORDS:
                self.add_error(name, _("%(n)s answers are the most.") % {"n": MOST_WORDS})
        return cleaned

    def options(self, question) -> list[str]:
        """What is offered: the question's options, then words in use that are not among them."""
        return distinct([*question.options, *self.words.get(question.key, ())])

    def _initial(self, question, values):
        name, other = name_of(question), other_name(question)
        if question.kind == PLACE:
            online = any(value.casefold() == ONLINE_ONLY.casefold() for value in values)
            return {name: "" if online else next(iter(values), ""), other: online}
        if question.kind in (CHOICE, MANY):
            offered = {option.casefold(): option for option in self.options(question)}
            inside = [offered[value.casefold()] for value in values if value.casefold() in offered]
            beside = [value for value in values if value.casefold() not in offered]
            if question.kind == CHOICE:
                return {name: next(iter(inside), ""), other: next(iter(beside), "")}
            return {name: inside, other: beside}
        if question.kind == AVAILABILITY:
            known = {value.casefold(): value for value, _label in SLOTS}
            return {name: [known[value.casefold()] for value in values if value.casefold() in known]}
        return {name: next(iter(values), "")}

    def _fields(self, question):
        name = name_of(question)
        yield name, MAKERS[question.kind](question, self.options(question))
        if question.kind == PLACE:
            yield other_name(question), forms.BooleanField(label=_("I would rather meet online only"), required=False)
        elif question.allows_other and question.kind == CHOICE:
            yield other_name(question), forms.CharField(label=_("Something else"), required=False, max_length=question.longest)
        elif question.allows_other and question.kind == MANY:
            yield (
                other_name(question),
                WordsField(label=_("Something else"), required=False, max_length=1000, help_text=_("Separated by commas.")),
            )

    def _answer(self, question) -> list[str]:
        data = self.cleaned_data
        given, beside = data.get(name_of(question)), data.get(other_name(question))
        if question.kind == PLACE:
            return [ONLINE_ONLY] if beside else [given] if given else []
        if question.kind == CHOICE:
            chosen = given if given and self._was_chosen_now(question) else beside or given
            return [chosen] if chosen else []
        if question.kind == MANY:
            return distinct([*(given or []), *(beside or [])])
        if question.kind == AVAILABILITY:
            return list(given or [])
        return [given] if given else []


    def _was_chosen_now(self, question):
        """The option was taken and the words beside it are those from before: whoever chose it has forgotten to empty them."""
        return name_of(question) in self.changed_data and other_name(question) not in self.changed_data


def name_of(question) -> str:
    """The name of a question's field."""
    return f"q-{question.key}"


def other_name(question) -> str:
    """The name of the field for another answer; of a place, of the tick that says online."""
    return f"q-{question.key}-other"


REQUIRED = {
    TEXT: _("Please write a line or two."),
    CHOICE: _("Please choose one."),
    MANY: _("Please choose at least one."),
    SCALE: _("Please choose a number."),
    AVAILABILITY: _("Please tick at least one half day."),
    PLACE: _("Please write a town, or tick that you would rather meet online."),
}


def _capital(text):
    return text[:1].upper() + text[1:]


def _base(question, **more):
    """Required is judged in clean(), where another answer may stand for this one; the line under the label says it."""
    needed = _("Needed for matching.") if question.required else ""
    help_text = " ".join(str(part) for part in (needed, question.help) if part)
    return {"label": question.label, "help_text": help_text, "required": False, **more}


def _text(question, options):
    return forms.CharField(**_base(question), max_length=question.longest, widget=forms.Textarea(attrs={"rows": 3}))


def _choice(question, options):
    long = any(len(option) > LONG for option in options)
    return forms.ChoiceField(
        **_base(question),
        choices=[(option, _capital(option)) for option in options],
        widget=LongChipSelect if long else ChipSelect,
        error_messages={"invalid_choice": NO_LONGER},
    )


def _many(question, options):
    return forms.MultipleChoiceField(
        **_base(question),
        choices=[(option, _capital(option)) for option in options],
        widget=ChipSelectMultiple,
        error_messages={"invalid_choice": NO_LONGER},
    )


def _scale(question, options):
    ends = (*question.options, "", "")[:2]
    return forms.ChoiceField(
        **_base(question),
        choices=[(point, point) for point in SCALE_POINTS],
        widget=ScaleSelect(ends=tuple(_capital(end) for end in ends)),
    )


def _availability(question, options):
    return forms.MultipleChoiceField(**_base(question), choices=SLOTS, widget=SlotGrid)


def _place(question, options):
    return forms.CharField(
        **_base(question), max_length=question.longest, widget=forms.TextInput(attrs={"list": "towns", "autocomplete": "off"})
    )


MAKERS = {TEXT: _text, CHOICE: _choice, MANY: _many, SCALE: _scale, AVAILABILITY: _availability, PLACE: _place}
