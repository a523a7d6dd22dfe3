"""Every task of the worker, run twice: the second time changes nothing. A task without a line here fails."""

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from mentoring.celery import app as celery
from organisations.models import Job, Owned
from organisations.services.jobs import runners
from post.models import Letter
from tests import factories as make
from tests.house.source import APPS

# What each task is called with, given a house. Beat's sweeps take nothing.
ARGUMENTS = {
    "post.tasks.deliver_letters": lambda house: (),
    "checkins.tasks.send_reminders": lambda house: (),
    "checkins.tasks.escalate_concerns": lambda house: (),
    "matching.tasks.settle_consents": lambda house: (),
    "matching.tasks.lapse_proposals": lambda house: (),
    "evaluation.tasks.open_surveys": lambda house: (),
    "documents.tasks.clear_up_files": lambda house: (),
    "training.tasks.remind_of_events": lambda house: (),
    "organisations.tasks.restart_lost_jobs": lambda house: (),
    "organisations.tasks.run_job": lambda house: (house.organisation.pk, waiting_job(house).pk),
}


def waiting_job(house):
    with house.scope():
        job = Job.objects.create(kind="house-test", started_by=house.people["coordinator"])
    runners["house-test"] = lambda job, progress: {"message": "done", "number": job.pk}
    return job


def ours():
    celery.loader.import_default_modules()
    return {name for name in celery.tasks if name.split(".")[0] in APPS}


def everything(house):
    """Every row of the house's organisation: {table: rows}."""
    with house.scope():
        found = {model._meta.db_table: sorted(map(str, model.objects.values())) for model in apps.get_models() if issubclass(model, Owned)}
        found["letters"] = sorted(map(str, Letter.objects.values()))
    return found


def test_every_task_has_its_line():
    assert ours() == set(ARGUMENTS)


def test_beat_calls_tasks_that_are_there():
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} == ours() - {"organisations.tasks.run_job"}


def test_tasks_run_twice_change_nothing_the_second_time(northfield, riverside, tmp_path, settings, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    with northfield.scope():
        make.CheckInFactory(mentorship=northfield.mentorship, due_on=northfield.programme.starts_on)
    changed, before = {}, everything(northfield)
    for name, arguments in sorted(ARGUMENTS.items()):
        args = arguments(northfield)
        task = import_string(name)
        with django_capture_on_commit_callbacks():
            task(*args)
        once = everything(northfield)
        with django_capture_on_commit_callbacks():
            task(*args)
        twice = everything(northfield)
        changed[name] = [table for table in once if once[table] != twice[table]]
    assert {name: tables for name, tables in changed.items() if tables} == {}
    assert everything(northfield) != before  # the first time they had something to do
