"""The tick before somebody's first note."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..limits import POINTS
from ..services import limits


class LimitsMixin:
    """For forms that keep notes. Call add_limits after the fields are made and check_limits in clean."""

    def add_limits(self, membership):
        if not limits.has_read(membership):
            self.fields["limits"] = forms.BooleanField(label=_("I have read what can stay between us and what cannot"), required=False)

    def check_limits(self, data, text_field):
        """The tick is asked for only with the first note."""
        if "limits" in self.fields and (data.get(text_field) or "").strip() and not data.get("limits"):
            self.add_error("limits", _now("Read the few lines above and tick this before you keep your first note."))

    def keep_limits(self, by, *, by_link=False):
        """Note the tick, once the note is kept."""
        if self.cleaned_data.get("limits"):
            limits.note_read(by=by, by_link=by_link)

    @property
    def limits_points(self):
        return POINTS
