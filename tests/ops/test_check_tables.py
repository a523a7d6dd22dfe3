"""A database that another version made is refused with what to do, not met page by page."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection


@pytest.fixture
def made_elsewhere(db):
    """The owner's note of a migration that this version does not know, as an older checkout leaves it."""
    params = connection.get_connection_params()
    with psycopg.connect(host=params["host"], dbname=params["dbname"], user="alongside_owner", autocommit=True) as owner:
        note = owner.execute(
            "insert into django_migrations (app, name, applied) values ('goals', '0009_not_known', now()) returning id"
        ).fetchone()
        yield
        owner.execute("delete from django_migrations where id = %s", note)


def test_tables_of_this_version_are_fine(db):
    assert call_command("check_tables") is None


def test_tables_of_another_version_say_what_to_do(made_elsewhere):
    with pytest.raises(CommandError, match=r"goals/0009_not_known.*make demo-reset"):
        call_command("check_tables")
