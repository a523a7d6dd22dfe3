from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm


class ConcernExportForm(HouseForm, forms.Form):
    """For whom the record of a concern is taken out, and why."""

    to_whom = forms.CharField(
        label=_("For whom?"),
        help_text=_("For instance “Northfield Police, PC Adams” or “children’s services”."),
        max_length=200,
        error_messages={"required": _("Say who gets it. It is kept in the record.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason. It is kept in the record.")},
    )
