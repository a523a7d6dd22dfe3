"""Up to five times to propose."""

from django import forms
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
        days = {"min": mentorship.started_on.isoformat(), "max": mentorship.ends_on.isoformat()}
        for place in range(MOST_TIMES):
            day_label, time_label = _("Time %(n)d: day") % {"n": place + 1}, _("Time %(n)d: at") % {"n": place + 1}
            date, time = forms.DateInput(format="%Y-%m-%d", attrs=days), forms.TimeInput(format="%H:%M")
            date.input_type, time.input_type = "date", "time"
            self.fields[f"day_{place}"] = forms.DateField(label=day_label, required=False, widget=date)
            self.fields[f"time_{place}"] = forms.TimeField(label=time_label, required=False, widget=time)

    def time_rows(self):
        """[(day, time)] of bound fields, for the page: the first three."""
        return [(self[f"day_{place}"], self[f"time_{place}"]) for place in range(3)]

    def more_rows(self):
        return [(self[f"day_{place}"], self[f"time_{place}"]) for place in range(3, MOST_TIMES)]

    @property
    def has_more(self):
        """Whether something was typed beyond the first three."""
        return any(field.value() for row in self.more_rows() for field in row)

    def clean(self):
        data = super().clean()
        moments = [moment for place in range(MOST_TIMES) if (moment := self._moment(data, place))]
        if not moments and not self.errors:
            self.add_error("day_0", _("Propose at least one day and time."))
        data["moments"] = moments
        data["for_check_in"] = next((one for one in self.waiting if str(one.pk) == data.get("check_in")), None)
        return data

    def _moment(self, data, place):
        on, at = data.get(f"day_{place}"), data.get(f"time_{place}")
        if on is None and at is None:
            return None
        if on is None or at is None:
            missing = f"day_{place}" if on is None else f"time_{place}"
            if missing not in self.errors and f"day_{place}" not in self.errors and f"time_{place}" not in self.errors:
                self.add_error(missing, _("Give the day.") if on is None else _("Give the time."))
            return None
        try:
            moment, doubled = moment_on(on, at, self.zone)
            check_time(self.mentorship, moment, None)
        except (forms.ValidationError, Refused) as error:
            self.add_error(f"time_{place}", error.messages if isinstance(error, forms.ValidationError) else str(error))
            return None
        try:
            check_day(self.mentorship, day_of(self.mentorship, moment))
        except Refused as refused:
            self.add_error(f"day_{place}", str(refused))
            return None
        self.is_doubled |= doubled
        return moment

    def values(self) -> dict:
        """What the service takes."""
        data = self.cleaned_data
        return {"moments": data["moments"], "check_in": data["for_check_in"], **{name: data[name] for name in ("minutes", "place", "note")}}
