from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common import words
from common.forms import ChipSelect, ChipSelectMultiple, HouseForm
from programmes.enums import Side
from programmes.models import Participant

from ..dates_in_words import Frame, find_date
from ..models import Goal, Objective

TITLE = _("One sentence that starts with a doing word, such as “Brief two colleagues on the new booking form”.")


class GoalForm(HouseForm, forms.ModelForm):
    """One goal.

    limits: (first, last) day of the placement or the mentorship; today: the organisation's; objectives: the learning
    objectives it may serve; owners: the students it may belong to, where there are several; mentors: it is a mentor's own.
    """

    WORDS = ("title", "measure", "why", "work", "due_on")

    class Meta:
        model = Goal
        fields = ["title", "measure", "why", "work", "due_on", "is_private"]
        labels = {"due_on": _("By when?"), "is_private": _("Only I can see it")}
        help_texts = {
            "title": TITLE,
            "measure": _("What could you show somebody?"),
            "why": _("What will it let you do?"),
            "work": _("For example: the Thursday stock count."),
            "is_private": _("You can share it with your student later."),
        }
        widgets = {"title": forms.Textarea(attrs={"rows": 2, "maxlength": 300}), "due_on": forms.DateInput()}
        error_messages = {
            "title": {
                "required": _("Write one sentence. You can change it at any time."),
                "max_length": _("At most 300 letters; this has %(show_value)d. What does not fit belongs in the steps."),
            }
        }

    reach = forms.ChoiceField(
        label=_("What is it for?"),
        choices=[("whole", _("The whole placement")), ("one", _("One piece of work"))],
        widget=ChipSelect(icons={"whole": "briefcase", "one": "package"}),
        required=False,
    )
    objectives = forms.ModelMultipleChoiceField(
        label=_("Which learning objective does it serve?"),
        queryset=Objective.unscoped.none(),
        required=False,
        widget=ChipSelectMultiple,
    )
    owner = forms.ModelChoiceField(
        label=_("Whose goal is it?"), queryset=Participant.unscoped.none(), required=False, empty_label=_("everybody’s"), widget=ChipSelect
    )
    first_step = forms.CharField(label=_("What is the first step?"), required=False, max_length=300)
    second_step = forms.CharField(label=_("And the next?"), required=False, max_length=300)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the version of the words the writer saw

    def __init__(self, *args, limits, today, objectives=None, owners=(), mentors=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.limits, self.today, self.mentors = limits, today, mentors
        self.fields["reach"].initial = "one" if self.initial.get("work") else "whole"
        if self.instance.pk:
            del self.fields["first_step"], self.fields["second_step"]
        if not objectives or mentors:
            del self.fields["objectives"]
        else:
            self.fields["objectives"].queryset = Objective.objects.filter(pk__in=[one.pk for one in objectives])
        if not owners or mentors:
            del self.fields["owner"]
        else:
            people = Participant.objects.filter(pk__in=[one.pk for one in owners]).select_related("membership")
            self.fields["owner"].queryset = people
            self.fields["owner"].label_from_instance = lambda person: person.name
            self.fields["owner"].help_text = _now("A goal of one student is not shown to the other students of the group.")
        if mentors:
            del self.fields["reach"], self.fields["work"]
            self.fields["why"].label = _("Why does it matter to you?")
            self.fields["measure"].label = _("How will you know it is done?")
            self.fields["title"].help_text = _("Something you want to try as a mentor.")
            if "first_step" in self.fields:
                self.fields["first_step"].label = _("What will you try first?")
        if not mentors or self.instance.pk:
            del self.fields["is_private"]

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        first, last = self.limits
        if day is None or (self.instance.pk and day == self.initial.get("due_on")):
            return day
        if day < self.today:
            raise forms.ValidationError(_now("This day has passed. Choose one from today on."))
        if not first <= day <= last:
            message = _now("Choose a day within the placement: %(period)s.") % {"period": words.period(first, last)}
            raise forms.ValidationError(message)
        self._after_its_steps(day)
        return day

    def _after_its_steps(self, day):
        """A goal that is due before one of its open steps: the step first."""
        steps = self.instance.steps.all() if self.instance.pk else ()
        late = next((step for step in steps if not step.done_at and step.due_on and step.due_on > day), None)
        if late:
            message = _now("The step “%(step)s” is dated %(day)s. Move it first, or choose a later day.")
            raise forms.ValidationError(message % {"step": late.text, "day": words.short_day(late.due_on, self.today)})

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reach") == "whole":
            cleaned["work"] = ""
        elif cleaned.get("reach") == "one" and not cleaned.get("work"):
            self.add_error("work", _now("Say which piece of work, or choose the whole placement."))
        if not cleaned.get("due_on") and "due_on" not in self.errors and cleaned.get("title"):
            cleaned["due_on"] = self._day_in_title(cleaned["title"])
        return cleaned

    def _day_in_title(self, title):
        """The day that the sentence names, where it may be one: nobody types it twice."""
        first, last = self.limits
        found = find_date(title, Frame(self.today, first, last))
        day = found.day if found else None
        return day if day and max(first, self.today) <= day <= last else None

    @property
    def steps(self):
        return [self.cleaned_data.get(name, "") for name in ("first_step", "second_step")]

    @property
    def words(self) -> dict:
        """The fields that the two agree, as they were cleaned."""
        return {name: self.cleaned_data.get(name, "" if name != "due_on" else None) or ("" if name != "due_on" else None) for name in self.WORDS}


class StepForm(HouseForm, forms.Form):
    """One step. Its owner is somebody of the mentorship, or both; its day is not after the goal's. ``goal``: whose step it is."""

    text = forms.CharField(
        label=_("Step"), max_length=300, error_messages={"required": _("Say in a few words what the step is.")}
    )
    owner = forms.ModelChoiceField(
        label=_("Who"), queryset=Participant.unscoped.none(), required=False, empty_label=_("both"), widget=ChipSelect
    )
    due_on = forms.DateField(label=_("By"), required=False, widget=forms.DateInput())

    def __init__(self, *args, seats, goal, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.goal, self.today = goal, today
        if goal.is_mentors:
            del self.fields["owner"]
            return
        people = Participant.objects.filter(pk__in=[seat.participant_id for seat in seats])
        self.fields["owner"].queryset = people.select_related("membership")
        self.fields["owner"].label_from_instance = lambda person: person.membership.first_name or person.name
        sides = {seat.side for seat in seats}
        self.fields["owner"].empty_label = _("both") if len(seats) == len(sides) == len(Side) else _("all")

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day is None or day == self.initial.get("due_on"):
            return day
        if day < self.today:
            raise forms.ValidationError(_now("This day has passed. Choose one from today on."))
        if self.goal.due_on and day > self.goal.due_on:
            message = _now("The goal itself is due on %(day)s. A step comes before.")
            raise forms.ValidationError(message % {"day": words.short_day(self.goal.due_on, self.today)})
        last = self.goal.mentorship.placement.ends_on if self.goal.mentorship.placement else self.goal.mentorship.ends_on
        if day > max(last, self.goal.mentorship.ends_on):
            raise forms.ValidationError(_now("This is after the placement has ended."))
        return day
