"""One run: letters wait, two workers deliver them, faults come as planned, and what happened is counted."""

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
import redis

from .plan import AIMED, WORKERS

TICK = 0.01
LOOK = 0.5
SETTLE = 900  # seconds; what has not gone by then counts as lost
NOTICE = 0.5  # seconds: so long the mail server may read on what a killed process had sent off
MOST_FALLS = 20
COME_BACK = 2.0  # seconds: a process that claimed letters before PostgreSQL stopped has opened its connection by then


@dataclass
class Cut:
    """A kill or a stop that may have met a process between handing over and noting: that process's last letter tells.

    pids: whose last session is to be looked at. sessions: more of them, as they are known.
    """

    pids: list[int] = field(default_factory=list)
    sessions: list = field(default_factory=list)
    at: float = field(default_factory=time.monotonic)


class Run:
    """Call once; returns the counts. Then ``came`` tells each fault as it came, ``gaps`` the addresses of letters that were
    handed over and not noted because of a kill or a stop.

    What is in a gap is read from the database right after the kill, before the lease ends and the letter goes again.
    """

    def __init__(self, plant, faults):
        self.plant, self.sink = plant, plant.sink
        self.waiting = [fault for fault in faults if fault.kind != AIMED]
        self.sink.after = {fault.at: self._killer(fault) for fault in faults if fault.kind == AIMED}
        self.later, self.cuts, self.gaps, self.came = [], [], [], []
        self.looked_into = set()
        self.fell = Counter()
        self.away = set()
        self.started = time.monotonic()

    def __call__(self) -> dict:
        self.plant.start(*WORKERS, "beat")
        looked = 0
        while time.monotonic() - self.started < SETTLE:
            while self.waiting and len(self.sink.taken) >= self.waiting[0].at:
                self._begin(self.waiting.pop(0))
            self._do_what_is_due()
            self._restart_fallen()
            self._look_into_cuts()
            if time.monotonic() - looked > LOOK:
                looked = time.monotonic()
                if not self._busy() and self._all_out():
                    break
            time.sleep(TICK)
        return self._counts(time.monotonic())

    def _busy(self):
        return self.waiting or self.later or self.cuts or self.sink.after

    def _all_out(self):
        statuses = self._read("select status from post_letter where status = 'waiting' limit 1")
        return statuses is not None and not statuses

    def _counts(self, ended):
        statuses = dict(self._read("select to_email, status from post_letter"))
        counts, gaps = self.sink.counts(), Counter(self.gaps)
        surplus = Counter({address: times - 1 for address, times in counts.items() if times > 1})
        return {
            "letters": len(statuses),
            "faults": len(self.came),
            "lost": sum(status != "sent" or not counts[address] for address, status in statuses.items()),
            "sent twice": surplus.total(),
            "cut between handing over and noting": len(self.gaps),
            "sent twice without a cut": (surplus - gaps).total(),
            "seconds to drain": round(ended - self.started, 1),
            "of these after the last fault": round(ended - self.started - self.came[-1]["second"], 1) if self.came else None,
            "programs that ended by themselves": dict(self.fell),
        }

    # The clock

    def _in(self, seconds, act):
        self.later.append((time.monotonic() + seconds, act))

    def _do_what_is_due(self):
        now = time.monotonic()
        for one in [one for one in self.later if one[0] <= now]:
            self.later.remove(one)
            one[1]()

    def _restart_fallen(self):
        """As a supervisor does: a program that ended by itself is started again."""
        for name, program in list(self.plant.programs.items()):
            if name not in self.away and program.poll() is not None:
                self.fell[name] += 1
                if self.fell[name] > MOST_FALLS:
                    raise RuntimeError(f"{name} does not stay up:\n{self.plant.last_words()}")
                self.plant.start(name)

    # The faults

    def _begin(self, fault):
        self._in(fault.told.get("delay", 0), lambda: self._come(fault))

    def _come(self, fault):
        """What is away already cannot fail: then the fault waits for its return."""
        thing, act = {
            "worker killed": (fault.told.get("worker"), self._kill_worker),
            "PostgreSQL stopped at once": ("postgres", self._stop_postgres),
            "Redis killed": ("redis", self._kill_redis),
            "Redis flushed": ("redis", self._flush_redis),
            "SMTP refuses": ("smtp", self._refuse),
            "SMTP slow": ("smtp", self._be_slow),
            "SMTP hangs up": ("smtp", self._hang_up),
        }[fault.kind]
        if thing in self.away:
            self._in(LOOK, lambda: self._come(fault))
            return
        self._note(fault)
        act(fault.told)

    def _note(self, fault):
        second = round(time.monotonic() - self.started, 2)
        self.came.append({"kind": fault.kind, "second": second, "letters taken": len(self.sink.taken), **fault.told})

    def _killer(self, fault):
        def kill(session):
            """In the mail server's own thread: the letter is taken, and the worker has no answer yet."""
            here = [name for name in WORKERS if name not in self.away and session.pid in self.plant.children(name)]
            self._note(fault)
            self._kill_worker(fault.told | {"worker": here[0]})

        return kill

    def _kill_worker(self, told):
        name = told["worker"]
        self.away.add(name)
        pids = self.plant.children(name)
        self.plant.kill(name)
        self.cuts.append(Cut(pids))
        self._in(told["back"], lambda: self._start_worker(name))

    def _start_worker(self, name):
        self.plant.bury(name)
        self.plant.start(name)
        self.away.discard(name)

    def _stop_postgres(self, told):
        self.away.add("postgres")
        before = [one for one in self.sink.sessions if one.is_open], len(self.sink.sessions)
        self.plant.stop_postgres()
        self._in(told["back"], lambda: self._start_postgres(*before))

    def _start_postgres(self, were_open, known):
        self.plant.start_postgres()
        self.away.discard("postgres")
        self.cuts.append(Cut(sessions=were_open + self.sink.sessions[known:]))
        known = len(self.sink.sessions)
        self._in(COME_BACK, lambda: self.cuts.append(Cut(sessions=self.sink.sessions[known:])))

    def _kill_redis(self, told):
        self.away.add("redis")
        self.plant.kill_redis()
        self._in(told["back"], self._start_redis)

    def _start_redis(self):
        self.plant.start_redis()
        self.away.discard("redis")

    def _flush_redis(self, _told):
        with suppress(redis.exceptions.ConnectionError):
            self.plant.empty_queue()

    def _refuse(self, told):
        self._smtp_for(told["back"], refusal=told["answer"])

    def _be_slow(self, told):
        self._smtp_for(told["back"], pause=told["pause"])

    def _hang_up(self, told):
        self.sink.hang_ups += told["letters"]

    def _smtp_for(self, seconds, **mood):
        self.away.add("smtp")
        vars(self.sink).update(mood)
        self._in(seconds, self._smtp_well)

    def _smtp_well(self):
        self.sink.refusal, self.sink.pause = "", 0
        self.away.discard("smtp")

    # What was between handing over and noting

    def _look_into_cuts(self):
        for cut in list(self.cuts):
            if time.monotonic() - cut.at > NOTICE and self._ended(cut.pids) and self._look_into(cut):
                self.cuts.remove(cut)

    def _ended(self, pids):
        """Whether the killed processes' last statements have ended in the database; not while it cannot be asked."""
        names = [f"worker-{pid}" for pid in pids]
        found = self._read("select 1 from pg_stat_activity where application_name = any(%s) limit 1", names)
        return found is not None and not found

    def _look_into(self, cut) -> bool:
        """Look at each session once it has ended; True when all were."""
        sessions = cut.sessions + [sessions[-1] for pid in cut.pids if (sessions := self.sink.of_process(pid))]
        open_yet = False
        for session in sessions:
            if session.is_open:
                open_yet = True
            elif id(session) not in self.looked_into and session.handed_over:
                found = self._read("select status from post_letter where to_email = %s", session.handed_over[-1])
                if found is None:
                    return False
                self.looked_into.add(id(session))
                if found == [("waiting",)]:
                    self.gaps.append(session.handed_over[-1])
        return not open_yet

    def _read(self, query, *values):
        """Rows, or None where the database is away."""
        if "postgres" in self.away:
            return None
        try:
            with psycopg.connect(**self.plant.database, autocommit=True) as connection:
                return connection.execute(query, values).fetchall()
        except psycopg.OperationalError:
            return None
