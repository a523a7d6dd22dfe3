"""Redis killed with all it holds: what was asked for meanwhile, and before, is found in the database and done."""

import redis
from django.utils import timezone

from checkins.services.reminders import send_all
from matching.models import MatchRun
from matching.run_rules import RunRules
from matching.services import runs
from organisations.models import Job
from post.models import Letter
from post.services.outbox import queue_letter
from tests.matching.people import crowd

from .running import minutes_pass


def ask(house, name):
    """One letter and one match run of a programme of its own; both hint at the worker when they are committed."""
    context = {"first_name": "", "organisation": "College", "programme": "", "url": "https://alongside.example/"}
    with house.scope():
        queue_letter(
            "no_account", to_email=f"{name}@college.example", context=context, dedupe_key=name, due_at=timezone.now()
        )
        runs.start_run(programme=crowd(students=2, mentors=1), rules=RunRules(), by=house.people["coordinator"])


def statuses(house):
    with house.scope():
        letters = dict(Letter.objects.order_by("to_email").values_list("to_email", "status"))
        return [letters[key] for key in sorted(letters)], list(Job.objects.order_by("pk").values_list("status", "attempts"))


def hints(plant):
    """How many tasks stand in the queue."""
    with redis.Redis.from_url(plant.redis_url) as server:
        return server.llen("celery")


def test_redis_killed_and_empty(plant, house):
    """First with two hints in it that nobody took, then under a worker and a beat that live through it."""
    ask(house, "hint-lost")
    assert hints(plant) == 2
    plant.kill_redis()
    plant.start_redis()
    assert hints(plant) == 0
    plant.start("worker", "beat")
    minutes_pass(house)
    plant.wait_until(lambda: statuses(house) == (["sent"], [("done", 1)]))  # by now everybody is connected

    plant.kill_redis()
    ask(house, "no-hint")
    assert send_all() == 0  # nor does a sweep without Redis come to harm
    plant.start_redis()
    minutes_pass(house)
    plant.wait_until(lambda: statuses(house) == (["sent"] * 2, [("done", 1)] * 2))
    assert [plant.programs[name].poll() for name in ("worker", "beat")] == [None, None]
    assert list(plant.sink.counts().values()) == [1, 1]
    with house.scope():
        assert MatchRun.objects.count() == 2
