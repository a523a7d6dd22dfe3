"""Signs of life of a job that says nothing for a long time: a thread beside the work, on a connection of its own.

The thread lives and dies with its process. So long silent work is left alone, and the job of a killed or frozen worker
falls silent and is started again (lost_jobs).
"""

import logging
import threading
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db.utils import Error

from common.side_connection import cursor_on, open_connection

logger = logging.getLogger(__name__)
EVERY = 20.0  # seconds; well inside jobs.SILENCE, so that some may be missed


@contextmanager
def beating(organisation_id, job_id, attempt):
    """Note every EVERY seconds, while the block runs, that this attempt at a job lives.

    Wrap it round the work's transaction, not inside: at the end of that the job's row is locked.
    """
    if not settings.ALONGSIDE_PROGRESS_BESIDE:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(over, organisation_id, job_id, attempt), name=f"job-{job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(over, organisation_id, job_id, attempt):
    opened = None
    try:
        while not over.wait(EVERY):
            try:
                opened = opened if opened and not opened.closed else open_connection("heartbeat")
                if not _note_life(opened, organisation_id, job_id, attempt):
                    return  # over, or taken over: the work learns it from its own progress
            except (Error, psycopg.Error):
                logger.warning("job %s: no sign of life could be noted, trying again", job_id, exc_info=True)
    finally:
        if opened:
            opened.close()


def _note_life(opened, organisation_id, job_id, attempt) -> bool:
    """False when this attempt is not the one that counts any more."""
    with cursor_on(opened, organisation_id) as cursor:
        cursor.execute(
            "update organisations_job set beat_at = now() where id = %s and attempts = %s and status in ('waiting', 'running')",
            [job_id, attempt],
        )
        return cursor.rowcount == 1
