"""Counting queries: a page costs the same for one row as for many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST = 20  # queries a page may make, savepoints and settings of the scope not counted


def count_queries(client, url) -> int:
    """GET the page (it must answer 200) and return how many queries it made."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len([q for q in captured.captured_queries if _counts(q["sql"])])


def _counts(sql):
    return not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")) and "set_config" not in sql
