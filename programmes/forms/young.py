from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm, LongChipSelect
from common.uploads import UploadField

from ..models import SafetyRules, YoungPerson


class SafetyRulesForm(HouseForm, forms.ModelForm):
    """How people meet in a programme with participants under 18."""

    class Meta:
        model = SafetyRules
        fields = ["for_under_18", "guardian_consent", "supervised_only", "one_to_one_video"]
        labels = {
            "for_under_18": _("People under 18 take part"),
            "guardian_consent": _("A parent or guardian must agree first"),
            "supervised_only": _("They meet only where a responsible adult is near"),
            "one_to_one_video": _("One-to-one video calls are allowed"),
        }
        help_texts = {
            "for_under_18": _("Then the rules below hold for them. They never meet at home, whatever else is chosen."),
            "guardian_consent": _("Until they have, contact does not begin."),
            "supervised_only": _("Check-ins in person ask where, and who is near."),
            "one_to_one_video": _("Otherwise somebody else has to be in the call or nearby."),
        }

    def _post_clean(self):
        """The service writes the row."""


class YoungPersonForm(HouseForm, forms.ModelForm):
    """Until when somebody is under 18, and who answers for them."""

    class Meta:
        model = YoungPerson
        fields = ["under_18_until", "guardian_name", "guardian_email"]
        labels = {"under_18_until": _("Under 18 until"), "guardian_name": _("Parent or guardian"), "guardian_email": _("Their e-mail address")}
        help_texts = {"under_18_until": _("Their 18th birthday. The date of birth itself is not needed.")}

    def clean_under_18_until(self):
        until, today = self.cleaned_data["under_18_until"], timezone.localdate()
        if until > today + timedelta(days=366 * 8):
            raise forms.ValidationError(_now("That would make them under ten. Check the year."))
        return until

    def _post_clean(self):
        """The service writes the row."""


ANSWERS = [("yes", _("Yes, I agree")), ("no", _("No, I do not agree"))]


class ConsentForm(HouseForm, forms.Form):
    """The guardian's answer."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=ANSWERS, widget=LongChipSelect, error_messages={"required": _("Choose yes or no.")}
    )
    signed_name = forms.CharField(
        label=_("Your name"), max_length=300, error_messages={"required": _("Write your name, as you would sign.")}
    )
    version = forms.CharField(widget=forms.HiddenInput)


class PaperConsentForm(HouseForm, forms.Form):
    """An answer that came on paper."""

    answer = forms.ChoiceField(
        label=_("What they said"),
        choices=[("yes", _("They agree")), ("no", _("They do not agree"))],
        widget=LongChipSelect,
        error_messages={"required": _("Choose what they said.")},
    )
    signed_name = forms.CharField(
        label=_("Who signed"), max_length=300, error_messages={"required": _("Write who signed the paper.")}
    )
    upload = UploadField(label=_("The paper, as a photo or a PDF"), required=False)
