"""What is due about training that was finished once: the end checklist has opened, or it will run out."""

from datetime import datetime, time, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.words import day
from matching.models import MentorshipMember
from matching.services.records import TAKEN
from organisations.services import links
from post.services.outbox import label
from programmes.models import Participant, Programme
from training.models import ChecklistResponse, TrainingRules
from training.models.readiness import END_PERCENT
from training.services.counting import may_have_run_out, old_responses
from training.services.readiness import readiness_of
from training.services.rules import rules_of
from training.validity import end_opens_on

from .reminder_events import by_programme, window
from .reminders import Due, Person, held


def end_checklists_due(rules, today):
    """Mentors with a student who finished the first checklist and have not answered the one at the end."""
    asked = by_programme(rules)
    first, last = window(rules, today)
    programmes = {rule.programme_id: rule.programme for rule in rules}
    opens = {pk: one.end_opens for pk, one in rules_of(list(programmes.values())).items()}
    opened = [programmes[pk] for pk, on in opens.items() if first <= on <= min(last, today)]
    mentors = _mentors(opened).filter(pk__in=MentorshipMember.objects.filter(mentorship__status__in=TAKEN).values("participant"))
    for mentor, ready in _with_readiness(mentors, opened):
        if not ready.finished_at or ready.end_finished_at:
            continue
        for rule in asked[mentor.programme_id]:
            why = _("The end checklist opened on %(day)s, not answered") % {"day": day(opens[mentor.programme_id])}
            context = {"done": ready.end_answered, "total": ready.total}
            yield _due(rule, mentor, opens[mentor.programme_id], why, context)


def confirm_end_checklists(dues):
    """Those still in the programme who have not finished it."""
    open_ = _held(dues)
    return [due for due in dues if due.row_id in open_ and not open_[due.row_id].end_finished_at]


def with_end_checklists(first, last):
    """Organisations with a programme whose end checklist opens on these days, by its own rule or by hand."""
    own = TrainingRules.unscoped.filter(organisation=OuterRef("organisation"), programme=OuterRef("pk"))
    running = Programme.unscoped.filter(closed_at=None, starts_on__lte=last, ends_on__gte=first).order_by()
    running = running.annotate(percent=Subquery(own.values("end_percent")[:1]))
    by_rule = {
        pk
        for pk, starts_on, ends_on, percent in running.values_list("organisation_id", "starts_on", "ends_on", "percent")
        if first <= end_opens_on(starts_on, ends_on, percent or END_PERCENT) <= last
    }
    by_hand = TrainingRules.unscoped.filter(end_opened_on__range=(first, last)).order_by()
    return by_rule | set(by_hand.values_list("organisation_id", flat=True))


def trainings_ending(rules, today):
    """Mentors whose training runs out on a day the rules count from."""
    asked = by_programme(rules)
    first, last = window(rules, today)
    programmes = list({rule.programme_id: rule.programme for rule in rules}.values())
    mentors = _mentors(programmes).filter(may_have_run_out(_end_of(last)))
    for mentor, ready in _with_readiness(mentors, programmes):
        until = ready.valid_until
        if until is None or not first <= until <= last:
            continue
        for rule in asked[mentor.programme_id]:
            context = {"until": until, "minutes": ready.rules.refresher_minutes}
            yield _due(rule, mentor, until, _("The training runs out on %(day)s") % {"day": day(until)}, context, target=f":{until.isoformat()}")


def confirm_trainings_ending(dues):
    """Those still in the programme whose training still ends on that day: a refresher moves it."""
    open_ = _held(dues)
    return [due for due in dues if due.row_id in open_ and open_[due.row_id].valid_until == due.counted_from]


def with_trainings_ending(first, last):
    """Organisations where somebody finished so long ago that their training could run out by then."""
    rows = old_responses(_end_of(last), ChecklistResponse.unscoped, TrainingRules.unscoped)
    return rows.order_by().values_list("organisation_id", flat=True).distinct()


def _mentors(programmes):
    rows = Participant.objects.mentors().active().filter(programme__in=programmes, membership__left_at=None)
    return rows.select_related("membership__organisation")


def _with_readiness(mentors, programmes):
    mentors = list(mentors)
    ready = readiness_of(mentors, programmes=programmes)
    return [(mentor, ready[mentor.pk]) for mentor in mentors]


def _held(dues):
    """{participant id: Readiness} of those still there, their rows held until the transaction ends."""
    rows = held(Participant.objects.active())
    return readiness_of(rows.filter(pk__in={due.row_id for due in dues}))


def _end_of(last):
    return datetime.combine(last + timedelta(days=1), time.max, timezone.get_default_timezone())


def _due(rule, mentor, counted_from, why, context, target=""):
    person = mentor.membership
    return Due(
        rule=rule,
        target=label(mentor) + target,
        row_id=mentor.pk,
        person=Person.of(person),
        counted_from=counted_from,
        why=why,
        context=context,
        page=links.absolute(reverse("training:my_training", args=[person.organisation.slug])),
        about=label(mentor),
    )
