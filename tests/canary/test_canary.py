"""A marker in every text of Riverside never shows to anybody of Northfield: on no page, in no file, in no letter.

Three times: as it runs; with the ORM's guard off, so that row security alone must hold; with row security off, so that the
ORM's guard alone must hold. And once with both off, to see that the net would catch it.
"""

import re

import pytest
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from common.tenancy import ScopedManager
from documents.services import action_plans
from organisations.models import Job
from organisations.services import jobs
from post.models import Letter
from programmes.models import Programme
from tests.access.test_access import numbers_of, ours
from tests.canary.crawling import Crawl
from tests.canary.planting import MARKER, empty_tables, fill, mark, unmarked
from tests.conftest import as_role
from tests.house.test_tasks import ARGUMENTS

ROLES = ["owner", "coordinator", "mentor", "student", "tutor", "lead"]
LINK = re.compile(r"/r/[^\s\"'<>]+")


@pytest.fixture
def take_orm_guard_off(monkeypatch):
    """Call it: from then on managers return every row, in any scope or none."""
    return lambda: monkeypatch.setattr(ScopedManager, "get_queryset", models.Manager.get_queryset)


@pytest.fixture
def row_security_off(django_db_setup, django_db_blocker):
    """Sign in as the tables' owner, whom the policies do not bind. Ask for it before anything that opens the database."""
    with django_db_blocker.unblock():
        as_role("postgres", "grant alongside_system to alongside_owner with inherit false, set true")  # the worker's sweeps ask for it
        connection.close()
        connection.settings_dict["USER"] = "alongside_owner"
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["USER"] = "alongside_app"
        as_role("postgres", "revoke alongside_system from alongside_owner")


@pytest.fixture
def planted(tmp_path, settings, django_capture_on_commit_callbacks):
    """Both houses full, their letters and files made, Riverside marked. Returns a function: it makes all that, guards as they are."""
    settings.MEDIA_ROOT = tmp_path

    def plant(northfield, riverside):
        own = fill(northfield)
        fill(riverside)
        assert (empty_tables(northfield), empty_tables(riverside)) == ([], [])
        mark(riverside, keys=False)
        with django_capture_on_commit_callbacks():
            sweep(northfield)
        own["document_id"] = print_plan(northfield)
        mark(riverside, keys=True)
        assert unmarked(riverside) == []
        return own

    return plant


def sweep(house):
    """Let the worker do all it does by itself, so that letters are written."""
    from django.utils.module_loading import import_string

    for name in sorted(ARGUMENTS):
        if name not in {"organisations.tasks.run_job", "post.tasks.deliver_letters"}:
            import_string(name)()


def print_plan(house) -> int:
    with house.scope():
        document = action_plans.ask_plan(mentorship=house.mentorship, by=house.people["coordinator"])
        job = Job.objects.get(kind=action_plans.JOB, target_id=house.mentorship.pk)
    jobs.run(house.organisation.pk, job.pk)
    with house.scope():
        document.refresh_from_db()
        assert document.status == "ready"
    return document.pk


def starts(own):
    """Today's page, and every address of the house with an object of Northfield's own."""
    found = [reverse(name, kwargs={"slug": "northfield"} | {n: own[n] for n in numbers_of(pattern)}) for name, _r, pattern in ours()]
    return [*found, "/", "/o/northfield/"]


def crawl(house, role, own) -> Crawl:
    client = Client()
    client.force_login(house.people[role].user, backend="django.contrib.auth.backends.ModelBackend")
    return Crawl(client, starts(own)).run()


def letters_of(house):
    with house.scope():
        return list(Letter.objects.filter(organisation_id=house.organisation.pk))


def leaks(northfield, riverside, own) -> dict:
    """{role: addresses that said the marker}, and what the letters said."""
    found = {}
    for role in ROLES:
        seen = crawl(northfield, role, own)
        assert [url for url, status in seen.statuses.items() if status >= 500] == []
        assert sum(status == 200 for status in seen.statuses.values()) >= 5, role
        plan = seen.texts[f"/o/northfield/documents/{own['document_id']}/"]
        assert ("northfield college" in plan) == (role in {"coordinator", "mentor", "student", "tutor"})  # the PDF was read
        found[role] = sorted(url for url, text in seen.texts.items() if MARKER in text)
    letters = letters_of(northfield)
    assert len(letters) >= 2
    found["letters"] = [letter.pk for letter in letters if MARKER in f"{letter.subject}{letter.text}{letter.html}{letter.to_email}"]
    links = {link for letter in letters for link in LINK.findall(letter.text)}
    seen = Crawl(Client(), sorted(links)).run()
    found["links"] = sorted(url for url, text in seen.texts.items() if MARKER in text)
    return {who: places for who, places in found.items() if places}


def test_nothing_of_riverside_shows_in_northfield(northfield, riverside, planted):
    own = planted(northfield, riverside)
    assert leaks(northfield, riverside, own) == {}
    riversides = crawl_of_the_owner(riverside)
    assert MARKER in riversides  # the marker is there to be seen by those whose it is


def crawl_of_the_owner(riverside):
    client = Client()
    client.force_login(riverside.people["owner"].user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/o/riverside/people/").content.decode()


def test_row_security_alone_holds(northfield, riverside, planted, take_orm_guard_off):
    own = planted(northfield, riverside)
    take_orm_guard_off()
    assert "WHERE" not in str(Programme.objects.all().query)  # the guard is off indeed
    assert leaks(northfield, riverside, own) == {}


def test_the_orms_guard_alone_holds(row_security_off, northfield, riverside, planted):
    own = planted(northfield, riverside)
    with northfield.scope():
        assert Programme.unscoped.filter(organisation=riverside.organisation).exists()  # row security is off indeed
    assert leaks(northfield, riverside, own) == {}


def test_with_both_off_it_would_show(row_security_off, northfield, riverside, planted, take_orm_guard_off):
    planted(northfield, riverside)
    take_orm_guard_off()
    client = Client()
    client.force_login(northfield.people["owner"].user, backend="django.contrib.auth.backends.ModelBackend")
    assert MARKER in client.get("/o/northfield/people/").content.decode()


