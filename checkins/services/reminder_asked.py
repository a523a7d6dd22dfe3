"""What is due for people who were asked something before a mentorship began: training, a proposal."""

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.words import day
from matching.models import Proposal
from matching.services.letters import other_of, role_word
from matching.words import some
from organisations.enums import Purpose
from organisations.services import links
from post.services.outbox import label
from programmes.models import Participant
from training.services.readiness import readiness_of

from .reminder_events import by_programme, window
from .reminders import Due, Person, held

A_DAY = timedelta(days=1)  # the database counts days in UTC; the organisation's own day is looked at afterwards


def training_due(rules, today):
    """Mentors who were asked to train and have not finished. Without a sign-in yet, the link lets them set a password."""
    asked = by_programme(rules)
    zone = _zone(rules)
    first, last = window(rules, today)
    mentors = Participant.objects.mentors().active().filter(
        programme__in=list(asked), invited_at__date__range=(first - A_DAY, last + A_DAY)
    )
    mentors = list(mentors.filter(membership__left_at=None).select_related("membership__organisation"))
    ready = readiness_of(mentors)
    for mentor in mentors:
        if ready[mentor.pk].trained:
            continue
        for rule in asked[mentor.programme_id]:
            yield _training(rule, mentor, ready[mentor.pk], timezone.localdate(mentor.invited_at, zone))


def confirm_training(dues):
    """Those still in the programme and not trained."""
    rows = held(Participant.objects.active())
    open_ = {row.pk: row for row in rows.filter(pk__in={due.row_id for due in dues})}
    ready = readiness_of(open_.values())
    return [due for due in dues if due.row_id in open_ and not ready[due.row_id].trained]


def with_training(first, last):
    """Organisations that asked somebody to train on these days."""
    rows = Participant.unscoped.filter(withdrawn_at=None, invited_at__date__range=(first, last))
    return rows.order_by().values_list("organisation_id", flat=True).distinct()


def with_proposals(first, last):
    """Organisations with a proposal published on these days that is still open."""
    rows = Proposal.unscoped.filter(status="published", published_at__date__range=(first, last))
    return rows.order_by().values_list("organisation_id", flat=True).distinct()


def proposals_due(rules, today):
    """Published proposals that somebody has not answered."""
    asked = by_programme(rules)
    zone = _zone(rules)
    first, last = window(rules, today)
    rows = Proposal.objects.open().filter(
        programme__in=list(asked), published_at__date__range=(first - A_DAY, last + A_DAY)
    )
    rows = rows.select_related("student__membership", "mentor__membership").prefetch_related("answers")
    rows, groups = list(rows.order_by("pk")), defaultdict(list)
    for row in rows:
        groups[row.run_id, row.group, row.mentor_id].append(row)
    for row in rows:
        answered = {answer.side for answer in row.answers.all()}
        of_mentor = [row] if row.group is None else groups[row.run_id, row.group, row.mentor_id]
        for participant in (row.student, row.mentor) if of_mentor[0] is row else (row.student,):  # a mentor answers once for a group
            if participant.side in answered or participant.withdrawn_at or participant.membership.left_at:
                continue
            for rule in asked[row.programme_id]:
                yield _proposal(rule, row, participant, timezone.localdate(row.published_at, zone), of_mentor)


def confirm_proposals(dues):
    """Those still open and not answered by that person."""
    rows = held(Proposal.objects.open())
    rows = rows.filter(pk__in={due.row_id for due in dues}).select_related("student", "mentor").prefetch_related("answers")
    waiting = set()
    for row in rows:
        answered = {answer.side for answer in row.answers.all()}
        people = [one for one in (row.student, row.mentor) if one.side not in answered]
        waiting |= {(row.pk, f"membership:{one.membership_id}") for one in people}
    return [due for due in dues if (due.row_id, due.person.key) in waiting]


def _training(rule, mentor, readiness, invited_on):
    person = mentor.membership
    joining = person.user_id is None
    return Due(
        rule=rule,
        target=label(mentor),
        row_id=mentor.pk,
        person=Person.of(person),
        counted_from=invited_on,
        why=_("Asked to train on %(day)s, not finished") % {"day": day(invited_on)},
        context={"done": readiness.answered, "total": readiness.total, "missing": readiness.why_not},
        link=("organisations:join", Purpose.JOIN, person.pk) if joining else None,
        page=links.absolute(reverse("training:my_training", args=[person.organisation.slug])),
        about=label(mentor),
    )


def _proposal(rule, row, participant, published_on, of_mentor):
    other, leads_group = other_of(row, participant), row.group is not None and participant == row.mentor
    names = some(one.student.name for one in of_mentor) if leads_group else other.name
    return Due(
        rule=rule,
        target=label(row),
        row_id=row.pk,
        person=Person.of(participant.membership),
        counted_from=published_on,
        why=_("Proposal of %(day)s, not answered") % {"day": day(published_on)},
        context={
            "other_name": names, "other_role": role_word(other.side), "answer_by": row.answer_by or published_on, "leads_group": leads_group,
        },
        link=("matching:answer_by_link", Purpose.PROPOSAL, row.pk),
        about=label(row),
    )


def _zone(rules):
    return ZoneInfo(rules[0].programme.organisation.time_zone)
