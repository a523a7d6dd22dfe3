"""Asking for somebody else, or to stop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm, LongChipSelect

from ..models import ChangeRequest

REASON_MOST = 2000


class ChangeForm(HouseForm, forms.Form):
    """``side``: of who asks; ``other``: the name across."""

    wish = forms.ChoiceField(
        label=_("What would you like?"), widget=LongChipSelect, error_messages={"required": _("Choose one of the two.")}
    )
    reason = forms.CharField(
        required=False,
        max_length=REASON_MOST,
        label=_("Why?"),
        help_text=_("You need not say. Only your coordinator reads it, never the other person."),
        widget=forms.Textarea,
    )

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        another = _("Another mentor") if side == "student" else _("Another student")
        self.fields["wish"].choices = [
            (ChangeRequest.Wish.ANOTHER.value, another),
            (ChangeRequest.Wish.STOP.value, _("To stop, without somebody else")),
        ]
