"""Is it safe to serve pages, or run work, on this database? Asked at every start and by /readyz.

Row security binds neither a superuser, nor a role that bypasses it, nor the owner of a table: signed in as one of them
the whole second guard would be off without a sound. So the web process and the workers refuse to start.
"""

import time

from celery.signals import worker_init
from django.core.checks import Tags, Warning, register  # noqa: A004  Django's name for it
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from .roles import APP, WORKER

PATIENCE = 30  # seconds a starting process waits for its database

UNBOUND = """
    select rolname from pg_roles
    where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'member') order by rolname
"""
OWNS = """
    select pg_has_role(session_user, datdba, 'member') or exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(session_user, c.relowner, 'member'))
    from pg_database where datname = current_database()
"""
# A policy counts when it restricts every command, for both roles that sign in to serve (or for everybody).
UNGUARDED = """
    select c.relname from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not (c.relrowsecurity and exists (
        select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*'
        and (p.polroles = '{0}' or p.polroles @> array(select oid from pg_roles where rolname = any(%s)))))
    order by c.relname
"""


def database_problems(connection) -> list[str]:
    """Why this connection must not serve pages: one sentence each, none when all is well.

    Looks at the role signed in (superuser, bypasses row security, owns database or tables, directly or by membership) and at every
    table with an ``organisation_id`` column. Sentences name roles and tables, never an address or a password.
    """
    problems = []
    with connection.cursor() as cursor:
        cursor.execute("select session_user")
        (role,) = cursor.fetchone()
        cursor.execute(UNBOUND)
        if cursor.fetchall():
            problems.append(_("Signed in as %(role)s, whom row security does not bind.") % {"role": role})
        cursor.execute(OWNS)
        if cursor.fetchone()[0] and not problems:
            problems.append(
                _("Signed in as %(role)s, who owns the tables, so row security does not bind it.") % {"role": role}
            )
    return problems + [
        _("Table %(table)s has no restrictive policy for its organisation.") % {"table": table}
        for table in unguarded_tables(connection)
    ]


def unguarded_tables(connection) -> list[str]:
    """Tables with ``organisation_id`` that lack a restrictive policy on the app and worker roles, or whose row security is off."""
    with connection.cursor() as cursor:
        cursor.execute(UNGUARDED, [[APP, WORKER]])
        return [table for (table,) in cursor.fetchall()]


def refuse_unsafe_database() -> None:
    """Raise ImproperlyConfigured unless the database can be reached and is safe to serve from."""
    connection = connections["default"]
    until = time.monotonic() + PATIENCE
    while True:
        try:
            problems = database_problems(connection)
            break
        except DatabaseError as error:
            connection.close()
            if time.monotonic() > until:
                raise ImproperlyConfigured(_("Refusing to start: the database does not answer.")) from error
            time.sleep(1)
    # Closed so that no forked process inherits it.
    connection.close()
    if problems:
        raise ImproperlyConfigured(_("Refusing to start. ") + " ".join(problems))


@worker_init.connect
def refuse_unsafe_worker(**kwargs):
    """Celery swallows exceptions of its signals, but not an exit."""
    try:
        refuse_unsafe_database()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error


@register(Tags.database)
def tables_are_guarded(app_configs, databases, **kwargs):
    """``manage.py check --database default`` and ``migrate``: a warning only, for the next migration may mend it."""
    if "default" not in (databases or []):
        return []
    return [
        Warning(f"Table {table} has no restrictive policy for its organisation.", id="alongside.W001")
        for table in unguarded_tables(connections["default"])
    ]
