"""A day for a check-in, within its mentorship."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm
from matching.services.refused import Refused

from ..services.planning import check_day


class DayForm(HouseForm, forms.Form):
    """One day, refused by the field when it lies outside the mentorship."""

    due_on = forms.DateField(label=_("Which day?"))

    def __init__(self, *args, mentorship, **kwargs):
        self.mentorship = mentorship
        super().__init__(*args, **kwargs)
        days = {"min": mentorship.started_on.isoformat(), "max": mentorship.ends_on.isoformat()}
        self.fields["due_on"].widget.attrs.update(days)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        try:
            check_day(self.mentorship, due_on)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return due_on
