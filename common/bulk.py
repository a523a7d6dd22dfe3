"""Thousands of rows in one statement. COPY would be quicker still, but PostgreSQL refuses it where row security holds."""

import gc
import json
from contextlib import contextmanager

from django.db import connection


def insert_rows(model, rows):
    """Insert dicts of field names (``run_id`` for a key) and values that JSON knows, or dates and mappings; all with the same names.

    No instances, no signals, no ids back. A field nobody names takes the model's own default. Row security, keys and triggers hold
    as ever. A statement for each call.
    """
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    given = {field for field in fields if field.attname in rows[0]}
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(quote(field.attname) if field in given else "%s" for field in fields)
    kinds = ", ".join(f"{quote(field.attname)} {field.db_type(connection)}" for field in fields if field in given)
    defaults = [field.get_db_prep_save(field.get_default(), connection) for field in fields if field not in given]
    source = f"select {values} from json_to_recordset(%s::json) as one({kinds})"  # noqa: S608  names are the model's own
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {quote(model._meta.db_table)} ({columns}) {source}",
            [*defaults, json.dumps(rows, default=_plain)],
        )


@contextmanager
def collection_paused():
    """Making many small rows and no cycles: looking for cycles all the while takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else dict(value)
