"""PostgreSQL and Redis that come with the packages, for the demo, development and tests: nothing to install or start.

Everything they own lies in one state folder (``var/``, or the folder ``ALONGSIDE_VAR`` names). Whoever asks first starts
a server, and it stays up for the next process until :func:`stop`. Settings call this on every command, so finding a
server that runs already costs a millisecond. A real installation sets ``DATABASE_URL`` and ``REDIS_URL`` instead.
"""

import os
from pathlib import Path

from mentoring.roles import DATABASE, LOGINS

from . import postgres, redis_server
from .folder import EmbeddedServerError

__all__ = [
    "EmbeddedServerError",
    "ensure_postgres",
    "ensure_redis",
    "postgres_settings",
    "redis_url",
    "state_folder",
    "stop",
]


def state_folder() -> Path:
    """The folder in use: ``ALONGSIDE_VAR``, else ``var`` beside manage.py."""
    default = Path(__file__).resolve().parent.parent.parent / "var"
    return Path(os.environ.get("ALONGSIDE_VAR") or default).resolve()


def ensure_postgres(var: Path) -> dict:
    """Start PostgreSQL unless it runs, make roles and database once; return host (a folder), port, admin and logins.

    Raises EmbeddedServerError, in words for the person at the keyboard, when it cannot.
    """
    host = postgres.ensure(Path(var).resolve())
    return {"host": str(host), "port": postgres.PORT, "admin": postgres.ADMIN, "database": DATABASE, **LOGINS}


def ensure_redis(var: Path) -> str:
    """Start Redis unless it runs; return its address, with the password that keeps other people of this machine out."""
    return redis_server.ensure(Path(var).resolve())


def stop(var: Path) -> None:
    """Stop both servers of this folder, keeping their data. Does nothing where none runs."""
    var = Path(var).resolve()
    if var.is_dir():
        redis_server.stop(var)
        postgres.stop(var)


def postgres_settings(role: str) -> dict:
    """Django's DATABASES entry for one role (owner, app or worker) on the embedded server, which is started if need be."""
    if role not in LOGINS:
        raise EmbeddedServerError(f"ALONGSIDE_DB_ROLE is {role!r}; it can be: {', '.join(LOGINS)}.")
    server = ensure_postgres(state_folder())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": server["database"],
        "USER": server[role],
        "PASSWORD": "",
        "HOST": server["host"],
        "PORT": str(server["port"]),
        "OPTIONS": {"connect_timeout": 10},
        "TEST": {"NAME": f"test_{server['database']}"},
    }


def redis_url() -> str:
    """Address of the embedded Redis of the state folder in use, which is started if need be."""
    return ensure_redis(state_folder())
