"""Forms of the table of journeys."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm

from ..models.journeys import LONGEST
from ..services.journeys import fault_of


def _minutes(**more):
    return forms.IntegerField(min_value=1, max_value=LONGEST, widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **more)


class JourneyForm(HouseForm, forms.Form):
    """One journey."""

    start = forms.CharField(label=_("From"), max_length=100, widget=forms.TextInput(attrs={"list": "towns"}))
    end = forms.CharField(label=_("To"), max_length=100, widget=forms.TextInput(attrs={"list": "towns"}))
    minutes = _minutes(label=_("Minutes"))

    def clean(self):
        data = super().clean()
        if not self.errors and (fault := fault_of(data["start"], data["end"], data["minutes"])):
            self.add_error("end", fault)
        return data


class MissingForm(HouseForm, forms.Form):
    """Journeys between towns where people are and that nobody has entered. pairs: (town, town) each."""

    def __init__(self, *args, pairs, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairs = {_name(pair): pair for pair in pairs}
        for name, (start, end) in self.pairs.items():
            self.fields[name] = _minutes(label=f"{start} – {end}", required=False)

    def journeys(self) -> list[tuple[str, str, int]]:
        """What was filled in."""
        found = [(*pair, self.cleaned_data[name]) for name, pair in self.pairs.items()]
        return [one for one in found if one[2]]


def _name(pair):
    """Of the towns themselves: the list may have changed between looking and sending."""
    return "journey-" + hashlib.blake2b("|".join(pair).casefold().encode(), digest_size=6).hexdigest()


class JourneyFileForm(HouseForm, forms.Form):
    file = forms.FileField(label=_("CSV file"), help_text=_("Three columns: from, to, minutes."))
