"""From the click on "Match" to the page with its proposals, on Northfield's roster, with a real worker and a real broker.

    python bench/northfield.py

Embedded servers of its own that are thrown away. A coordinator's browser is played by Django's test client; the worker is
a process of its own, found by Redis. Told beside it: the engine's own seconds in the same run. Writes northfield.json to the
state folder's bench/ (var/bench by default).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "programmes" / "samples" / "northfield"
TARGET = 2.0  # seconds
CLICKS = 5


def start(var: Path) -> None:
    sys.path.insert(0, str(ROOT))
    os.environ |= {"ALONGSIDE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "mentoring.settings.dev"}
    owner = os.environ | {"ALONGSIDE_DB_ROLE": "owner"}
    subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"], env=owner, check=True)
    import django

    django.setup()


def samples() -> dict[str, bytes]:
    """Northfield's own files by kind."""
    return {kind: (SAMPLES / f"{kind}.csv").read_bytes() for kind in ("students", "mentors", "placements")}


def seat(slug="northfield", files=None):
    """A roster in a programme, its mentors let in without training: (coordinator, programme). files: by kind, Northfield's own if None."""
    import datetime as dt

    from accounts.models import User
    from common.tenancy import organisation_scope
    from organisations.models import Membership, Organisation
    from programmes.models import Participant, Programme
    from programmes.services import imports
    from training.services.overrides import override_training

    organisation = Organisation.objects.create(slug=slug, name=f"{slug.title()} College")
    with organisation_scope(organisation.pk):
        user = User.objects.create_user(f"rosa@{slug}.example")
        coordinator = Membership.objects.create(first_name="Rosa", email=user.email, user=user, roles=["coordinator"])
        programme = Programme.objects.create(name="Autumn", starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2027, 7, 31))
    coordinator.organisation = organisation
    for kind, content in (files or samples()).items():
        with organisation_scope(organisation.pk):
            found = imports.upload_roster(programme=programme, kind=kind, file_name=f"{kind}.csv", content=content, by=coordinator)
            reading = imports.reading_of(found)
        wait(organisation.pk, reading.pk)
        with organisation_scope(organisation.pk):
            job = imports.confirm_import(roster_import=found, by=coordinator)
        wait(organisation.pk, job.pk)
    with organisation_scope(organisation.pk):
        for mentor in Participant.objects.filter(programme=programme, side="mentor"):
            override_training(mentor=mentor, reason="For a measurement", by=coordinator)
    return coordinator, programme


def start_worker() -> subprocess.Popen:
    command = [sys.executable, "-m", "celery", "-A", "mentoring", "--quiet", "worker", "--concurrency", "1", "--loglevel", "ERROR"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"ALONGSIDE_DB_ROLE": "worker"})


def wait(organisation_id, job_id):
    """Until the worker is done; says so and stops when it did not end well."""
    from common.tenancy import organisation_scope
    from organisations.models import Job

    begun = time.perf_counter()
    while time.perf_counter() - begun < 180:
        with organisation_scope(organisation_id):
            job = Job.objects.get(pk=job_id)
        if job.is_over:
            break
        time.sleep(0.02)
    if job.status != Job.Status.DONE:
        sys.exit(f"the work did not end well: {job.kind} {job.status} {job.message}")


def signed_in(coordinator):
    """A browser of the coordinator's, played by Django's test client."""
    from django.test import Client

    client = Client()
    client.force_login(coordinator.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def click(client, programme) -> tuple[float, float]:
    """(seconds from the click to the page with the proposals, the engine's own seconds)."""
    from common.tenancy import organisation_scope
    from matching.services.runs import latest_run
    from organisations.models import Job

    page = f"/o/{programme.organisation.slug}/programmes/{programme.pk}/matching/"
    begun = time.perf_counter()
    client.post(f"{page}run/")
    with organisation_scope(programme.organisation_id):
        job = Job.objects.filter(kind="match", target_id=programme.pk).latest("pk")
    wait(programme.organisation_id, job.pk)
    answer = client.get(page)
    spent = time.perf_counter() - begun
    assert answer.status_code == 200, answer.status_code
    with organisation_scope(programme.organisation_id):
        return spent, latest_run(programme).totals["seconds"]


def main() -> int:
    keep = Path(os.environ.get("ALONGSIDE_VAR", ROOT / "var")) / "bench"
    with tempfile.TemporaryDirectory(prefix="nf") as folder:
        var = Path(folder)
        start(var)
        from mentoring import embedded

        worker = None
        try:
            worker = start_worker()
            coordinator, programme = seat()
            client = signed_in(coordinator)
            click(client, programme)  # the worker is awake now
            clicks = [click(client, programme) for _n in range(CLICKS)]
        finally:
            if worker:
                worker.terminate()
                worker.wait(30)
            embedded.stop(var)
    seconds, engine = (statistics.median(one[place] for one in clicks) for place in (0, 1))
    rows = [
        {"figure": "click to proposals, Northfield, seconds (median of 5)", "value": round(seconds, 2), "target": TARGET, "holds": seconds <= TARGET},
        {"figure": "times the engine's own seconds", "value": round(seconds / max(engine, 0.001), 1), "target": None, "holds": True},
    ]
    for row in rows:
        print(f"{row['figure']}: {row['value']}  (target {row['target']}, holds: {row['holds']})")
    keep.mkdir(parents=True, exist_ok=True)
    (keep / "northfield.json").write_text(json.dumps(rows, indent=1))
    return 0 if all(row["holds"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
