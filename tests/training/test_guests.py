"""Yes and no: places that run out, those who wait, and two people at the last one."""

import threading

import pytest
import time_machine
from django.db import connection

from common.tenancy import organisation_scope
from tests.training.events import NOW, invited, later, letters
from training.models import Gathering, Guest
from training.services.gatherings import change_gathering
from training.services.guests import answer_invitation
from training.services.refused import TrainingError


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(NOW, tick=False):
        yield


def say(guest, answer):
    return answer_invitation(guest=guest, answer=answer, by=guest.mentor.membership)


def answers():
    return list(Guest.objects.order_by("pk").values_list("answer", flat=True))


def test_a_yes_to_a_full_event_waits_and_gets_the_place_that_is_given_back(northfield):
    with northfield.scope():
        _gathering, guests = invited(northfield, mentors=1, capacity=1)
        for guest in guests:
            say(guest, "yes")
        assert answers() == ["yes", "waiting", "waiting"]
        say(guests[0], "no")
        assert answers() == ["no", "yes", "waiting"]
        assert letters("event_place") == [("event_place", guests[1].mentor.membership.email)]
        say(guests[0], "yes")
        assert answers() == ["waiting", "yes", "waiting"]


def test_who_gives_up_waiting_frees_nothing(northfield):
    with northfield.scope():
        _gathering, guests = invited(northfield, mentors=1, capacity=1)
        for guest in guests:
            say(guest, "yes")
        say(guests[1], "no")
        assert (answers(), letters("event_place")) == (["yes", "no", "waiting"], [])


def test_more_places_go_to_those_who_wait_the_longest_first(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        gathering, guests = invited(northfield, mentors=1, capacity=1)
        say(guests[0], "yes")
        with time_machine.travel(later(hours=-30), tick=False):
            say(guests[2], "yes")
        with time_machine.travel(later(hours=-20), tick=False):
            say(guests[1], "yes")
        same = {"starts_at": gathering.starts_at, "minutes": gathering.minutes, "by": by}
        change_gathering(gathering=gathering, capacity=2, **same)
        assert answers() == ["yes", "waiting", "yes"]
        with pytest.raises(TrainingError, match="2 people have said yes already") as refused:
            change_gathering(gathering=gathering, capacity=1, **same)
        assert refused.value.field == "capacity"
        change_gathering(gathering=gathering, capacity=None, **same)
        assert answers() == ["yes", "yes", "yes"]
        assert len(letters("event_place")) == 2


def test_the_same_answer_twice_changes_nothing_and_nonsense_is_refused(northfield):
    with northfield.scope():
        _gathering, guests = invited(northfield)
        first = say(guests[0], "yes").answered_at
        with time_machine.travel(later(hours=-30), tick=False):
            assert say(guests[0], "yes").answered_at == first
        for nonsense in ("", "maybe", "waiting"):
            with pytest.raises(TrainingError):
                say(guests[0], nonsense)


def test_too_late_to_answer_once_it_has_begun(northfield):
    with northfield.scope():
        _gathering, guests = invited(northfield)
    with time_machine.travel(later(minutes=1), tick=False), northfield.scope(), pytest.raises(TrainingError, match="has begun"):
        say(guests[0], "yes")


@pytest.mark.django_db(transaction=True)
def test_two_people_taking_the_last_place_at_once(transactional_db):
    from tests.cast import seat

    house = seat("northfield")
    with house.scope():
        gathering, guests = invited(house, mentors=2, capacity=1)
    barrier, troubles = threading.Barrier(len(guests)), []

    def take(guest):
        try:
            barrier.wait()
            with organisation_scope(house.organisation.pk):
                say(guest, "yes")
        except Exception as trouble:  # noqa: BLE001  told below, in the test's own thread
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[guest]) for guest in guests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    with house.scope():
        assert sorted(answers()) == ["waiting"] * (len(guests) - 1) + ["yes"]
        assert Gathering.objects.get().guests.filter(answer="yes").count() == gathering.capacity
