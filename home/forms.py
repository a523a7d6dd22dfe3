from django import forms
from django.utils.translation import gettext_lazy as _

from checkins.enums import Visibility
from common.forms import ChipSelect, HouseForm


class NoteForm(HouseForm, forms.Form):
    """Something to remember about a mentorship, and who may read it."""

    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Visibility.choices,
        initial=Visibility.MENTORSHIP,
        widget=ChipSelect(icons={"only_me": "lock", "mentorship": "users", "coordinators": "user-cog", "lead": "shield"}),
    )
