from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm


class PauseForm(HouseForm, forms.Form):
    """Until when nothing should come."""

    until = forms.DateField(label=_("No reminders until"), widget=forms.DateInput())
