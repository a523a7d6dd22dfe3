"""The test database, migrated once: a copy is kept in the server and cloned while no migration and no package has changed.

Migrating takes most of the time of a short run. The copy's name carries a digest of every migration of ours and of the lock.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "migrated_"
SOURCES = ("*/migrations/*.py", "*/management/commands/*.py", "mentoring/roles.py", "common/tenancy.py", "common/history.py", "requirements/dev.lock")


def copy_name() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


def use_copy() -> bool:
    """Let Django clone the kept copy instead of an empty database; False when there is none of these migrations."""
    name = copy_name()
    with _administrator() as server:
        found = server.execute("select 1 from pg_database where datname = %s and datistemplate", [name]).fetchone()
    if found:
        connection.settings_dict.setdefault("TEST", {})["TEMPLATE"] = name
    return bool(found)


def keep_copy() -> None:
    """Keep the database just migrated; older copies go. Of two processes that do so at once, one does."""
    made, name = connection.settings_dict["NAME"], copy_name()
    connection.close()
    with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.ObjectInUse, psycopg.errors.UniqueViolation), _administrator() as server:
        server.execute(f'create database "{name}" template "{made}" owner alongside_owner')
        server.execute(f'alter database "{name}" is_template true')
        query = "select datname from pg_database where datistemplate and datname like %s and datname <> %s"
        for (old,) in server.execute(query, [PREFIX + "%", name]).fetchall():
            server.execute(f'alter database "{old}" is_template false')
            server.execute(f'drop database "{old}"')


def _administrator():
    params = connection.get_connection_params()
    return psycopg.connect(host=params["host"], port=params.get("port"), dbname="postgres", user="postgres", autocommit=True)
