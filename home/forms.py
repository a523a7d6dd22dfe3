from django import forms
from django.utils.translation import gettext_lazy as _

from checkins.enums import Mood, Visibility, Way
from checkins.forms.limits import LimitsMixin
from checkins.forms.log import WAY_ICONS
from common.forms import ChipSelect, HouseForm, MoodSelect


class NoteForm(LimitsMixin, HouseForm, forms.Form):
    """Something to remember about a mentorship, and who may read it."""

    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Visibility.choices,
        initial=Visibility.MENTORSHIP,
        widget=ChipSelect(icons={"only_me": "lock", "mentorship": "users", "coordinators": "user-cog", "lead": "shield"}),
    )

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_limits(membership)

    def clean(self):
        data = super().clean()
        self.check_limits(data, "text")
        return data

    def values(self):
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("text", "visibility")}


class BlankCheckIn(HouseForm, forms.Form):
    """What can be written of a check-in without signal; named as in checkins.forms.log.LogForm, which takes it in later."""

    held_on = forms.DateField(label=_("Which day?"), widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(label=_("How?"), choices=Way.choices, widget=ChipSelect(icons=WAY_ICONS), initial=Way.IN_PERSON)
    minutes = forms.ChoiceField(
        label=_("How long?"), choices=[("30", _("30 min")), ("45", _("45 min")), ("60", _("60 min"))], widget=ChipSelect, initial="45"
    )
    mood = forms.ChoiceField(label=_("How is it going?"), choices=Mood.choices, required=False, widget=MoodSelect)
    note = forms.CharField(
        label=_("Anything to remember?"),
        help_text=_("The others of this mentorship can read it."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
