"""Run the whole product in the foreground with invented people: ``make demo``; ``--reset`` empties it instead.

Embedded servers, then tables, people, and the three programs: web, worker, beat. The end of any of them, Ctrl-C, a
SIGTERM or a closed terminal stops all, the servers included. State lies in var/ and is found again at the next start.
"""

import fcntl
import http.client
import os
import shutil
import socket
import sys
from pathlib import Path

from processes import Manager, say, stop_left_over

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mentoring import embedded  # noqa: E402  needs the path above
from mentoring.embedded.folder import check_room  # noqa: E402

HOST = "127.0.0.1"
PASSWORD = "demo-mentoring-2026"
ORGANISATIONS = ["northfield.example", "riverside.example"]
PEOPLE = ["owner", "coordinator", "mentor", "student", "tutor", "lead"]
STATE = ["pg", "redis", "media", "mail", "beat", "demo.pids"]


def main() -> int:
    var = embedded.state_folder()
    try:
        var.mkdir(parents=True, exist_ok=True)
        with (var / ".demo.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(f"A demo runs on {var} already. Stop it first (Ctrl-C where it runs).")
                return 1
            stop_left_over(var / "demo.pids")
            return reset(var) if "--reset" in sys.argv else demo(var)
    except (embedded.EmbeddedServerError, OSError) as error:
        say(f"The demo cannot start. {error}")
        return 1


def reset(var: Path) -> int:
    embedded.stop(var)
    for name in STATE:
        path = var / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    say("The demo is empty. `make demo` fills it again.")
    return 0


def demo(var: Path) -> int:
    port = chosen_port()
    if port is None:
        return 1
    check_room(var)
    manager = Manager(var / "demo.pids")
    try:
        return run(manager, var, port)
    finally:
        manager.stop()
        embedded.stop(var)
        say("· Stopped. Your data is kept in var/; `make demo-reset` empties it.")


def run(manager: Manager, var: Path, port: int) -> int:
    say("· Starting PostgreSQL and Redis")
    embedded.ensure_postgres(var)
    embedded.ensure_redis(var)
    base = {**os.environ, "ALONGSIDE_VAR": str(var), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    base["DJANGO_SETTINGS_MODULE"] = "mentoring.settings.dev"
    web, worker = ({**base, "ALONGSIDE_DB_ROLE": role} for role in ("app", "worker"))
    for text, command in (
        ("Looking at the tables there are", ["check_tables"]),
        ("Bringing the tables up to date", ["migrate", "--verbosity", "0"]),
        ("Seating the demo's people", ["seed_demo"]),
    ):
        say(f"· {text}")
        if not manager.run([sys.executable, "manage.py", *command], env=base):
            return interrupted(manager, f"This step failed: manage.py {' '.join(command)}")
    say("· Starting web, worker and beat")
    (var / "beat").mkdir(exist_ok=True)
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "mentoring", "--quiet"]
    manager.start("web", [*python, "gunicorn", "mentoring.wsgi", *gunicorn_options(port)], env=web)
    manager.start("worker", [*celery, "worker", *worker_options()], env=worker)
    manager.start("beat", [*celery, "beat", *beat_options(var)], env=worker)
    if not manager.wait_until(lambda: ready(port), seconds=90):
        return interrupted(manager, f"The web server is not ready; http://{HOST}:{port}/readyz says why.")
    say(welcome(port))
    ended = manager.supervise()
    return interrupted(manager, f"{ended} has ended by itself; its last words stand above. Stopping the others.")


def gunicorn_options(port: int) -> list:
    return [
        "--bind",
        f"{HOST}:{port}",
        "--threads",
        "8",
        "--graceful-timeout",
        "5",
        "--log-level",
        "warning",
        "--no-control-socket",
    ]


def worker_options() -> list:
    return ["--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]


def beat_options(var: Path) -> list:
    return ["--schedule", str(var / "beat" / "schedule"), "--loglevel", "WARNING"]


def interrupted(manager: Manager, otherwise: str) -> int:
    """0 when somebody asked for the end; else say what went wrong and return 1."""
    if manager.asked_to_end():
        say("\n· Stopping")
        return 0
    say(otherwise)
    return 1


def chosen_port():
    """PORT, or 8000; None, having said why, when it is no port or taken."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        say(f"PORT is {text!r}; it must be a number from 1 to 65535.")
        return None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            other = int(text) + 1 if int(text) < 65535 else 8001
            say(f"Port {text} cannot be used ({error.strerror}). Choose another:  PORT={other} make demo")
            return None
    return int(text)


def ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def welcome(port: int) -> str:
    lines = ["", f"  Alongside runs at  http://localhost:{port}", "", f"  Sign in with the password  {PASSWORD}  as"]
    for organisation in ORGANISATIONS:
        lines += [f"    {person}@{organisation}" for person in PEOPLE]
    lines += [
        f"  Letters are kept, not sent: http://localhost:{port}/mail/",
        f"  Django admin: http://localhost:{port}/admin/  as  operator@platform.example",
        "",
        "  Ctrl-C stops it.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
