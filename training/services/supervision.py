"""The supervision log and the reflections that belong to it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record

from ..models import Reflection, Supervision, SupervisionSeat
from .guests import mentors_to_ask
from .refused import TrainingError

LONGEST = 600  # minutes
LONG_AGO = timedelta(days=1500)
TWICE = timedelta(minutes=1)
MOST_TEXT = 10_000


@transaction.atomic
def log_supervision(*, programme, mentors, form, held_on, minutes, led_by, topics, by, at=None) -> Supervision:
    """Note a talk with these mentors of the programme. The same one sent twice within a minute is one (a double click).

    held_on: today or before. minutes: 1 to 600. TrainingError with its field for what cannot be.
    """
    at = at or timezone.now()
    mentors = list(mentors)
    _refuse_nonsense(form, mentors, held_on, minutes, led_by, timezone.localdate(at))
    type(programme).objects.select_for_update(of=("self",)).get(pk=programme.pk)  # a double click waits here
    same = {"programme": programme, "form": form, "held_on": held_on, "minutes": minutes, "led_by": led_by.strip(), "topics": topics.strip()}
    for twin in Supervision.objects.filter(**same, noted_by=by, noted_at__gt=at - TWICE):
        if set(twin.seats.values_list("mentor", flat=True)) == {mentor.pk for mentor in mentors}:
            return twin
    talk = Supervision.objects.create(**same, noted_by=by)
    SupervisionSeat.objects.bulk_create(
        SupervisionSeat(organisation_id=talk.organisation_id, supervision=talk, mentor=mentor) for mentor in mentors
    )
    record("supervision noted", by=by, about=talk, mentors=len(mentors))
    return talk


@transaction.atomic
def remove_supervision(*, supervision, by) -> None:
    """Take an entry out that was made by mistake. Reflections stay with those who wrote them."""
    record("supervision taken out", by=by, about=supervision)
    supervision.delete()


@transaction.atomic
def write_reflection(*, by, text, readers, reflection=None, supervision=None, gathering=None) -> Reflection:
    """Write a reflection, or change one of one's own. TrainingError for an empty one, or readers that do not exist."""
    text = text.strip()
    if not text:
        raise TrainingError(_("Write something first."), "text")
    if readers not in Reflection.Readers.values:
        raise TrainingError(_("Choose who may read it."), "readers")
    if reflection is None:
        type(by).objects.select_for_update(of=("self",)).get(pk=by.pk)  # a double click waits here
        recent = {"author": by, "text": text, "supervision": supervision, "gathering": gathering}
        twin = Reflection.objects.filter(**recent, written_at__gt=timezone.now() - TWICE).first()
        reflection = twin or Reflection(author=by, supervision=supervision, gathering=gathering)
    reflection.text, reflection.readers = text[:MOST_TEXT], readers
    reflection.save()
    return reflection


def delete_reflection(*, reflection) -> None:
    """Gone for good: it is nobody else's to keep."""
    reflection.delete()


def overview(programme) -> list[dict]:
    """[{"mentor", "count", "minutes", "last"}] of a programme's mentors: those with no supervision yet, then the longest ago."""
    mentors = mentors_to_ask(programme).annotate(
        talks=Count("supervision_seats"),
        supervised_minutes=Sum("supervision_seats__supervision__minutes"),
        last_talk=Max("supervision_seats__supervision__held_on"),
    )
    rows = [{"mentor": one, "count": one.talks, "minutes": one.supervised_minutes or 0, "last": one.last_talk} for one in mentors]
    return sorted(rows, key=lambda row: (row["last"] is not None, row["last"] or timezone.localdate(), row["mentor"].name.casefold()))


def _refuse_nonsense(form, mentors, held_on, minutes, led_by, today):
    if form not in Supervision.Form.values:
        raise TrainingError(_("Please choose."), "form")
    if not mentors:
        raise TrainingError(_("Choose who took part."), "mentors")
    if form == Supervision.Form.ONE_TO_ONE and len(mentors) > 1:
        raise TrainingError(_("One-to-one is with one mentor. Choose one, or say that it was a circle."), "mentors")
    if held_on > today:
        raise TrainingError(_("This day is still to come. Note it once it has happened."), "held_on")
    if held_on < today - LONG_AGO:
        raise TrainingError(_("This is more than four years ago. Is the year right?"), "held_on")
    if not 1 <= minutes <= LONGEST:
        raise TrainingError(_("Give 1 to 600 minutes."), "minutes")
    if not led_by.strip():
        raise TrainingError(_("Please fill this in."), "led_by")
