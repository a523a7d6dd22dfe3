"""Forms about how long training is valid, and what a programme has of its own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm, LongChipSelect

from ..enums import State
from ..models import ChecklistTemplate
from ..presets import CHECKLISTS

MONTHS = {"valid_months": _("0 for training that does not run out. 24 is usual.")}


class ValidityForm(HouseForm, forms.Form):
    """For the whole organisation."""

    valid_months = forms.IntegerField(
        label=_("Training is valid for how many months?"), min_value=0, max_value=120, help_text=MONTHS["valid_months"]
    )
    refresher_minutes = forms.IntegerField(
        label=_("How many minutes of refresher training renew it?"),
        min_value=1,
        max_value=6000,
        help_text=_("Several short ones add up."),
    )


class ProgrammeRulesForm(HouseForm, forms.Form):
    """What one programme has: its checklist, when the end checklist opens, and a validity of its own."""

    checklist_key = forms.ChoiceField(label=_("Checklist"), widget=LongChipSelect())
    end_percent = forms.IntegerField(
        label=_("When does the end checklist open?"),
        min_value=10,
        max_value=100,
        help_text=_("In per cent of the programme’s time. At 80 % mentors have the experience, and time is left to talk about it."),
    )
    valid_months = forms.IntegerField(
        label=_("Training is valid for how many months?"),
        min_value=0,
        max_value=120,
        required=False,
        help_text=_("Leave it empty to do as the rest of the organisation does. 0 for training that does not run out."),
    )
    refresher_minutes = forms.IntegerField(
        label=_("How many minutes of refresher training renew it?"),
        min_value=1,
        max_value=6000,
        required=False,
        help_text=_("Empty: as in the rest of the organisation."),
    )

    def __init__(self, *args, membership, programme, **kwargs):
        super().__init__(*args, **kwargs)
        own = ChecklistTemplate.objects.visible_to(membership).order_by("name", "id")
        offered = [one for one in own if one.state == State.PUBLISHED or one.key == programme.checklist_key]
        preset = [(key, _("Our ten points")) for key in CHECKLISTS]
        self.fields["checklist_key"].choices = [*preset, *((one.key, one.name) for one in offered)]
