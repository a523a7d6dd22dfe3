"""Every model has its migration, every migration of ours can be taken back, and together they make what the models say."""

import io
import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.source import APPS, ROOT

MIGRATED = "from_migrations"
CATALOGUE = {
    "columns": "select table_name, column_name, data_type, is_nullable, column_default, character_maximum_length"
    " from information_schema.columns where table_schema = 'public'",
    "constraints": "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
    " where connamespace = 'public'::regnamespace",
    "indexes": "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'",
    "policies": "select tablename, policyname, permissive, roles::text, cmd, qual, with_check from pg_policies",
    "guarded tables": "select relname, relrowsecurity, relforcerowsecurity from pg_class"
    " where relnamespace = 'public'::regnamespace and relkind = 'r'",
    "triggers": "select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled from pg_trigger where not tgisinternal",
    "functions": "select proname, pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'",
}


def migrations():
    loader = MigrationLoader(None)
    return sorted(key for key in loader.disk_migrations if key[0] in APPS)


def test_no_model_lacks_its_migration(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(("app", "name"), migrations(), ids="/".join)
def test_a_migration_can_be_taken_back(db, app, name):
    """Django can write the way back, and it drops or restores something where the way there made something."""
    there, back = io.StringIO(), io.StringIO()
    call_command("sqlmigrate", app, name, stdout=there, no_color=True)
    call_command("sqlmigrate", app, name, backwards=True, stdout=back, no_color=True)
    made = there.getvalue().upper().count("CREATE TABLE ")
    assert back.getvalue().upper().count("DROP TABLE ") == made


def test_every_migration_is_applied(db):
    assert set(migrations()) <= set(MigrationLoader(connection).applied_migrations)


@pytest.fixture
def migrated(db):
    """A database made by the migrations, as an installation's is: its catalogue."""
    params = connection.get_connection_params()
    server = {"host": params["host"], "port": params.get("port"), "user": "postgres", "autocommit": True}
    with psycopg.connect(**server, dbname="postgres") as admin:
        admin.execute(f"drop database if exists {MIGRATED}")
        admin.execute(f"create database {MIGRATED} owner alongside_owner")
    url = f"postgresql://alongside_owner@:{params.get('port') or 5432}/{MIGRATED}?host={params['host']}"
    env = os.environ | {"DATABASE_URL": url, "REDIS_URL": settings.CELERY_BROKER_URL, "DJANGO_SETTINGS_MODULE": "mentoring.settings.test"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True, timeout=900)
    with psycopg.connect(**server, dbname=MIGRATED) as found:
        yield catalogue(found)
    with psycopg.connect(**server, dbname="postgres") as admin:
        admin.execute(f"drop database {MIGRATED}")


def catalogue(database):
    """{what: rows} of our tables; packages' own migrations may make theirs a little differently."""
    ours = tuple(f"{app}_" for app in APPS)
    rows = {name: database.execute(query).fetchall() for name, query in CATALOGUE.items()}
    return {name: sorted(map(str, found if name == "functions" else [row for row in found if row[0].startswith(ours)])) for name, found in rows.items()}


def test_migrations_make_what_the_tests_run_on(migrated):
    """tests/database.py makes the tests' tables from the models: nothing may be missing here that is there, or the other way."""
    params = connection.get_connection_params()
    with psycopg.connect(host=params["host"], port=params.get("port"), dbname=params["dbname"], user="postgres") as ours:
        found = catalogue(ours)
    assert {name: len(rows) for name, rows in migrated.items() if not rows} == {}
    for name, rows in migrated.items():
        assert found[name] == rows, name
