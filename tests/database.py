"""The test database, made once: a copy is kept in the server and cloned while no model, no migration and no package has changed.

Its tables come from the models, in seconds; Django takes a minute and more for the migrations of so many tables.
tests/house/test_migrations.py migrates for real, and finds every table, key, index, policy and trigger the same.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

import pgtrigger
import psycopg
from django.conf import settings
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "migrated_"
KEEPS_MIGRATIONS = {"pghistory"}  # its functions are no models
_exit = BaseDatabaseSchemaEditor.__exit__
SOURCES = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "*/enums.py", "*/management/commands/*.py", "mentoring/roles.py", "common/tenancy.py", "common/history.py", "requirements/dev.lock")


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


class _FromModels:
    """For MIGRATION_MODULES: every app's tables come from its models."""

    def __contains__(self, label):
        return label not in KEEPS_MIGRATIONS

    def __getitem__(self, label):
        return None


def make_from_models() -> None:
    """Let the database that Django is about to make come from the models."""
    settings.MIGRATION_MODULES = _FromModels()
    BaseDatabaseSchemaEditor.__exit__ = _keys_last


def _keys_last(editor, *error):
    """All apps' tables are made in one go here, so a pair may be made later than the key that points at it."""
    editor.deferred_sql.sort(key=lambda statement: "FOREIGN KEY (organisation_id, " in str(statement))
    return _exit(editor, *error)


def finish() -> None:
    """What migrations do besides tables: triggers, and the note of which were applied."""
    settings.MIGRATION_MODULES = {}
    BaseDatabaseSchemaEditor.__exit__ = _exit
    pgtrigger.install()
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    done = recorder.applied_migrations()
    for key in MigrationLoader(None, ignore_no_migrations=True).graph.nodes:
        if key not in done:
            recorder.record_applied(*key)


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
