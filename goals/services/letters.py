"""Letters about the ending. Each is written in the transaction of the fact it tells, and says nothing of what was written."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import override

from matching.models import MentorshipMember
from organisations.services import links
from post.services.outbox import queue_letter

from ..enums import ContactKind

TOLD_BEFORE = timedelta(days=14)  # before contact runs out: time to settle it anew
MORNING = time(8)


def send_thanks_shown(note):
    """To the other members: there is a note for you."""
    writer = note.participant
    for person in members_still_there(note.mentorship):
        if person.pk != writer.pk:
            _send("thanks_shown", person, note.mentorship, about=note, key=f"thanks-shown:{note.pk}:{person.pk}", who=writer.name)


def send_contact_runs_out(rule):
    """To every member, two weeks before the day, at eight in the morning where the organisation is. None where there is no contact."""
    if rule.kind == ContactKind.NONE:
        return
    zone = ZoneInfo(rule.mentorship.organisation.time_zone)
    due_at = datetime.combine(rule.until - TOLD_BEFORE, MORNING, zone)
    people = members_still_there(rule.mentorship)
    for person in people:
        others = ", ".join(one.name for one in people if one.pk != person.pk)
        _send(
            "contact_runs_out",
            person,
            rule.mentorship,
            about=rule,
            key=f"contact-runs-out:{rule.pk}:{person.pk}",
            due_at=due_at,
            others=others,
            last_day_on=rule.until,
        )


def members_still_there(mentorship) -> list:
    """The participants who have neither withdrawn nor left the organisation, students first."""
    seats = MentorshipMember.objects.filter(
        mentorship=mentorship, participant__withdrawn_at=None, participant__membership__left_at=None
    )
    return [seat.participant for seat in seats.select_related("participant__membership").order_by("-side", "pk")]


def _send(name, person, mentorship, *, about, key, due_at=None, **words):
    to = person.membership
    address = reverse("goals:ending", args=[mentorship.organisation.slug, mentorship.pk])
    context = {
        "first_name": to.first_name,
        "organisation": mentorship.organisation.name,
        "programme": mentorship.programme.name,
        "url": links.absolute(address),
        **words,
    }
    with override("en-gb"):
        return queue_letter(name, to_email=to.email, to_name=to.name, context=context, dedupe_key=key, about=about, due_at=due_at)
