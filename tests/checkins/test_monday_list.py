"""The attention list on Monday mornings: once, for coordinators who have not declined it, before any nudge of the day."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from checkins.services import monday_list, reminders
from checkins.services import preferences as wishes
from matching.models import Mentorship
from post.models import Letter
from programmes.models import Programme
from tests.checkins.helpers import check_in, rule

NAME = ("monday_list", "coordinator@northfield.example")


@pytest.fixture
def quiet(northfield):
    """A mentorship that has been silent for long, in a programme that runs for weeks yet."""
    cache.clear()
    with northfield.scope():
        Programme.objects.update(ends_on=timezone.localdate() + dt.timedelta(days=60))
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(
            started_on=timezone.localdate() - dt.timedelta(days=60), last_contact_on=timezone.localdate() - dt.timedelta(days=40)
        )
    return northfield


def on_weekday(number, hour=0, minute=2):
    today = timezone.localdate()
    day = today + dt.timedelta(days=(number - today.weekday()) % 7)
    return dt.datetime.combine(day, dt.time(hour, minute), dt.UTC)


def send(at):
    with time_machine.travel(at, tick=False):
        return monday_list.send_everywhere()


def letters(house):
    with house.scope():
        return sorted(Letter.objects.values_list("name", "to_email"))


def test_on_monday_once_with_the_list_in_it(quiet):
    at = on_weekday(0)
    assert [send(at), send(at), send(at + dt.timedelta(hours=9))] == [1, 0, 0]
    cache.clear()
    assert (send(at), letters(quiet)) == (0, [NAME])
    with quiet.scope():
        letter = Letter.objects.get()
    assert "No contact for" in letter.text
    assert quiet.people["student"].name in letter.text
    assert timezone.localtime(letter.due_at).hour == 8
    assert letter.unsubscribe_url.endswith("/letters/stop/")


@pytest.mark.parametrize("number", [1, 3, 6])
def test_on_no_other_day(quiet, number):
    assert (send(on_weekday(number)), letters(quiet)) == (0, [])


def test_whoever_declined_it_gets_none_by_page_and_by_the_mail_programs_button(quiet, client):
    with quiet.scope():
        wishes.decline_kind(key=f"membership:{quiet.people['coordinator'].pk}", kind="attention_list")
    assert send(on_weekday(0)) == 0
    with quiet.scope():
        wishes.take_kind_again(key=f"membership:{quiet.people['coordinator'].pk}", kind="attention_list")
    cache.clear()
    assert send(on_weekday(0)) == 1
    with quiet.scope():
        address = Letter.objects.get().unsubscribe_url
    assert client.post(address[address.index("/r/") :], {"List-Unsubscribe": "One-Click"}).status_code == 200
    with quiet.scope():
        assert wishes.preference_of(f"membership:{quiet.people['coordinator'].pk}").unwanted == ["attention_list"]


def test_nothing_to_look_at_is_no_letter_and_concerns_are_never_in_it(northfield, riverside):
    cache.clear()
    for house in (northfield, riverside):
        with house.scope():
            Programme.objects.update(closed_at=timezone.now())
    assert (send(on_weekday(0)), letters(northfield), letters(riverside)) == (0, [], [])


def test_with_it_no_nudge_within_24_hours_and_after_a_nudge_it_waits(quiet):
    at = on_weekday(0)
    day = at.date()
    with quiet.scope():
        rule(quiet, "check_in_planned", 14, "coordinator", "quiet_coordinator")
        Mentorship.objects.filter(pk=quiet.mentorship.pk).update(last_contact_on=day - dt.timedelta(days=40))
        check_in(quiet, days=(day - timezone.localdate()).days - 14)
    assert send(at) == 1
    for hours, expected in ((1, [NAME]), (23, [NAME]), (25, [NAME, ("quiet_coordinator", NAME[1])])):
        with time_machine.travel(at + dt.timedelta(hours=hours), tick=False):
            reminders.send_due(quiet.organisation.pk)
            with quiet.scope():
                Letter.objects.filter(created_at__gt=at + dt.timedelta(days=3)).update(created_at=at)
        assert letters(quiet) == expected
