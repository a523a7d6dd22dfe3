"""Learning objectives: written by any of the three, agreed by each. Whoever calls has checked that ``by`` may write."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from programmes.models import Placement

from ..enums import Voice
from ..models import Objective, ObjectiveAgreement

MOST_OBJECTIVES = 12
LENGTH = 300


class Changed(Refused):
    """An objective has other words than the person saw."""


def write_objective(*, placement, text, by, voice="") -> Objective:
    """Write one. ``voice``: whose yes the writer gives with it, if any. The same words twice are one objective."""
    with transaction.atomic():
        _lock(placement)
        found = Objective.objects.standing().filter(placement=placement, text=text).first()
        if found is None:
            if Objective.objects.standing().filter(placement=placement).count() >= MOST_OBJECTIVES:
                raise Refused(_("Twelve learning objectives are enough for one placement. Set one aside first."))
            found = Objective.objects.create(placement=placement, text=text, written_by=by)
            record("learning objective written", by=by, about=found)
        _say_yes(found, by, voice)
    return found


def change_objective(*, objective, version, text, by, voice="", at=None) -> Objective:
    """New words: everybody agrees anew, the writer by writing. Raises Changed when somebody else changed them meanwhile."""
    with transaction.atomic():
        objective = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
        if objective.version != version:
            raise Changed(_("Somebody changed this objective while you had it open. It now says: “%(text)s”") % {"text": objective.text})
        if objective.text == text:
            return objective
        objective.text, objective.version = text, objective.version + 1
        objective.changed_by, objective.changed_at = by, at or timezone.now()
        try:
            with transaction.atomic():
                objective.save(update_fields=["text", "version", "changed_by", "changed_at"])
        except IntegrityError as error:
            raise Refused(_("Another objective says just this.")) from error
        _say_yes(objective, by, voice)
        record("learning objective changed", by=by, about=objective, version=objective.version)
    return objective


def set_objective_aside(*, objective, aside, by, at=None) -> Objective:
    """Leave one out, or take it in again. Nothing is lost: who agreed it stays with it."""
    with transaction.atomic():
        objective = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
        if bool(objective.set_aside_at) == aside:
            return objective
        objective.set_aside_at = at or timezone.now() if aside else None
        try:
            with transaction.atomic():
                objective.save(update_fields=["set_aside_at"])
        except IntegrityError as error:
            raise Refused(_("Another objective says just this.")) from error
        record("learning objective set aside" if aside else "learning objective taken in again", by=by, about=objective)
    return objective


def agree_objectives(*, placement, seen, by, voice) -> int:
    """Say yes to the objectives as they were seen. seen: {id: version}. Returns how many are agreed with it.

    Raises Changed, and agrees none, when one of them has new words or there is one more.
    """
    if voice not in Voice.values:
        raise Refused(_("The student, the mentor and the tutor agree learning objectives."))
    with transaction.atomic():
        rows = list(Objective.objects.standing().select_for_update(of=("self",)).filter(placement=placement))
        if {row.pk: row.version for row in rows} != seen:
            raise Changed(_("The objectives have changed since you opened this page. Please read them again."))
        for row in rows:
            _say_yes(row, by, voice)
        record("learning objectives agreed", by=by, about=placement, voice=str(voice), count=len(rows))
    return len(rows)


def take_in_lines(*, placement, by) -> int:
    """Make an objective of each line that was typed with a placement; returns how many are new."""
    lines = list(dict.fromkeys(" ".join(line.split())[:LENGTH] for line in placement.objectives.splitlines() if line.strip()))
    known = set(Objective.objects.filter(placement=placement).values_list("text", flat=True))
    new = [line for line in lines if line not in known][:MOST_OBJECTIVES]
    Objective.objects.bulk_create(
        Objective(organisation_id=placement.organisation_id, placement=placement, text=line, written_by=by) for line in new
    )
    return len(new)


def _say_yes(objective, by, voice):
    if voice in Voice.values:
        ObjectiveAgreement.objects.get_or_create(
            objective=objective, version=objective.version, voice=voice, defaults={"membership": by, "name": by.name}
        )


def _lock(placement):
    Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
