"""The form of one survey, made from its preset."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm

from ..presets import CANNOT_SAY, SCALE

NO_VALUE = "0"  # "I cannot say": an answer, but no number
CHOICES = [*((str(value), words) for value, words in SCALE), (NO_VALUE, CANNOT_SAY)]
MOST_TEXT = 5000


class AnswerForm(HouseForm, forms.Form):
    """survey: evaluation.presets.Survey. A question on the scale is a row of chips, a reflection a box of text."""

    def __init__(self, *args, survey, **kwargs):
        self.survey = survey
        super().__init__(*args, **kwargs)
        for question in survey.all_questions:
            self.fields[question.key] = _field(question)

    def answers(self) -> dict:
        """{question key: 1 to 5, None for "I cannot say", or text}; a question left open is not in it."""
        found = {}
        for question in self.survey.all_questions:
            given = self.cleaned_data.get(question.key, "")
            if question.kind == "text":
                found[question.key] = given.strip()
            elif given:
                found[question.key] = None if given == NO_VALUE else int(given)
        return found

    def typed(self) -> dict:
        """What a half-filled form holds, for the draft; ``data`` as posted."""
        return {name: self.data[name] for name in self.fields if name in self.data}


def _field(question):
    if question.kind == "text":
        return forms.CharField(
            label=question.text, help_text=question.hint, max_length=MOST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )
    return forms.ChoiceField(
        label=question.text,
        help_text=question.hint,
        choices=CHOICES,
        required=question.required,
        widget=ChipSelect,
        error_messages={"required": _("Please choose an answer. “I cannot say” is one.")},
    )
