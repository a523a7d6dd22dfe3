"""/livez and /readyz, with each of the things they ask about in turn broken."""

import psycopg
import pytest
from django.db import connection

from mentoring import health
from mentoring.checks import database_problems, refuse_unsafe_database, tables_are_guarded

DEAD_REDIS = "redis://:very-secret@127.0.0.1:1/0"


@pytest.fixture
def as_owner(db):
    """Run SQL as the owner, committed, beside the test's transaction."""
    params = connection.get_connection_params()

    def run(sql):
        with psycopg.connect(host=params["host"], dbname=params["dbname"], user="alongside_owner", autocommit=True) as owner:
            owner.execute(sql)

    return run


@pytest.fixture
def signed_in_as(db):
    """Call with a database user: a Django connection of its own to the test database."""
    opened = []

    def copy(user):
        other = connection.copy()
        other.settings_dict = {**other.settings_dict, "USER": user}
        opened.append(other)
        return other

    yield copy
    for each in opened:
        each.close()


@pytest.fixture
def unguarded(as_owner):
    as_owner("create table leaky (id int, organisation_id bigint)")
    yield "leaky"
    as_owner("drop table leaky")


def test_live(client, db):
    answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_live_asks_nobody(client, settings, monkeypatch):
    """No database mark here: a query would fail the test."""
    settings.CELERY_BROKER_URL = DEAD_REDIS
    assert client.get("/livez").status_code == 200


def test_ready(client, db):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "problems": []})
    assert "no-store" in answer["Cache-Control"]


def test_not_ready_without_its_broker(client, db, settings):
    settings.CELERY_BROKER_URL = DEAD_REDIS
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "problems": ["The broker (Redis) does not answer."]}


def test_not_ready_without_its_database(client, db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere/very-secret")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "problems": ["The database does not answer."]}


def test_not_ready_before_a_migration_has_run(client, db, monkeypatch):
    known = health.last_migrations() | {("goals", "9999_not_yet")}
    monkeypatch.setattr(health, "last_migrations", lambda: known)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "problems": ["Migration goals.9999_not_yet has not run."]}


def test_not_ready_with_a_table_that_lacks_its_policy(client, unguarded):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["Table leaky has no restrictive policy for its organisation."]


@pytest.mark.parametrize(
    ("policy", "guarded"),
    [
        ("as restrictive to alongside_app, alongside_worker using (organisation_id = 1)", True),
        ("as restrictive using (organisation_id = 1)", True),
        ("as permissive to alongside_app, alongside_worker using (organisation_id = 1)", False),
        ("as restrictive to alongside_app using (organisation_id = 1)", False),
        ("as restrictive for select to alongside_app, alongside_worker using (organisation_id = 1)", False),
    ],
)
def test_what_counts_as_a_policy(policy, guarded, unguarded, as_owner):
    as_owner(f"create policy own on leaky {policy}")
    assert database_problems(connection) == ["Table leaky has no restrictive policy for its organisation."]  # not enabled
    as_owner("alter table leaky enable row level security")
    assert (database_problems(connection) == []) is guarded


def test_the_app_role_may_serve(db):
    assert database_problems(connection) == []


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ("alongside_owner", "Signed in as alongside_owner, who owns the tables, so row security does not bind it."),
        ("postgres", "Signed in as postgres, whom row security does not bind."),
    ],
)
def test_roles_that_may_not_serve(user, words, signed_in_as):
    assert database_problems(signed_in_as(user)) == [words]


def test_the_system_check_warns_and_lets_a_migration_mend_it(unguarded):
    found = tables_are_guarded(None, ["default"])
    assert [(each.id, each.is_serious()) for each in found] == [("alongside.W001", False)]
    assert tables_are_guarded(None, None) == []


def test_a_start_on_a_safe_database_passes(transactional_db):
    assert refuse_unsafe_database() is None
