"""One letter a person in 24 hours, also where the person is there twice: as a mentor and as somebody's line manager."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from checkins.models import ReminderSent
from checkins.services import reminders
from organisations.models import Membership
from post.models import Letter
from tests import factories as make
from tests.checkins.helpers import check_in, rule

MAIL = "mentor@northfield.example"


@pytest.fixture
def both(northfield, monkeypatch):
    """A check-in due tomorrow for a mentor, and a survey that waits for a line manager of the same address, spelt otherwise."""
    monkeypatch.setattr(reminders, "events", dict(reminders.events))
    with northfield.scope():
        manager = make.LineManagerFactory(email=MAIL.title())
        check_in(northfield, days=1)
        rule(northfield, "check_in_planned", -1, "mentor", "check_in_due")
        rule(northfield, "survey_opened", 3, "respondent", "survey_reminder")

    def finder(rules, today):
        person = reminders.Person(f"line-manager:{manager.pk}", manager.email, manager.name)
        context = {"closes_on": today, "minutes": 5}
        since = timezone.localdate() - dt.timedelta(days=3)
        for one in rules:
            yield reminders.Due(one, "survey:1", 1, person, since, "Not answered", "", context, None, "https://alongside.example/x/")

    reminders.register_event("survey_opened", finder, lambda dues: dues)
    return northfield


def sweep(house, hours=0):
    """Letters queued so far, after a sweep so many hours after noon."""
    at = dt.datetime.combine(timezone.localdate(), dt.time(12), dt.UTC) + dt.timedelta(hours=hours)
    with time_machine.travel(at, tick=False):
        reminders.send_due(house.organisation.pk)
    with house.scope():
        return sorted(Letter.objects.values_list("name", flat=True))


def test_two_roles_of_one_address_are_one_person(both):
    assert [sweep(both, hours) for hours in (0, 1, 20, 25)] == [["digest"]] * 4
    with both.scope():
        assert set(ReminderSent.objects.values_list("letter_key", flat=True)) == set(Letter.objects.values_list("dedupe_key", flat=True))
        assert ReminderSent.objects.count() == 2


def test_two_addresses_are_two_people(both):
    with both.scope():
        Membership.objects.filter(email=MAIL).update(email="somebody.else@northfield.example")
    assert sweep(both) == ["check_in_due", "survey_reminder"]
