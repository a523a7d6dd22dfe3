"""Jobs: long work as a row. A view starts one, the worker runs it, the page shows it, anyone allowed may cancel it.

An app registers what runs for a kind (in its ``jobs`` module, imported by its AppConfig.ready)::

    @register("match")
    def run_match(job, progress): ...        # progress(done, total, message) saves at most every 0.3 s, raises Cancelled

The runner is called inside organisation_scope and must be safe to run twice: a killed worker's job is started again. It may
be silent for as long as it works: a thread beside it says that it lives (heartbeat).
A runner that is a generator works in parts: what it has written by a ``yield`` is there, and shows, while it goes on. It registers
with ``undo``, which takes the parts of a run away that did not end well; a new run begins by doing the same.
"""

import logging
import time
from datetime import timedelta
from inspect import isgenerator

from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from common.tenancy import organisation_scope, system_scope

from .. import job_kinds
from ..models import Job
from .heartbeat import beating

logger = logging.getLogger(__name__)
runners = {}
undoers = {}
MAX_ATTEMPTS = 3
SILENCE = timedelta(minutes=5)
SHOWN = timedelta(minutes=5)  # how long a page shows a job that has ended


class Cancelled(Exception):
    """Somebody asked the job to stop."""


class TakenOver(Exception):
    """The job was silent for so long that it was started again, or stopped meanwhile: this run's work must not count."""


class JobError(Exception):
    """The job cannot be done; the message is for the person who waits."""


def register(kind, title="", undo=None):
    """Decorator: run jobs of this kind by this function. ``title``: what the page calls the work ("Matching").

    The dict it returns is kept as the job's result; its "message", if any, is what the box says at the end.
    ``undo(job)``: takes away what a run in parts had written when it was cancelled or failed.
    """

    def add(function):
        runners[kind] = function
        undoers[kind] = undo
        job_kinds.TITLES[kind] = title
        return function

    return add


def start_job(kind, *, by, target_id=None, params=None) -> Job:
    """Start work of a kind; a second click while one is open for the same target returns the open one."""
    try:
        with transaction.atomic():
            job = Job.objects.create(
                organisation_id=by.organisation_id, kind=kind, target_id=target_id, params=params or {}, started_by=by
            )
    except IntegrityError:
        return Job.objects.get(kind=kind, target_id=target_id, status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    transaction.on_commit(lambda: _hint(job))
    return job


def _hint(job):
    """Tell the worker. A lost hint does not matter: beat looks for jobs nobody picked up (restart_lost_jobs)."""
    from kombu.exceptions import OperationalError  # noqa: PLC0415  web processes that start no work need no broker

    from ..tasks import run_job  # noqa: PLC0415  tasks need the services

    try:
        run_job.apply_async([job.organisation_id, job.pk], retry=False)
    except (OperationalError, OSError):
        logger.warning("job %s waits: the broker does not answer", job.pk)


def run(organisation_id, job_id):
    """Run one job to its end. Claims it first, so that two workers never run the same one.

    The work itself is one transaction, or one for each part: it is there whole or not at all. Progress is written on the side, so
    that it shows.
    """
    attempt = _claim(organisation_id, job_id)
    if not attempt:
        return
    try:
        with beating(organisation_id, job_id, attempt):
            _work(organisation_id, job_id, attempt)
    except TakenOver:
        logger.warning("job %s, attempt %s: taken over meanwhile, nothing was changed", job_id, attempt)
    except Cancelled:
        _end(organisation_id, job_id, attempt, Job.Status.CANCELLED, message=_("Cancelled. Nothing was changed."))
    except JobError as error:
        _end(organisation_id, job_id, attempt, Job.Status.FAILED, message=str(error)[:500])
    except Exception:
        logger.exception("job %s failed", job_id)
        message = _("Something went wrong on our side. Nothing was changed; please try again.")
        _end(organisation_id, job_id, attempt, Job.Status.FAILED, message=message)


def _work(organisation_id, job_id, attempt):
    """Call the runner; one that works in parts goes on in a transaction of its own after each."""
    parts = None
    while True:
        with organisation_scope(organisation_id):
            job = Job.objects.select_related("started_by", "organisation").get(pk=job_id)
            with timezone.override(job.organisation.time_zone):  # today is the organisation's own day, as on its pages
                result = parts or runners[job.kind](job, _Progress(organisation_id, job_id, attempt)) or {}
                if isgenerator(result):
                    parts = result
                    try:
                        next(parts)
                    except StopIteration as end:
                        result = end.value or {}
                    else:
                        _require_mine(job_id, attempt)
                        continue
            words = {"message": str(result.pop("message"))[:500]} if "message" in result else {}
            if not _finish(job_id, attempt, Job.Status.DONE, result=result, **words):
                raise TakenOver  # undoes the work: another run does it, or somebody has stopped it
        return


def _require_mine(job_id, attempt):
    """At the end of a part: still this run's work, and nobody asked to stop."""
    mine = _mine(job_id, attempt).values_list("cancel_asked_at").first()
    if mine is None:
        raise TakenOver
    if mine[0]:
        raise Cancelled


def latest_job(kind, *, target_id=None) -> Job | None:
    """The newest job of a kind for a target that is open, or ended within the last five minutes: what a page shows."""
    jobs = Job.objects.filter(kind=kind, target_id=target_id)
    return jobs.exclude(finished_at__lt=timezone.now() - SHOWN).order_by("-id").first()


def is_under_way(kind, target_id) -> bool:
    """Whether such work is waiting or running for this target."""
    under_way = [Job.Status.WAITING, Job.Status.RUNNING]
    return Job.objects.filter(kind=kind, target_id=target_id, status__in=under_way).exists()


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


def _claim(organisation_id, job_id) -> int:
    """The number of this attempt (1, 2 …), or 0 where there is nothing to do."""
    with organisation_scope(organisation_id):
        job = Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id, status=Job.Status.WAITING).first()
        if job is None:
            return 0
        if job.attempts >= MAX_ATTEMPTS:
            if _finish(job_id, job.attempts, Job.Status.FAILED, message=_("This was tried three times and did not work.")):
                _take_away(job)
            return 0
        now = timezone.now()
        Job.objects.filter(pk=job_id).update(status=Job.Status.RUNNING, beat_at=now, attempts=job.attempts + 1)
        return job.attempts + 1


