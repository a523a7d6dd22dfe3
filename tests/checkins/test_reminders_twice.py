"""Exactly once under two sweeps at once, and after a worker that died half-way. Real transactions."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from checkins.models import ReminderSent
from checkins.services import reminders
from checkins.services.log import log_check_in
from common.tenancy import organisation_scope
from organisations.models import SignedLink
from post.models import Letter
from tests import factories as make
from tests.cast import seat
from tests.checkins.helpers import check_in, entry, rule

PAIRS = 12


@pytest.fixture
def house(transactional_db):
    house = seat("northfield")
    with house.scope():
        rule(house, "check_in_planned", -1, "mentor", "check_in_due")
        rule(house, "check_in_planned", -1, "student", "check_in_due")
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        for _n in range(PAIRS):
            make.CheckInFactory(mentorship=make.MentorshipFactory(programme=house.programme), due_on=tomorrow)
    return house


def counts(house):
    with house.scope():
        keys = list(ReminderSent.objects.values_list("letter_key", flat=True))
        assert sorted(keys) == sorted(Letter.objects.values_list("dedupe_key", flat=True))
        return len(keys), len(set(keys)), SignedLink.objects.count()


def in_threads(*jobs):
    gate, errors = threading.Barrier(len(jobs)), []

    def run(job):
        try:
            gate.wait(10)
            job()
        except Exception as error:  # noqa: BLE001  shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []


def test_two_sweeps_at_once(house, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 5)
    in_threads(reminders.send_all, reminders.send_all)
    reminders.send_all()  # what the one that stood back may have left
    assert counts(house) == (2 * PAIRS, 2 * PAIRS, 2 * PAIRS)


def test_the_rows_hold_even_without_the_lock(house, monkeypatch):
    """The lock spares work; that nothing goes twice is the database's word."""
    monkeypatch.setattr(reminders, "_hold", lambda organisation_id: True)
    monkeypatch.setattr(reminders, "_confirmed", lambda dues: dues)
    organisation_id = house.organisation.pk
    outcomes = []

    def sweep():
        try:
            reminders.send_due(organisation_id)
        except Exception as error:  # noqa: BLE001  the loser meets the unique constraint, whole batch undone
            outcomes.append(type(error).__name__)

    in_threads(sweep, sweep)
    assert outcomes in ([], ["IntegrityError"])
    assert counts(house) == (2 * PAIRS, 2 * PAIRS, 2 * PAIRS)


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_a_worker_killed_half_way_loses_and_doubles_nothing(house, monkeypatch, batches):
    monkeypatch.setattr(reminders, "BATCH", 5)
    real, done = reminders.queue_letters, []

    def die_after(drafts):
        sent = real(drafts)
        done.append(sent)
        if len(done) > batches:
            raise SystemExit  # in the middle of a batch: letters written, not committed
        return sent

    monkeypatch.setattr(reminders, "queue_letters", die_after)
    with pytest.raises(SystemExit):
        reminders.send_all()
    assert counts(house)[0] == sum(done[:batches])
    monkeypatch.setattr(reminders, "queue_letters", real)
    reminders.send_all()
    assert counts(house) == (2 * PAIRS, 2 * PAIRS, 2 * PAIRS)


def test_a_log_between_finding_and_queueing_wins(house, monkeypatch):
    with house.scope():
        row = check_in(house, days=1)
    real = reminders.by_person

    def log_meanwhile(dues):
        def log():
            with organisation_scope(house.organisation.pk):
                log_check_in(check_in=row, by=house.people["mentor"], entry=entry())

        monkeypatch.setattr(reminders, "by_person", real)
        in_threads(log)
        return real(dues)

    monkeypatch.setattr(reminders, "by_person", log_meanwhile)
    reminders.send_all()
    with house.scope():
        assert Letter.objects.filter(to_email__in=["mentor@northfield.example", "student@northfield.example"]).count() == 0
        assert Letter.objects.count() == 2 * PAIRS


def test_log_and_sweep_at_once_leave_no_letter(house):
    with house.scope():
        row = check_in(house, days=1)

    def log():
        with organisation_scope(house.organisation.pk):
            log_check_in(check_in=row, by=house.people["mentor"], entry=entry())

    in_threads(log, reminders.send_all)
    with house.scope():
        ours = Letter.objects.filter(to_email__in=["mentor@northfield.example", "student@northfield.example"])
        assert set(ours.values_list("status", flat=True)) <= {"dropped"}
        assert Letter.objects.filter(status="waiting").count() == 2 * PAIRS
