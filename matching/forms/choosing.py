"""A choosing round as a coordinator plans it: one form, defaults that fit most."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import HouseForm, LongChipSelect
from common.moments import DoubledTimeError, SkippedTimeError, local_moment

from ..models import ChoosingRound
from ..services.choosing import Plan

FEWEST, MOST, MOST_MEETINGS = ChoosingRound.FEWEST, ChoosingRound.MOST, ChoosingRound.MOST_MEETINGS
USUAL_DAYS = 5
FARTHEST = timedelta(days=365)
SHORTEST, LONGEST = 3, 30  # minutes of a meeting
CAP_MOST = 500


class RoundForm(HouseForm, forms.Form):
    """Cleaned into ``plan()``. Times are on the clock of the current time zone."""

    sides = forms.ChoiceField(label=gettext_lazy("Who chooses?"), choices=ChoosingRound.Sides.choices, widget=LongChipSelect)
    with_meetings = forms.ChoiceField(
        label=gettext_lazy("Do they meet first?"),
        choices=[("no", gettext_lazy("No, they choose from a page")), ("yes", gettext_lazy("Yes, speed meetings of some minutes"))],
        widget=LongChipSelect,
    )
    per_person = forms.IntegerField(
        label=gettext_lazy("How many people each sees at most"),
        min_value=FEWEST,
        max_value=MOST,
        help_text=gettext_lazy("2 to 8; 3 is enough for most. With speed meetings 2 or 3."),
    )
    shown_to_most = forms.IntegerField(
        label=gettext_lazy("How often one person is shown at most"),
        required=False,
        min_value=1,
        max_value=CAP_MOST,
        help_text=gettext_lazy("So that not everybody chooses the same one. Left empty, we spread them evenly."),
    )
    opens_on = forms.DateField(label=gettext_lazy("First day"), required=False, help_text=gettext_lazy("Left empty: at once."))
    closes_on = forms.DateField(label=gettext_lazy("Last day to choose"))
    meets_on = forms.DateField(label=gettext_lazy("Day they meet"), required=False)
    meets_time = forms.TimeField(label=gettext_lazy("The first begins at"), required=False)
    meeting_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes each"), required=False, min_value=SHORTEST, max_value=LONGEST,
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("Where"), required=False, max_length=300, help_text=gettext_lazy("A room, or a link to join online.")
    )

    def __init__(self, *args, **kwargs):
        today = timezone.localdate()
        usual = {
            "sides": ChoosingRound.Sides.STUDENTS,
            "with_meetings": "no",
            "per_person": 3,
            "closes_on": today + timedelta(days=USUAL_DAYS),
            "meeting_minutes": 10,
        }
        super().__init__(*args, initial=usual | kwargs.pop("initial", {}), **kwargs)
        for name in ("opens_on", "closes_on", "meets_on"):
            self.fields[name].widget.attrs |= {"min": today.isoformat(), "max": (today + FARTHEST).isoformat()}

    def clean(self):
        data = super().clean()
        self._days(data)
        if data.get("with_meetings") == "yes":
            self._meetings(data)
        return data

    def plan(self) -> Plan:
        data = self.cleaned_data
        meets = data["with_meetings"] == "yes"
        return Plan(
            sides=data["sides"],
            per_person=data["per_person"],
            closes_on=data["closes_on"],
            opens_at=None if meets else data.get("opens_at"),
            shown_to_most=data["shown_to_most"],
            meets_at=data["meets_at"] if meets else None,
            meeting_minutes=(data["meeting_minutes"] or 10) if meets else 10,
            place=data["place"] if meets else "",
        )

    def _days(self, data):
        today = timezone.localdate()
        closes, opens = data.get("closes_on"), data.get("opens_on")
        if closes and closes < today:
            self.add_error("closes_on", _("This day has passed. Choose today or later."))
        elif closes and closes > today + FARTHEST:
            self.add_error("closes_on", _("This is more than a year away. Is the year right?"))
        if data.get("with_meetings") == "yes" or not opens:
            return
        if opens < today:
            self.add_error("opens_on", _("This day has passed. Choose today or later."))
        elif closes and opens > closes:
            self.add_error("closes_on", _("It would close before it opens. Choose a later day."))
        elif opens > today:
            data["opens_at"] = timezone.make_aware(datetime.combine(opens, time(7)))

    def _meetings(self, data):
        if (data.get("per_person") or 0) > MOST_MEETINGS:
            self.add_error("per_person", _("With speed meetings, 2 or 3: after more nobody remembers who was who."))
        for name, words in (("meets_on", _("Say on which day they meet.")), ("meets_time", _("Say when the first meeting begins."))):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, words)
        day, at = data.get("meets_on"), data.get("meets_time")
        if day is None or at is None:
            return
        if data.get("closes_on") and day > data["closes_on"]:
            self.add_error("closes_on", _("They choose after they have met: choose the day they meet or a later one."))
        try:
            data["meets_at"] = local_moment(day, at)
        except SkippedTimeError as skipped:
            words = _("In this night the clocks go forward, so this time does not exist. Choose %(time)s or later.")
            self.add_error("meets_time", words % {"time": f"{skipped.next_time:%H:%M}"})
        except DoubledTimeError:
            self.add_error("meets_time", _("In this night the clocks go back, so this time comes twice. Choose another."))
        else:
            if data["meets_at"] <= timezone.now():
                self.add_error("meets_on", _("This time has passed. Choose one that is still to come."))
