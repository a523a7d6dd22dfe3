"""The form about one's background: told by a mentor, wished for by a student. Everything may be left out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import ChipSelect, ChipSelectMultiple, HouseForm

from ..background_topics import KIND_OF_SIDE, TOLD, TOPICS, WISH

RATHER_NOT = "rather-not"


class BackgroundForm(HouseForm, forms.Form):
    """side: of the participant. answers: topic -> values, as its owner kept them (left empty where they must not be shown)."""

    def __init__(self, *args, side, answers=None, **kwargs):
        self.kind = KIND_OF_SIDE[side]
        super().__init__(*args, initial=self._begin(answers or {}), **kwargs)
        for topic in TOPICS:
            self.fields[topic.key] = self._told(topic) if self.kind == TOLD else self._wished(topic)

    def answers(self) -> dict[str, list[str]]:
        """Topic -> values; rather not to say is no value."""
        data = {topic.key: self.cleaned_data[topic.key] for topic in TOPICS}
        if self.kind == WISH:
            return data
        return {key: [] if value in ("", RATHER_NOT) else [value] for key, value in data.items()}

    def _begin(self, answers):
        if self.kind == WISH:
            return {topic.key: answers.get(topic.key, []) for topic in TOPICS}
        return {topic.key: next(iter(answers.get(topic.key, ())), RATHER_NOT) for topic in TOPICS}

    def _told(self, topic):
        choices = [(RATHER_NOT, _("I would rather not say")), *topic.words(TOLD)]
        return forms.ChoiceField(label=topic.question, required=False, choices=choices, widget=ChipSelect)

    def _wished(self, topic):
        return forms.MultipleChoiceField(label=topic.label, required=False, choices=topic.words(WISH), widget=ChipSelectMultiple)
