"""An event as the coordinator plans it, and the guests chosen for it."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import ChipSelect, ChipSelectMultiple, HouseForm, LongChipSelect
from common.moments import DoubledTimeError, SkippedTimeError, local_moment
from programmes.models import Participant

from ..models import Gathering, TrainingHours

SHORTEST, LONGEST = 5, 720  # minutes
FARTHEST = timedelta(days=730)
KIND_ICONS = {Gathering.Kind.TRAINING: "graduation-cap", Gathering.Kind.NETWORK: "users"}
HOURS = [("", gettext_lazy("Not counted")), *TrainingHours.Kind.choices]


class GatheringForm(HouseForm, forms.Form):
    """``gathering``: the one to change, or None for a new one. Cleaned: ``starts_at`` besides the fields."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Gathering.Kind.choices, widget=ChipSelect(icons=KIND_ICONS))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    day = forms.DateField(label=gettext_lazy("Which day?"), widget=forms.DateInput())
    time = forms.TimeField(label=gettext_lazy("Begins at"), widget=forms.TimeInput())
    minutes = forms.IntegerField(
        label=gettext_lazy("How long, in minutes"),
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages={
            "min_value": gettext_lazy("Give 5 minutes to 12 hours (720 minutes)."),
            "max_value": gettext_lazy("Give 5 minutes to 12 hours (720 minutes)."),
        },
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=300, required=False)
    link = forms.URLField(
        label=gettext_lazy("Link to join online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("A place, a link, or both."),
        error_messages={"invalid": gettext_lazy("This is not a web address. It begins with https://.")},
    )
    aspects = forms.MultipleChoiceField(
        label=gettext_lazy("Points of the checklist it covers"),
        required=False,
        widget=ChipSelectMultiple,
        help_text=gettext_lazy("Who asked for support with these is asked afterwards whether it is covered now."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who is invited?"), choices=Gathering.Audience.choices, initial=Gathering.Audience.ALL, widget=LongChipSelect
    )
    host = forms.CharField(label=gettext_lazy("Who hosts it?"), max_length=200, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=1,
        max_value=5000,
        required=False,
        help_text=gettext_lazy("Leave empty where there is room for everybody. When it is full, a further yes waits for a place."),
    )
    counts_as = forms.ChoiceField(
        label=gettext_lazy("The hours count as"), choices=HOURS, required=False, initial=TrainingHours.Kind.INITIAL, widget=ChipSelect
    )
    about = forms.CharField(
        label=gettext_lazy("What it is about, and what to bring"), max_length=5000, required=False, widget=forms.Textarea
    )

    def __init__(self, *args, points, gathering=None, **kwargs):
        self.gathering = gathering
        super().__init__(*args, **kwargs)
        self.fields["aspects"].choices = [(aspect.key, aspect.title) for aspect in points]
        if gathering:
            del self.fields["audience"]  # who is invited has its own page
        if gathering and gathering.has_begun():
            for name in ("day", "time"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("It has begun, so this stays.")
        else:
            today = timezone.localdate()
            self.fields["day"].widget.attrs |= {"min": today.isoformat(), "max": (today + FARTHEST).isoformat()}

    def clean(self):
        data = super().clean()
        if data.get("audience") == Gathering.Audience.NEEDS and not data.get("aspects") and "aspects" not in self.errors:
            self.add_error("aspects", _("Choose the points first: whoever asked for support with them is invited."))
        if not data.get("place") and not data.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where it is: a place, a link, or both."))
        if "day" in data and "time" in data:
            data["starts_at"] = self._starts_at(data["day"], data["time"])
        return data

    def _starts_at(self, day, at):
        if self.gathering and self.fields["day"].disabled:
            return self.gathering.starts_at
        if day > timezone.localdate() + FARTHEST:
            self.add_error("day", _("This is more than two years away. Is the year right?"))
            return None
        try:
            moment = local_moment(day, at)
        except SkippedTimeError as skipped:
            words = _("In this night the clocks go forward, so this time does not exist. Choose %(time)s or later.")
            self.add_error("time", words % {"time": f"{skipped.next_time:%H:%M}"})
        except DoubledTimeError:
            self.add_error("time", _("In this night the clocks go back, so this time comes twice. Choose another."))
        else:
            if moment > timezone.now() or (self.gathering and moment == self.gathering.starts_at):
                return moment
            self.add_error("day", _("This time has passed. Choose one that is still to come."))
        return None

    def values(self) -> dict:
        """What the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"day", "time"}}


def values_of(gathering) -> dict:
    """An event as the form's initial values, on the clock of the current time zone."""
    begins = timezone.localtime(gathering.starts_at)
    names = ("kind", "title", "minutes", "place", "link", "aspects", "host", "capacity", "counts_as", "about")
    return {name: getattr(gathering, name) for name in names} | {"day": begins.date(), "time": begins.time()}


class GuestsField(forms.ModelMultipleChoiceField):
    """Mentors as ticks; who was written to stays ticked."""

    def label_from_instance(self, mentor):
        return f"{mentor.name} ({mentor.employer_name})" if mentor.employer_name else mentor.name


class GuestsForm(HouseForm, forms.Form):
    mentors = GuestsField(
        queryset=Participant.unscoped.none(), label=gettext_lazy("Mentors"), required=False, widget=ChipSelectMultiple
    )

    def __init__(self, *args, mentors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentors"].queryset = mentors


class CodeForm(HouseForm, forms.Form):
    """The six digits on the screen."""

    code = forms.CharField(label=gettext_lazy("The code on the screen"), max_length=20)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-field"}


class CancelForm(HouseForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=300, required=False, help_text=gettext_lazy("Stands in the letter to everybody invited.")
    )
