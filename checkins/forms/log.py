"""The check-in as one logs it on a phone: chips with sensible answers, so that most taps are not needed."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import ChipSelect, ChipSelectMultiple, HouseForm, LongChipSelect, MoodSelect
from common.words import day as day_words
from common.words import short_day

from ..enums import CouldNot, Mood, Visibility, Way
from ..services.log import MOST_MINUTES, Entry, NewAction
from .limits import LimitsMixin
from .place import PlaceMixin

ACTIONS = 3
# Asked for only where "other" is chosen.
OTHER = {"held_on": "day", "minutes_other": "minutes", "next_on": "next"}
WAY_ICONS = {Way.IN_PERSON: "map-pin", Way.VIDEO: "video", Way.PHONE: "phone", Way.CHAT: "message-circle", Way.ELSEWHERE: "signpost"}
TOPICS = [
    gettext_lazy("The work itself"),
    gettext_lazy("Learning objectives"),
    gettext_lazy("People at work"),
    gettext_lazy("How I am doing"),
    gettext_lazy("Coursework"),
    gettext_lazy("What comes next"),
]


class LogForm(PlaceMixin, LimitsMixin, HouseForm, forms.Form):
    """``page``: presenters.LogPage, which knows the mentorship, its people and what is usual."""

    day = forms.ChoiceField(label=gettext_lazy("When?"), widget=ChipSelect)
    held_on = forms.DateField(
        label=gettext_lazy("Which day?"), error_messages={"required": gettext_lazy("Choose the day you met.")}
    )
    way = forms.ChoiceField(label=gettext_lazy("How?"), choices=Way.choices, widget=ChipSelect(icons=WAY_ICONS))
    minutes = forms.ChoiceField(label=gettext_lazy("How long?"), widget=ChipSelect)
    minutes_other = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        error_messages={
            "required": gettext_lazy("How long was it? Give 1 to 600 minutes."),
            "min_value": gettext_lazy("Give 1 to 600 minutes."),
            "max_value": gettext_lazy("Give 1 to 600 minutes."),
        },
    )
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Who was there?"),
        help_text=gettext_lazy("Take the tick away from whoever was not. It is held all the same."),
        widget=ChipSelectMultiple,
        error_messages={"required": gettext_lazy("Say who was there. If nobody came, note that it did not happen.")},
    )
    mood = forms.TypedChoiceField(choices=Mood.choices, coerce=int, empty_value=None, required=False, widget=MoodSelect)
    goals = forms.MultipleChoiceField(label=gettext_lazy("Goals you talked about"), required=False, widget=ChipSelectMultiple)
    done_actions = forms.MultipleChoiceField(label=gettext_lazy("Done since last time"), required=False, widget=ChipSelectMultiple)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What else you talked about"),
        choices=[(str(one), one) for one in TOPICS],
        required=False,
        widget=ChipSelectMultiple,
    )
    topic_other = forms.CharField(label=gettext_lazy("Something else"), max_length=200, required=False)
    progress = forms.CharField(label=gettext_lazy("How is it going?"), max_length=5000, required=False, widget=forms.Textarea)
    challenges = forms.CharField(label=gettext_lazy("What is hard just now?"), max_length=5000, required=False, widget=forms.Textarea)
    note = forms.CharField(label=gettext_lazy("Anything to remember?"), max_length=5000, required=False, widget=forms.Textarea)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who can read this?"), choices=Visibility.choices, initial=Visibility.MENTORSHIP, widget=LongChipSelect
    )
    next = forms.ChoiceField(label=gettext_lazy("When do you meet next?"), widget=ChipSelect)
    next_on = forms.DateField(
        label=gettext_lazy("Which day?"), error_messages={"required": gettext_lazy("Choose the day you meet next.")}
    )

    def __init__(self, *args, page, **kwargs):
        self.page = page
        kwargs["initial"] = {**page.usual(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = day_choices(page)
        self.fields["minutes"].choices = [*((str(n), _("%(n)d min") % {"n": n}) for n in (30, 45, 60)), ("other", _("Other"))]
        self.fields["mood"].label = page.mood_label
        if page.is_group:
            self.fields["present"].choices = [(str(one.pk), one.name) for one in page.people.everybody]
            self.fields["progress"].help_text = self.fields["challenges"].help_text = _("Everybody in the group can read this.")
            if page.is_student:
                self.fields["mood"].help_text = _("Only you, your mentor and the coordinators see this.")
        else:
            del self.fields["present"]
        self.fields["goals"].choices = [(str(goal.pk), goal.title) for goal in page.goals]
        self.fields["done_actions"].choices = [(str(one.pk), one.text) for one in page.open_actions]
        self.fields["topics"].choices = [*self.fields["topics"].choices, *((one, one) for one in page.activity_topics)]
        self.fields["visibility"].choices = page.visibility_choices
        self.fields["next"].choices = next_choices(page)
        for name, choice in OTHER.items():
            self.fields[name].required = not self.is_bound or self.data.get(choice) == "other"
        for name in ("goals", "done_actions"):
            if not self.fields[name].choices:
                del self.fields[name]
        for place in range(ACTIONS):
            self._add_action(place)
        self.add_place(page.check_in.mentorship, page.check_in)
        self.add_limits(page.membership)

    def _add_action(self, place):
        owners = [("", _("Everybody")), *((str(one.pk), one.name) for one in self.page.people.everybody)]
        label = _("What will be done next?") if place == 0 else _("And what else?")
        self.fields[f"action_{place}_text"] = forms.CharField(label=label, max_length=300, required=False)
        self.fields[f"action_{place}_owner"] = forms.ChoiceField(label=_("Who?"), choices=owners, required=False)
        due = forms.DateField(label=_("By when?"), required=False, widget=forms.DateInput(format="%Y-%m-%d"))
        due.widget.input_type = "date"
        self.fields[f"action_{place}_due"] = due

    def action_rows(self):
        """[(text, who, by when)] of bound fields, for the page."""
        return [tuple(self[f"action_{place}_{part}"] for part in ("text", "owner", "due")) for place in range(ACTIONS)]

    def clean(self):
        data = super().clean()
        if "day" in data:
            data["held_on"] = self._held_on(data)
        students = {str(one.pk) for one in self.page.people.students}
        if "present" in data and not students & set(data["present"]):
            self.add_error("present", _("Say which students were there. If nobody came, note that it did not happen."))
        if "minutes" in data:
            data["minutes"] = self._minutes(data)
        if "next" in data:
            data["next_on"] = self._next_on(data)
        self.check_place(data, way=data.get("way", ""))
        self.check_limits(data, "note")
        return data

    def _held_on(self, data):
        today, check_in = self.page.today, self.page.check_in
        fixed = {"today": today, "yesterday": today - timedelta(days=1), "planned": check_in.due_on}
        held_on = fixed.get(data["day"], data.get("held_on"))
        field = "held_on" if data["day"] == "other" else "day"
        if held_on is None:
            return None  # the field has said so
        if held_on > today:
            self.add_error(field, _("This day is still to come. Note a check-in once it has happened."))
        elif held_on < check_in.mentorship.started_on:
            words = _("This mentorship started on %(day)s. Choose that day or a later one.")
            self.add_error(field, words % {"day": day_words(check_in.mentorship.started_on)})
        return held_on

    def _minutes(self, data):
        return data.get("minutes_other") if data["minutes"] == "other" else int(data["minutes"])

    def _next_on(self, data):
        if data["next"] == "usual":
            return self.page.usual_next(data.get("held_on"))
        if data["next"] == "none":
            return None
        chosen, mentorship = data.get("next_on"), self.page.check_in.mentorship
        if chosen is None:
            return None  # the field has said so
        if data.get("held_on") and chosen <= data["held_on"]:
            self.add_error("next_on", _("The next check-in comes after this one. Choose a later day."))
        elif chosen > mentorship.ends_on:
            words = _("This mentorship ends on %(day)s. Choose that day or an earlier one.")
            self.add_error("next_on", words % {"day": day_words(mentorship.ends_on)})
        return chosen

    def entry(self) -> Entry:
        """What was filled in, for the service."""
        data = self.cleaned_data
        topics = [*data["topics"], *([data["topic_other"].strip()] if data["topic_other"].strip() else [])]
        return Entry(
            held_on=data["held_on"],
            minutes=data["minutes"],
            way=data["way"],
            mood=data["mood"],
            goals=[int(pk) for pk in data.get("goals", [])],
            topics=topics,
            progress=data["progress"].strip(),
            challenges=data["challenges"].strip(),
            actions=self._actions(),
            done_actions=[int(pk) for pk in data.get("done_actions", [])],
            note=data["note"],
            visibility=data["visibility"],
            next_on=data["next_on"],
            present=[int(pk) for pk in data["present"]] if "present" in data else None,
        )

    def _actions(self):
        owners = {str(one.pk): one for one in self.page.people.everybody}
        rows = []
        for place in range(ACTIONS):
            text = self.cleaned_data[f"action_{place}_text"].strip()
            if text:
                due_on = self.cleaned_data[f"action_{place}_due"] or self.cleaned_data["next_on"]
                rows.append(NewAction(text, owners.get(self.cleaned_data[f"action_{place}_owner"]), due_on))
        return rows


def day_choices(page):
    """Today, yesterday, the planned day where that is further back, another."""
    choices = [("today", _("Today")), ("yesterday", _("Yesterday"))]
    if page.check_in.due_on < page.today - timedelta(days=1):
        choices.append(("planned", short_day(page.check_in.due_on, page.today)))
    return [*choices, ("other", _("Other"))]


def next_choices(page):
    """The usual day in words, another, none."""
    choices = [("usual", page.usual_next_words)] if page.usual_next_on else []
    return [*choices, ("other", _("Other day")), ("none", _("Not settled yet"))]


class MissedForm(HouseForm, forms.Form):
    """It did not happen: why, and whether there is a new day."""

    WHY = [
        gettext_lazy("We found no time"),
        gettext_lazy("Somebody was ill"),
        gettext_lazy("No answer"),
        gettext_lazy("Holidays or exams"),
    ]
    why = forms.ChoiceField(label=gettext_lazy("Why?"), widget=ChipSelect)
    why_other = forms.CharField(label=gettext_lazy("In a few words"), max_length=300, required=False)
    could_not = forms.ChoiceField(
        label=gettext_lazy("For whom was it not possible?"),
        help_text=gettext_lazy("Leave it open if you like. It is no blame: it helps to find a better time."),
        required=False,
        widget=ChipSelect,
    )
    moved_to = forms.DateField(
        label=gettext_lazy("A new day"), required=False, help_text=gettext_lazy("Leave it empty if you have not found one yet.")
    )

    def __init__(self, *args, page, **kwargs):
        self.page = page
        super().__init__(*args, prefix="missed", **kwargs)
        self.fields["why"].choices = [*((str(one), one) for one in self.WHY), ("other", _("Something else"))]
        self.fields["could_not"].choices = CouldNot.choices

    def clean(self):
        data = super().clean()
        moved_to, mentorship = data.get("moved_to"), self.page.check_in.mentorship
        if moved_to and moved_to < self.page.today:
            self.add_error("moved_to", _("The new day has passed. Choose today or a later one."))
        elif moved_to and moved_to > mentorship.ends_on:
            words = _("This mentorship ends on %(day)s. Choose that day or an earlier one.")
            self.add_error("moved_to", words % {"day": day_words(mentorship.ends_on)})
        return data

    @property
    def reason(self):
        chosen = self.cleaned_data["why"]
        return self.cleaned_data["why_other"].strip() if chosen == "other" else chosen


class FeedbackForm(HouseForm, forms.Form):
    """The student's own word on a check-in."""

    mood = forms.TypedChoiceField(
        label=gettext_lazy("How are you getting on?"),
        choices=Mood.choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=MoodSelect,
    )
    feedback = forms.CharField(
        label=gettext_lazy("Something for your mentor"),
        help_text=gettext_lazy("What helped? What would help more? Your mentor and your coordinator can read this."),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )

    def clean(self):
        data = super().clean()
        if not data.get("mood") and not (data.get("feedback") or "").strip() and not self.errors:
            raise forms.ValidationError(_("Choose a face or write a few words."))
        return data
