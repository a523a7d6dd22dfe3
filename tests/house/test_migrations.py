"""Every model has its migration, and every migration of ours can be taken back."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.source import APPS


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
