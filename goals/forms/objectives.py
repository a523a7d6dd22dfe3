from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm

from ..services.objectives import LENGTH


class ObjectiveForm(HouseForm, forms.Form):
    """One learning objective."""

    text = forms.CharField(
        label=_("Learning objective"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LENGTH,
        help_text=_("What should the student be able to do afterwards? For example: “Answer a customer’s question about an order”."),
        error_messages={
            "required": _("Write in one sentence what is to be learnt."),
            "max_length": _("At most 300 letters; this has %(show_value)d. Two short objectives are better than a long one."),
        },
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the one the writer saw

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())
