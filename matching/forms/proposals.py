"""Forms of matching. Choices hold only what the membership may see."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm, LongChipSelect, SliderInput
from programmes.models import Participant

from .. import words
from ..engine import AXES
from ..enums import MentorshipStatus, Stage
from ..models.journeys import LONGEST
from ..run_rules import WEIGHT_MOST, RunRules, without_choice
from ..stages import FACTS

REASON_MOST = 2000


class RulesForm(HouseForm, forms.Form):
    """What matters in a run, and what is not to be broken."""

    require_background_check = forms.BooleanField(
        required=False, label=_("Mentors need a background check that lasts as long as the placement")
    )
    require_common_language = forms.BooleanField(required=False, label=_("They share a language"))
    require_common_slot = forms.BooleanField(required=False, label=_("They are free at the same time at least once a week"))
    require_same_town = forms.BooleanField(
        required=False,
        label=_("They can meet in person"),
        help_text=_("Only people in the same town, or within the longest journey. Otherwise they may meet online."),
    )
    max_travel_minutes = forms.IntegerField(
        min_value=1,
        max_value=LONGEST,
        required=False,
        label=_("Longest journey to meet, in minutes"),
        help_text=_("Shorter journeys score higher. How long they take stands in your table of journeys."),
    )
    repeat_unanswered = forms.BooleanField(
        required=False,
        label=_("Pairs that were not answered in time may be suggested again"),
        help_text=_("Silence is not a no. Without this tick, both are suggested somebody else."),
    )
    minimum_score = forms.IntegerField(
        min_value=0,
        max_value=100,
        widget=SliderInput(),
        label=_("Lowest score allowed"),
        help_text=_("0 to 100. With 0 every pair that keeps the rules counts."),
    )
    aim = forms.ChoiceField(
        label=_("What is best"),
        choices=[
            ("total", _("Most students with a mentor, then the best total")),
            ("fairest", _("Most students with a mentor, then the fairest lowest pair, then the best total")),
        ],
        widget=LongChipSelect,
    )

    rank_weight = forms.IntegerField(
        min_value=0,
        max_value=WEIGHT_MOST,
        label=_("The order people chose"),
        help_text=_("Weighs beside the five above; 0 leaves it out of the score. The reasons then say who chose whom."),
        widget=SliderInput(attrs={"inputmode": "numeric"}, highest=WEIGHT_MOST),
    )
    require_ranked = forms.BooleanField(
        required=False,
        label=_("Whoever has chosen is matched only with somebody on their list"),
        help_text=_("Some may stay without a mentor for it."),
    )

    CHOICE_FIELDS = ("rank_weight", "require_ranked")  # of no use before anybody has chosen

    def __init__(self, *args, rules=None, with_choices=False, **kwargs):
        rules = rules or RunRules()
        if not with_choices:
            rules = without_choice(rules)
        initial = {f"weight_{axis}": rules.weights[axis] for axis in AXES}
        super().__init__(*args, initial=initial | {key: getattr(rules, key) for key in self.base_fields}, **kwargs)
        if with_choices:
            ranked = ("ranked", _("Most students with a mentor, then the order people chose, then the best total"))
            self.fields["aim"].choices = [*self.fields["aim"].choices, ranked]
        else:
            for name in self.CHOICE_FIELDS:
                del self.fields[name]
        names = words.axis_names()
        for axis in AXES:
            slider = SliderInput(attrs={"inputmode": "numeric"}, highest=WEIGHT_MOST)
            self.fields[f"weight_{axis}"] = forms.IntegerField(
                min_value=0, max_value=WEIGHT_MOST, label=names[axis], widget=slider
            )
        self.use_required_attribute = False

    def clean(self):
        data = super().clean()
        weights = [data.get(f"weight_{axis}") for axis in AXES]
        if None not in weights and not any(weights):
            self.add_error("weight_role", _("At least one weight must be above zero."))
        return data

    @property
    def weights(self):
        return [self[f"weight_{axis}"] for axis in AXES]

    @property
    def hard_rules(self):
        return [self[name] for name in self.base_fields]

    def rules(self) -> RunRules:
        data = self.cleaned_data
        weights = {axis: data[f"weight_{axis}"] for axis in AXES}
        given = {key: data[key] for key in self.base_fields if data.get(key) is not None}
        return RunRules(weights=weights, **given)


class PeopleField(forms.ModelChoiceField):
    """A participant, named so that two people of one name can be told apart."""

    def label_from_instance(self, person):
        more = person.course if person.side == "student" else person.employer_name
        return f"{person.name} ({more})" if more else person.name


class PairForm(HouseForm, forms.Form):
    """A student and a mentor of one programme."""

    student = PeopleField(queryset=Participant.unscoped.none(), label=_("Student"), empty_label=_("Choose a student"))
    mentor = PeopleField(queryset=Participant.unscoped.none(), label=_("Mentor"), empty_label=_("Choose a mentor"))
    reason = forms.CharField(
        required=False,
        max_length=REASON_MOST,
        label=_("Why you pair them"),
        help_text=_("Needed where the pair breaks a rule. Only coordinators read it."),
        widget=forms.Textarea,
    )

    def __init__(self, *args, membership, programme, **kwargs):
        super().__init__(*args, **kwargs)
        people = Participant.objects.visible_to(membership).filter(programme=programme).active()
        people = people.select_related("membership").order_by("membership__first_name", "membership__last_name", "pk")
        self.fields["student"].queryset = people.students()
        self.fields["mentor"].queryset = people.mentors()


class EndForm(HouseForm, forms.Form):
    """How a mentorship ended."""

    status = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            (MentorshipStatus.COMPLETED, _("Completed: they did what they set out to do, to the last day")),
            (MentorshipStatus.COMPLETED_EARLY, _("Completed early: they were done before the last day")),
            (MentorshipStatus.ENDED_BY_AGREEMENT, _("Ended by agreement: it stopped before it was done, and both know why")),
            (MentorshipStatus.ENDED_WITH_CONCERN, _("Ended with a concern: something was not right")),
            (MentorshipStatus.NO_SHOW, _("Did not begin: they never met")),
        ],
        widget=LongChipSelect,
        error_messages={"required": _("Choose how the mentorship ended.")},
    )
    seeks_again = forms.TypedChoiceField(
        required=False,
        label=_("Does the student look for another mentor?"),
        choices=[("yes", _("Yes, back to those who look")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=ChipSelect,
        help_text=_("Left open: yes, unless it was completed."),
    )
    reason = forms.CharField(
        required=False,
        max_length=REASON_MOST,
        label=_("What should be remembered"),
        help_text=_("Only coordinators read it."),
        widget=forms.Textarea,
    )


class StageForm(forms.Form):
    """A move by hand, with a few words why; or a suggestion that is confirmed (``fact``)."""

    stage = forms.ChoiceField(choices=Stage.choices)
    why = forms.CharField(
        max_length=300, required=False, error_messages={"max_length": _("Say why in at most 300 characters.")}
    )
    fact = forms.ChoiceField(choices=list(FACTS.items()), required=False)
