"""Reminders written and handed to a mail server by one worker, in turns with a task for each reminder.

    python -m bench.mail [letters] [tasks a turn]

The outbox: letters are written and queued as the sweep does, then claimed, handed over and noted by the code of one worker's
process, signed in as the worker. The other way (bench/rig/single.py): a real worker with one process takes a task for each
reminder from Redis; each reads, writes the letter, opens a connection, sends, notes. Counted from its first note to its last, so that
neither its start nor asking for the tasks counts. The mail server is a process of its own that takes everything at once.
Servers of their own, thrown away. Writes mail.json to the state folder's bench/ (var/bench by default).
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.northfield import ROOT, start

TARGET, RATIO = 15.0, 20.0  # seconds for 10,000; times faster than a task each
TEN_THOUSAND = 10_000
TURNS = 3
WORKER = "alongside_worker"


def measure(var, letters, tasks) -> dict:
    from django.conf import settings

    from bench.rig import plain_sink
    from mentoring.settings.addresses import email_from_url

    with plain_sink.running() as (port, taken, volume):
        for name, value in email_from_url(f"smtp://127.0.0.1:{port}").items():
            setattr(settings, name, value)
        found = turns(var, port, letters, tasks)
        handed_over = sum(found["letters"]) + tasks * TURNS
        if taken.value != handed_over:
            sys.exit(f"the mail server took {taken.value} letters of {handed_over}")
        return found | {"bytes": volume.value / taken.value}


def turns(var, port, letters, tasks) -> dict:
    from bench.reminders import become
    from bench.rig.reminders import seat
    from tests.faults.running import Plant

    houses = seat(letters)
    plant = Plant(var, database(var), Addressed(port), application="bench.rig.single")
    plant.hands = 1
    found = {"letters": [], "written": [], "delivered": [], "processor": [], "each": []}
    for _turn in range(TURNS):
        become(WORKER)
        one(houses, found)
        forget(var)
        found["each"].append(by_task(plant, houses, tasks))
        forget(var)
    return found


class Addressed:
    """All that the plant asks of a mail server."""

    def __init__(self, port):
        self.port = port


def database(var) -> dict:
    from mentoring import embedded

    server = embedded.ensure_postgres(var)
    return {"host": server["host"], "port": server["port"], "user": server["admin"], "dbname": server["database"]}


def one(houses, found) -> None:
    """Write and deliver one reminder for everybody."""
    from django.utils import timezone

    from bench.rig.reminders import NAME, context_of
    from common.tenancy import organisation_scope
    from post.services import bulk, delivery

    begun, spent = time.perf_counter(), time.process_time()
    now, queued, sent = timezone.now(), 0, 0
    for house, people in houses.items():
        with organisation_scope(house.pk):
            queued += bulk.queue_letters(
                bulk.Draft(NAME, person.email, person.first_name, context_of(person, house), f"bench:{person.pk}", now)
                for person in people
            )
    written = time.perf_counter()
    while batch := delivery.deliver_waiting():
        sent += batch
    if sent != queued:
        sys.exit(f"{sent} of {queued} letters went")
    found["letters"].append(sent)
    found["written"].append(written - begun)
    found["delivered"].append(time.perf_counter() - written)
    found["processor"].append(time.process_time() - spent)


def by_task(plant, houses, tasks) -> float:
    """Seconds a letter, by a task for each."""
    import psycopg

    from mentoring.celery import app

    plant.empty_queue()
    some = [(house.pk, person.pk) for house, people in houses.items() for person in people[: tasks // len(houses)]]
    for ids in some:
        app.send_task("bench.remind", args=ids)
    plant.start("worker")
    noted = "select count(*), extract(epoch from max(sent_at) - min(sent_at)) from post_letter"
    with psycopg.connect(**plant.database, autocommit=True) as connection:
        plant.wait_until(lambda: connection.execute(noted).fetchone()[0] == len(some), seconds=300)
        seconds = float(connection.execute(noted).fetchone()[1])
    plant.stop()
    return seconds / (len(some) - 1)


def forget(var) -> None:
    """An empty outbox, as fresh as at the start."""
    import psycopg

    with psycopg.connect(**database(var), autocommit=True) as connection:
        connection.execute("truncate post_letter cascade")
        connection.execute("analyze")


def report(found) -> list[dict]:
    outbox = [(written + delivered) / letters for written, delivered, letters in zip(found["written"], found["delivered"], found["letters"], strict=True)]
    seconds = statistics.median(outbox) * TEN_THOUSAND
    ratio = statistics.median(each / own for each, own in zip(found["each"], outbox, strict=True))
    scale = TEN_THOUSAND / found["letters"][0]
    return [
        {"what": "10,000 reminders written and handed over, seconds", "figure": round(seconds, 1), "target": f"< {TARGET:g}", "holds": seconds < TARGET},
        {"what": "of these: writing and queueing", "figure": round(statistics.median(found["written"]) * scale, 1), "target": None, "holds": None},
        {"what": "of these: claiming, handing over, noting", "figure": round(statistics.median(found["delivered"]) * scale, 1), "target": None, "holds": None},
        {"what": "processor seconds of the worker in it", "figure": round(statistics.median(found["processor"]) * scale, 1), "target": None, "holds": None},
        {"what": "a task each, milliseconds a reminder", "figure": round(statistics.median(found["each"]) * 1000, 2), "target": None, "holds": None},
        {"what": "a task each / the outbox, turn by turn", "figure": round(ratio, 1), "target": f">= {RATIO:g}", "holds": ratio >= RATIO},
        {"what": "bytes a letter", "figure": round(found["bytes"]), "target": None, "holds": None},
    ]  # fmt: skip


def main() -> None:
    numbers = [int(one) for one in sys.argv[1:]]
    letters, tasks = [*numbers, *[TEN_THOUSAND, 300][len(numbers) :]]
    print(f"other work on this machine at the start: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    folder = Path(os.environ.get("ALONGSIDE_VAR", ROOT / "var")) / "bench"
    os.environ.pop("ALONGSIDE_EMBEDDED_FSYNC", None)
    with tempfile.TemporaryDirectory(prefix="mail") as place:
        var = Path(place)
        start(var)
        from mentoring import embedded

        try:
            figures = report(measure(var, letters, tasks))
        finally:
            embedded.stop(var)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mail.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for line in figures:
        verdict = {True: "holds", False: "MISSED", None: ""}[line["holds"]]
        print(f"{line['what']:<52} {line['figure']:>8}   target {line['target'] or 'none':<8} {verdict}")


if __name__ == "__main__":
    main()
