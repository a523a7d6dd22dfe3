from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm, LongChipSelect
from organisations.models import Membership

from ..enums import ConcernCategory, Urgency
from ..services.sharing import LEAST_REASON


class ConcernForm(HouseForm, forms.Form):
    """What worries somebody. ``may_pause``: it is about a mentorship in which contact goes on."""

    urgency = forms.ChoiceField(
        label=_("How urgent is it?"),
        choices=Urgency.choices,
        widget=LongChipSelect,
        error_messages={"required": _("Say how urgent it is. Your first thought is fine.")},
    )
    text = forms.CharField(
        label=_("What happened, or what worries you?"),
        help_text=_("Your own words are fine. You need no proof."),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words about what worries you.")},
    )
    category = forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_("If you are not sure, “I do not know” is a good answer."),
        choices=ConcernCategory.choices,
        widget=ChipSelect,
        error_messages={"required": _("Choose what comes closest, or “I do not know”.")},
    )
    pause = forms.BooleanField(
        label=_("Pause contact between us at once"),
        help_text=_("Reminders stop and nothing new can be planned. The others are told only that contact is paused, not why; they may guess."),
        required=False,
    )
    not_for_lead = forms.BooleanField(
        label=_("The lead should not read this"),
        help_text=_("For instance because it is about the lead. Then the deputy gets it, or the owners of the organisation."),
        required=False,
    )

    def __init__(self, *args, may_pause=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_pause:
            del self.fields["pause"]


class ShareForm(HouseForm, forms.Form):
    """With whom the lead shares a concern, and until when: somebody of the organisation who did not raise it."""

    membership = forms.ModelChoiceField(
        label=_("With whom?"),
        queryset=None,
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose whom you share it with.")},
    )
    until = forms.DateField(label=_("Until"), required=False, help_text=_("The last day. Left empty, it ends when you stop it."))

    def __init__(self, *args, concern, membership, **kwargs):
        super().__init__(*args, **kwargs)
        people = Membership.objects.present().exclude(pk__in=[membership.pk, concern.raised_by_id or 0])
        self.fields["membership"].queryset = people

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_now("This day has passed. Choose today or a later one."))
        return until


class ConcernNoteForm(HouseForm, forms.Form):
    text = forms.CharField(
        label=_("Add a note"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )


class CloseForm(HouseForm, forms.Form):
    outcome = forms.CharField(
        label=_("What was done?"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what was done. It is kept with the concern.")},
    )


class EmergencyForm(HouseForm, forms.Form):
    """Which concern somebody opens without the lead, and why. ``concerns``: those that are open."""

    concern = forms.ModelChoiceField(
        label=_("Which one?"),
        queryset=None,
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose which one you have to read.")},
    )
    reason = forms.CharField(
        label=_("Why can it not wait?"),
        help_text=_("Whoever looks after it reads this at once, and it stays in the record."),
        min_length=LEAST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Give the reason. It is kept."),
            "min_length": _("Say a little more, so that the lead understands it: one sentence."),
        },
    )

    def __init__(self, *args, concerns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["concern"].queryset = concerns
        self.fields["concern"].label_from_instance = _number_and_day


def _number_and_day(concern):
    raised = timezone.localtime(concern.raised_at)
    return _now("Number %(n)s, raised on %(day)s") % {"n": concern.pk, "day": raised.strftime("%d/%m/%Y")}
