"""What each database role may do, asked of a real server."""

import psycopg
import pytest
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from mentoring import embedded, roles


@pytest.fixture
def sign_in_as(own_server):
    """Call with a role: an open connection to the database, closed at the end of the test."""
    server = embedded.ensure_postgres(own_server)
    opened = []

    def connect(role):
        params = {"host": server["host"], "port": server["port"], "dbname": server["database"]}
        opened.append(psycopg.connect(**params, user=server[role], autocommit=True))
        return opened[-1]

    yield connect
    for each in opened:
        each.close()


def bootstrap(var):
    server = embedded.ensure_postgres(var)
    return roles.bootstrap({"host": server["host"], "port": server["port"], "user": server["admin"], "dbname": "postgres"})


def test_attributes(sign_in_as):
    found = sign_in_as("admin").execute(
        "select rolname, rolcanlogin, rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole from pg_roles"
        " where rolname like 'alongside%' order by 1"
    )
    assert found.fetchall() == [
        ("alongside_app", True, False, False, False, False, False),
        ("alongside_owner", True, False, False, True, True, False),
        ("alongside_system", False, False, False, False, False, False),
        ("alongside_worker", True, False, False, False, False, False),
    ]


def test_only_the_worker_enters_the_system_role_and_never_by_itself(sign_in_as):
    worker = sign_in_as("worker")
    with worker.transaction():
        worker.execute("set local role alongside_system")
        assert worker.execute("select current_user").fetchone() == ("alongside_system",)
    assert worker.execute("select current_user, pg_has_role('alongside_system', 'usage')").fetchone() == (
        "alongside_worker",
        False,
    )
    for role in ("app", "owner"):
        with pytest.raises(InsufficientPrivilege):
            sign_in_as(role).execute("set role alongside_system")


def test_the_others_make_and_change_no_tables(sign_in_as):
    sign_in_as("owner").execute("create table if not exists notes (id serial primary key, word text)")
    for role in ("app", "worker"):
        served = sign_in_as(role)
        for forbidden in ("create table mine (a int)", "alter table notes add b int", "drop table notes", "truncate notes"):
            with pytest.raises(InsufficientPrivilege):
                served.execute(forbidden)


def test_tables_of_later_are_granted_by_themselves(sign_in_as):
    sign_in_as("owner").execute("create table later (id serial primary key, word text)")
    for role in ("app", "worker"):
        served = sign_in_as(role)
        assert served.execute("insert into later (word) values ('a') returning word").fetchone() == ("a",)
        assert served.execute("update later set word = 'b' returning word").fetchone() == ("b",)
        assert served.execute("delete from later returning word").fetchone() == ("b",)


def test_running_it_again_takes_away_what_was_given_by_hand(own_server, sign_in_as):
    admin = sign_in_as("admin")
    admin.execute("alter role alongside_app superuser")
    admin.execute("grant alongside_system to alongside_app")
    done = bootstrap(own_server)
    assert done[1] == "role alongside_app checked"
    assert admin.execute(
        "select rolsuper, pg_has_role('alongside_app', 'alongside_system', 'member') from pg_roles"
        " where rolname = 'alongside_app'"
    ).fetchone() == (False, False)


def test_an_admin_without_superuser_rights_can_do_it(own_server, sign_in_as):
    """Managed servers give an administrator who makes roles and databases, and nothing more."""
    admin = sign_in_as("admin")
    admin.execute("drop database if exists managed")
    admin.execute("create role manager login createrole createdb")
    admin.execute("grant alongside_owner, alongside_app, alongside_worker, alongside_system to manager with admin true")
    server = embedded.ensure_postgres(own_server)
    target = {"host": server["host"], "port": server["port"], "user": "manager", "dbname": "postgres"}
    assert roles.bootstrap(target, database="managed")[-1] == "database managed made"
    assert admin.execute("select pg_get_userbyid(datdba) from pg_database where datname = 'managed'").fetchone() == (
        "alongside_owner",
    )


def test_history_can_be_added_to_and_never_changed(db):
    from organisations.models import Organisation

    Organisation.objects.create(name="Northfield", slug="northfield-history")
    with connection.cursor() as cursor:
        tables = roles.append_only_tables(cursor, ["audit_accesslog"])
        assert "audit_accesslog" in tables
        cursor.execute(
            "select distinct table_name from information_schema.role_table_grants where table_name = any(%s)"
            " and grantee in ('alongside_app', 'alongside_worker', 'alongside_system')"
            " and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')",
            [tables],
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "select distinct privilege_type from information_schema.role_table_grants where table_name = any(%s)"
            " and grantee = 'alongside_app' order by 1",
            [tables],
        )
        assert cursor.fetchall() == [("INSERT",), ("SELECT",)]


def test_migrations_are_read_only_to_the_app(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select privilege_type from information_schema.role_table_grants"
            " where table_name = 'django_migrations' and grantee = 'alongside_app'"
        )
        assert cursor.fetchall() == [("SELECT",)]


def test_a_role_that_owns_nothing_grants_nothing(db):
    assert roles.grant(connection) is False
