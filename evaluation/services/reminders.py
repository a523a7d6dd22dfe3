"""What the reminder rules ask for about surveys (checkins.services.reminders carries them out)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from checkins.services.reminder_events import by_programme, window
from checkins.services.reminders import Due, held, only_looking
from common.words import day
from organisations.enums import Purpose
from post.services.outbox import label

from ..models import SurveyRequest
from . import letters
from .asking import _ROWS
from .nudging import recently_written

A_DAY = timedelta(days=1)  # the database counts days in UTC; the organisation's own day is looked at afterwards


def survey_reminders_due(rules, today):
    """Whoever was asked and has not answered, while the survey is open."""
    asked = by_programme(rules)
    zone = ZoneInfo(rules[0].programme.organisation.time_zone)
    first, last = window(rules, today)
    rows = SurveyRequest.objects.awaiting().filter(
        survey__programme__in=list(asked), survey__closes_on__gte=today, asked_at__date__range=(first - A_DAY, last + A_DAY)
    )
    rows = list(rows.select_related(*_ROWS).order_by("pk"))
    contexts = letters.contexts_of(rows, today)
    for row in rows:
        if row.last_nudged_at and timezone.localdate(row.last_nudged_at, zone) >= today:
            continue  # the coordinator's own letter went today
        for rule in asked[row.survey.programme_id]:
            yield _due(rule, row, contexts[row.pk], timezone.localdate(row.asked_at, zone))


def with_requests(first, last):
    """Organisations where somebody was asked on these days and has not answered."""
    rows = SurveyRequest.unscoped.filter(answered_at=None, asked_at__date__range=(first, last))
    return rows.order_by().values_list("organisation_id", flat=True).distinct()


def confirm_survey_reminders(dues):
    """Those still not answered by people a coordinator has not just written to."""
    rows = held(SurveyRequest.objects.awaiting())
    open_ = set(rows.filter(pk__in={due.row_id for due in dues}).values_list("pk", flat=True))
    written = set() if only_looking() else recently_written(timezone.now(), {due.person.key for due in dues})
    return [due for due in dues if due.row_id in open_ and due.person.key not in written]


def _due(rule, row, context, asked_on):
    return Due(
        rule=rule,
        target=label(row),
        row_id=row.pk,
        person=letters.person_of(row),
        counted_from=asked_on,
        why=_("%(survey)s of %(day)s, not answered") % {"survey": row.survey.get_kind_display(), "day": day(asked_on)},
        letter=letters.letter_for(row, letters.REMINDING),
        context=context,
        link=("evaluation:answer_by_link", Purpose.SURVEY, row.pk),
        about=label(row),
    )
