"""A programme's rules for contact."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import HouseForm, LongChipSelect

FIRM = [("False", gettext_lazy("Say so kindly, and let them plan it")), ("True", gettext_lazy("Do not let them plan it; coordinators still can"))]
MOST_MINUTES = 3000  # a month
MOST_CALLS = 31


class ContactRulesForm(HouseForm, forms.Form):
    """How often people may choose to meet, and what a month comes to."""

    least_days = forms.IntegerField(label=gettext_lazy("No more often than every … days"), min_value=1, max_value=120)
    most_days = forms.IntegerField(label=gettext_lazy("At least once in … days"), min_value=1, max_value=120)
    least_minutes = forms.IntegerField(label=gettext_lazy("Minutes a month, at least"), min_value=1, max_value=MOST_MINUTES, required=False)
    most_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes a month, at most"),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
    )
    extra_calls = forms.IntegerField(label=gettext_lazy("Extra calls a month, at most"), min_value=0, max_value=MOST_CALLS)
    extra_minutes = forms.IntegerField(label=gettext_lazy("Minutes of extra calls a month, at most"), min_value=0, max_value=MOST_MINUTES)
    is_firm = forms.TypedChoiceField(
        label=gettext_lazy("When somebody plans more extra calls than that"),
        choices=FIRM,
        coerce=lambda value: value == "True",
        widget=LongChipSelect,
        help_text=gettext_lazy("What has happened can always be noted."),
    )

    def __init__(self, *args, rules, **kwargs):
        initial = {name: getattr(rules, name) for name in self.base_fields} | {"is_firm": str(rules.is_firm)}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self):
        data = super().clean()
        if (data.get("least_days") or 0) > (data.get("most_days") or 120):
            self.add_error("most_days", _("This is more often than the other. Give at least %(n)d days.") % {"n": data["least_days"]})
        least, most = data.get("least_minutes"), data.get("most_minutes")
        if least and most and least > most:
            self.add_error("most_minutes", _("Give at least %(n)d minutes.") % {"n": least})
        return data


