"""Letters that put a check-in with a time into everybody's calendar, move it there, and take it out.

The calendar entry's UID is the check-in's for life; its SEQUENCE grows by one at each change that people are told of.
"""

from datetime import timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.ical import CANCEL, REQUEST, Entry, calendar_file, content_type
from matching.models import MentorshipMember
from matching.words import listing
from organisations.days import zone_of
from organisations.enums import Purpose
from organisations.services import links
from post.services.attachments import File
from post.services.bulk import Draft, queue_letters
from post.services.outbox import drop_labelled, told_labels

FILE_NAME = "check-in.ics"
LINK_OUTLIVES = timedelta(days=14)  # the check-in: it is noted afterwards by the same link


def tell(check_in, *, old_starts_at=None, at=None) -> int:
    """Tell every member of the time as it is now. Nothing where it has none and had none. Inside the change's transaction.

    Whoever has not had the first letter gets that; whoever has, hears that it is moved. Without a time it leaves the calendars.
    """
    if check_in.starts_at is None:
        return tell_cancelled(check_in, starts_at=old_starts_at, at=at, has_day=True)
    at = at or timezone.now()
    if check_in.told_at is not None or check_in.sequence:
        check_in.sequence += 1
    check_in.told_at = at
    check_in.save(update_fields=["sequence", "told_at"])
    seats = [seat for seat in _seats(check_in) if seat.participant.withdrawn_at is None and seat.participant.membership.left_at is None]
    told = _told(check_in, seats)
    new, moved = [seat for seat in seats if seat.pk not in told], [seat for seat in seats if seat.pk in told]
    return _send("check_in_planned", check_in, new, seats, at=at) + _send("check_in_moved", check_in, moved, seats, at=at, old=old_starts_at)


def tell_cancelled(check_in, *, starts_at=None, at=None, has_day=False) -> int:
    """Take it out of the calendars it is in, also of somebody's who has left since. has_day: it is still planned for its day.

    starts_at: the time it had, where the row no longer has it.
    """
    if check_in.told_at is None:
        return 0
    at = at or timezone.now()
    check_in.sequence, check_in.told_at = check_in.sequence + 1, None
    check_in.save(update_fields=["sequence", "told_at"])
    seats = _seats(check_in)
    told = _told(check_in, seats)
    told_seats = [seat for seat in seats if seat.pk in told]
    return _send("check_in_cancelled", check_in, told_seats, seats, at=at, method=CANCEL, starts_at=starts_at, has_day=has_day)


def uid_of(check_in) -> str:
    return f"check-in-{check_in.organisation_id}-{check_in.pk}@{settings.ALONGSIDE_MAIL_DOMAIN}"


def title_of(names) -> str:
    """What a calendar calls it. names: first names of whom one meets."""
    return _("Check-in with %(names)s") % {"names": names}


def page_of(check_in, organisation) -> str:
    """Its page for whoever signs in: what a calendar may keep, unlike a signed link."""
    return links.absolute(reverse("checkins:detail", args=[organisation.slug, check_in.pk]))


def clock_words(zone) -> str:
    """The place a zone is named after: "London"."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def _seats(check_in):
    rows = MentorshipMember.objects.filter(mentorship=check_in.mentorship_id).exclude(participant__membership__email="")
    return list(rows.select_related("participant__membership__organisation").order_by("id"))


def _told(check_in, seats) -> set[int]:
    """Ids of the seats whose member has had a letter about it; letters that still wait are taken back first."""
    labels = {_label(check_in, seat): seat.pk for seat in seats}
    drop_labelled(labels)
    return {labels[one] for one in told_labels(labels)}


def _label(check_in, seat):
    return f"checkins.calendar:{check_in.pk}:{seat.participant.membership_id}"


def _send(name, check_in, seats, everybody, *, at, method=REQUEST, old=None, starts_at=None, has_day=False) -> int:
    if not seats:
        return 0
    mentorship, starts_at = check_in.mentorship, starts_at or check_in.starts_at
    ends_at = starts_at + check_in.length
    life = max(starts_at - timezone.now(), timedelta()) + LINK_OUTLIVES
    people = [seat.participant.membership for seat in seats]
    tokens = links.make_links([(Purpose.CHECK_IN, check_in.pk, one, one.name) for one in people], life=life)
    drafts = []
    for seat, person, token in zip(seats, people, tokens, strict=True):
        zone = zone_of(person)
        others = listing(one.participant.membership.first_name for one in everybody if one.side != seat.side)
        entry = _entry(check_in, person, others, starts_at, at)
        context = {
            "organisation": mentorship.organisation.name,
            "programme": mentorship.programme.name,
            "first_name": person.first_name,
            "url": links.absolute(reverse("checkins:log_by_link", args=[token])),
            "other_names": others,
            "starts_at": timezone.localtime(starts_at, zone),
            "ends_at": timezone.localtime(ends_at, zone),
            "clock": clock_words(zone),
            "place": check_in.place,
            "old_starts_at": timezone.localtime(old, zone) if old and old != starts_at else "",
            "has_day": has_day,
            "due_on": check_in.due_on,
        }
        file = File(FILE_NAME, content_type(method), calendar_file(entry, method))
        key = f"{name}:{check_in.pk}:{check_in.sequence}:{person.pk}"
        drafts.append(Draft(name, person.email, person.name, context, key, at, _label(check_in, seat), (file,)))
    return queue_letters(drafts)


def _entry(check_in, person, others, starts_at, at):
    organisation = check_in.mentorship.organisation
    page = page_of(check_in, organisation)
    return Entry(
        uid=uid_of(check_in),
        sequence=check_in.sequence,
        title=title_of(others),
        text=_("Agenda and notes: %(url)s") % {"url": page},
        starts_at=starts_at,
        ends_at=starts_at + check_in.length,
        place=check_in.place,
        url=page,
        organiser=(organisation.name, organisation.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        guest=(person.name, person.email),
        stamp=at,
        zone=ZoneInfo(organisation.time_zone),
    )
