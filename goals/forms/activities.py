"""Browsing activities, noting one, and an organisation's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, ChipSelectMultiple, HouseForm
from programmes.enums import Stage

from ..activity_shelf import MINUTES, lines_of
from ..enums import Function, Setting
from ..models import OwnActivity

LEAST_STEPS, MOST_STEPS, MOST_LINE = 2, 8, 300


class ActivityFilter(HouseForm, forms.Form):
    """The filters over the library; what is not among the choices filters nothing."""

    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Any")), *Stage.choices], required=False)
    function = forms.ChoiceField(label=_("Good for"), choices=[("", _("Everything")), *Function.choices], required=False)
    minutes = forms.TypedChoiceField(
        label=_("Time"),
        choices=[("", _("Any")), *((str(n), _("%(n)s minutes at most") % {"n": n}) for n in MINUTES)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    way = forms.ChoiceField(
        label=_("Where"),
        choices=[("", _("Anywhere")), (Setting.IN_PERSON.value, Setting.IN_PERSON.label), (Setting.REMOTE.value, Setting.REMOTE.label)],
        required=False,
    )

    def chosen(self) -> dict:
        """As shelf_for takes them."""
        self.is_valid()
        data = self.cleaned_data
        return {name: data.get(name) or "" for name in ("stage", "function", "way")} | {"minutes": data.get("minutes")}


class DoneForm(HouseForm, forms.Form):
    """ "We did this": two lines, and neither has to be written."""

    noticed = forms.CharField(label=_("What did you notice?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    next = forms.CharField(label=_("What comes next?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    done_on = forms.DateField(label=_("When was it?"), required=False)


class OwnActivityForm(HouseForm, forms.ModelForm):
    """An activity of the organisation's own."""

    stages = forms.MultipleChoiceField(label=_("Stages it fits"), choices=Stage.choices, widget=ChipSelectMultiple)
    functions = forms.MultipleChoiceField(label=_("What it is good for"), choices=Function.choices, widget=ChipSelectMultiple)
    way = forms.ChoiceField(label=_("Where?"), choices=Setting.choices, initial=Setting.BOTH, widget=ChipSelect)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=240)
    steps = forms.CharField(
        label=_("Steps"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("One on each line, two to eight.")
    )
    questions = forms.CharField(
        label=_("Questions to talk about"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line."),
    )

    class Meta:
        model = OwnActivity
        fields = ["title", "purpose", "stages", "functions", "minutes", "way", "needs", "steps", "questions", "safety"]
        labels = {
            "title": _("Title"),
            "purpose": _("What does it do for the two?"),
            "needs": _("What do you need for it?"),
            "safety": _("Is there something to mind?"),
        }

    def clean_steps(self):
        lines = _short_lines(self.cleaned_data["steps"])
        if not LEAST_STEPS <= len(lines) <= MOST_STEPS:
            raise forms.ValidationError(_("Write two to eight steps, one on each line. There are %(n)d now.") % {"n": len(lines)})
        return "\n".join(lines)

    def clean_questions(self):
        return "\n".join(_short_lines(self.cleaned_data["questions"]))


def _short_lines(text):
    lines = lines_of(text)
    if any(len(line) > MOST_LINE for line in lines):
        raise forms.ValidationError(_("Keep each line under %(n)d characters.") % {"n": MOST_LINE})
    return lines
