from django import forms
from django.utils.translation import gettext_lazy as _

from common import words
from common.forms import HouseForm
from programmes.models import Participant

from .models import Goal


class GoalForm(HouseForm, forms.ModelForm):
    """One goal. ``limits``: (first, last) day of the placement or the mentorship."""

    class Meta:
        model = Goal
        fields = ["title", "measure", "why", "due_on"]
        help_texts = {
            "title": _("One sentence that starts with a doing word, such as “Brief two colleagues on the new booking form”."),
            "measure": _("What could you show somebody?"),
            "why": _("What will it let the student do?"),
        }
        widgets = {"title": forms.Textarea(attrs={"rows": 2, "maxlength": 300}), "due_on": forms.DateInput()}

    first_step = forms.CharField(label=_("What is the first step?"), required=False, max_length=300)
    second_step = forms.CharField(label=_("And the next?"), required=False, max_length=300)

    def __init__(self, *args, limits, **kwargs):
        super().__init__(*args, **kwargs)
        self.limits = limits
        if self.instance.pk:
            del self.fields["first_step"], self.fields["second_step"]

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        first, last = self.limits
        if day and not first <= day <= last:
            message = _("Choose a day within the placement: %(period)s.") % {"period": words.period(first, last)}
            raise forms.ValidationError(message)
        return day

    @property
    def steps(self):
        return [self.cleaned_data.get(name, "") for name in ("first_step", "second_step")]


class ProgressForm(HouseForm, forms.Form):
    """How far, and what happened."""

    percent = forms.TypedChoiceField(
        label=_("How far is it?"), coerce=int, choices=[(n, f"{n} %") for n in (0, 10, 25, 50, 75, 90, 100)]
    )
    note = forms.CharField(label=_("What happened?"), required=False, max_length=500)


class StepForm(HouseForm, forms.Form):
    """One step. Its owner is somebody of the mentorship, or both."""

    text = forms.CharField(label=_("Step"), max_length=300)
    owner = forms.ModelChoiceField(label=_("Who"), queryset=Participant.unscoped.none(), required=False, empty_label=_("both"))
    due_on = forms.DateField(label=_("By"), required=False, widget=forms.DateInput())

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        people = Participant.objects.filter(pk__in=[seat.participant_id for seat in seats])
        self.fields["owner"].queryset = people.select_related("membership")

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())
