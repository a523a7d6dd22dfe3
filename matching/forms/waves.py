"""The form that chooses the part of a draft that goes out next."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm, SliderInput

from ..services.waves import Choice


class WaveForm(HouseForm, forms.Form):
    """Narrow a draft. courses: (name, how many) pairs; employers: (id, name) pairs; both of this draft alone."""

    course = forms.ChoiceField(required=False, label=_("Course"))
    employer = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Placement at"))
    least = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        label=_("Score at least"),
        help_text=_("Send the clear ones first; look at the others in peace."),
        widget=SliderInput(),
    )

    def __init__(self, *args, courses, employers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", _("All courses")), *((name, f"{name} ({count})") for name, count in courses)]
        self.fields["employer"].choices = [("", _("All employers")), *employers]

    def choice(self) -> Choice:
        data = self.cleaned_data
        return Choice(course=data["course"], employer=data["employer"], least=data["least"] or 0)
