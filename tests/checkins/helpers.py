"""Short ways to check-ins, rules and links for the tests of this folder."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from checkins.services.log import Entry
from organisations.enums import Purpose
from organisations.services import links
from programmes.models import ReminderRule
from tests import factories as make


def check_in(house, *, days=0, number=None, **fields):
    """A check-in of the cast's mentorship, planned for so many days from today."""
    if number is not None:
        fields["number"] = number
    return make.CheckInFactory(mentorship=house.mentorship, due_on=timezone.localdate() + dt.timedelta(days=days), **fields)


def rule(house, event, offset, recipient, letter, **fields):
    return ReminderRule.objects.create(
        programme=house.programme, event=event, offset_days=offset, recipient=recipient, letter=letter, **fields
    )


def entry(**fields):
    fields = {"held_on": timezone.localdate(), "minutes": 45, "way": "video", **fields}
    return Entry(**fields)


def token_for(house, row, role="mentor", **kwargs):
    """(link, token) of a signed link to a check-in for somebody of the cast."""
    return links.make_link(Purpose.CHECK_IN, row.pk, membership=house.people[role], **kwargs)


def log_url(house, row):
    return reverse("checkins:log", args=[house.organisation.slug, row.pk])


def link_page(token):
    return reverse("checkins:log_by_link", args=[token])


def answers(**changed):
    """What the phone form sends when nothing but the given is touched."""
    sent = {"day": "today", "way": "video", "minutes": "45", "visibility": "mentorship", "next": "none"}
    return {**sent, **changed}
