from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm
from common.uploads import UploadField

LEVELS = (0, 10, 25, 50, 75, 90, 100)


class ProgressForm(HouseForm, forms.Form):
    """How far, what happened, and what shows it. ``percent``: how far it is now, which may lie between the usual levels."""

    percent = forms.TypedChoiceField(
        label=_("How far is it?"), coerce=int, widget=ChipSelect, error_messages={"required": _("Choose how far the goal is.")}
    )
    note = forms.CharField(
        label=_("What happened?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
        max_length=500,
    )
    file = UploadField(
        label=_("A photo or a file that shows it"),
        required=False,
        help_text=_("A picture, PDF, Word, Excel or text, up to 10 MB. Ask first whoever can be seen in a photo."),
    )
    link = forms.URLField(label=_("Or a link"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args, percent, **kwargs):
        super().__init__(*args, initial={"percent": percent}, **kwargs)
        self.fields["percent"].choices = [(n, f"{n} %") for n in sorted({*LEVELS, percent})]

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and urlsplit(link).scheme not in {"http", "https"}:
            raise forms.ValidationError(_now("A link begins with https://"))
        return link
