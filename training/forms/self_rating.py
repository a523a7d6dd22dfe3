from django import forms

from common.forms import HouseForm, ScaleSelect

from ..self_rating import ENDS, HIGHEST, LOWEST, SKILLS


class SelfRatingForm(HouseForm, forms.Form):
    """Five sentences on one scale."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for skill in SKILLS:
            self.fields[skill.key] = forms.TypedChoiceField(
                label=skill.statement,
                choices=[(number, str(number)) for number in range(LOWEST, HIGHEST + 1)],
                coerce=int,
                widget=ScaleSelect(ends=ENDS),
            )
