from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation


class VisitForm(forms.Form):
    """Which organisation, and why. The reason is read by the organisation's owners."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.order_by("name"))
    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_("In a sentence: who asked, and what for. The organisation’s owners can read it."),
    )
