"""The organisation's clock and phone, who stands in, and days away."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelectMultiple, HouseForm
from organisations.enums import Role
from organisations.models import Membership

from ..models import Absence, Safeguarding
from ..models.safety import MOST_HOURS

LONGEST_ABSENCE = 366
phone_number = RegexValidator(r"^[0-9+() /-]*$", _("Use digits, spaces and +."))


class SafeguardingForm(HouseForm, forms.ModelForm):
    """``by``: an owner. Nobody names themselves as deputy: what they would gain is not theirs to give."""

    deputies = forms.ModelMultipleChoiceField(
        label=_("Deputies"),
        queryset=Membership.unscoped.none(),
        required=False,
        widget=ChipSelectMultiple,
        help_text=_("They are asked when the lead is away or does not answer in time, and read only those concerns."),
    )

    class Meta:
        model = Safeguarding
        fields = ["emergency_number", "phone", "hours_now", "hours_soon", "hours_later"]
        help_texts = {
            "emergency_number": _("What to call when somebody is in danger: 999 in the United Kingdom, 112 in most of Europe."),
            "phone": _("Shown to everybody who raises a concern. A phone that somebody answers."),
            "hours_now": _("Then it goes to the deputy, and after as many hours again to the owners."),
        }

    field_order = ["deputies", "phone", "emergency_number", "hours_now", "hours_soon", "hours_later"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.was_deputy = by, by.is_safeguarding_deputy
        present = Membership.objects.visible_to(by).present()
        staff = present.exclude(roles__overlap=[Role.STUDENT, Role.MENTOR]).filter(is_safeguarding_lead=False)
        deputies = present.filter(is_safeguarding_deputy=True)
        self.fields["deputies"].queryset = (staff | deputies).exclude(pk=by.pk)
        self.fields["deputies"].initial = list(deputies)
        for name in ("hours_now", "hours_soon", "hours_later"):
            self.fields[name].validators += [MinValueValidator(1), MaxValueValidator(MOST_HOURS)]
        for name in ("emergency_number", "phone"):
            self.fields[name].validators.append(phone_number)

    def chosen_deputies(self):
        return [*self.cleaned_data["deputies"], *([self.by] if self.was_deputy else [])]

    def _post_clean(self):
        """The service writes the row."""


class AbsenceForm(HouseForm, forms.ModelForm):
    """Days on which a lead or deputy is away."""

    class Meta:
        model = Absence
        fields = ["starts_on", "ends_on"]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _now("The last day comes before the first."))
        elif end and end < timezone.localdate():
            self.add_error("ends_on", _now("These days have passed."))
        elif start and end and (end - start).days > LONGEST_ABSENCE:
            self.add_error("ends_on", _now("More than a year: ask an owner to name somebody else as lead."))
        return cleaned

    def _post_clean(self):
        """The service writes the row; the order of the days is said above."""
