"""What the members of a mentorship settle with each other: own answers, one shared wording a topic, and whether it still fits."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record

from ..expectation_topics import BY_KEY
from ..models import Agreement, AgreementLook, Expectation, ExpectationAnswer, ExpectationYes, Mentorship
from .agreement_versions import fix_before_change
from .members import have_all, present_seats
from .refused import Refused

SAME_REVIEW = timedelta(days=14)  # a review that asks people on several days asks for one look


class Changed(Refused):
    """Somebody else changed the wording since the page was read: what was typed is shown beside the new one."""


def save_answers(*, mentorship, participant, answers, by):
    """Keep one member's own answers. answers: topic -> (chosen keys, words); one with neither is taken away."""
    with transaction.atomic():
        _locked(mentorship, participant)
        for topic, (choices, text) in answers.items():
            offered = dict(BY_KEY[topic].choices)
            kept = {"choices": [key for key in choices if key in offered], "text": text.strip()}
            rows = ExpectationAnswer.objects.filter(mentorship=mentorship, participant=participant, topic=topic)
            if not any(kept.values()):
                rows.delete()
            elif not rows.filter(**kept).exists():
                ExpectationAnswer.objects.update_or_create(
                    mentorship=mentorship, participant=participant, topic=topic, defaults=kept
                )
        record("expectations answered", by=by, about=mentorship, side=participant.side)


def propose_wording(*, mentorship, topic, wording, seen, participant, by, at=None) -> Expectation:
    """Put a shared wording to everybody; whoever wrote it has said yes to it. The same words again are a yes.

    seen: the number of the wording that was read, 0 for none. Changed when there is a newer one by now.
    """
    at, wording = at or timezone.now(), wording.strip()
    with transaction.atomic():
        seats = _locked(mentorship, participant)
        row = Expectation.objects.filter(mentorship=mentorship, topic=topic).first()
        if (row.number if row else 0) != seen and not (row and row.wording == wording):
            raise Changed(_("Somebody changed this a moment ago. Yours was not saved; it still stands below, beside the new wording."))
        if row is None:
            row = Expectation.objects.create(mentorship=mentorship, topic=topic, wording=wording, worded_by=participant, worded_at=at)
            record("expectation worded", by=by, about=row, topic=topic)
        elif row.wording != wording:
            row.wording, row.number, row.worded_by, row.worded_at = wording, row.number + 1, participant, at
            row.save(update_fields=["wording", "number", "worded_by", "worded_at"])
            record("expectation worded", by=by, about=row, topic=topic)
        _say_yes(row, seats, participant, by, at)
    return row


def agree_wording(*, mentorship, topic, seen, participant, by, at=None) -> Expectation:
    """Say yes to the shared wording. Changed when it is not the one that was read."""
    with transaction.atomic():
        seats = _locked(mentorship, participant)
        row = Expectation.objects.filter(mentorship=mentorship, topic=topic).first()
        if row is None or row.number != seen:
            raise Changed(_("Somebody changed this a moment ago. Read the new wording, then say yes or change it."))
        _say_yes(row, seats, participant, by, at or timezone.now())
    return row


def say_still_fits(*, agreement, participant, fits, by) -> AgreementLook | None:
    """Answer the question of a review; the last answer counts. None where no review asks."""
    with transaction.atomic():
        _locked(agreement.mentorship, participant)
        agreement.refresh_from_db()
        if agreement.look_again_since is None:
            return None
        look, _made = AgreementLook.objects.update_or_create(
            agreement=agreement, participant=participant, since=agreement.look_again_since, defaults={"fits": fits}
        )
        record("agreement looked at again", by=by, about=agreement, fits=fits)
    return look


def ask_whether_it_fits(*, mentorship_ids, at=None) -> int:
    """A review starts: their members are asked whether the agreement still fits. Safe to run twice; returns how many."""
    at = at or timezone.now()
    due = Q(look_again_since=None) | Q(look_again_since__lt=at - SAME_REVIEW)
    rows = Agreement.objects.filter(due, mentorship__in=Mentorship.objects.active().filter(pk__in=mentorship_ids))
    return rows.update(look_again_since=at)


def _say_yes(row, seats, participant, by, at):
    _yes, made = ExpectationYes.objects.get_or_create(
        expectation=row, participant=participant, number=row.number, defaults={"at": at}
    )
    if made:
        record("expectation agreed", by=by, about=row, topic=row.topic)
    said = ExpectationYes.objects.filter(expectation=row, number=row.number).values_list("participant_id", flat=True)
    if row.is_settled or not have_all(seats, said):
        return
    fix_before_change(row.mentorship)
    row.settled, row.settled_number, row.settled_at = row.wording, row.number, at
    row.save(update_fields=["settled", "settled_number", "settled_at"])
    record("expectation settled", by=by, about=row, topic=row.topic)


def _locked(mentorship, participant):
    """The seats of those present; the mentorship's row is held, so that two who settle at once come one after the other."""
    row = Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    if not row.is_active:
        raise Refused(_("This mentorship has ended, so what you settled stands."))
    seats = present_seats(row)
    if participant.pk not in {seat.participant_id for seat in seats}:
        raise Refused(_("Only those who are in this mentorship now can settle this."))
    return seats
