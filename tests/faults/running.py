"""The worker and beat as real programs, on a database, a Redis and a folder of their own, to be killed at will."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import redis
from django.db import connection
from django.db.models import F

from common.tenancy import organisation_scope
from mentoring import embedded
from organisations.models import Job
from post.models import Letter

ROOT = Path(__file__).resolve().parents[2]
OTHERS = ("ALONGSIDE_DB_ROLE", "ALONGSIDE_BASE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")


class Plant:
    """Starts and kills the programs. ``database``: keywords that sign in as the administrator. ``application``: Celery's."""

    def __init__(self, var: Path, database: dict, sink, application="tests.faults.program"):
        self.var, self.database, self.sink, self.application = var, database, sink, application
        self.media = var / "media" / "private"
        self.redis_url = embedded.ensure_redis(var)
        self.programs = {}
        self.hands = 2  # processes of a worker

    def start(self, *names):
        """Start "worker" or "beat"; of several workers each has a name of its own, "worker-2"."""
        for name in names:
            log = (self.var / f"{name}.log").open("a")
            with log:
                self.programs[name] = subprocess.Popen(
                    self._command(name),
                    cwd=ROOT,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    def kill(self, name="worker"):
        """SIGKILL the program and its children, as the system does when memory runs out."""
        os.killpg(self.programs[name].pid, signal.SIGKILL)

    def freeze(self, name="worker"):
        """The program and its children stand still, as on a machine that swaps; whoever thaws them lets them go on."""
        os.killpg(self.programs[name].pid, signal.SIGSTOP)

    def thaw(self, name="worker"):
        os.killpg(self.programs[name].pid, signal.SIGCONT)

    def bury(self, name="worker"):
        """Wait until a killed program is gone."""
        assert self.programs.pop(name).wait(timeout=10) == -signal.SIGKILL

    def children(self, name="worker") -> list[int]:
        """Process ids of those that do the work, not of the one that hands it out."""
        parent = self.programs[name].pid
        return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]

    def kill_children(self, name="worker") -> int:
        """SIGKILL the processes that do the work; returns how many there were."""
        children = self.children(name)
        for child in children:
            os.kill(child, signal.SIGKILL)
        return len(children)

    def kill_redis(self):
        """As a machine that dies: nothing saved, and what was saved before is lost with it."""
        folder = self.var / "redis"
        os.kill(int((folder / "server.pid").read_text()), signal.SIGKILL)
        for left in folder.glob("*.rdb"):
            left.unlink()

    def empty_queue(self):
        """No hints of an earlier test's killed worker."""
        with redis.Redis.from_url(self.redis_url) as server:
            server.flushall()

    def start_redis(self):
        assert embedded.ensure_redis(self.var) == self.redis_url  # where everybody looks for it

    def stop_postgres(self):
        """At once ("immediate"): every session is cut where it stands, nothing is written out; the next start recovers."""
        pid_file = self.var / "pg" / "postmaster.pid"
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
        self.wait_until(lambda: not pid_file.exists())

    def start_postgres(self):
        embedded.ensure_postgres(self.var)

    def stop(self):
        """Stop what still runs, between tests and at the end."""
        for program in self.programs.values():
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
            program.wait(timeout=10)
        self.programs = {}

    def wait_until(self, condition, seconds=100):
        """AssertionError with the programs' last words when it did not come about."""
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until, self.last_words()
            time.sleep(0.05)

    def last_words(self) -> str:
        return "\n".join(f"== {log.name}\n{log.read_text()[-3000:]}" for log in self.var.glob("*.log"))

    @contextmanager
    def stuck_at(self, table):
        """No row gets into this table meanwhile: whoever tries stands still. Yields a function that waits until one does."""
        with psycopg.connect(**self.database) as holder, psycopg.connect(**self.database, autocommit=True) as looker:
            holder.execute(f"lock table {table} in exclusive mode")
            asked = "select exists (select from pg_locks where relation = %s::regclass and not granted)"
            yield lambda: self.wait_until(lambda: looker.execute(asked, [table]).fetchone()[0])
            holder.rollback()

    def files(self, pattern) -> list[Path]:
        return sorted(path for path in self.media.rglob(pattern) if path.is_file())

    def _command(self, name):
        kind = name.partition("-")[0]
        command = [sys.executable, "-m", "celery", "-A", self.application, "--quiet", kind, *self._options(kind)]
        return command if kind == "beat" else [*command, "--hostname", f"{name}@%h"]

    def _options(self, kind):
        if kind == "beat":
            return ["--schedule", str(self.var / "schedule"), "--loglevel", "WARNING", "--max-interval", "1"]
        return ["--concurrency", str(self.hands), "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]

    def _environment(self):
        server, name = self.database, connection.settings_dict["NAME"]
        return {key: value for key, value in os.environ.items() if key not in OTHERS} | {
            "ALONGSIDE_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": f"postgresql://alongside_worker@/{name}?host={server['host']}",
            "REDIS_URL": self.redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
        }


def minutes_pass(house, minutes=6):
    """What would have happened by the clock alone: leases and waits come to their end, jobs have been silent."""
    gone = timedelta(minutes=minutes)
    with organisation_scope(house.organisation.pk):
        Letter.objects.update(due_at=F("due_at") - gone, leased_until=F("leased_until") - gone)
        Job.objects.update(beat_at=F("beat_at") - gone, created_at=F("created_at") - gone)
