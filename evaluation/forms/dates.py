from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import HouseForm
from common.words import day

MOST_AFTER = timedelta(days=366)  # of the programme's last day: who is asked later does not remember


class DatesForm(HouseForm, forms.Form):
    """When a survey opens and closes. Once it is open only the last day can move."""

    opens_on = forms.DateField(label=gettext_lazy("Opens on"))
    closes_on = forms.DateField(label=gettext_lazy("Last day to answer"))

    def __init__(self, *args, survey, **kwargs):
        kwargs["initial"] = {"opens_on": survey.opens_on, "closes_on": survey.closes_on}
        super().__init__(*args, **kwargs)
        if survey.opened_at:
            del self.fields["opens_on"]
        self.survey = survey

    def clean(self):
        data = super().clean()
        opens_on, closes_on = data.get("opens_on", self.survey.opens_on), data.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("The survey must close after it opens."))
        last = self.survey.programme.ends_on + MOST_AFTER
        if closes_on and closes_on > last:
            self.add_error("closes_on", _("At the latest %(day)s, a year after the programme’s last day.") % {"day": day(last)})
        return data
