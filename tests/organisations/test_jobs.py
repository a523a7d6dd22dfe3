"""Jobs: one run counts, whatever happens to workers and brokers."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone
from kombu.exceptions import OperationalError

from common.tenancy import organisation_scope
from organisations.models import Draft, Job, Organisation
from organisations.services import drafts, jobs
from organisations.tasks import run_job


@pytest.fixture
def work(monkeypatch):
    """Call with a function: it becomes the runner of the kind "test"."""
    return lambda runner: monkeypatch.setitem(jobs.runners, "test", runner)


def start(house):
    with house.scope():
        return jobs.start_job("test", by=house.people["coordinator"], target_id=7)


def leave_a_trace():
    drafts.save_draft(author_key="test", form_key="trace", data={"a": "b"})


def after(house, job):
    with house.scope():
        return Job.objects.get(pk=job.pk).status, Draft.objects.filter(author_key="test").count()


def test_a_job_that_ends_well_leaves_its_work(northfield, work):
    work(lambda job, progress: leave_a_trace())
    job = start(northfield)
    jobs.run(northfield.organisation.pk, job.pk)
    assert after(northfield, job) == ("done", 1)


def test_a_run_that_was_overtaken_changes_nothing(northfield, work):
    """Silent for five minutes, it was started again elsewhere; when it ends after all, only the other run counts."""

    def slow(job, progress):
        leave_a_trace()
        Job.objects.filter(pk=job.pk).update(attempts=2)

    work(slow)
    job = start(northfield)
    jobs.run(northfield.organisation.pk, job.pk)
    assert after(northfield, job) == ("running", 0)


def test_a_run_whose_job_was_stopped_meanwhile_changes_nothing(northfield, work):
    def slow(job, progress):
        leave_a_trace()
        Job.objects.filter(pk=job.pk).update(status=Job.Status.WAITING)  # lost_jobs: silent for too long
        jobs.cancel_job(job)

    work(slow)
    job = start(northfield)
    jobs.run(northfield.organisation.pk, job.pk)
    assert after(northfield, job)[1] == 0


def test_a_run_believed_lost_that_nobody_took_over_counts(northfield, work):
    def slow(job, progress):
        leave_a_trace()
        Job.objects.filter(pk=job.pk).update(status=Job.Status.WAITING)

    work(slow)
    job = start(northfield)
    jobs.run(northfield.organisation.pk, job.pk)
    assert after(northfield, job) == ("done", 1)


def test_today_in_a_job_is_the_organisations_own_day(northfield, work):
    Organisation.objects.filter(pk=northfield.organisation.pk).update(time_zone="Pacific/Auckland")
    days = []
    work(lambda job, progress: days.append(timezone.localdate()))
    with time_machine.travel("2026-11-22T20:00:00+00:00", tick=False):
        jobs.run(northfield.organisation.pk, start(northfield).pk)
    assert days == [date(2026, 11, 23)]


def test_a_broker_that_is_down_loses_no_job(northfield, work, monkeypatch, django_capture_on_commit_callbacks):
    def down(*args, **kwargs):
        raise OperationalError("no broker")

    monkeypatch.setattr(run_job, "apply_async", down)
    with django_capture_on_commit_callbacks(execute=True) as hints:
        job = start(northfield)
    assert len(hints) == 1
    with organisation_scope(northfield.organisation.pk):
        assert Job.objects.get(pk=job.pk).status == "waiting"


# --- work in parts -----------------------------------------------------------------------------


def in_parts(*steps, undone=None):
    """A runner that leaves a trace for each step and calls it; what a run leaves is one draft a part."""

    def runner(job, progress):
        for number, step in enumerate(steps):
            drafts.save_draft(author_key="test", form_key=f"part {number}", data={})
            step(job)
            yield
        return {"parts": len(steps), "message": "All there"}

    return runner


def nothing(job):
    pass


@pytest.fixture
def undone(monkeypatch):
    """The ids of the jobs whose work was taken away."""
    found = []
    monkeypatch.setitem(jobs.undoers, "test", lambda job: found.append(job.pk))
    return found


def test_work_in_parts_keeps_each_part_and_the_value_at_the_end(northfield, work, undone):
    seen = []
    work(in_parts(nothing, lambda job: seen.append(Draft.objects.filter(author_key="test").count()), nothing))
    job = start(northfield)
    jobs.run(northfield.organisation.pk, job.pk)
    assert (seen, after(northfield, job)) == ([2], ("done", 3))
    with northfield.scope():
        job.refresh_from_db()
    assert (job.result, job.message, undone) == ({"parts": 3}, "All there", [])


def test_cancelled_between_parts_the_part_does_not_count_and_the_rest_is_taken_away(northfield, work, undone):
    work(in_parts(nothing, jobs.cancel_job, nothing))
    job = start(northfield)
    jobs.run(northfield.organisation.pk, job.pk)
    assert after(northfield, job) == ("cancelled", 1)  # the first part is what undo is for
    assert undone == [job.pk]


def test_a_part_that_fails_is_undone_and_the_rest_taken_away(northfield, work, undone):
    def fails(job):
        raise ZeroDivisionError

    work(in_parts(nothing, fails))
    job = start(northfield)
    jobs.run(northfield.organisation.pk, job.pk)
    assert after(northfield, job) == ("failed", 1)
    assert undone == [job.pk]


def test_work_in_parts_that_was_overtaken_takes_nothing_of_the_other_run_away(northfield, work, undone):
    work(in_parts(nothing, lambda job: Job.objects.filter(pk=job.pk).update(attempts=2), nothing))
    job = start(northfield)
    jobs.run(northfield.organisation.pk, job.pk)
    assert after(northfield, job) == ("running", 1)
    assert undone == []
