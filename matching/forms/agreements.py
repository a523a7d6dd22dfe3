"""Signing, changing and noting an agreement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelectMultiple, HouseForm
from common.uploads import PDF, PICTURES, UploadField


class SignForm(HouseForm, forms.Form):
    signed_name = forms.CharField(
        max_length=300,
        label=_("Your full name"),
        help_text=_("Typing your name here is your signature."),
        error_messages={"required": _("Type your full name to sign.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AmendForm(HouseForm, forms.Form):
    """A new version for everybody to sign."""

    why = forms.CharField(
        required=False,
        max_length=500,
        label=_("Why it changed, in a line"),
        help_text=_("Everybody who reads the agreement sees it."),
    )


class ElsewhereForm(HouseForm, forms.Form):
    """Signed on paper or in another system. ``seats``: those whose names are missing; ``today``: the organisation's own day."""

    people = forms.TypedMultipleChoiceField(
        coerce=int, label=_("Who signed?"), widget=ChipSelectMultiple, error_messages={"required": _("Choose who signed.")}
    )
    signed_on = forms.DateField(label=_("On which day?"), widget=forms.DateInput)
    file = UploadField(
        label=_("The signed paper"),
        kinds=(PDF, *PICTURES),
        help_text=_("A PDF or a photo, up to 10 MB. Those who see this mentorship can open it."),
    )

    def __init__(self, *args, seats, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.seats = today, {seat.participant_id: seat for seat in seats}
        self.fields["people"].choices = [(pk, seat.participant.name) for pk, seat in self.seats.items()]
        self.fields["signed_on"].widget.attrs["max"] = today.isoformat()

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    @property
    def participants(self):
        return [self.seats[pk].participant for pk in self.cleaned_data["people"]]
