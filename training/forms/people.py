"""Forms about one mentor: a point answered again, a need met, hours, a decision."""

import secrets

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, ChipSelectMultiple, HouseForm

from ..enums import Gate, How
from ..models import TrainingHours

HOW_ICONS = {"read": "book-open", "attended": "users", "talked": "message-circle", "other": "ellipsis"}


class CoveredForm(HouseForm, forms.Form):
    """A mentor who asked for more says that the point is covered now."""

    how = forms.ChoiceField(label=_("What helped?"), choices=How.choices, widget=ChipSelect(icons=HOW_ICONS))
    note = forms.CharField(
        label=_("What do you do differently now?"), required=False, max_length=1000, widget=forms.Textarea, help_text=_("Your coordinator can read it.")
    )


class MoreForm(HouseForm, forms.Form):
    """A mentor who had a point covered asks for more after all."""

    note = forms.CharField(label=_("What would help?"), required=False, max_length=1000, widget=forms.Textarea)


class NeedMetForm(HouseForm, forms.Form):
    """A coordinator notes how a need was met."""

    how = forms.ChoiceField(label=_("What helped?"), choices=How.choices, widget=ChipSelect(icons=HOW_ICONS))
    on = forms.DateField(label=_("On which day?"), widget=forms.DateInput())
    note = forms.CharField(
        label=_("In a few words"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("Kept with your name. The mentor can read it."),
        error_messages={"required": _("Say in a few words what was done: it is kept with your name.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class HoursForm(HouseForm, forms.Form):
    """Time a mentor spent in training. ``token`` makes a form that is sent twice one entry."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=TrainingHours.Kind.choices, widget=ChipSelect())
    what = forms.CharField(label=_("Its name"), max_length=200, help_text=_("For instance “Evening on confidentiality”."))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=24 * 60, help_text=_("90 for an hour and a half."))
    token = forms.RegexField(r"^[0-9a-f]{16}$", widget=forms.HiddenInput(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        self.fields["token"].initial = lambda: secrets.token_hex(8)


class OverrideForm(HouseForm, forms.Form):
    """What a coordinator decides on, and why. ``missing``: Gate values that are open; all are ticked to begin with."""

    what = forms.MultipleChoiceField(label=_("What you decide on"), widget=ChipSelectMultiple())
    reason = forms.CharField(
        label=_("Why may this mentor be matched all the same?"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("Kept with your name and the date; the mentor sees who decided."),
        error_messages={"required": _("Say why: the reason is kept with your name.")},
    )

    def __init__(self, *args, missing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [(gate.value, gate.label) for gate in Gate if gate in missing]
        self.fields["what"].initial = list(missing)
        self.fields["what"].error_messages["required"] = _("Choose what you decide on.")
