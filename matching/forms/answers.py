"""What the two people of a proposal fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm

from ..fit import ANSWERS, FIT_AXES
from ..models import ProposalAnswer
from .proposals import REASON_MOST


class FitCardForm(HouseForm, forms.Form):
    """The five questions of one side."""

    def __init__(self, *args, side, fit=None, group=False, **kwargs):
        super().__init__(*args, initial={f"fit_{key}": value for key, value in (fit or {}).items()}, **kwargs)
        for axis in FIT_AXES:
            self.fields[f"fit_{axis.key}"] = forms.ChoiceField(
                label=axis.question_for(side, group=group),
                choices=list(ANSWERS.items()),
                widget=ChipSelect,
                error_messages={"required": _("Choose one of the three.")},
            )
        self.use_required_attribute = False

    def fit(self) -> dict:
        return {axis.key: self.cleaned_data[f"fit_{axis.key}"] for axis in FIT_AXES}


class AnswerForm(HouseForm, forms.Form):
    """Yes or no (the buttons)."""

    decision = forms.ChoiceField(
        choices=ProposalAnswer.Decision.choices, error_messages={"required": _("Choose yes or no.")}
    )
    reason = forms.CharField(
        required=False,
        max_length=REASON_MOST,
        label=_("If you say no: why?"),
        help_text=_("You need not say. Only your coordinator reads it, never the other person."),
        widget=forms.Textarea,
    )
