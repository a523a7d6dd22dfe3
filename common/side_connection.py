"""Second database connections beside the running transaction, for what others must see at once."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from .tenancy import SETTING

_side = None


@contextmanager
def side_cursor(organisation_id):
    """Yield a cursor in a transaction of its own with the organisation's setting, committed at the end.

    Yields None where the setting ALONGSIDE_PROGRESS_BESIDE is off: inside a test's own transaction no other connection could
    see its rows.
    """
    global _side  # noqa: PLW0603  one per process, kept open for the next call
    if not settings.ALONGSIDE_PROGRESS_BESIDE:
        yield None
        return
    if _side is None or _side.closed:
        _side = open_connection("side")
    with cursor_on(_side, organisation_id) as cursor:
        yield cursor


def open_connection(alias):
    """A new connection to the same database, signed in as this process is. Who opens it closes it; one thread at a time."""
    other = connection.copy(alias)
    other.ensure_connection()
    other.connection.autocommit = True
    return other.connection


@contextmanager
def cursor_on(opened, organisation_id):
    """A cursor on such a connection, in a transaction with the organisation's setting, committed at the end."""
    with opened.transaction(), opened.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, str(organisation_id)])
        yield cursor
