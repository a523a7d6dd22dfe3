"""A mentor who must stop: the form with one row for each of their mentorships, and doing what was chosen, all at once."""

from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.models import Note
from checkins.services.notes import SHAREABLE, hand_on_notes
from common.forms import ChipSelectMultiple, HouseForm
from matching import words
from matching.enums import MentorshipStatus
from matching.services import handover
from matching.services.mentorships import end_mentorship
from matching.services.refused import Refused
from programmes.models import Participant
from programmes.services.people import withdraw_participant

NOBODY, LATER = "nobody", "later"


@dataclass(frozen=True)
class Row:
    """One mentorship on the page: its fields, and why the engine proposes whom."""

    mentorship: object
    names: str
    substitute: forms.BoundField
    notes: forms.BoundField | None
    score: int | None
    axes: list
    fors: list


class HandoverForm(HouseForm, forms.Form):
    """For each mentorship who carries it on, and which notes go with it (none unless chosen)."""

    leaves = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("Take the mentor out of the programme, so that no further run asks them")
    )

    def __init__(self, *args, mentor, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.mentor, self.found = mentor, handover.propose_substitutes(mentor)
        ids = {pair.mentor_id for one in self.found for pair in one.pairs} | {one.proposed for one in self.found} - {None}
        self.people = Participant.objects.filter(pk__in=ids - {None}).select_related("membership").in_bulk()
        shareable = Note.objects.visible_to(membership).filter(mentorship__in=[one.mentorship for one in self.found], visibility__in=SHAREABLE)
        self.notes = list(shareable.select_related("author").order_by("written_at"))
        for one in self.found:
            self._add(one)

    def _add(self, one):
        pk = one.mentorship.pk
        choices = [(str(pair.mentor_id), self._label(pair)) for pair in one.pairs if pair.mentor_id in self.people]
        choices += [(NOBODY, _("Nobody now: end it, the student looks again")), (LATER, _("Leave it as it is for now"))]
        first = str(one.proposed) if str(one.proposed) in dict(choices) else choices[0][0]
        self.fields[f"who_{pk}"] = forms.ChoiceField(label=_("Who carries it on?"), choices=choices, initial=first)
        notes = [(str(note.pk), f"{note.author.name}: {note.text[:120]}") for note in self.notes if note.mentorship_id == pk]
        if notes:
            self.fields[f"notes_{pk}"] = forms.MultipleChoiceField(
                required=False, label=_("Notes to hand on"), choices=notes, widget=ChipSelectMultiple
            )

    def _label(self, pair):
        person = self.people[pair.mentor_id]
        return _("%(name)s, %(employer)s (score %(score)d)") % {
            "name": person.name, "employer": person.employer_name or person.town, "score": pair.score,
        }  # fmt: skip

    def rows(self):
        for one in self.found:
            pk = one.mentorship.pk
            chosen = str(self[f"who_{pk}"].value())
            pair = next((pair for pair in one.pairs if str(pair.mentor_id) == chosen), None)
            yield Row(
                mentorship=one.mentorship,
                names=words.listing(student.name for student in one.students),
                substitute=self[f"who_{pk}"],
                notes=self[f"notes_{pk}"] if f"notes_{pk}" in self.fields else None,
                score=pair.score if pair else None,
                axes=words.axes(pair.axes) if pair else [],
                fors=words.phrases(pair.reasons_for) if pair else [],
            )

    def do(self, *, by) -> int:
        """Hand over or end every mentorship as chosen, or nothing at all; returns how many changed, 0 with errors on the fields."""
        count = 0
        try:
            with transaction.atomic():
                for one in self.found:
                    count += self._do_one(one, by)
                if self.cleaned_data["leaves"] and not self.leaves_some:
                    withdraw_participant(participant=self.mentor, reason=_("Handed over to other mentors"), by=by)
        except Refused as refused:
            self.add_error(self.at, str(refused))
            return 0
        return count

    @property
    def leaves_some(self) -> bool:
        """Whether a mentorship stays as it is for now, and with it the mentor."""
        return any(self._who(one) == LATER for one in self.found)

    def _who(self, one):
        return self.cleaned_data[f"who_{one.mentorship.pk}"]

    def _do_one(self, one, by):
        who, self.at = self._who(one), f"who_{one.mentorship.pk}"
        if who == LATER:
            return 0
        if who == NOBODY:
            end_mentorship(mentorship=one.mentorship, status=MentorshipStatus.ENDED_BY_AGREEMENT, seeks_again=True, by=by)
            return 1
        new = handover.hand_over(mentorship=one.mentorship, mentor=self.mentor, substitute=self.people[int(who)], by=by)
        chosen = set(self.cleaned_data.get(f"notes_{one.mentorship.pk}", ()))
        hand_on_notes(notes=[note for note in self.notes if str(note.pk) in chosen], to=new, by=by)
        return 1
