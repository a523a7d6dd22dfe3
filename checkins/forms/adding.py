"""Something more about a check-in that somebody has noted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm, LongChipSelect

from ..enums import Visibility


class AddForm(HouseForm, forms.Form):
    """``page``: presenters.LogPage, in whose words stands who may read it."""

    text = forms.CharField(label=_("What would you like to add?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    visibility = forms.ChoiceField(label=_("Who can read this?"), required=False, initial=Visibility.MENTORSHIP, widget=LongChipSelect)

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, prefix=None, auto_id="add_%s", **kwargs)
        self.fields["visibility"].choices = page.visibility_choices

    def clean_visibility(self):
        return self.cleaned_data["visibility"] or Visibility.MENTORSHIP
