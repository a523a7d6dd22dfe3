"""One field of the card of what helps a student, and who reads it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelectMultiple, HouseForm

LONGEST = 1500
_LABELS = {"mentor": _("%(name)s, mentor"), "tutor": _("%(name)s, tutor"), "coordinator": _("%(name)s, coordinator")}


class HelpEntryForm(HouseForm, forms.Form):
    """topic: a HelpTopic. people: (membership, what they are to the student) of everybody it may be shared with."""

    text = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    readers = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        label=_("Who may read this?"),
        widget=ChipSelectMultiple,
        help_text=_("Nobody, unless you tap a name. You can take it back at any time."),
    )

    def __init__(self, *args, topic, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = topic.question
        self.fields["text"].help_text = _("For example: “%(example)s”") % {"example": topic.example}
        self.people = {person.pk: person for person, _why in people}
        self.fields["readers"].choices = [(person.pk, _LABELS[why] % {"name": person.name}) for person, why in people]

    @property
    def chosen(self):
        return [self.people[pk] for pk in self.cleaned_data["readers"]]
