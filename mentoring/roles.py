"""The database roles: who signs in, and what each may do (docs/adr/0001-tenancy.md).

owner   makes and changes tables, backs up; never serves a page
app     the web: row security binds it, it owns nothing, it cannot change history
worker  the same for background work, and the only one that may enter
system  (cannot sign in) to work across organisations, one transaction at a time

The embedded server needs roles before settings exist, so only :func:`grant` looks at settings.
"""

import os

import psycopg
from django.conf import settings
from psycopg import sql

VERSION = 2  # raise it when bootstrap() changes, so that embedded servers made earlier take the change over
DATABASE = "alongside"
OWNER, APP, WORKER, SYSTEM = "alongside_owner", "alongside_app", "alongside_worker", "alongside_system"
LOGINS = {"owner": OWNER, "app": APP, "worker": WORKER}
PASSWORD_VARIABLES = {OWNER: "ALONGSIDE_OWNER_PASSWORD", APP: "ALONGSIDE_APP_PASSWORD", WORKER: "ALONGSIDE_WORKER_PASSWORD"}
# Migrations are the owner's; the others only read which ones have run.
READ_ONLY_TABLES = ["django_migrations"]

ATTRIBUTES = {
    OWNER: "login createdb inherit nosuperuser nocreaterole nobypassrls noreplication",
    APP: "login nocreatedb noinherit nosuperuser nocreaterole nobypassrls noreplication",
    WORKER: "login nocreatedb noinherit nosuperuser nocreaterole nobypassrls noreplication",
    SYSTEM: "nologin nocreatedb noinherit nosuperuser nocreaterole nobypassrls noreplication",
}


def passwords_from_environment() -> dict[str, str]:
    """Role → password, for the roles whose variable is set."""
    return {role: os.environ[name] for role, name in PASSWORD_VARIABLES.items() if os.environ.get(name)}


def bootstrap(admin: dict | str, *, database: str = DATABASE, passwords: dict[str, str] | None = None) -> list[str]:
    """Make roles and database, or bring them back to what they should be; safe to run again.

    ``admin`` is how to sign in as somebody who may make roles (psycopg's keywords, or an address). Needs PostgreSQL 16:
    ``with inherit false`` is what keeps the worker from holding the system role's rights all the time.
    Returns one line for each thing done.
    """
    target = {"conninfo": admin} if isinstance(admin, str) else dict(admin)
    with psycopg.connect(**target, autocommit=True) as connection:
        if connection.info.server_version < 160000:
            raise RuntimeError(f"PostgreSQL 16 or later is needed; this is {connection.info.server_version // 10000}.")
        done = [_make_role(connection, role, (passwords or {}).get(role)) for role in ATTRIBUTES]
        _run(connection, "grant {} to {} with admin false, inherit false, set true", SYSTEM, WORKER)
        _run(connection, "revoke {} from {}, {}", SYSTEM, APP, OWNER)
        done.append(_make_database(connection, database))
    with psycopg.connect(**{**target, "dbname": database}, autocommit=True) as connection:
        _run(connection, "set role {}", OWNER)
        _grant_schema(connection)
    return done


def grant(connection) -> bool:
    """Give the app, worker and system roles what they need on every table there is, and take history from their reach.

    Run after ``migrate``, as the owner, with Django's connection. Tables whose name ends in "event" and those of
    ``settings.APPEND_ONLY_TABLES`` can be read and added to, never changed. Returns False, having done nothing, when the
    connected role does not own the tables (the app role after a test's flush).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select bool_and(pg_has_role(relowner, 'usage')) from pg_class"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        )
        if cursor.fetchone()[0] is False:
            return False
        _grant_schema(cursor)
        for table in append_only_tables(cursor, getattr(settings, "APPEND_ONLY_TABLES", [])):
            _run(cursor, f"revoke update, delete, truncate on {{}} from {_others()}", table)
        for table in _existing(cursor, READ_ONLY_TABLES):
            _run(cursor, f"revoke insert, update, delete, truncate on {{}} from {_others()}", table)
    return True


def append_only_tables(cursor, listed) -> list[str]:
    """Tables that only grow: history (…event) and those listed by name."""
    cursor.execute(
        "select tablename from pg_tables where schemaname = 'public' and (tablename like '%%event' or tablename = any(%s))"
        " order by 1",
        [list(listed)],
    )
    return [name for (name,) in cursor.fetchall()]


def _existing(cursor, names) -> list[str]:
    cursor.execute("select tablename from pg_tables where schemaname = 'public' and tablename = any(%s)", [list(names)])
    return [name for (name,) in cursor.fetchall()]


def _others() -> str:
    return f"{APP}, {WORKER}, {SYSTEM}"


def _grant_schema(connection) -> None:
    """What stands now, and by default what the owner makes later."""
    rows, numbers = "select, insert, update, delete", "usage, select"
    for statement in (
        f"grant usage on schema public to {_others()}",
        f"grant {rows} on all tables in schema public to {_others()}",
        f"grant {numbers} on all sequences in schema public to {_others()}",
        f"alter default privileges in schema public grant {rows} on tables to {_others()}",
        f"alter default privileges in schema public grant {numbers} on sequences to {_others()}",
    ):
        connection.execute(statement)


def _make_role(connection, role: str, password: str | None) -> str:
    exists = connection.execute("select from pg_roles where rolname = %s", [role]).fetchone() is not None
    # alter as well: a role that was given more rights by hand loses them here.
    _run(connection, f"{'alter' if exists else 'create'} role {{}} {_attributes(connection, role, exists=exists)}", role)
    if password:
        connection.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(password)))
    return f"role {role} {'checked' if exists else 'made'}"


def _attributes(connection, role: str, *, exists: bool) -> str:
    """Only a superuser may name superuser rights, even to take them away; a managed server's admin makes roles without."""
    if connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()[0]:
        return ATTRIBUTES[role]
    guarded = {"nosuperuser", "nobypassrls", "noreplication"}
    if exists:
        found = connection.execute("select rolsuper or rolbypassrls from pg_roles where rolname = %s", [role]).fetchone()
        if found[0]:
            raise RuntimeError(f"Role {role} is superuser or bypasses row security; a superuser must take that away first.")
    return " ".join(word for word in ATTRIBUTES[role].split() if word not in guarded)


def _make_database(connection, database: str) -> str:
    # A managed server's admin is no superuser and must belong to the owner before it can hand a database over.
    if not connection.execute("select pg_has_role(current_user, %s, 'set')", [OWNER]).fetchone()[0]:
        _run(connection, "grant {} to current_user with set true", OWNER)
    exists = connection.execute("select from pg_database where datname = %s", [database]).fetchone() is not None
    if exists:
        _run(connection, "alter database {} owner to {}", database, OWNER)
    else:
        _run(connection, "create database {} owner {} encoding 'UTF8' template template0", database, OWNER)
    _run(connection, "revoke all on database {} from public", database)
    _run(connection, f"grant connect on database {{}} to {OWNER}, {APP}, {WORKER}", database)
    _run(connection, f"grant temporary on database {{}} to {WORKER}", database)  # rosters are staged in a temporary table
    return f"database {database} {'checked' if exists else 'made'}"


def _run(connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)).as_string(None))
