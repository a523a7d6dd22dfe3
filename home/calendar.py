"""What one person's calendar holds of one organisation: check-ins, events, reviews, and the dates of their programmes.

A calendar is kept by somebody else's computers, so no more is told than is needed to be there: first names of whom one
meets, no notes, no goals, no addresses of people.
"""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkins.models import CheckIn
from checkins.services.calendar_letters import page_of, title_of, uid_of
from checkins.services.members import people_of
from common.ical import Entry, feed_file
from evaluation.models import SurveyRequest
from matching.models import Mentorship
from matching.words import listing
from organisations.days import local_today
from organisations.services import links
from programmes.models import Holiday, Programme
from training.models import Guest

BACK = timedelta(days=90)  # what lies further back has left the calendar
ONE_DAY = timedelta(days=1)
PLACEHOLDER = datetime(2000, 1, 1, tzinfo=UTC)
KEPT = 90 * 24 * 3600  # seconds: how long the moment of the last change is remembered


def feed_of(membership) -> tuple[bytes, str, datetime]:
    """(the file, its ETag, when it last changed). The same content has the same tag, whoever asks and when."""
    organisation = membership.organisation
    entries = entries_of(membership)
    name = _("Alongside: %(organisation)s") % {"organisation": organisation.name}
    tag = hashlib.sha256(feed_file(entries, name=name)).hexdigest()[:32]
    changed = _changed_at(membership, tag)
    return feed_file([replace(entry, stamp=changed) for entry in entries], name=name), f'"{tag}"', changed


def entries_of(membership) -> list[Entry]:
    """Everything, the earliest first."""
    today = local_today(membership.organisation)
    programmes = list(_programmes(membership))
    entries = [
        *_check_ins(membership, today),
        *_events(membership, today),
        *_reviews(membership, today),
        *_programme_days(membership.organisation, programmes),
        *_holidays(membership.organisation, programmes, today),
    ]
    return sorted(entries, key=lambda one: (_day(one.starts_at).isoformat(), one.uid))


def _changed_at(membership, tag) -> datetime:
    """When this content was first seen: later than what was there before, by a second at least, as clients count in seconds."""
    key = f"calendar:{membership.organisation_id}:{membership.pk}"
    old_tag, moment = cache.get(key) or ("", PLACEHOLDER)
    if old_tag != tag:
        moment = max(timezone.now().replace(microsecond=0), moment + timedelta(seconds=1))
        cache.set(key, (tag, moment), KEPT)
    return moment


def _programmes(membership):
    mine = membership.participations.filter(withdrawn_at=None).values("programme")
    return Programme.objects.visible_to(membership).filter(pk__in=mine, closed_at=None).order_by("pk")


def _check_ins(membership, today):
    organisation = membership.organisation
    mine = Mentorship.objects.worked_in_by(membership)
    rows = CheckIn.objects.filter(mentorship__in=mine, status__in=["planned", "held"], due_on__gte=today - BACK).order_by("due_on", "pk")
    rows = list(rows)
    people = people_of({row.mentorship_id for row in rows})
    for row in rows:
        everybody = people[row.mentorship_id].everybody
        sides = {one.side for one in everybody if one.membership_id == membership.pk}
        names = listing(one.membership.first_name for one in everybody if one.side not in sides)
        held_elsewhen = row.held_on is not None and (row.starts_at is None or row.held_on != row.due_on)
        starts_at = None if held_elsewhen else row.starts_at
        title = title_of(names) if starts_at or row.held_on else _("%(title)s (no time yet)") % {"title": title_of(names)}
        begins = starts_at or row.held_on or row.due_on
        yield _entry(
            uid=uid_of(row),
            sequence=row.sequence,
            title=title,
            starts_at=begins,
            ends_at=starts_at + row.length if starts_at else begins + ONE_DAY,
            place=row.place,
            url=page_of(row, organisation),
            zone=ZoneInfo(organisation.time_zone),
        )


def _events(membership, today):
    rows = Guest.objects.visible_to(membership).filter(mentor__membership=membership, mentor__withdrawn_at=None)
    rows = rows.exclude(answer=Guest.Answer.NO).filter(gathering__cancelled_at=None, gathering__starts_at__date__gte=today - BACK)
    organisation = membership.organisation
    for guest in rows.select_related("gathering").order_by("gathering__starts_at", "pk"):
        one = guest.gathering
        yield _entry(
            uid=f"{one.uid}@{settings.ALONGSIDE_MAIL_DOMAIN}",
            sequence=one.sequence,
            title=one.title if guest.answer == Guest.Answer.YES else _("%(title)s (not answered yet)") % {"title": one.title},
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            place=one.place or one.link,
            url=links.absolute(reverse("training:my_event", args=[organisation.slug, one.pk])),
            zone=ZoneInfo(organisation.time_zone),
        )


def _reviews(membership, today):
    """Surveys to answer, on their last day; what is answered has left."""
    rows = SurveyRequest.objects.filter(participant__membership=membership, survey__closes_on__gte=today).awaiting()
    for row in rows.select_related("survey").order_by("pk"):
        url = links.absolute(reverse("evaluation:answer", args=[membership.organisation.slug, row.pk]))
        title = _("%(survey)s: last day to answer") % {"survey": row.survey.get_kind_display()}
        yield _day_entry(f"survey-{row.organisation_id}-{row.pk}", title, row.survey.closes_on, url=url)


def _programme_days(organisation, programmes):
    for one in programmes:
        key, url = f"programme-{organisation.pk}-{one.pk}", links.absolute(reverse("home:today", args=[organisation.slug]))
        yield _day_entry(f"{key}-start", _("%(programme)s begins") % {"programme": one.name}, one.starts_on, url=url)
        yield _day_entry(f"{key}-end", _("%(programme)s ends") % {"programme": one.name}, one.ends_on, url=url)


def _holidays(organisation, programmes, today):
    if not programmes:
        return
    first, last = today - BACK, max(one.ends_on for one in programmes)
    rows = Holiday.objects.between(first, last).order_by("pk")
    ids = {one.pk for one in programmes}
    for row in rows:
        if row.programme_id is None or row.programme_id in ids:
            yield _day_entry(f"holiday-{organisation.pk}-{row.pk}", row.name, row.first_on, row.last_on)


def _day_entry(key, title, first, last=None, *, url=""):
    ends_at = (last or first) + ONE_DAY
    return _entry(uid=f"{key}@{settings.ALONGSIDE_MAIL_DOMAIN}", sequence=0, title=title, starts_at=first, ends_at=ends_at, url=url)


def _entry(*, place="", zone=None, **what):
    return Entry(**what, text="", place=place, organiser=None, stamp=PLACEHOLDER, zone=zone)


def _day(value) -> date:
    return value.astimezone(UTC).date() if isinstance(value, datetime) else value
