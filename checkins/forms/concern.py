from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm, LongChipSelect
from organisations.models import Membership

from ..enums import ConcernCategory, Urgency


class ConcernForm(HouseForm, forms.Form):
    """What worries somebody."""

    text = forms.CharField(
        label=_("What happened, or what worries you?"),
        help_text=_("Your own words are fine. You need no proof."),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words about what worries you.")},
    )
    urgency = forms.ChoiceField(label=_("How urgent is it?"), choices=Urgency.choices, widget=LongChipSelect)
    category = forms.ChoiceField(label=_("What is it about?"), choices=ConcernCategory.choices, widget=ChipSelect)


class ShareForm(HouseForm, forms.Form):
    """With whom the lead shares a concern: somebody of the organisation who did not raise it."""

    membership = forms.ModelChoiceField(
        label=_("With whom?"), queryset=None, empty_label=_("Choose a person")
    )

    def __init__(self, *args, concern, membership, **kwargs):
        super().__init__(*args, **kwargs)
        people = Membership.objects.present().exclude(pk__in=[membership.pk, concern.raised_by_id or 0])
        self.fields["membership"].queryset = people


class ConcernNoteForm(HouseForm, forms.Form):
    text = forms.CharField(label=_("Add a note"), max_length=20000, widget=forms.Textarea)


class CloseForm(HouseForm, forms.Form):
    outcome = forms.CharField(
        label=_("What was done?"),
        max_length=20000,
        widget=forms.Textarea,
        error_messages={"required": _("Say what was done. It is kept with the concern.")},
    )
