"""What is due when a mentorship winds down: one letter to each member on the day its ending begins. Registered in AppConfig.ready."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.words import day
from goals.ending_board import ENDING
from goals.ending_facts import ending_of
from goals.models import EndingNote, Goal
from matching.models import Mentorship
from matching.stages import WINDING_DOWN_AT_PERCENT
from organisations.services import links
from post.services.outbox import label

from .members import people_of
from .reminder_events import by_programme, on_sides, window
from .reminders import Due, Person, asks_on, held

SLACK = timedelta(days=1)  # the database counts in UTC; the exact day is worked out afterwards
WRITTEN = 3  # thanks, look back, next step: who has done them needs no letter


def endings_due(rules, today):
    """Members of running mentorships whose ending began on a day the rules count from, and who have not written everything."""
    first, last = window(rules, today)
    asked = by_programme(rules)
    rows = list(_begun(Mentorship.objects.active().filter(programme__in=list(asked)), first, last).select_related("organisation"))
    goals, people, written = _goals(rows), people_of({row.pk for row in rows}), _written(rows)
    for row in rows:
        began = _began(row, goals[row.pk])
        for rule in asked[row.programme_id]:
            if began is not None and asks_on(rule, began, today):
                yield from _letters(rule, row, people[row.pk], began, written)


def confirm_endings(dues):
    """Those still running, for people who have not written everything meanwhile."""
    rows = held(Mentorship.objects.active()).filter(pk__in={due.row_id for due in dues})
    open_ = {row.pk: row for row in rows}
    written = _written(open_.values())
    return [due for due in dues if due.row_id in open_ and written[due.row_id, due.person.key] < WRITTEN]


def with_endings(first, last):
    """Organisations where an ending may have begun on these days."""
    rows = _begun(Mentorship.unscoped.filter(status="active"), first, last, Goal.unscoped)
    return rows.order_by().values_list("organisation_id", flat=True).distinct()


def _begun(rows, first, last, goals=None):
    """By time, by a goal that was reached, or by the stage: a mentorship whose ending cannot have begun then is left out."""
    low = datetime.combine(first - SLACK, time.min, timezone.get_default_timezone())
    high = datetime.combine(last + SLACK, time.max, timezone.get_default_timezone())
    goals = Goal.objects.all() if goals is None else goals.all()
    reached = goals.filter(status=Goal.Status.DONE, settled_at__range=(low, high)).values("mentorship")
    share = ExpressionWrapper((F("ends_on") - F("started_on")) * (WINDING_DOWN_AT_PERCENT / 100), output_field=DurationField())
    by_time = ExpressionWrapper(F("started_on") + share, output_field=DateTimeField())
    stage = Q(stage__in=ENDING, stage_since__range=(first, last))
    return rows.annotate(by_time=by_time).filter(Q(by_time__range=(low, high)) | Q(pk__in=reached) | stage)


def _began(row, goals):
    """The day its ending began: worked out, or sooner where the members moved there."""
    worked_out = ending_of(row, goals)
    return min(worked_out, row.stage_since) if row.stage in ENDING else worked_out


def _goals(rows):
    found = defaultdict(list)
    for goal in Goal.objects.filter(mentorship__in=rows):
        found[goal.mentorship_id].append(goal)
    return found


def _written(rows):
    """{(mentorship id, person's key): how many of the three they have written}."""
    found = defaultdict(int)
    notes = EndingNote.objects.filter(mentorship__in=[row.pk for row in rows])
    for mentorship, membership in notes.values_list("mentorship_id", "participant__membership_id"):
        found[mentorship, f"membership:{membership}"] += 1
    return found


def _letters(rule, row, people, began, written):
    if not people.students or not people.mentors:
        return
    for participant in on_sides(rule, people):
        person = Person.of(participant.membership)
        if written[row.pk, person.key] >= WRITTEN:
            continue
        yield Due(
            rule=rule,
            target=label(row),
            row_id=row.pk,
            person=person,
            counted_from=began,
            why=_("The ending began on %(day)s") % {"day": day(began)},
            context={"other_names": people.others(participant), "ends_on": row.ends_on},
            page=links.absolute(reverse("goals:ending", args=[row.organisation.slug, row.pk])),
            about=label(row),
        )
