"""The small forms of a planned ending."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import ChipSelect, HouseForm, LongChipSelect
from programmes.enums import Side

from ..enums import ContactKind, Farewell, Further

MOST = 2000
NOW, LATER = "now", "later"


class EndingNoteForm(HouseForm, forms.Form):
    """Thanks, a look back or a next step. kind: a Farewell; side: the writer's; names: of the others; was_shown: they can read it already."""

    text = forms.CharField(max_length=MOST, widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": gettext_lazy("Write a line or two.")})
    further = forms.ChoiceField(
        label=gettext_lazy("Would you like more of this kind of work?"), choices=Further.choices, required=False, widget=ChipSelect
    )
    due_on = forms.DateField(label=gettext_lazy("The first date in it"), required=False)
    shown = forms.ChoiceField(widget=LongChipSelect)

    def __init__(self, *args, kind, side, names, was_shown=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = _asked(kind, side, names)
        if kind != Farewell.REFLECTION or side != Side.STUDENT:
            del self.fields["further"]
        if kind != Farewell.NEXT_STEP:
            del self.fields["due_on"]
        if was_shown:
            del self.fields["shown"]
            return
        words = {"names": names}
        self.fields["shown"].label = _("Who can read it?")
        self.fields["shown"].choices = [(LATER, _("Only me for now")), (NOW, _("%(names)s too, from now on") % words)]

    def values(self) -> dict:
        """What keep_note takes."""
        data = dict(self.cleaned_data)
        return data | {"shown": data.pop("shown", LATER) == NOW}


def _asked(kind, side, names):
    """(label, hint) of the text."""
    if kind == Farewell.THANKS:
        return _("What would you like to thank %(names)s for?") % {"names": names}, _("One thing they did, and what came of it.")
    if kind == Farewell.NEXT_STEP:
        hint = _("A goal of your own: nobody else has to agree it.")
        return _("What do you do next?"), hint
    if side == Side.STUDENT:
        return _("What did you learn about workplaces and careers?"), _("Also what you would rather not do: that is worth knowing.")
    return _("What did you learn as a mentor?"), ""


class ContactForm(HouseForm, forms.Form):
    """What contact stays."""

    kind = forms.ChoiceField(label=gettext_lazy("What contact stays?"), choices=ContactKind.choices, widget=LongChipSelect)
    words = forms.CharField(
        label=gettext_lazy("How and how often?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: work e-mail, once in three months."),
    )
    until = forms.DateField(
        label=gettext_lazy("Until when?"),
        required=False,
        help_text=gettext_lazy("You are both told before it runs out, and can settle it anew."),
    )

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind == ContactKind.AS_AGREED and not (data.get("words") or "").strip() and "words" not in self.errors:
            self.add_error("words", _("Say how and how often."))
        if kind and kind != ContactKind.NONE and data.get("until") is None and "until" not in self.errors:
            self.add_error("until", _("Choose the day until which it holds."))
        return data
