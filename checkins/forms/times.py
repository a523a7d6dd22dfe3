"""Up to five times to propose."""

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import HouseForm
from common.words import day
from matching.services.refused import Refused
from organisations.days import zone_of

from ..models import USUAL_MINUTES
from ..services.planning import check_day, check_time, day_of
from ..services.times import MOST_TIMES
from .plan import minutes_field, moment_on, place_field

LABELS = [
    gettext_lazy("First time"),
    gettext_lazy("Second time"),
    gettext_lazy("Third time"),
    gettext_lazy("Fourth time"),
    gettext_lazy("Fifth time"),
][:MOST_TIMES]


class ClockField(forms.DateTimeField):
    """A day and a time as they stand on somebody's clock: which moment that is, is asked later."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            found = parse_datetime(str(value).strip())
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None:
            raise forms.ValidationError(_("Give a day and a time."))
        return found.replace(second=0, microsecond=0)


class TimesForm(HouseForm, forms.Form):
    """``waiting``: planned check-ins without a time, of which one may get it. Cleaned: ``moments`` and ``for_check_in``."""

    check_in = forms.ChoiceField(label=gettext_lazy("For which check-in?"), required=False)
    minutes = minutes_field(initial=USUAL_MINUTES)
    place = place_field()
    note = forms.CharField(label=gettext_lazy("A word with it"), max_length=300, required=False)

    def __init__(self, *args, mentorship, membership, waiting, **kwargs):
        self.mentorship, self.zone, self.waiting, self.is_doubled = mentorship, zone_of(membership), waiting, False
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), _("The one planned for %(day)s") % {"day": day(one.due_on)}) for one in waiting]
        self.fields["check_in"].choices = [*choices, ("", _("One more"))]
        if not waiting:
            del self.fields["check_in"]
        days = {"min": f"{mentorship.started_on}T00:00", "max": f"{mentorship.ends_on}T23:59"}
        for place, label in enumerate(LABELS):
            self.fields[f"at_{place}"] = field = ClockField(label=label, required=place == 0, error_messages={"required": _("Propose at least one time.")})
            field.widget.input_type, field.widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
            field.widget.attrs |= days

    def time_rows(self):
        """Bound fields, for the page: the first three."""
        return [self[f"at_{place}"] for place in range(3)]

    def more_rows(self):
        return [self[f"at_{place}"] for place in range(3, MOST_TIMES)]

    @property
    def has_more(self):
        """Whether something was typed beyond the first three."""
        return any(field.value() for field in self.more_rows())

    def clean(self):
        data = super().clean()
        data["moments"] = [moment for place in range(MOST_TIMES) if (moment := self._moment(data.get(f"at_{place}"), f"at_{place}"))]
        data["for_check_in"] = next((one for one in self.waiting if str(one.pk) == data.get("check_in")), None)
        return data

    def _moment(self, typed, name):
        if typed is None:
            return None
        try:
            moment, doubled = moment_on(typed.date(), typed.time(), self.zone)
            check_time(self.mentorship, moment, None)
            check_day(self.mentorship, day_of(self.mentorship, moment))
        except (forms.ValidationError, Refused) as error:
            self.add_error(name, error.messages if isinstance(error, forms.ValidationError) else str(error))
            return None
        self.is_doubled |= doubled
        return moment

    def values(self) -> dict:
        """What the service takes."""
        data = self.cleaned_data
        return {"moments": data["moments"], "check_in": data["for_check_in"], **{name: data[name] for name in ("minutes", "place", "note")}}
