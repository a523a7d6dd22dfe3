"""`make demo` as a person has it: the real programs, started, asked, stopped, and nothing left behind."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mentoring import embedded


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def processes_of(var):
    """Command lines of all processes that work on this folder: it stands in their environment or their arguments."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (process / "cmdline").read_bytes()
            if str(var).encode() in (process / "environ").read_bytes() + arguments and arguments:
                found[int(process.name)] = arguments.replace(b"\0", b" ").decode()
        except OSError:
            continue
    found.pop(os.getpid(), None)
    return found


def kinds(processes):
    words = ("gunicorn", "celery -A mentoring --quiet worker", "celery -A mentoring --quiet beat", "bin/postgres -D")
    return [any(word in command for command in processes.values()) for word in words]


class Demo:
    def __init__(self, root, var, *arguments, **environment):
        env = {**os.environ, "ALONGSIDE_VAR": str(var), "ALONGSIDE_EMBEDDED_FSYNC": "off", **environment}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        env.pop("ALONGSIDE_DB_ROLE", None)
        self.process = subprocess.Popen(
            [sys.executable, "scripts/demo.py", *arguments],
            cwd=root,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def read_until(self, words):
        """What it says up to a line with these words; fails when it ends without."""
        said = ""
        for line in self.process.stdout:
            said += line
            if words in line:
                return said
        raise AssertionError(said)

    def end(self, number=None):
        """Send a signal if given, and wait for its end: (exit status, last words)."""
        if number:
            self.process.send_signal(number)
        said, _ = self.process.communicate()
        return self.process.returncode, said


@pytest.fixture
def demo(root, tmp_path):
    started = []

    def start(*arguments, **environment):
        started.append(Demo(root, tmp_path, *arguments, **environment))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.end(signal.SIGTERM)
    embedded.stop(tmp_path)
    for pid in processes_of(tmp_path):
        os.kill(pid, signal.SIGKILL)


def gone(var, seconds=30) -> dict:
    """What still runs on this folder, once all that is ending had its time: PostgreSQL may be at its last checkpoint."""
    until = time.monotonic() + seconds
    while (left := processes_of(var)) and time.monotonic() < until:
        time.sleep(0.2)
    return left


def test_from_nothing_to_running_to_nothing(demo, tmp_path):
    port = free_port()
    running = demo(PORT=str(port))
    said = running.read_until("Ctrl-C stops it")
    assert f"http://localhost:{port}" in said
    assert len(re.findall(r"\w+@(?:northfield|riverside)\.example", said)) == 12
    assert get(port, "/readyz") == (200, '{"status": "ok", "problems": []}')
    assert kinds(processes_of(tmp_path)) == [True] * 4

    second = demo(PORT=str(free_port()))
    assert second.end() == (1, f"A demo runs on {tmp_path} already. Stop it first (Ctrl-C where it runs).\n")
    assert demo("--reset").end()[0] == 1  # nor is it emptied under somebody's feet

    status, said = running.end(signal.SIGINT)
    assert (status, said.splitlines()[-1]) == (0, "· Stopped. Your data is kept in var/; `make demo-reset` empties it.")
    assert gone(tmp_path) == {}

    # After a kill -9 the next start finds what was left, and the data.
    killed = demo(PORT=str(port))
    killed.read_until("Ctrl-C stops it")
    killed.process.kill()
    killed.end()
    assert kinds(processes_of(tmp_path)) == [True] * 4
    again = demo(PORT=str(port))
    again.read_until("Ctrl-C stops it")
    assert get(port, "/livez") == (200, "ok")

    # A program that ends by itself takes the others along, and says which it was.
    worker = next(pid for pid, command in processes_of(tmp_path).items() if kinds({pid: command})[1])
    os.kill(worker, signal.SIGKILL)
    status, said = again.end()
    assert status == 1
    assert "worker has ended by itself" in said
    assert gone(tmp_path) == {}

    assert demo("--reset").end() == (0, "The demo is empty. `make demo` fills it again.\n")
    assert [name for name in ("pg", "redis", "mail", "media", "beat") if (tmp_path / name).exists()] == []


def test_a_port_in_use_is_said_before_anything_starts(demo, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, said = demo(PORT=str(port)).end()
    words = f"Port {port} cannot be used (Address already in use). Choose another:  PORT={port + 1} make demo\n"
    assert (status, said) == (1, words)
    assert not (tmp_path / "pg").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "80.5"])
def test_a_port_that_is_none(port, demo):
    assert demo(PORT=port).end() == (1, f"PORT is '{port}'; it must be a number from 1 to 65535.\n")
