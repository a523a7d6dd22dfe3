"""Two more questions on check-ins where a member is under 18: where, and who is near."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect

from ..enums import Venue
from ..services import places


class PlaceMixin:
    """For forms of one check-in. Call add_place after the fields are made, check_place in clean, and keep_place once it is saved."""

    asked = None

    def add_place(self, mentorship, check_in=None):
        self.asked = places.asked_of(mentorship)
        if self.asked is None:
            return
        noted = places.place_of(check_in) if check_in else None
        self.fields["venue"] = forms.ChoiceField(
            label=_("Where do you meet?"),
            help_text=_("Never at anybody’s home."),
            choices=Venue.choices,
            required=False,
            widget=ChipSelect,
            initial=noted.venue if noted else None,
        )
        self.fields["supervised_by"] = forms.CharField(
            label=_("Who is near, or in the call?"),
            help_text=_("A responsible adult: a tutor, the line manager."),
            max_length=200,
            required=False,
            initial=noted.supervised_by if noted else "",
        )

    def check_place(self, data, *, way=""):
        """Puts what the rules do not allow by its field."""
        if self.asked is None:
            return
        field, words = places.problem_of(
            self.asked, way=way, venue=data.get("venue", ""), supervised_by=data.get("supervised_by", "").strip()
        )
        if words:
            self.add_error(field, words)

    def keep_place(self, check_in):
        """Note it, where it was asked for."""
        if self.asked is not None:
            data = self.cleaned_data
            places.keep_place(check_in=check_in, venue=data.get("venue", ""), supervised_by=data.get("supervised_by", ""))

    @property
    def place_fields(self):
        """The bound fields, for the page."""
        return [self[name] for name in ("venue", "supervised_by") if name in self.fields]
