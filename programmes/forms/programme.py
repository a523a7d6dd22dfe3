from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm, LongChipSelect

from ..enums import Format
from ..formats import FORMATS, format_by_key
from ..models import Programme


class ProgrammeForm(HouseForm, forms.ModelForm):
    """What a coordinator decides about a programme; the preset has decided it already."""

    class Meta:
        model = Programme
        fields = [
            "name",
            "starts_on",
            "ends_on",
            "format",
            "students_per_mentor",
            "purpose",
            "outcomes",
            "check_in_every_days",
            "first_meeting_days",
            "quiet_days",
            "answer_days",
            "requires_background_check",
        ]
        widgets = {"starts_on": forms.DateInput(), "ends_on": forms.DateInput(), "format": LongChipSelect()}
        help_texts = {
            "students_per_mentor": _("The most one mentor may have; each mentor’s own number still counts. 2 or 3 is usual."),
            "quiet_days": _("After this many days without contact a mentorship stands on your list."),
            "answer_days": _("Counted from publishing; a nudge goes out before."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        about = {spec.key: spec.description for spec in FORMATS}
        labels = dict(Format.choices)
        self.fields["format"].choices = [(key, f"{labels[key]}: {text}") for key, text in about.items() if key in labels]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The programme must end after it starts."))
        if start and end and (end - start).days > 3 * 366:
            self.add_error("ends_on", _("This is more than three years. Check the year."))
        spec = format_by_key(cleaned["format"]) if cleaned.get("format") else None
        most = cleaned.get("students_per_mentor")
        if spec and most and spec.min_students > most * spec.max_mentors:
            words = _("This format needs %(n)s students in a group at least. Allow so many a mentor, or choose a smaller format.")
            self.add_error("students_per_mentor", words % {"n": spec.min_students})
        return cleaned

    def _get_validation_exclusions(self):
        """The dates' order is said by the field above, in our words; the database checks it again."""
        return super()._get_validation_exclusions() | {"starts_on", "ends_on"}