def _end(organisation_id, job_id, attempt, status, **fields):
    """It did not end well: nothing of it remains, unless another run has taken the work over."""
    with organisation_scope(organisation_id):
        if _finish(job_id, attempt, status, **fields):
            _take_away(Job.objects.get(pk=job_id))


def _take_away(job):
    """What a run in parts had written."""
    undo = undoers.get(job.kind)
    if undo:
        undo(job)


def _finish(job_id, attempt, status, **fields) -> bool:
    """Note how it ended. False for a run that was slower than SILENCE and has been overtaken: the number is its fence."""
    return bool(_mine(job_id, attempt).update(status=status, finished_at=timezone.now(), **fields))


def _mine(job_id, attempt):
    return Job.objects.filter(pk=job_id, attempts=attempt, status__in=[Job.Status.WAITING, Job.Status.RUNNING])


class _Progress:
    """Callable given to a runner. Writes on a connection of its own: the work's transaction is not over yet."""

    every = 0.3

    def __init__(self, organisation_id, job_id, attempt):
        self.organisation_id, self.job_id, self.attempt, self.last = organisation_id, job_id, attempt, 0.0

    def __call__(self, done, total, message=""):
        now = time.monotonic()
        if now - self.last < self.every and done < total:
            return
        self.last = now
        _write_progress(self.organisation_id, self.job_id, self.attempt, done, total, str(message)[:500])


def _write_progress(organisation_id, job_id, attempt, done, total, message):
    """Write progress outside the running transaction. Raises Cancelled when somebody asked to stop, TakenOver when overtaken."""
    from common.side_connection import side_cursor  # noqa: PLC0415  only the worker has a second connection

    with side_cursor(organisation_id) as cursor:
        if cursor is None:
            return
        cursor.execute(
            "update organisations_job set done = %s, total = %s, message = %s, beat_at = now() "
            "where id = %s and attempts = %s and status in ('waiting', 'running') returning cancel_asked_at is not null",
            [done, total, message, job_id, attempt],
        )
        row = cursor.fetchone()
    if row is None:
        raise TakenOver
    if row[0]:
        raise Cancelled
