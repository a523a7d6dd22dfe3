"""A programme with what comes with its preset: the coordinator's checklist, reminder rules and surveys."""

from datetime import timedelta

from evaluation.models import Survey
from evaluation.presets import survey_for
from programmes.models import ChecklistItem, Programme
from programmes.presets import preset_by_key
from programmes.services.programmes import create_programme

from .times import at

OPEN_LINES = 2  # of what was due lately on the checklist: the rest is ticked off
EXIT_OPENS = timedelta(days=14)  # before the last day


def make_programme(*, name, starts_on, ends_on, by, today, preset="industry_placement", review_opens=None) -> Programme:
    """``review_opens``: the day the mid-point review opens; half-way unless given."""
    chosen = preset_by_key(preset)
    programme = create_programme(
        preset=preset,
        by=by,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        purpose=str(chosen.purpose),
        outcomes="\n".join(str(line) for line in chosen.outcomes),
    )
    if starts_on <= today:
        _tick_off(programme, by, today)
    _surveys(programme, today, review_opens or starts_on + (ends_on - starts_on) // 2)
    return programme


def _tick_off(programme, by, today):
    """What was due is done, but for the last lines."""
    late = list(ChecklistItem.objects.filter(programme=programme, due_on__lt=today).order_by("due_on", "pk"))
    done = late[: max(0, len(late) - OPEN_LINES)]
    for item in done:
        item.done_at, item.done_by = at(item.due_on, 16), by
    ChecklistItem.objects.bulk_update(done, ["done_at", "done_by"])


def _surveys(programme, today, review_opens):
    last = programme.ends_on
    spans = (("review", review_opens, review_opens + timedelta(days=21)), ("exit", last - EXIT_OPENS, last + timedelta(days=14)))
    for kind, opens, closes in spans:
        key = {"review": programme.review_key, "exit": programme.exit_key}[kind]
        Survey.objects.update_or_create(
            programme=programme,
            kind=kind,
            defaults={
                "version": survey_for(key, "student").version,
                "opens_on": opens,
                "closes_on": max(opens, closes),
                "opened_at": at(opens, 8) if opens <= today else None,
            },
        )
