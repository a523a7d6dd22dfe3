"""Letters on their way out while the worker is killed, the mail server is away, or Redis forgets everything."""

import pytest
from django.utils import timezone

from post.models import Letter
from post.services.outbox import queue_letter
from post.services.returns import tag_of

from .running import minutes_pass
from .sink import hang_up

LETTERS = 30


@pytest.fixture(autouse=True)
def one_hand(plant, monkeypatch):
    """One process delivers, so that the n-th letter is the same in every run; two share a batch as they happen to meet."""
    monkeypatch.setattr(plant, "hands", 1)


@pytest.fixture
def outbox(house):
    """Letters that wait, all of them written together."""
    now = timezone.now()
    context = {"first_name": "", "organisation": "College", "programme": "", "url": "https://alongside.example/"}
    with house.scope():
        for n in range(LETTERS):
            queue_letter(
                "no_account", to_email=f"p{n}@college.example", context=context, dedupe_key=f"fault:{n}", due_at=now
            )
    return house


def message_ids(house):
    with house.scope():
        return sorted(f"<{tag_of(letter)}@alongside.example>" for letter in Letter.objects.only("organisation_id"))


def sent(house):
    with house.scope():
        return Letter.objects.filter(status=Letter.Status.SENT).count()


def all_sent(house):
    return lambda: sent(house) == LETTERS


def twice(sink):
    return sorted(key for key, times in sink.counts().items() if times != 1)


def test_worker_killed(plant, outbox):
    """Once before a letter is handed over, once between handing over and noting: only that one goes twice."""
    sink = plant.sink
    sink.before[6] = sink.after[17] = lambda _server: plant.kill()
    for taken, noted in ((5, 5), (17, 16)):
        plant.start("worker", "beat")
        plant.wait_until(lambda: plant.programs["worker"].poll() is not None)
        plant.bury()
        plant.kill("beat")
        plant.bury("beat")
        assert (len(sink.taken), sent(outbox)) == (taken, noted)
        minutes_pass(outbox)
    unnoted = sink.taken[-1]
    plant.start("worker", "beat")
    plant.wait_until(all_sent(outbox))
    assert sorted(sink.counts()) == message_ids(outbox)
    assert (twice(sink), sink.counts()[unnoted]) == ([unnoted], 2)


def test_mail_server_away(plant, outbox):
    """It hangs up in the middle of a batch, is away for a while, and comes back: everything arrives, once."""
    sink = plant.sink
    sink.before[9] = hang_up
    plant.start("worker", "beat")
    plant.wait_until(lambda: _put_back(outbox) == LETTERS - 8)
    sink.down()
    minutes_pass(outbox, 2)
    plant.wait_until(lambda: _put_back(outbox, tries=2) == LETTERS - 8)
    assert (len(sink.taken), sent(outbox)) == (8, 8)
    sink.up()
    minutes_pass(outbox, 3)
    plant.wait_until(all_sent(outbox))
    assert (sorted(sink.counts()), twice(sink)) == (message_ids(outbox), [])


def _put_back(house, tries=1):
    with house.scope():
        waiting = Letter.objects.filter(status=Letter.Status.WAITING, leased_until=None, attempts=tries)
        return waiting.exclude(last_error="").count()
