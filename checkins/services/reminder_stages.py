"""What is due about mentorships that stay in an early stage: counted from the day the stage began."""

from django.utils.translation import gettext as _

from common.words import day
from matching.models import Mentorship
from matching.stages import EARLY
from organisations.services import links
from post.services.outbox import label

from .members import people_of
from .reminder_events import by_programme, on_sides, window
from .reminder_onlookers import Onlookers, of_late, tell
from .reminders import Due, Person, asks_on, held


def stages_due(rules, today):
    """Running mentorships that have been in their early stage for as many days as a rule says."""
    first, last = window(rules, today)
    asked = by_programme(rules)
    rows = _early().filter(programme__in=list(asked), stage_since__range=(first, last)).select_related("organisation")
    pairs = [(rule, row) for row in rows for rule in asked[row.programme_id] if asks_on(rule, row.stage_since, today)]
    ids = {row.pk for _rule, row in pairs}
    people, others = people_of(ids), Onlookers(rules, ids)
    for rule, row in pairs:
        yield from _about(rule, row, people[row.pk], others, today)


def confirm_stages(dues):
    """Those still in the stage that began on that day."""
    rows = held(_early()).filter(pk__in={due.row_id for due in dues})
    since = dict(rows.values_list("pk", "stage_since"))
    return [due for due in dues if since.get(due.row_id) == due.counted_from]


def with_stages(first, last):
    """Organisations where an early stage began on these days."""
    rows = Mentorship.unscoped.filter(status="active", stage__in=EARLY, stage_since__range=(first, last))
    return rows.order_by().values_list("organisation_id", flat=True).distinct()


def _early():
    return Mentorship.objects.in_contact().filter(stage__in=EARLY)


def _about(rule, row, people, others, today):
    if not people.students or not people.mentors:
        return
    days, stage = (today - row.stage_since).days, row.get_stage_display().lower()
    common = {
        "rule": rule,
        "target": f"{label(row)}:{row.stage}:{row.stage_since.isoformat()}",
        "row_id": row.pk,
        "counted_from": row.stage_since,
        "about": f"checkins.stage:{row.pk}",
    }
    if rule.recipient in others.asked:
        reason = _("They have been in the stage “%(stage)s” since %(day)s.") % {"stage": stage, "day": day(row.stage_since)}
        yield from tell(rule, row, people, others, of_late(days, reason), common)
        return
    why = _("In the stage “%(stage)s” since %(day)s") % {"stage": stage, "day": day(row.stage_since)}
    for participant in on_sides(rule, people):
        yield Due(
            **common,
            person=Person.of(participant.membership),
            why=why,
            context={"other_names": people.others(participant), "stage": stage, "days": days},
            page=links.absolute(row.get_absolute_url()),
        )
