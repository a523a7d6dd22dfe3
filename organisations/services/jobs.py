"""Jobs: long work as a row. A view starts one, the worker runs it, the page shows it, anyone allowed may cancel it.

An app registers what runs for a kind (in its ``jobs`` module, imported by its AppConfig.ready)::

    @register("match")
    def run_match(job, progress): ...        # progress(done, total, message) saves at most every 0.3 s, raises Cancelled

The runner is called inside organisation_scope and must be safe to run twice: a killed worker's job is started again.
"""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from common.tenancy import organisation_scope, system_scope

from .. import job_kinds
from ..models import Job

logger = logging.getLogger(__name__)
runners = {}
MAX_ATTEMPTS = 3
SILENCE = timedelta(minutes=5)
SHOWN = timedelta(minutes=5)  # how long a page shows a job that has ended


class Cancelled(Exception):
    """Somebody asked the job to stop."""


class JobError(Exception):
    """The job cannot be done; the message is for the person who waits."""


def register(kind, title=""):
    """Decorator: run jobs of this kind by this function. ``title``: what the page calls the work ("Matching").

    The dict it returns is kept as the job's result; its "message", if any, is what the box says at the end.
    """

    def add(function):
        runners[kind] = function
        job_kinds.TITLES[kind] = title
        return function

    return add


def start_job(kind, *, by, target_id=None, params=None) -> Job:
    """Start work of a kind; a second click while one is open for the same target returns the open one."""
    from ..tasks import run_job

    try:
        with transaction.atomic():
            job = Job.objects.create(
                organisation_id=by.organisation_id, kind=kind, target_id=target_id, params=params or {}, started_by=by
            )
    except IntegrityError:
        return Job.objects.get(kind=kind, target_id=target_id, status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    transaction.on_commit(lambda: run_job.delay(job.organisation_id, job.pk))
    return job


def run(organisation_id, job_id):
    """Run one job to its end. Claims it first, so that two workers never run the same one.

    The work itself is one transaction: it is there whole or not at all. Progress is written on the side, so that it shows.
    """
    if not _claim(organisation_id, job_id):
        return
    try:
        with organisation_scope(organisation_id):
            job = Job.objects.select_related("started_by", "organisation").get(pk=job_id)
            result = runners[job.kind](job, _Progress(organisation_id, job_id)) or {}
            words = {"message": str(result.pop("message"))[:500]} if "message" in result else {}
            _finish(job_id, Job.Status.DONE, result=result, **words)
    except Cancelled:
        _end(organisation_id, job_id, Job.Status.CANCELLED, message=_("Cancelled. Nothing was changed."))
    except JobError as error:
        _end(organisation_id, job_id, Job.Status.FAILED, message=str(error)[:500])
    except Exception:
        logger.exception("job %s failed", job_id)
        message = _("Something went wrong on our side. Nothing was changed; please try again.")
        _end(organisation_id, job_id, Job.Status.FAILED, message=message)


def latest_job(kind, *, target_id=None) -> Job | None:
    """The newest job of a kind for a target that is open, or ended within the last five minutes: what a page shows."""
    jobs = Job.objects.filter(kind=kind, target_id=target_id)
    return jobs.exclude(finished_at__lt=timezone.now() - SHOWN).order_by("-id").first()


def cancel_job(job):
    """Ask a job to stop. A waiting one stops at once, a running one at its next sign of life."""
    now = timezone.now()
    Job.objects.filter(pk=job.pk, status=Job.Status.WAITING).update(status=Job.Status.CANCELLED, finished_at=now)
    Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING).update(cancel_asked_at=now)


def lost_jobs() -> list[tuple[int, int]]:
    """(organisation id, job id) of jobs nobody is working on any more: never picked up, or silent for five minutes."""
    with system_scope("find jobs whose worker is gone"):
        silent = timezone.now() - SILENCE
        waiting = Job.unscoped.filter(status=Job.Status.WAITING, created_at__lt=timezone.now() - timedelta(seconds=60))
        running = Job.unscoped.filter(status=Job.Status.RUNNING, beat_at__lt=silent)
        running.update(status=Job.Status.WAITING)
        return list(waiting.order_by("id").values_list("organisation_id", "id")[:200])


def _claim(organisation_id, job_id):
    with organisation_scope(organisation_id):
        job = Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id, status=Job.Status.WAITING).first()
        if job is None:
            return False
        if job.attempts >= MAX_ATTEMPTS:
            _finish(job_id, Job.Status.FAILED, message=_("This was tried three times and did not work."))
            return False
        now = timezone.now()
        Job.objects.filter(pk=job_id).update(status=Job.Status.RUNNING, beat_at=now, attempts=job.attempts + 1)
        return True


def _end(organisation_id, job_id, status, **fields):
    with organisation_scope(organisation_id):
        _finish(job_id, status, **fields)


def _finish(job_id, status, **fields):
    Job.objects.filter(pk=job_id).update(status=status, finished_at=timezone.now(), **fields)


class _Progress:
    """Callable given to a runner. Writes on a connection of its own: the work's transaction is not over yet."""

    every = 0.3

    def __init__(self, organisation_id, job_id):
        self.organisation_id, self.job_id, self.last = organisation_id, job_id, 0.0

    def __call__(self, done, total, message=""):
        now = time.monotonic()
        if now - self.last < self.every and done < total:
            return
        self.last = now
        if _write_progress(self.organisation_id, self.job_id, done, total, str(message)[:500]):
            raise Cancelled


def _write_progress(organisation_id, job_id, done, total, message) -> bool:
    """Write progress outside the running transaction; returns whether somebody asked to stop."""
    from common.side_connection import side_cursor

    with side_cursor(organisation_id) as cursor:
        if cursor is None:
            return False
        cursor.execute(
            "update organisations_job set done = %s, total = %s, message = %s, beat_at = now() where id = %s "
            "returning cancel_asked_at is not null",
            [done, total, message, job_id],
        )
        row = cursor.fetchone()
        return bool(row and row[0])
