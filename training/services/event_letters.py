"""Letters about events: each guest's own signed link, and the calendar entry that belongs to it."""

from datetime import timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from common.ical import CANCEL, PUBLISH, REQUEST, Entry, calendar_file, content_type
from organisations.enums import Purpose
from organisations.services import links
from post.models import Letter
from post.services.attachments import File
from post.services.bulk import Draft, full_key, queue_letters
from post.services.outbox import drop_labelled, label, told_labels

from ..event_words import aspect_titles, where_words
from ..models import Guest
from .aspects import points_of

FILE_NAME = "event.ics"
SAID = {"said_yes": Guest.Answer.YES, "said_no": Guest.Answer.NO, "waits": Guest.Answer.WAITING, "unanswered": Guest.Answer.OPEN}
FIRST_HOUR = 8  # nobody is reminded before
LINK_OUTLIVES = timedelta(days=2)  # the event: long enough to look it up once more


def invite(gathering, guests, *, at) -> int:
    """Ask these guests. Returns how many letters."""
    return _send("event_invitation", gathering, guests, at=at)


def tell_moved(gathering, *, old_starts_at, at) -> int:
    """Tell everybody who was asked that something changed. Who has not had the first letter yet gets that, as it is now."""
    guests = asked(gathering)
    drop_labelled([label(guest) for guest in guests])
    told = told_labels([label(guest) for guest in guests])
    old = old_starts_at if old_starts_at != gathering.starts_at else ""
    sent = _send("event_invitation", gathering, [guest for guest in guests if label(guest) not in told], at=at)
    moved = [guest for guest in guests if label(guest) in told]
    return sent + _send("event_moved", gathering, moved, at=at, old_starts_at=_local(gathering, old) if old else "")


def tell_cancelled(gathering, *, at) -> int:
    """Tell those who were asked and did not say no, and take it out of their calendars. Letters that wait are taken back."""
    guests = asked(gathering)
    drop_labelled([label(guest) for guest in guests])
    told = told_labels([label(guest) for guest in guests])
    rows = [guest for guest in guests if label(guest) in told and guest.answer != Guest.Answer.NO]
    return _send("event_cancelled", gathering, rows, at=at, method=CANCEL, reason=gathering.cancelled_because)


def tell_place(gathering, guests, *, at) -> int:
    """A place has become free for these."""
    return _send("event_place", gathering, guests, at=at, key=f"{at:%Y%m%d%H%M%S%f}")


def remind(gathering, guests, *, at) -> int:
    """Say that it is near to those of the guests who were not told so yet. Not before eight in the morning."""
    keys = {full_key(_key("event_reminder", gathering, guest)): guest for guest in guests}
    told = Letter.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True)
    rows = [guest for key, guest in keys.items() if key not in set(told)]
    return _send("event_reminder", gathering, rows, at=max(at, _morning(gathering, at)), with_file=False)


def asked(gathering) -> list[Guest]:
    """Guests who were written to and are still there to be written to."""
    rows = gathering.guests.filter(invited_at__isnull=False, mentor__withdrawn_at=None, mentor__membership__left_at=None)
    return list(rows.select_related("mentor__membership").order_by("pk"))


def entry_of(gathering, *, guest=None, at=None) -> Entry:
    """The calendar entry, for a guest or for whoever fetches it."""
    organisation = gathering.programme.organisation
    person = guest.mentor.membership if guest else None
    page = links.absolute(reverse("training:my_event", args=[organisation.slug, gathering.pk]))
    return Entry(
        uid=f"{gathering.uid}@{settings.ALONGSIDE_MAIL_DOMAIN}",
        sequence=gathering.sequence,
        title=gathering.title,
        text="\n\n".join(filter(None, [gathering.about, gathering.link])),
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        place=gathering.place or gathering.link,
        url=page,
        organiser=(organisation.name, organisation.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        guest=(person.name, person.email) if person else None,
        stamp=at or timezone.now(),
    )


def calendar_of(gathering) -> bytes:
    """The file somebody fetches from the event's page."""
    return calendar_file(entry_of(gathering), PUBLISH)


def _send(name, gathering, guests, *, at, method=REQUEST, with_file=True, key="", **more) -> int:
    if not guests:
        return 0
    life = max(gathering.ends_at - timezone.now(), timedelta()) + LINK_OUTLIVES
    people = [guest.mentor.membership for guest in guests]
    wanted = [(Purpose.EVENT, guest.pk, person, person.name) for guest, person in zip(guests, people, strict=True)]
    tokens = links.make_links(wanted, life=life)
    frame = _frame(gathering) | more
    drafts = []
    for guest, person, token in zip(guests, people, tokens, strict=True):
        url = links.absolute(reverse("training:event_by_link", args=[token]))
        own = {"first_name": person.first_name, "url": url}
        if name == "event_moved":
            own |= {key: guest.answer == answer for key, answer in SAID.items()}
        files = (_file(gathering, guest, method, at),) if with_file else ()
        drafts.append(Draft(name, person.email, person.name, frame | own, _key(name, gathering, guest, key), at, label(guest), files))
    return queue_letters(drafts)


def _key(name, gathering, guest, key=""):
    """Once for each guest and version of the event."""
    return f"{name}:{guest.pk}:{key or gathering.sequence}"


def _morning(gathering, at):
    """Eight o'clock of that day, where the organisation is."""
    return _local(gathering, at).replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)


def _file(gathering, guest, method, at):
    return File(FILE_NAME, content_type(method), calendar_file(entry_of(gathering, guest=guest, at=at), method))


def _frame(gathering):
    """What every letter about an event says, but for whom it is to."""
    return {
        "organisation": gathering.programme.organisation.name,
        "programme": gathering.programme.name,
        "title": gathering.title,
        "starts_at": _local(gathering, gathering.starts_at),
        "ends_at": _local(gathering, gathering.ends_at),
        "place": where_words(gathering),
        "host": gathering.host,
        "aspects": "; ".join(aspect_titles(gathering.aspects, points_of(gathering.programme))),
    }


def _local(gathering, moment):
    return timezone.localtime(moment, ZoneInfo(gathering.programme.organisation.time_zone))
