"""What each member answers on the topics they settle together, and the wording they share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelectMultiple, HouseForm

from ..expectation_topics import TOPICS

LONGEST = 2000


class SettleAnswersForm(HouseForm, forms.Form):
    """Every topic: chips to tap, and words of one's own. Nothing has to be filled in. answers: topic -> (chosen keys, words)."""

    def __init__(self, *args, answers=None, **kwargs):
        kept = answers or {}
        initial = {}
        for topic, (choices, text) in kept.items():
            initial |= {topic: choices, f"{topic}_words": text}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        for topic in TOPICS:
            self.fields[topic.key] = forms.MultipleChoiceField(
                required=False, choices=topic.choices, label=topic.question, help_text=topic.note, widget=ChipSelectMultiple
            )
            self.fields[f"{topic.key}_words"] = forms.CharField(
                required=False,
                max_length=LONGEST,
                label=_("In your own words"),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.use_required_attribute = False

    @property
    def topics(self):
        """(topic, its chips, its words) in order."""
        return [(topic, self[topic.key], self[f"{topic.key}_words"]) for topic in TOPICS]

    def answers(self) -> dict:
        data = self.cleaned_data
        return {topic.key: (data[topic.key], data[f"{topic.key}_words"]) for topic in TOPICS}


class WordingForm(HouseForm, forms.Form):
    """The wording for all. ``seen``: number of the one that was read."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    wording = forms.CharField(
        max_length=LONGEST,
        label=_("What you settle"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you settle, or go back: nothing is lost.")},
    )
