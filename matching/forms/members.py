"""Joining and leaving a running group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm
from programmes.models import Participant

from .proposals import REASON_MOST, PeopleField


class JoinForm(HouseForm, forms.Form):
    """people: participants who may take a seat."""

    person = PeopleField(
        queryset=Participant.unscoped.none(),
        label=_("Who joins?"),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who joins."), "invalid_choice": _("Choose somebody from the list.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, prefix="join", **kwargs)
        self.fields["person"].queryset = people


class LeaveForm(HouseForm, forms.Form):
    """people: the members of the group."""

    person = PeopleField(
        queryset=Participant.unscoped.none(),
        label=_("Who leaves?"),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who leaves."), "invalid_choice": _("Choose somebody from the list.")},
    )
    looks_again = forms.TypedChoiceField(
        label=_("Does this student look for another mentor?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        initial="yes",
        coerce=lambda value: value == "yes",
        widget=ChipSelect,
        help_text=_("For a mentor it makes no difference."),
    )
    reason = forms.CharField(
        required=False,
        max_length=REASON_MOST,
        label=_("What should be remembered"),
        help_text=_("Only coordinators read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, prefix="leave", **kwargs)
        self.fields["person"].queryset = people
