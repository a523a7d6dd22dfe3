"""The form of one question in the builder."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, HouseForm

from ..enums import Axis, QuestionKind
from ..questions import (
    CHOICE,
    COMPARED,
    LONGEST_OPTION,
    MANY,
    MOST_OPTIONS,
    PLACE,
    SCALE,
    TEXT,
    WEIGHTS,
    Asked,
    distinct,
    may_be_hard,
)

WEIGHT_WORDS = [(str(WEIGHTS[0]), _("A little")), (str(WEIGHTS[1]), _("As usual")), (str(WEIGHTS[2]), _("A lot"))]


class OptionsField(forms.CharField):
    """A list, one on each line. Doubles (whatever their case) count once."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 6}), max_length=MOST_OPTIONS * LONGEST_OPTION, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        lines = [" ".join(line.split()) for line in super().to_python(value).splitlines()]
        found = distinct(line for line in lines if line)
        if len(found) > MOST_OPTIONS:
            raise forms.ValidationError(_("%(n)s options are the most.") % {"n": MOST_OPTIONS})
        for line in found:
            if len(line) > LONGEST_OPTION:
                raise forms.ValidationError(
                    _("“%(option)s…” is too long. An option has at most %(n)s letters.") % {"option": line[:40], "n": LONGEST_OPTION}
                )
        return found


class QuestionForm(HouseForm, forms.Form):
    """side: whose questionnaire. students: what students are asked, for a mentor's question to be compared with.

    question: the Asked it begins with, or None. A question about a fact keeps its kind: rosters fill it too.
    """

    label = forms.CharField(label=_("Question"), max_length=300)
    help = forms.CharField(label=_("A line to explain it"), max_length=500, required=False)
    kind = forms.ChoiceField(label=_("How is it answered?"), choices=QuestionKind.choices, widget=ChipSelect)
    options = OptionsField(label=_("What can be chosen"), help_text=_("One on each line."))
    allows_other = forms.BooleanField(label=_("People may write an answer of their own"), required=False)
    low = forms.CharField(label=_("What 1 means"), max_length=LONGEST_OPTION, required=False)
    high = forms.CharField(label=_("What 5 means"), max_length=LONGEST_OPTION, required=False)
    required = forms.BooleanField(label=_("It must be answered"), required=False)
    pair_with = forms.ChoiceField(
        label=_("Compare with what students are asked"),
        required=False,
        help_text=_("How much it counts is said by the student’s question."),
    )
    axis = forms.ChoiceField(
        label=_("What does it count for?"),
        choices=Axis.choices,
        required=False,
        widget=ChipSelect,
        help_text=_("It counts once mentors are asked too."),
    )
    weight = forms.ChoiceField(
        label=_("How much?"),
        choices=WEIGHT_WORDS,
        required=False,
        widget=ChipSelect,
        help_text=_("Beside what is compared anyway: a quarter of it, half of it, as much."),
    )
    is_hard = forms.BooleanField(
        label=_("Both must share an answer"),
        required=False,
        help_text=_("Students and mentors who answered differently are then never matched. Whoever left it out may be."),
    )

    def __init__(self, *args, side, students=(), question: Asked | None = None, **kwargs):
        self.side, self.students, self.question = side, students, question
        self.is_fact = bool(question and question.fact(side))
        super().__init__(*args, initial=self._begin(), **kwargs)
        if side == "student":
            del self.fields["pair_with"]
        else:
            for name in ("axis", "weight", "is_hard"):
                del self.fields[name]
            self.fields["pair_with"].choices = [("", _("nothing: it is only read")), *((one.key, one.label) for one in students)]
        if self.is_fact:
            self.fields["kind"].disabled = True
            for name in ("axis", "weight", "pair_with"):
                self.fields.pop(name, None)
            if not may_be_hard(question):
                self.fields.pop("is_hard", None)

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind in (CHOICE, MANY) and "options" not in self.errors and len(data.get("options", [])) < 2 and not data.get("allows_other"):
            self.add_error("options", _("Write at least two options, one on each line."))
        if data.get("axis") and kind == TEXT:
            self.add_error("axis", _("Their own words cannot be compared. Choose another way to answer, or let it count for nothing."))
        if data.get("is_hard") and kind in (TEXT, PLACE):
            self.add_error("is_hard", _("Such answers cannot be compared, so they cannot be a must."))
        elif data.get("is_hard") and not self.is_fact and not data.get("axis") and "axis" not in self.errors:
            self.add_error("is_hard", _("Say what it counts for too; an answer that only you read cannot be a must."))
        other = next((one for one in self.students if one.key == data.get("pair_with")), None)
        if other and kind and (other.kind, kind) not in COMPARED:
            self.add_error(
                "pair_with",
                _("Students answer that in another way (%(kind)s). Choose the same way here.")
                % {"kind": QuestionKind(other.kind).label},
            )
        return data

    def values(self) -> dict:
        """Fields of the model."""
        data = self.cleaned_data
        kind = data["kind"]
        options = {CHOICE: data["options"], MANY: data["options"], SCALE: [data["low"], data["high"]]}.get(kind, [])
        found = {
            "label": data["label"],
            "help": data["help"],
            "kind": kind,
            "options": options,
            "allows_other": data["allows_other"] and kind in (CHOICE, MANY),
            "required": data["required"],
        }
        if self.side == "student" and not self.is_fact:
            found |= {"axis": data["axis"], "weight": int(data["weight"] or WEIGHTS[1])}
        if "is_hard" in self.fields:
            found["is_hard"] = data["is_hard"]
        return found

    @property
    def paired_with(self):
        """Key to compare with, "" for none, None where that is not to be chosen."""
        return self.cleaned_data["pair_with"] if "pair_with" in self.fields else None

    def _begin(self):
        one = self.question
        if one is None:
            return {"kind": CHOICE, "weight": str(WEIGHTS[1]), "axis": ""}
        ends = (*one.options, "", "")[:2] if one.kind == SCALE else ("", "")
        return {
            "label": one.label,
            "help": one.help,
            "kind": one.kind,
            "options": [] if one.kind == SCALE else list(one.options),
            "allows_other": one.allows_other,
            "low": ends[0],
            "high": ends[1],
            "required": one.required,
            "axis": one.axis,
            "weight": str(one.weight),
            "is_hard": one.is_hard,
            "pair_with": one.key,
        }
