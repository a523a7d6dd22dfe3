"""Out of the outbox: each letter once, also where the mail server is slow or a worker was killed."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from common.tenancy import organisation_scope
from post.models import Letter
from post.services import delivery
from post.services.outbox import drop_letters, queue_letter

NOW = datetime.fromisoformat("2026-11-22T10:00:00+00:00")


@pytest.fixture
def three_letters(northfield):
    """Three that wait, about the mentorship."""
    with northfield.scope():
        for number in range(3):
            queue_letter(
                "no_account",
                to_email=f"somebody{number}@northfield.example",
                context={"first_name": "", "organisation": "Alongside", "programme": "", "url": "https://alongside.example/"},
                dedupe_key=f"test:{number}",
                about=northfield.mentorship,
                due_at=NOW,
            )
    return northfield


def letters(house):
    with organisation_scope(house.organisation.pk):
        return list(Letter.objects.order_by("pk").values_list("status", "attempts", "leased_until"))


def test_a_slow_mail_server_does_not_outlast_the_lease(three_letters, mailoutbox, monkeypatch):
    """The first letter takes longer than the lease leaves: the rest is given back, so that no other worker sends it as well."""
    with time_machine.travel(NOW, tick=False) as clock:
        quick = EmailBackend.send_messages

        def slow(self, messages):
            clock.shift(delivery.LEASE)
            return quick(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", slow)
        assert delivery.deliver_waiting() == 1
    assert letters(three_letters) == [("sent", 1, None), ("waiting", 0, None), ("waiting", 0, None)]
    assert len(mailoutbox) == 1


def test_a_quick_one_sends_all(three_letters, mailoutbox):
    with time_machine.travel(NOW, tick=False):
        assert delivery.deliver_waiting() == 3
    assert [status for status, _attempts, _lease in letters(three_letters)] == ["sent"] * 3
    assert len(mailoutbox) == 3


def test_a_letter_of_a_killed_worker_is_taken_back_and_one_in_hand_is_not(three_letters):
    """What is done needs no letter: also not one that a worker claimed before it was killed."""
    with three_letters.scope():
        killed, in_hand, _free = Letter.objects.order_by("pk")
        Letter.objects.filter(pk=killed.pk).update(leased_until=timezone.now() - timedelta(minutes=1))
        Letter.objects.filter(pk=in_hand.pk).update(leased_until=timezone.now() + timedelta(minutes=4))
        assert drop_letters(three_letters.mentorship) == 2
        statuses = list(Letter.objects.order_by("pk").values_list("status", flat=True))
    assert statuses == ["dropped", "waiting", "dropped"]


@pytest.mark.parametrize(("tries_before", "minutes"), [(0, 1), (1, 2), (3, 8), (10, 240)])
def test_after_a_failure_a_letter_waits_longer_each_time(three_letters, monkeypatch, tries_before, minutes):
    """One minute, two, four …, never more than four hours."""
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, messages: 1 / 0)
    with three_letters.scope():
        Letter.objects.update(attempts=tries_before)
    with time_machine.travel(NOW, tick=False):
        assert delivery.deliver_waiting() == 0
    with three_letters.scope():
        assert set(Letter.objects.values_list("status", "due_at")) == {("waiting", NOW + timedelta(minutes=minutes))}
