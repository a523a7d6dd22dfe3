"""One reminder rule on one page, and the hours in which reminders go."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import HouseForm, LongChipSelect
from programmes.enums import Recipient
from programmes.reminder_kinds import LONGEST, letter_of, places_of

from ..services.reminder_rules import NOT_IN_SUBJECTS, OPENING_MOST, SUBJECT_MOST, Wanted

LEAST_HOURS = timedelta(hours=2)


class RuleForm(HouseForm, forms.Form):
    """``kind``: what it is about. ``rule``: the one that is changed, or None for a new one. ``ask_if_sure``: show the box that says so."""

    days = forms.IntegerField(min_value=0, max_value=LONGEST)
    recipient = forms.ChoiceField(label=_("Who gets it"), widget=LongChipSelect)
    is_active = forms.BooleanField(label=_("On"), required=False, initial=True)
    begins = forms.ChoiceField(
        label=_("Begin with"),
        widget=LongChipSelect,
        required=False,
        initial="today",
        choices=[("today", _("What comes due from today on")), ("week", _("Also what came due in the last seven days"))],
        help_text=_("When you change the day, the people, or switch it on."),
    )
    subject = forms.CharField(label=_("Your own subject"), required=False, max_length=200)
    opening = forms.CharField(label=_("Your own words above the button"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(label=_("Yes, send them"), required=False)

    def __init__(self, *args, kind, rule=None, ask_if_sure=False, **kwargs):
        if rule:
            kwargs["initial"] = {
                "days": abs(rule.offset_days),
                "version": rule.version,
                **{name: getattr(rule, name) for name in ("recipient", "is_active", "subject", "opening")},
            } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["days"].label = _("Days before") if kind.before else _("Days after")
        self.fields["days"].help_text = _("Counted from %(fact)s. 0 is the same day.") % {"fact": kind.fact}
        labels = dict(Recipient.choices)
        self.fields["recipient"].choices = [(one.value, labels[one]) for one in kind.audience]
        self.fields["subject"].help_text = _("Empty: ours. At most %(n)d characters. You can use %(places)s.") % {
            "n": SUBJECT_MOST,
            "places": _braced(one for one in places_of(kind, kind.audience[0]) if one not in NOT_IN_SUBJECTS),
        }
        self.fields["opening"].help_text = self._about_opening(kind)
        if len(kind.audience) == 1:
            self.fields["recipient"].initial = kind.audience[0]
        if not ask_if_sure:
            self.fields["sure"].widget = forms.HiddenInput()

    def _about_opening(self, kind):
        people = [one for one in kind.audience if letter_of(kind, one) == kind.letter]
        others = [one for one in kind.audience if one not in people]
        words = _("Empty: ours. One paragraph of at most %(n)d characters. You can use %(places)s.") % {
            "n": OPENING_MOST,
            "places": _braced(places_of(kind, kind.audience[0])),
        }
        if people and others:
            words = _("%(words)s To those who look on: %(places)s.") % {"words": words, "places": _braced(places_of(kind, others[0]))}
        return words

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            data["days"], data["recipient"], data["is_active"], data["subject"], data["opening"], data["begins"] == "week"
        )


class HoursForm(HouseForm, forms.Form):
    """From when until when reminders go, where the organisation is."""

    letters_from = forms.TimeField(label=_("From"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    letters_until = forms.TimeField(label=_("Until"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("letters_from"), cleaned.get("letters_until")
        if first is None or last is None:
            return cleaned
        day = datetime(2000, 1, 1)  # noqa: DTZ001  two times of one day, to be subtracted
        if first == last:
            self.add_error("letters_until", _("Then there would be no hour left for reminders. Choose a later one."))
        elif datetime.combine(day, last) - datetime.combine(day, first) < LEAST_HOURS:
            self.add_error("letters_until", _("Choose a time at least two hours after the first, on the same day."))
        return cleaned


def _braced(places):
    return ", ".join(f"{{{one}}}" for one in places)
