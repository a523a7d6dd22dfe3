"""The letters of a choosing round. They are written when it begins, and wait in the outbox for their day.

A letter about a sheet is taken back when its person is done, leaves, or when the round is closed before its day.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from audit.services import record
from common.ical import PUBLISH, Entry, calendar_file, content_type
from organisations.days import zone_of
from organisations.enums import Purpose
from organisations.services import links
from post.models import Letter
from post.services.attachments import File
from post.services.bulk import Draft, queue_letters
from post.services.outbox import drop_labelled, label
from programmes.enums import Side

from ..models import Candidate, ChoiceSheet, SpeedMeeting

GAP = timedelta(hours=24)
LINK_OUTLIVES = timedelta(days=14)  # the last day: what one chose can be looked up
FIRST_HOUR = 9  # of the reminder on the day before the last
FILE_NAME = "speed-meetings.ics"


def send_first(choosing, sheets, *, at):
    """Everything that can be foreseen: the timetable now, the sheet when it opens, a reminder on the day before the last."""
    sheets = [one for one in sheets if not one.without]
    wanted = [(Purpose.CHOICE, one.pk, one.person.membership, one.person.membership.name) for one in sheets]
    life = choosing.opens_at - at + timedelta(days=(choosing.closes_on - choosing.opens_at.date()).days) + LINK_OUTLIVES
    tokens = links.make_links(wanted, life=life)
    urls = {sheet.pk: _address(token) for sheet, token in zip(sheets, tokens, strict=True)}
    counts = _counts(choosing)
    choosers = [one for one in sheets if counts[one.pk]]
    if choosing.meets_at:
        queue_letters(_timetables(choosing, sheets, urls, counts, at))
    first = max(at, choosing.opens_at)
    queue_letters(
        _draft("choosing_asked", choosing, one, urls[one.pk], f"choosing:{one.pk}:asked", first, counts[one.pk], has_met=bool(choosing.meets_at))
        for one in choosers
    )
    if (near := _day_before(choosing)) > first + GAP:
        queue_letters(
            _draft("choosing_reminder", choosing, one, urls[one.pk], f"choosing:{one.pk}:near", near, counts[one.pk]) for one in choosers
        )
    ChoiceSheet.objects.filter(pk__in=[one.pk for one in choosers]).update(asked_at=first)


def to_nudge(choosing, at=None):
    """Sheets of an open round that are not done, whose people got no letter of this kind in the last 24 hours."""
    at = at or timezone.now()
    rows = choosing.sheets.present().filter(asked_at__lte=at - GAP, done_at=None, without={})
    rows = rows.filter(Q(nudged_at=None) | Q(nudged_at__lte=at - GAP), Exists(Candidate.objects.present().filter(sheet=OuterRef("pk"))))
    recent = Letter.objects.filter(organisation_id=choosing.organisation_id, created_at__gt=at - GAP, name__endswith="_reminder")
    recent = recent.exclude(status=Letter.Status.DROPPED).exclude(due_at__gt=at)
    return rows.exclude(person__membership__email__in=recent.values("to_email"))


def nudge(*, choosing, by, at=None) -> int:
    """Remind whoever is not done; returns how many letters. Nobody gets two in 24 hours; the reminder that waited is taken back."""
    at = at or timezone.now()
    with transaction.atomic():
        sheets = list(to_nudge(choosing, at).select_for_update(of=("self",)).select_related("person__membership").order_by("pk"))
        if not sheets:
            return 0
        drop_labelled([label(one) for one in sheets])
        ChoiceSheet.objects.filter(pk__in=[one.pk for one in sheets]).update(nudged_at=at)
        life = timedelta(days=max(0, (choosing.closes_on - at.date()).days)) + LINK_OUTLIVES
        tokens = links.make_links([(Purpose.CHOICE, one.pk, one.person.membership, one.person.membership.name) for one in sheets], life=life)
        counts = _counts(choosing)
        queue_letters(
            _draft("choosing_reminder", choosing, one, _address(token), f"choosing:{one.pk}:nudge:{at:%Y%m%d%H%M}", at, counts[one.pk])
            for one, token in zip(sheets, tokens, strict=True)
        )
        record("choosing round nudged", by=by, about=choosing, letters=len(sheets))
    return len(sheets)


def times_of(choosing, rows) -> dict[int, list[tuple[datetime, str]]]:
    """Participant -> (when, the other's first name) of each meeting, in order. rows: the meetings, with their people."""
    found = defaultdict(list)
    for one in rows:
        found[one.student_id].append((choosing.time_of(one.slot), one.mentor.membership.first_name))
        found[one.mentor_id].append((choosing.time_of(one.slot), one.student.membership.first_name))
    return {person: sorted(times) for person, times in found.items()}


def _timetables(choosing, sheets, urls, counts, at):
    rows = SpeedMeeting.objects.filter(round=choosing).select_related("student__membership", "mentor__membership")
    times = times_of(choosing, rows)
    for sheet in sheets:
        zone = zone_of(sheet.person.membership)
        mine = [(timezone.localtime(when, zone), name) for when, name in times[sheet.person_id]]
        more = {
            "begins_at": mine[0][0],
            "minutes": choosing.meeting_minutes,
            "lines": [f"{when:%H:%M} {name}" for when, name in mine],
            "place": choosing.place,
            "chooses": bool(counts[sheet.pk]),
        }
        file = File(FILE_NAME, content_type(PUBLISH), calendar_file(_entry(choosing, sheet, mine, urls[sheet.pk], at), PUBLISH))
        yield _draft("speed_meetings", choosing, sheet, urls[sheet.pk], f"choosing:{sheet.pk}:times", at, counts[sheet.pk], files=(file,), **more)


def _entry(choosing, sheet, times, url, at):
    organisation = choosing.organisation
    return Entry(
        uid=f"choosing-{choosing.organisation_id}-{choosing.pk}-{sheet.pk}@{settings.ALONGSIDE_MAIL_DOMAIN}",
        sequence=0,
        title=choosing.programme.name,
        text="\n".join(f"{when:%H:%M} {name}" for when, name in times),
        starts_at=times[0][0],
        ends_at=times[-1][0] + timedelta(minutes=choosing.meeting_minutes),
        place=choosing.place,
        url=url,
        organiser=(organisation.name, organisation.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        stamp=at,
        zone=ZoneInfo(organisation.time_zone),
    )


def _draft(name, choosing, sheet, url, key, due_at, count, *, files=(), **more):
    person, organisation = sheet.person.membership, choosing.organisation
    context = {
        "first_name": person.first_name,
        "organisation": organisation.name,
        "programme": choosing.programme.name,
        "url": url,
        "count": count,
        "to_students": sheet.person.side == Side.STUDENT,
        "closes_on": choosing.closes_on,
    }
    return Draft(name, person.email, person.name, context | more, key, due_at, label(sheet), files)


def _counts(choosing):
    counts = defaultdict(int)
    for sheet in Candidate.objects.present().filter(sheet__round=choosing).values_list("sheet_id", flat=True):
        counts[sheet] += 1
    return counts


def _day_before(choosing):
    zone = ZoneInfo(choosing.organisation.time_zone)
    return datetime.combine(choosing.closes_on - timedelta(days=1), time(FIRST_HOUR), tzinfo=zone)


def _address(token):
    return links.absolute(reverse("matching:choice_by_link", args=[token]))
