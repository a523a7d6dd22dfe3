"""A small process manager: starts programs, shows what they say, and leaves none behind.

Each program leads a process group of its own, so that a Ctrl-C in the terminal reaches only the manager, which then
stops them in order, and so that their own children can be stopped with them. What runs is noted in a file: after a
kill -9 of the manager the next start finds and stops what was left.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

TICK = 0.1


class Manager:
    """Programs running under one roof. ``stopped_by`` is the signal that asked for the end, once one came."""

    def __init__(self, record: Path):
        self.record = record
        self.programs: dict[str, subprocess.Popen] = {}
        self.relays: list[threading.Thread] = []
        self.stopped_by = None
        self.terminals = [number for number in (0, 1) if os.isatty(number)]
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self._note)  # only noted, so that no start is ever cut in two

    def _note(self, number, _frame):
        self.stopped_by = signal.Signals(number)

    def asked_to_end(self) -> bool:
        """Whether a signal came, or the terminal we began in is gone.

        The second tells us where nobody does: of a closed terminal the system informs its first program only, and make
        keeps that to itself.
        """
        return bool(self.stopped_by) or any(not os.isatty(number) for number in self.terminals)

    def run(self, command, *, env) -> bool:
        """Run one step to its end, showing its output. False when it failed or when the end was asked for meanwhile."""
        step = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
        while step.poll() is None:
            if self.asked_to_end():
                _end([step], grace=10)
                return False
            time.sleep(TICK)
        return step.returncode == 0

    def start(self, name: str, command, *, env) -> None:
        """Start a program that is to stay, showing its lines behind its name."""
        program = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.programs[name] = program
        self._write_record()
        self.relays.append(threading.Thread(target=_relay, args=(name, program.stdout), daemon=True))
        self.relays[-1].start()

    def wait_until(self, condition, seconds: float) -> bool:
        """Wait for a condition; False when time is up, a program has ended, or the end was asked for."""
        until = time.monotonic() + seconds
        while not self.ended() and not self.asked_to_end() and time.monotonic() < until:
            if condition():
                return True
            time.sleep(TICK)
        return False

    def ended(self):
        """Name of a program that is no longer there, or None."""
        return next((name for name, program in self.programs.items() if program.poll() is not None), None)

    def supervise(self):
        """Return when the end is asked for (None) or a program has ended (its name)."""
        while not self.asked_to_end() and not self.ended():
            time.sleep(TICK)
        return None if self.asked_to_end() else self.ended()

    def stop(self, grace: float = 10) -> None:
        """Stop all; what has not ended within ``grace`` seconds is killed, with its children."""
        _end(list(self.programs.values()), grace)
        for relay in self.relays:
            relay.join(timeout=2)  # the last words
        self.record.unlink(missing_ok=True)

    def _write_record(self):
        rows = [{"pid": program.pid, "started": started(program.pid)} for program in self.programs.values()]
        self.record.write_text(json.dumps(rows))


def stop_left_over(record: Path, grace: float = 10) -> int:
    """Stop what a killed manager left behind; returns how many programs that were. A reused process id is let be."""
    try:
        rows = json.loads(record.read_text())
    except (OSError, ValueError):
        return 0
    groups = [row["pid"] for row in rows if row["started"] and started(row["pid"]) == row["started"]]
    _end_groups(groups, grace)
    record.unlink(missing_ok=True)
    return len(groups)


def started(pid: int) -> str:
    """When a process began, in whatever words the system has; "" when it is gone. Pid and this name it for good."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            # The name in brackets may hold spaces; the 22nd field of all is the 20th behind it.
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if fields[0] == "Z" else fields[19]
    asked = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def say(text: str) -> None:
    """Print; the terminal may be gone by now, which is no reason to stop in the middle of stopping."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123


def _relay(name: str, lines) -> None:
    with lines:
        for line in lines:
            say(f"{name:7}| {line.rstrip()}")


def _end(programs, grace: float) -> None:
    # The group as well when its leader has ended: its children may live on.
    _end_groups([program.pid for program in programs], grace)
    for program in programs:
        program.wait(timeout=5)


def _end_groups(groups, grace: float) -> None:
    for number, seconds in ((signal.SIGTERM, grace), (signal.SIGKILL, 5)):
        for group in groups:
            _signal_group(group, number)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            groups = [group for group in groups if _signal_group(group, 0)]
            if not groups:
                return
            time.sleep(TICK)


def _signal_group(group: int, number: int) -> bool:
    """Whether the group is there and has taken the signal. A zombie that nobody has reaped counts as gone."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return bool(number) or _alive(group)


def _alive(group: int) -> bool:
    if not Path("/proc/self/stat").exists():
        return True
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[2] == str(group) and fields[0] != "Z":
            return True
    return False
