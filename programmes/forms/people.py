from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelectMultiple, HouseForm
from organisations.enums import Role
from organisations.models import Membership

from ..models import LineManager, Participant, Placement, Site

# As rosters and the matching engine write them; shown in the reader's language.
DAYS = {"Mon": _("Mon"), "Tue": _("Tue"), "Wed": _("Wed"), "Thu": _("Thu"), "Fri": _("Fri"), "Sat": _("Sat"), "Sun": _("Sun")}
SLOTS = [(f"{day} {half}", format_lazy("{} {}", name, half)) for day, name in DAYS.items() for half in ("am", "pm")]


class WordsField(forms.CharField):
    """A list of words, separated by commas."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        text = super().to_python(value)
        return [word for word in dict.fromkeys(part.strip()[:100] for part in text.replace(";", ",").split(",")) if word]


class FactsForm(HouseForm, forms.Form):
    """What matching needs to know about a participant; which fields depends on the side."""

    industry = forms.CharField(label=_("Industry"), max_length=100, required=False)
    town = forms.CharField(label=_("Town"), max_length=100, required=False, help_text=_("Or “Online only”."))
    availability = forms.MultipleChoiceField(label=_("Free at"), choices=SLOTS, required=False, widget=ChipSelectMultiple())
    languages = WordsField(label=_("Languages"), required=False, help_text=_("Separated by commas."))
    channel = forms.CharField(label=_("Preferred way to keep in touch"), max_length=40, required=False)

    STUDENT = {
        "student_ref": forms.CharField(label=_("Student number"), max_length=60, required=False),
        "course": forms.CharField(label=_("Course"), max_length=200, required=False),
        "career_goal": forms.CharField(label=_("Career goal"), max_length=300, required=False),
        "wants_skills": WordsField(label=_("Wants to learn"), required=False, help_text=_("Separated by commas.")),
    }
    MENTOR = {
        "employer_name": forms.CharField(label=_("Works at"), max_length=300, required=False),
        "job_title": forms.CharField(label=_("Job title"), max_length=300, required=False),
        "skills": WordsField(label=_("Can help with"), required=False, help_text=_("Separated by commas.")),
        "capacity": forms.IntegerField(label=_("Students they can take"), min_value=0, max_value=30, initial=1),
        "years_experience": forms.IntegerField(label=_("Years of experience"), min_value=0, max_value=70, required=False),
        "check_valid_until": forms.DateField(
            label=_("Background check valid until"), required=False, widget=forms.DateInput()
        ),
    }

    def __init__(self, *args, side, **kwargs):
        super().__init__(*args, **kwargs)
        self.side = side
        self.fields |= {name: field.__deepcopy__({}) for name, field in (self.STUDENT if side == "student" else self.MENTOR).items()}
        if side == "student":
            tutors = Membership.objects.present().with_role(Role.TUTOR)
            self.fields["tutor"] = forms.ModelChoiceField(label=_("Tutor"), queryset=tutors, required=False, empty_label=_("nobody"))
        for field in self.fields.values():
            if isinstance(field.widget, forms.DateInput):
                field.widget.input_type, field.widget.format = "date", "%Y-%m-%d"


class NewParticipantForm(FactsForm):
    """One person by hand: who they are first, then the facts."""

    first_name = forms.CharField(label=_("First name"), max_length=300)
    last_name = forms.CharField(label=_("Last name"), max_length=300, required=False)
    email = forms.EmailField(label=_("E-mail address"))

    field_order = ["first_name", "last_name", "email"]


class WithdrawForm(HouseForm, forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300, required=False, help_text=_("For coordinators only."))


# As goals.services.objectives keeps them.
MOST_OBJECTIVES = 12
LONGEST_OBJECTIVE = 300


class PlacementForm(HouseForm, forms.Form):
    """One placement: where, with whom, when. ``is_new``: its learning objectives can be typed along; later they have a page of their own."""

    role = forms.CharField(label=_("Role"), max_length=200)
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.unscoped.none())
    line_manager = forms.ModelChoiceField(
        label=_("Line manager"), queryset=LineManager.unscoped.none(), required=False, empty_label=_("nobody yet")
    )
    starts_on = forms.DateField(label=_("Starts on"), widget=forms.DateInput())
    ends_on = forms.DateField(label=_("Ends on"), widget=forms.DateInput())
    planned_hours = forms.IntegerField(label=_("Planned hours"), min_value=1, max_value=5000, required=False)
    done_hours = forms.IntegerField(label=_("Hours done"), min_value=0, max_value=5000, initial=0)
    objectives = forms.CharField(
        label=_("Learning objectives"),
        required=False,
        widget=forms.Textarea(),
        help_text=_("One on each line. The student, the mentor and the tutor then agree them."),
    )

    def __init__(self, *args, is_new=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["objectives"]
        sites = Site.objects.select_related("employer").order_by("employer__name", "town")
        self.fields["site"].queryset = sites
        self.fields["site"].label_from_instance = lambda site: f"{site.employer.name}, {site.town}"
        managers = LineManager.objects.select_related("employer").order_by("employer__name", "name")
        self.fields["line_manager"].queryset = managers
        self.fields["line_manager"].label_from_instance = lambda one: f"{one.name} ({one.employer.name})"

    def clean_objectives(self):
        """Each line becomes one learning objective; none is cut."""
        lines = [line.strip() for line in self.cleaned_data["objectives"].splitlines() if line.strip()]
        if len(lines) > MOST_OBJECTIVES:
            raise forms.ValidationError(_now("%(n)s learning objectives are the most.") % {"n": MOST_OBJECTIVES})
        long = next((line for line in lines if len(line) > LONGEST_OBJECTIVE), None)
        if long:
            words = _now("“%(start)s…” is too long. A learning objective has at most %(n)s letters.")
            raise forms.ValidationError(words % {"start": long[:40], "n": LONGEST_OBJECTIVE})
        return self.cleaned_data["objectives"]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The placement must end after it starts."))
        manager, site = cleaned.get("line_manager"), cleaned.get("site")
        if manager and site and manager.employer_id != site.employer_id:
            self.add_error("line_manager", _("This line manager works for another employer."))
        return cleaned

    @classmethod
    def values_of(cls, placement: Placement) -> dict:
        return {name: getattr(placement, name) for name in cls.base_fields}


def facts_of(participant: Participant) -> dict:
    """The present facts of a participant, as FactsForm's initial values."""
    return {field.name: getattr(participant, field.name) for field in Participant._meta.concrete_fields}


class EmployerForm(HouseForm, forms.Form):
    name = forms.CharField(label=_("Name"), max_length=300)
    industry = forms.CharField(label=_("Industry"), max_length=100, required=False)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(), max_length=5000)


class SiteForm(HouseForm, forms.Form):
    town = forms.CharField(label=_("Town"), max_length=100)


class LineManagerForm(HouseForm, forms.Form):
    name = forms.CharField(label=_("Name"), max_length=300)
    email = forms.EmailField(label=_("E-mail address"))
