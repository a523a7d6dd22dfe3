"""The three prompts that lead from a wish to a goal, each a form of its own."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common import words
from common.forms import ChipSelect, HouseForm

OTHER = "other"


class WishForm(HouseForm, forms.Form):
    want = forms.CharField(
        label=_("What do you want to get better at?"),
        max_length=200,
        help_text=_("A few words are enough: “spreadsheets”, “talking on the phone”."),
        error_messages={"required": _("A few words are enough.")},
    )


class ProofForm(HouseForm, forms.Form):
    """What others will see; named as in the goal's own form, so that the coach reads along."""

    title = forms.CharField(
        label=_("Finish the sentence: I will …"),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 280}),
        max_length=280,
        help_text=_("Something others can see or count."),
        error_messages={"required": _("Write what you will do. Or take one of the sentences below and change it.")},
    )
    measure = forms.CharField(label=_("Who will see it, or what can you show?"), max_length=300, required=False)

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())


class FirstForm(HouseForm, forms.Form):
    """days: (words, day) to choose from; limits: (first, last) possible day; today."""

    when = forms.ChoiceField(label=_("By when?"), widget=ChipSelect)
    due_on = forms.DateField(label=_("Which day?"), required=False, widget=forms.DateInput())
    first = forms.CharField(
        label=_("What will you do first?"),
        max_length=300,
        help_text=_("The smaller the better: something you can do this week."),
        error_messages={"required": _("What is the very first thing? It may be small.")},
    )
    second = forms.CharField(label=_("And then?"), max_length=300, required=False)

    def __init__(self, *args, days, limits, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.limits, self.today = limits, today
        self.fields["when"].choices = [
            *((day.isoformat(), f"{label}, {words.short_day(day, today)}") for label, day in days),
            (OTHER, _("Another day")),
        ]

    def clean(self):
        cleaned = super().clean()
        when, first, last = cleaned.get("when"), *self.limits
        if when and when != OTHER:
            cleaned["due_on"] = self.fields["due_on"].to_python(when)
        elif when == OTHER and "due_on" not in self.errors:
            day = cleaned.get("due_on")
            if day is None:
                self.add_error("due_on", _now("Choose a day."))
            elif day < self.today:
                self.add_error("due_on", _now("This day has passed. Choose one from today on."))
            elif not first <= day <= last:
                self.add_error("due_on", _now("Choose a day within the placement: %(period)s.") % {"period": words.period(first, last)})
        return cleaned
