from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import HouseForm, LongChipSelect

from ..services.holidays import LONGEST

WHERE = [("programme", gettext_lazy("In this programme")), ("organisation", gettext_lazy("In all programmes of the organisation"))]
FARTHEST = timedelta(days=3 * 366)


class HolidayForm(HouseForm, forms.Form):
    """One holiday: a day, or from one day to another. ``programme``: whose page it is."""

    name = forms.CharField(label=gettext_lazy("What is it?"), max_length=100, help_text=gettext_lazy("Such as half-term or a bank holiday."))
    first_on = forms.DateField(label=gettext_lazy("First day"))
    last_on = forms.DateField(label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave it empty for one day."))
    where = forms.ChoiceField(label=gettext_lazy("Where?"), choices=WHERE, initial="programme", widget=LongChipSelect)

    def __init__(self, *args, programme, **kwargs):
        self.programme = programme
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        first = data.get("first_on")
        last = data["last_on"] = data.get("last_on") or first
        if first is None or "last_on" in self.errors:
            return data
        if abs(first - self.programme.starts_on) > FARTHEST:
            self.add_error("first_on", _("This is years away from the programme. Is the year right?"))
        elif last < first:
            self.add_error("last_on", _("The last day comes after the first."))
        elif last - first > LONGEST:
            self.add_error("last_on", _("This is longer than a summer. Check the days."))
        return data

    def values(self) -> dict:
        """What the service takes."""
        data = self.cleaned_data
        programme = self.programme if data["where"] == "programme" else None
        return {"programme": programme, **{name: data[name] for name in ("name", "first_on", "last_on")}}
