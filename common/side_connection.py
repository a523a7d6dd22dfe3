"""A second database connection beside the running transaction, for progress that others must see at once."""

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
        _side = connection.copy("side")
        _side.ensure_connection()
        _side = _side.connection
        _side.autocommit = True
    with _side.transaction(), _side.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, str(organisation_id)])
        yield cursor
