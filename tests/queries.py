"""Counting queries: a page costs the same for one row as for many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Queries a page may make. Not counted: savepoints, settings of the scope, and that another programme was opened (once each).
MOST = 20


def count_queries(client, url) -> int:
    """GET the page (it must answer 200) and return how many queries it made."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len([q for q in captured.captured_queries if _counts(q["sql"])])


def _counts(sql):
    uncounted = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT", 'UPDATE "django_session"')
    return not sql.startswith(uncounted) and "set_config" not in sql
