"""Letters on their way out while workers, Redis, PostgreSQL and the mail server fail: none is lost, and few go twice.

    python -m bench.faults [--letters 3000] [--seeds 1,2,3] [--faults 15]

Real servers, two real workers and beat, an SMTP server in this process; all in a folder of its own that is thrown away.
Each seed is one run: the letters are queued through the outbox, faults come at moments and with lengths drawn from the seed
(bench/rig/plan.py), then everything is left alone until no letter waits. Two promises are held against what came:

    lost         0: every letter is noted as sent, and the mail server took it
    sent twice   at most once for each kill, or stop of PostgreSQL, that met a worker between handing over and noting.
                 Which did is read from the database right after each; a letter that went twice without one breaks the promise

So that a run takes minutes, the rig's workers (bench/rig/program.py) hold letters for 60 seconds instead of five minutes
(and stop 30 seconds before the end of that, not 60), first wait 2 seconds instead of one minute after a failure, and are one
process each; beat looks every second. All else is the product's.

Writes faults.json to the state folder's bench/ (var/bench by default). Status 1 when a promise is broken.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from bench.northfield import ROOT, start

COLUMNS = (
    "seed", "letters", "faults", "lost", "sent twice", "cut between handing over and noting", "sent twice without a cut",
    "seconds to drain", "of these after the last fault", "load",
)  # fmt: skip


def prepare(var: Path):
    """Django on fresh servers in the folder; returns the plant, nothing of it running yet but the servers and the sink."""
    os.environ.pop("ALONGSIDE_EMBEDDED_FSYNC", None)  # what was committed must outlive the server
    start(var)
    from bench.rig.sink import MoodySink
    from mentoring import embedded
    from tests.faults.running import Plant

    server = embedded.ensure_postgres(var)
    admin = {"host": server["host"], "port": server["port"], "user": server["admin"], "dbname": server["database"]}
    plant = Plant(var, admin, MoodySink(), application="bench.rig.program")
    plant.hands = 1
    return plant


def queue(letters) -> None:
    """The letters of one organisation, into the outbox as the sweep puts them there."""
    from django.db import connection, transaction
    from django.utils import timezone

    from common.tenancy import organisation_scope
    from organisations.models import Organisation
    from post.services.bulk import Draft, queue_letters

    organisation, _made = Organisation.objects.get_or_create(slug="college", defaults={"name": "College"})
    context = {"first_name": "Gwen", "organisation": "College", "programme": "Autumn", "url": "https://alongside.example/"}
    now = timezone.now()
    with transaction.atomic(), organisation_scope(organisation.pk):
        queue_letters(
            Draft("no_account", f"person{number}@college.example", "Gwen", context, f"fault:{number}", now)
            for number in range(letters)
        )
    connection.close()  # PostgreSQL is to be stopped under everybody but us


def run(plant, seed, letters, faults) -> dict:
    """The counts of one seed, and each fault as it came."""
    import psycopg

    from bench.rig.plan import draw_faults
    from bench.rig.run import Run

    with psycopg.connect(**plant.database, autocommit=True) as connection:
        connection.execute("truncate post_letter cascade")
    plant.empty_queue()
    plant.sink.clear()
    queue(letters)
    plant.sink.up()
    one = Run(plant, draw_faults(seed, letters, faults))
    try:
        counts = one()
    finally:
        plant.stop()
        plant.sink.down()
    return {"seed": seed} | counts | {"load": round(os.getloadavg()[0], 1), "came": one.came}


def broken(row) -> bool:
    twice = row["sent twice"] > row["cut between handing over and noting"] or row["sent twice without a cut"]
    return bool(row["lost"] or twice)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--letters", type=int, default=3000)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--faults", type=int, default=15)
    asked = parser.parse_args()
    print(f"other work on this machine at the start: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    keep = Path(os.environ.get("ALONGSIDE_VAR", ROOT / "var")) / "bench"
    rows = []
    with tempfile.TemporaryDirectory(prefix="faults") as folder:
        plant = prepare(Path(folder))
        from mentoring import embedded

        try:
            for seed in map(int, asked.seeds.split(",")):
                rows.append(run(plant, seed, asked.letters, asked.faults))
                tell(rows[-1])
        finally:
            embedded.stop(plant.var)
    keep.mkdir(parents=True, exist_ok=True)
    (keep / "faults.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print("| " + " | ".join(COLUMNS) + " |")
    print("| --- " * len(COLUMNS) + "|")
    for row in rows:
        print("| " + " | ".join(str(row[column]) for column in COLUMNS) + " |")
    print("A PROMISE IS BROKEN" if any(map(broken, rows)) else "both promises hold")
    return 1 if any(map(broken, rows)) else 0


def tell(row) -> None:
    """Each fault of a seed, as it came, and what came of it."""
    print(f"seed {row['seed']}: " + ", ".join(f"{column} {row[column]}" for column in COLUMNS[1:]))
    for fault in row["came"]:
        drawn = ", ".join(f"{key} {value if isinstance(value, str | int) else round(value, 2)}" for key, value in fault.items()
                          if key not in ("kind", "second", "letters taken"))  # fmt: skip
        print(f"  {fault['second']:>7.2f} s, {fault['letters taken']:>4} letters taken: {fault['kind']} ({drawn})", flush=True)
    if row["programs that ended by themselves"]:
        print(f"  ended by themselves and were started again: {row['programs that ended by themselves']}")


if __name__ == "__main__":
    sys.exit(main())
