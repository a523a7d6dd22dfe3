"""The form that keeps two people apart. Nobody is offered out of thousands: a name is typed, and where several fit, one is chosen."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.forms import HouseForm, LongChipSelect
from programmes.models import Participant

from ..board import words_in
from .proposals import REASON_MOST

SUGGESTED = 300  # people whose names the page itself can hold, for the browser to complete
OFFERED = 12  # to choose from where a name fits several
NAME_MOST = 200
MISSING = {"student": gettext_lazy("Type the student’s name."), "mentor": gettext_lazy("Type the mentor’s name.")}


def described(person) -> str:
    """A participant, named so that two people of one name can be told apart."""
    facts = [person.course, person.employer_name, person.town]
    more = ", ".join(text for text in facts if text)
    return f"{person.name} ({more})" if more else person.name


class ExclusionForm(HouseForm, forms.Form):
    """Two names and a reason. cleaned_data holds the two participants; ``suggested``: side -> names for the browser to complete."""

    student = forms.CharField(
        max_length=NAME_MOST,
        label=gettext_lazy("Student"),
        help_text=gettext_lazy("A name, or a part of it."),
        error_messages={"required": MISSING["student"]},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    mentor = forms.CharField(
        max_length=NAME_MOST,
        label=gettext_lazy("Mentor"),
        help_text=gettext_lazy("A name, or a part of it."),
        error_messages={"required": MISSING["mentor"]},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        required=False,
        max_length=REASON_MOST,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Only coordinators read it."),
        widget=forms.Textarea,
    )

    def __init__(self, *args, membership, programme, **kwargs):
        super().__init__(*args, **kwargs)
        people = Participant.objects.visible_to(membership).filter(programme=programme).active()
        people = people.select_related("membership").order_by("membership__first_name", "membership__last_name", "pk")
        self.people = {"student": people.students(), "mentor": people.mentors()}
        self.several = {}
        self.suggested = {side: self._suggested(side) for side in self.people}

    def clean_student(self):
        return self._found("student")

    def clean_mentor(self):
        return self._found("mentor")

    def clean(self):
        for side, found in self.several.items():
            self._offer(side, found)
        return super().clean()

    def _suggested(self, side):
        found = list(self.people[side][: SUGGESTED + 1])
        if len(found) > SUGGESTED:
            return []
        self.fields[side].widget.attrs["list"] = f"{side}s"
        return [described(one) for one in found]

    def _found(self, side):
        """The one person a text fits; where several do, the one chosen among them, or ValidationError and a choice below the field."""
        text = " ".join(self.cleaned_data[side].split())
        words = text.replace("(", " ").replace(")", " ").replace(",", " ")
        found = list(self.people[side].filter(words_in(words))[: SUGGESTED + 1]) if words.strip() else []
        for exactly in (described, str, lambda one: one.name):
            same = [one for one in found if exactly(one).casefold() == text.casefold()]
            if len(same) == 1:
                return same[0]
        if len(found) == 1:
            return found[0]
        chosen = next((one for one in found if str(one.pk) == self.data.get(f"{side}_is")), None)
        if chosen:
            return chosen
        if not found:
            raise forms.ValidationError(_("Nobody of this name takes part here. Look at the spelling, or type less of it."))
        if len(found) > OFFERED:
            raise forms.ValidationError(_("More than %(n)d people fit this. Type more of the name.") % {"n": OFFERED})
        self.several[side] = found
        words = ngettext("%(n)d person fits this. Choose who is meant.", "%(n)d people fit this. Choose who is meant.", len(found))
        raise forms.ValidationError(words % {"n": len(found)})

    def _offer(self, side, found):
        self.fields[f"{side}_is"] = forms.ChoiceField(
            label=_("Which student?") if side == "student" else _("Which mentor?"),
            choices=[(one.pk, described(one)) for one in found],
            widget=LongChipSelect,
            required=False,
        )
        self.order_fields(["student", "student_is", "mentor", "mentor_is", "reason"])
