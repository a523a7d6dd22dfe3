"""A day for a check-in, within its mentorship, and a time where there is one; the rhythm."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import ChipSelect, HouseForm
from common.moments import SkippedTimeError, chosen_moment
from matching.services.refused import Refused
from organisations.days import zone_of

from ..models import USUAL_MINUTES
from ..services.planning import MOST_MINUTES, check_day, check_time, day_of
from .place import PlaceMixin

RHYTHMS = [
    (7, gettext_lazy("Every week")),
    (14, gettext_lazy("Every two weeks")),
    (21, gettext_lazy("Every three weeks")),
    (28, gettext_lazy("Every four weeks")),
]
WEEKDAYS = [
    ("", gettext_lazy("Any day")),
    (0, gettext_lazy("Mondays")),
    (1, gettext_lazy("Tuesdays")),
    (2, gettext_lazy("Wednesdays")),
    (3, gettext_lazy("Thursdays")),
    (4, gettext_lazy("Fridays")),
    (5, gettext_lazy("Saturdays")),
    (6, gettext_lazy("Sundays")),
]
MINUTES = {
    "min_value": gettext_lazy("Give 1 to 600 minutes."),
    "max_value": gettext_lazy("Give 1 to 600 minutes."),
    "invalid": gettext_lazy("Give the minutes as a number, such as 45."),
}


def minutes_field(**kwargs):
    """How long a check-in is planned to be."""
    label = gettext_lazy("How long, in minutes?")
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_MINUTES, error_messages=MINUTES, **kwargs)


def place_field():
    label, hint = gettext_lazy("Where, or the link?"), gettext_lazy("A room, a number to ring or a link to a video call.")
    return forms.CharField(label=label, help_text=hint, max_length=300, required=False)


def moment_on(day, at, zone):
    """(moment, whether that time comes twice); ValidationError, with the nearest time, for one that the clocks skip."""
    try:
        return chosen_moment(day, at, zone)
    except SkippedTimeError as skipped:
        words = _("In that night the clocks go forward, so %(time)s does not exist. The nearest time is %(next)s.")
        raise forms.ValidationError(words % {"time": f"{at:%H:%M}", "next": f"{skipped.next_time:%H:%M}"}) from None


class PlanForm(PlaceMixin, HouseForm, forms.Form):
    """One day, refused by the field when it lies outside the mentorship; with a time it is put into calendars.

    ``membership``: whose clock the time is on. Cleaned: ``starts_at`` (a moment or None), and ``due_on``, the organisation's day.
    """

    due_on = forms.DateField(label=gettext_lazy("Which day?"))
    time = forms.TimeField(label=gettext_lazy("At what time?"), required=False, widget=forms.TimeInput())
    minutes = minutes_field(required=False)
    place = place_field()

    def __init__(self, *args, mentorship, membership, check_in=None, **kwargs):
        self.mentorship, self.zone, self.check_in, self.is_doubled = mentorship, zone_of(membership), check_in, False
        if check_in is not None:
            kwargs.setdefault("initial", values_of(check_in, self.zone))
        super().__init__(*args, **kwargs)
        days = {"min": mentorship.started_on.isoformat(), "max": mentorship.ends_on.isoformat()}
        self.fields["due_on"].widget.attrs.update(days)
        if check_in is None:
            self.fields["minutes"].initial = USUAL_MINUTES
        self.add_place(mentorship, check_in)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        _refuse(check_day, self.mentorship, due_on)
        return due_on

    def clean_time(self):
        at, day = self.cleaned_data["time"], self.cleaned_data.get("due_on")
        if at is None or day is None:
            return at
        moment, self.is_doubled = moment_on(day, at, self.zone)
        if self.check_in is None or moment != self.check_in.starts_at:
            _refuse(check_time, self.mentorship, moment, None)
        self.cleaned_data["starts_at"] = moment
        return at

    def clean(self):
        data = super().clean()
        moment = data.setdefault("starts_at", None)
        if moment and "due_on" in data:
            data["due_on"] = day_of(self.mentorship, moment)
            try:
                _refuse(check_day, self.mentorship, data["due_on"])
            except forms.ValidationError as error:
                self.add_error("due_on", error)
        self.check_place(data)
        return data

    def values(self) -> dict:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in ("due_on", "starts_at", "minutes", "place")}


def values_of(check_in, zone) -> dict:
    """A check-in as the form's initial values, on that clock."""
    begins = check_in.starts_at and timezone.localtime(check_in.starts_at, zone)
    return {
        "due_on": begins.date() if begins else check_in.due_on,
        "time": begins.time() if begins else None,
        "minutes": check_in.planned_minutes or USUAL_MINUTES,
        "place": check_in.place,
    }


class RhythmForm(HouseForm, forms.Form):
    """How often the two meet, of what their programme allows. ``rules``: a ContactRules row; ``current``: (days, weekday)."""

    every_days = forms.TypedChoiceField(label=gettext_lazy("How often do you meet?"), coerce=int, widget=ChipSelect)
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("On which day?"), choices=WEEKDAYS, coerce=int, empty_value=None, required=False, widget=ChipSelect
    )

    def __init__(self, *args, rules, current, **kwargs):
        every, weekday = current
        super().__init__(*args, initial={"every_days": every, "weekday": "" if weekday is None else weekday}, **kwargs)
        days = {days: words for days, words in RHYTHMS if rules.least_days <= days <= rules.most_days}
        days.setdefault(every, rhythm_words(every))
        self.fields["every_days"].choices = sorted(days.items())


def rhythm_words(every_days) -> str:
    """ "Every two weeks", "Every 10 days"."""
    return str(dict(RHYTHMS).get(every_days) or _("Every %(n)d days") % {"n": every_days})


def _refuse(check, *args):
    try:
        check(*args)
    except Refused as refused:
        raise forms.ValidationError(str(refused)) from None
