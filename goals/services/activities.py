"""Activities: planned for the next check-in, done, and the organisation's own library."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from matching.models import Mentorship
from organisations.days import local_today

from ..models import HiddenActivity, MentorshipActivity, OwnActivity

MOST_PLANNED = 3  # for one check-in: more is a programme, not a talk
MOST_OWN = 200


@transaction.atomic
def plan_activity(*, mentorship, activity, by, at=None) -> MentorshipActivity:
    """Put one on the agenda of the next check-in; twice is once. activity: a goals.activities.Activity."""
    mentorship = _running(mentorship)
    planned = MentorshipActivity.objects.filter(mentorship=mentorship, done_on=None)
    there = planned.filter(key=activity.key).first()
    if there:
        return there
    if planned.count() >= MOST_PLANNED:
        raise Refused(_("Three activities wait for you already. Do one of them first, or take one off."))
    row = MentorshipActivity.objects.create(
        mentorship=mentorship, key=activity.key, title=str(activity.title), planned_by=by, planned_at=at or timezone.now()
    )
    record("activity planned", by=by, about=row)
    return row


@transaction.atomic
def drop_activity(*, planned, by) -> None:
    """Take it off the agenda. Twice is once; what was done stays."""
    mentorship = _running(planned.mentorship)
    gone, _each = MentorshipActivity.objects.filter(pk=planned.pk, done_on=None).delete()
    if gone:
        record("activity taken off", by=by, about=mentorship)


@transaction.atomic
def note_activity(*, mentorship, activity, by, done_on=None, noticed="", next="", at=None) -> MentorshipActivity:  # noqa: A002  the field's name
    """ "We did this", with two lines of debrief. The same day twice is one; a later line takes the place of an empty one.

    done_on: today where nobody says otherwise; refused for a day to come or before the mentorship began.
    """
    mentorship = _running(mentorship)
    today = local_today(mentorship.organisation, at)
    done_on = done_on or today
    if done_on > today:
        raise Refused(_("This day is still to come. Note it once you have done it."))
    if done_on < mentorship.started_on:
        raise Refused(_("That was before your mentorship began."))
    rows = MentorshipActivity.objects.filter(mentorship=mentorship, key=activity.key)
    row = rows.filter(done_on=done_on).first()
    if row is None:
        row = rows.filter(done_on=None).first() or MentorshipActivity(mentorship=mentorship, key=activity.key, title=str(activity.title))
        row.done_on, row.done_by = done_on, by
        record("activity done", by=by, about=mentorship, activity=activity.key)
    row.noticed, row.next = noticed.strip() or row.noticed, next.strip() or row.next
    row.save()
    return row


@transaction.atomic
def add_own_activity(*, by, **fields) -> OwnActivity:
    """Add one of the organisation's own. The same title twice is one (a double click). fields: those of the model."""
    type(by).objects.select_for_update(of=("self",)).get(pk=by.pk)  # a double click waits here
    twin = OwnActivity.objects.current().filter(title=fields["title"], added_by=by).first()
    if twin:
        return twin
    if OwnActivity.objects.current().count() >= MOST_OWN:
        raise Refused(_("You have %(most)s activities of your own. Take one out first.") % {"most": MOST_OWN})
    row = OwnActivity.objects.create(added_by=by, **fields)
    record("activity added", by=by, about=row)
    return row


@transaction.atomic
def change_own_activity(*, own, by, **fields) -> OwnActivity:
    for name, value in fields.items():
        setattr(own, name, value)
    own.save()
    record("activity changed", by=by, about=own)
    return own


def hide_activity(*, shelved, by, at=None) -> None:
    """Take one out of the library: it is no longer suggested or found; where it is planned or done it stays. Twice is once."""
    if shelved.own:
        changed = OwnActivity.objects.current().filter(pk=shelved.own.pk).update(retired_at=at or timezone.now())
        about = shelved.own
    else:
        about, changed = _hidden(shelved, by)
    if changed:
        record("activity hidden", by=by, about=about, activity=shelved.activity.key)


def show_activity(*, shelved, by) -> None:
    """Put it back. Twice is once."""
    if shelved.own:
        changed = OwnActivity.objects.filter(pk=shelved.own.pk).exclude(retired_at=None).update(retired_at=None)
    else:
        changed, _each = HiddenActivity.objects.filter(key=shelved.activity.key).delete()
    if changed:
        record("activity shown", by=by, about=shelved.own, activity=shelved.activity.key)


def _hidden(shelved, by):
    try:
        with transaction.atomic():
            return HiddenActivity.objects.get_or_create(key=shelved.activity.key, defaults={"by": by})
    except IntegrityError:  # a double click
        return HiddenActivity.objects.get(key=shelved.activity.key), False


def _running(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "programme")
    mentorship = rows.get(pk=mentorship.pk)
    if not mentorship.is_active:
        raise Refused(_("This mentorship has ended, so nothing more can be planned or noted."))
    return mentorship
