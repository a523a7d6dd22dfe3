"""A large roster through the import, beside a raw COPY of the same rows, in one run.

    python bench/import.py [students mentors]        (5000 2000 by default; one placement for each student)
    python bench/import.py FOLDER                    (its students.csv, mentors.csv and placements.csv)

Invented people, on an embedded server of its own that is thrown away. The import goes the whole way: upload, a
job that reads for the preview, a job that reads again, compares and writes with row security on (signed in as the worker) and history
triggers; then the same files again, which must write nothing. The raw COPY puts the same rows, read already, into plain tables without policy, triggers, keys or indexes, on the same connection.
Seconds are wall time. Memory is the growth of this process's peak while the files are brought in.
Writes import.json to the state folder's bench/ (var/bench by default): each figure with its target and whether it holds.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TARGET = 60.0
MEMORY_TARGET = 150.0  # MB
KINDS = ("students", "mentors", "placements")


def start(var: Path) -> None:
    """Make the database as its owner, then start Django signed in as the worker."""
    os.environ |= {"ALONGSIDE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "mentoring.settings.dev"}
    owner = os.environ | {"ALONGSIDE_DB_ROLE": "owner"}
    subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"], env=owner, check=True)
    os.environ["ALONGSIDE_DB_ROLE"] = "worker"
    import django

    django.setup()


def seat() -> tuple:
    """An organisation with a coordinator and an empty programme: (coordinator, programme)."""
    import datetime as dt

    from common.tenancy import organisation_scope
    from organisations.models import Membership, Organisation
    from programmes.models import Programme

    organisation = Organisation.objects.create(slug="large", name="Large College")
    with organisation_scope(organisation.pk):
        coordinator = Membership.objects.create(first_name="Rosa", email="rosa@large.example", roles=["coordinator"])
        programme = Programme.objects.create(name="Autumn", starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2027, 7, 31))
    coordinator.organisation = organisation
    return coordinator, programme


def bring_in(coordinator, programme, kind: str, content: bytes) -> tuple[float, dict]:
    """One file from upload over the preview to done: (seconds, counts)."""
    from common.tenancy import organisation_scope
    from organisations.models import Job
    from organisations.services import jobs
    from programmes.services import imports

    by = {"by": coordinator}
    begun = time.perf_counter()
    with organisation_scope(coordinator.organisation_id):
        found = imports.upload_roster(programme=programme, kind=kind, file_name=f"{kind}.csv", content=content, **by)
        reading = imports.reading_of(found)
    jobs.run(coordinator.organisation_id, reading.pk)
    with organisation_scope(coordinator.organisation_id):
        job = imports.confirm_import(roster_import=found, **by)
    jobs.run(coordinator.organisation_id, job.pk)
    spent = time.perf_counter() - begun
    with organisation_scope(coordinator.organisation_id):
        job.refresh_from_db()
    if job.status != Job.Status.DONE:
        sys.exit(f"{kind}: {job.message}")
    return spent, job.result


def history() -> int:
    """Rows of history there are."""
    from common.tenancy import system_scope
    from organisations.models import Membership
    from programmes.models import Participant, Placement

    with system_scope("count history for a measurement"):
        return sum(model.pgh_event_model.unscoped.count() if hasattr(model.pgh_event_model, "unscoped") else
                   model.pgh_event_model._base_manager.count() for model in (Membership, Participant, Placement))  # fmt: skip


def raw_copy(files: dict[str, bytes]) -> float:
    """Seconds to COPY the rows, read already, into tables that nothing guards."""
    from django.db import connection, transaction

    from programmes.roster import parse
    from programmes.services.apply_roster import _TYPES

    spent = 0.0
    for kind, content in files.items():
        rows = parse(kind, content).rows
        names = [name for name in rows[0].__slots__ if name != "number"]
        values = [[list(v) if isinstance(v, tuple) else v for v in (getattr(row, n) for n in names)] for row in rows]
        columns = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in names)
        begun = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"create temporary table raw_{kind} ({columns})")
            with cursor.copy(f"copy raw_{kind} from stdin") as copy:
                for row in values:
                    copy.write_row(row)
        spent += time.perf_counter() - begun
    return spent


def peak() -> float:
    """Most memory this process has had, in MB (Linux counts in kB)."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1000


def figure(name: str, value: float, target: float | None) -> dict:
    return {"figure": name, "value": round(value, 3), "target": target, "holds": target is None or value <= target}


def measure(files: dict[str, bytes]) -> list[dict]:
    coordinator, programme = seat()
    before, total, told = peak(), 0.0, []
    for kind in KINDS:
        spent, counts = bring_in(coordinator, programme, kind, files[kind])
        print(f"{kind}: {spent:.2f} s  {counts}")
        total += spent
    grown, written = peak() - before, history()
    again = 0.0
    for kind in KINDS:
        spent, counts = bring_in(coordinator, programme, kind, files[kind])
        again += spent
        told.append(figure(f"{kind} again, rows written", counts["new"] + counts["changed"], 0))
    told.append(figure("all again, rows of history written", history() - written, 0))
    raw = raw_copy(files)
    rows = sum(content.count(b"\n") for content in files.values()) - len(files)
    return [
        figure(f"import of {rows} rows, seconds", total, SECONDS_TARGET),
        figure(f"import of {rows} rows, growth of peak memory, MB", grown, MEMORY_TARGET),
        figure("the same files again, seconds", again, SECONDS_TARGET),
        *told,
        figure("raw COPY of the same rows, seconds", raw, None),
        figure("import / raw COPY", total / raw, None),
    ]


def main() -> int:
    sys.path.insert(0, str(ROOT))
    from bench.rosters import rosters

    if len(sys.argv) == 2:
        files = {kind: (Path(sys.argv[1]) / f"{kind}.csv").read_bytes() for kind in KINDS}
    else:
        files = rosters(*([int(one) for one in sys.argv[1:]] or [5000, 2000]))
    folder = Path(os.environ.get("ALONGSIDE_VAR") or ROOT / "var") / "bench"
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as var:
        start(Path(var))
        from mentoring import embedded

        try:
            told = measure(files)
        finally:
            embedded.stop(Path(var))
    for one in told:
        word = "" if one["target"] is None else "holds" if one["holds"] else "MISSED"
        print(f"{word:7} {one['figure']}: {one['value']}" + ("" if one["target"] is None else f" (target {one['target']})"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "import.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 0 if all(one["holds"] for one in told) else 1


if __name__ == "__main__":
    sys.exit(main())
