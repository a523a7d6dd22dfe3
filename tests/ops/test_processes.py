"""The process manager: whatever ends it, nothing stays behind. Real processes, each with a child of its own."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

# A program with a child, both deaf to SIGTERM where asked; writes both process ids once they run.
PROGRAM = """
import os, signal, subprocess, sys, time
if "deaf" in sys.argv: signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(sys.argv[1] + ".part", "w") as f: f.write(f"{os.getpid()} {child.pid}")
os.rename(sys.argv[1] + ".part", sys.argv[1])
time.sleep(600)
"""
# A manager in a process of its own, as `make demo` has it.
MANAGER = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from processes import Manager
folder = Path(sys.argv[2])
manager = Manager(folder / "record")
manager.start("one", [sys.executable, "-c", sys.argv[3], str(folder / "pids")], env=dict(os.environ))
manager.wait_until((folder / "pids").exists, 60)
print("up", flush=True)
ended = manager.supervise()
manager.stop()
print("ended:", ended, flush=True)
"""


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def processes(script):
    return script("processes")


@pytest.fixture
def keep_signals():
    kept = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def terminal():
    """Both ends of a terminal: (the window, what programs see)."""
    ends = pty.openpty()
    yield ends
    for end in ends:
        with contextlib.suppress(OSError):
            os.close(end)


@pytest.fixture
def manager(root, tmp_path):
    """A manager that runs, and the ids of its program and of that one's child."""
    command = [sys.executable, "-c", MANAGER, root / "scripts", tmp_path, PROGRAM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "up\n"
        pids = [int(word) for word in (tmp_path / "pids").read_text().split()]
        yield running, pids
        running.kill()
        for pid in pids:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)


def test_a_closed_terminal_ends_all_even_when_nobody_sends_a_signal(root, tmp_path, terminal):
    window, seen = terminal
    command = [sys.executable, "-c", MANAGER, root / "scripts", tmp_path, PROGRAM]
    # A session of its own: so the system sends it no SIGHUP, as under make, which gets the signal and keeps it.
    with subprocess.Popen(command, stdin=seen, stdout=subprocess.PIPE, text=True, start_new_session=True) as running:
        assert running.stdout.readline() == "up\n"
        pids = [int(word) for word in (tmp_path / "pids").read_text().split()]
        os.close(window)
        assert running.stdout.read() == "ended: None\n"
        assert [alive(pid) for pid in pids] == [False, False]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_to_end_it_ends_all(number, manager, tmp_path):
    running, pids = manager
    assert [alive(pid) for pid in pids] == [True, True]
    running.send_signal(number)
    assert running.stdout.read() == "ended: None\n"
    assert [alive(pid) for pid in pids] == [False, False]
    assert not (tmp_path / "record").exists()


def test_the_end_of_one_program_ends_all(manager):
    running, (program, child) = manager
    os.kill(program, signal.SIGKILL)
    assert running.stdout.read() == "ended: one\n"
    assert alive(child) is False


def test_after_a_kill_the_next_start_cleans_up(manager, processes, tmp_path):
    running, pids = manager
    running.kill()
    running.wait()
    assert [alive(pid) for pid in pids] == [True, True]
    assert processes.stop_left_over(tmp_path / "record") == 1
    assert [alive(pid) for pid in pids] == [False, False]
    assert processes.stop_left_over(tmp_path / "record") == 0


def test_a_reused_process_id_is_let_be(manager, processes, tmp_path):
    _, (program, _) = manager
    other = tmp_path / "other"
    other.write_text(json.dumps([{"pid": program, "started": "1"}]))
    assert processes.stop_left_over(other) == 0
    assert alive(program) is True


def test_who_does_not_listen_is_killed(processes, tmp_path, keep_signals):
    manager = processes.Manager(tmp_path / "record")
    manager.start("deaf", [sys.executable, "-c", PROGRAM, str(tmp_path / "pids"), "deaf"], env=dict(os.environ))
    assert manager.wait_until((tmp_path / "pids").exists, 60) is True
    pids = [int(word) for word in (tmp_path / "pids").read_text().split()]
    manager.stop(grace=0.3)
    assert [alive(pid) for pid in pids] == [False, False]


def test_a_step_says_whether_it_went_well(processes, tmp_path, keep_signals):
    manager = processes.Manager(tmp_path / "record")
    assert manager.run([sys.executable, "-c", ""], env=dict(os.environ)) is True
    assert manager.run([sys.executable, "-c", "raise SystemExit(3)"], env=dict(os.environ)) is False


def test_waiting_ends_when_a_program_does(processes, tmp_path, keep_signals):
    manager = processes.Manager(tmp_path / "record")
    manager.start("short", [sys.executable, "-c", "print('bye')"], env=dict(os.environ))
    assert manager.wait_until(lambda: False, 60) is False
    assert manager.ended() == "short"
    manager.stop()
