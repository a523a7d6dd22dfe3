"""The test database is made and flushed by the owner; every test runs signed in as the app role, as production does."""

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from tests import database, holes
from tests.cast import seat


def as_role(user, sql):
    """Run SQL on the test database signed in as another role of the embedded server."""
    params = connection.get_connection_params()
    with psycopg.connect(host=params["host"], port=params.get("port"), dbname=params["dbname"], user=user, autocommit=True) as c:
        c.execute(sql)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """pytest-django's door before the test database is made."""
    with django_db_blocker.unblock():
        found = database.use_copy()
        if not found:
            database.make_from_models()
        return found


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_setup, django_db_blocker):
    from mentoring.roles import grant

    with django_db_blocker.unblock():
        if not django_db_modify_db_settings:
            database.finish()
            database.keep_copy()
        grant(connection)
        # The app role enters the system role here, so that one connection can try both; in production only workers may.
        as_role("postgres", "grant alongside_system to alongside_app with inherit false, set true")
        connection.close()
        connection.settings_dict["USER"] = "alongside_app"
        flush = DatabaseOperations.execute_sql_flush
        DatabaseOperations.execute_sql_flush = lambda self, statements: as_role("alongside_owner", "; ".join(statements))
    yield
    with django_db_blocker.unblock():
        DatabaseOperations.execute_sql_flush = flush
        connection.close()
        connection.settings_dict["USER"] = "alongside_owner"


def pytest_runtest_setup(item):
    """A variable that nobody gave a template of ours raises. Before each test: one that changes DEBUG makes new engines."""
    holes.watch()


@pytest.fixture
def northfield(db):
    return seat("northfield")


@pytest.fixture
def riverside(db):
    return seat("riverside")


@pytest.fixture
def sign_in(client):
    """Call with a membership; returns the client signed in as that person."""

    def _sign_in(membership):
        client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _sign_in
