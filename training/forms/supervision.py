"""An entry of the supervision log, and a reflection."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, ChipSelectMultiple, HouseForm, LongChipSelect
from programmes.models import Participant

from ..models import Reflection, Supervision
from ..services.supervision import LONGEST, MOST_TEXT

FORM_ICONS = {Supervision.Form.ONE_TO_ONE: "user", Supervision.Form.CIRCLE: "users"}


class TalkForm(HouseForm, forms.Form):
    """What both the coordinator and a mentor note of a talk."""

    form = forms.ChoiceField(label=_("How was it?"), choices=Supervision.Form.choices, widget=ChipSelect(icons=FORM_ICONS))
    held_on = forms.DateField(label=_("Which day?"), widget=forms.DateInput())
    minutes = forms.IntegerField(
        label=_("How long, in minutes"),
        min_value=1,
        max_value=LONGEST,
        error_messages={"min_value": _("Give 1 to 600 minutes."), "max_value": _("Give 1 to 600 minutes.")},
    )
    led_by = forms.CharField(label=_("Who led it?"), max_length=200)
    topics = forms.CharField(
        label=_("Topics"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=_("A few words for the log, without names of students."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_on"].widget.attrs["max"] = timezone.localdate().isoformat()


class MentorsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, mentor):
        return f"{mentor.name} ({mentor.employer_name})" if mentor.employer_name else mentor.name


class CoordinatorTalkForm(TalkForm):
    """With whom: any mentors of the programme."""

    mentors = MentorsField(
        queryset=Participant.unscoped.none(),
        label=_("Who took part?"),
        widget=ChipSelectMultiple,
        error_messages={"required": _("Choose who took part.")},
    )

    field_order = ["form", "mentors"]

    def __init__(self, *args, mentors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentors"].queryset = mentors


class OwnTalkForm(TalkForm):
    """A mentor's own: for which of their programmes, where there are several."""

    mentor = forms.ModelChoiceField(queryset=Participant.unscoped.none(), label=_("In which programme?"), empty_label=None)

    field_order = ["mentor", "form"]

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = seats
        self.fields["mentor"].label_from_instance = lambda seat: seat.programme.name
        self.seats = list(seats)
        if len(self.seats) == 1:
            self.fields["mentor"].widget = forms.HiddenInput()
            self.fields["mentor"].initial = self.seats[0].pk


class ReflectionForm(HouseForm, forms.Form):
    text = forms.CharField(
        label=_("What do you take with you?"),
        max_length=MOST_TEXT,
        widget=forms.Textarea,
        help_text=_("What went well, what you would do differently, what you want to try. Names of students are not needed."),
    )
    readers = forms.ChoiceField(
        label=_("Who can read this?"), choices=Reflection.Readers.choices, initial=Reflection.Readers.ONLY_ME, widget=LongChipSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 8
