"""Action plans as documents: who may ask, who may read, versions, and what a stopped or repeated job leaves."""

import hashlib
import io
import zipfile
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import formats, timezone
from pypdf import PdfReader

from checkins.models import Action
from common import storage
from documents import rendering
from documents.gathering import content_key, gather_plan, gather_plans
from documents.models import Document, DocumentBatch
from documents.services import action_plans, batches, clearing
from goals.services.goals import create_goal
from goals.services.objectives import write_objective
from goals.services.wordings import agree_wording
from matching.models import Mentorship
from organisations.models import Job
from organisations.services import jobs
from tests import factories as make
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def ask(house, mentorship=None, by="student"):
    return action_plans.ask_plan(mentorship=mentorship or house.mentorship, by=house.people[by])


def run_job(house, kind, target):
    """Run the open job of this kind to its end; returns it."""
    job = Job.objects.filter(kind=kind, target_id=target.pk).latest("pk")
    jobs.run(house.organisation.pk, job.pk)
    job.refresh_from_db()
    return job


def make_plan(house, mentorship=None, by="student"):
    mentorship = mentorship or house.mentorship
    document = ask(house, mentorship, by)
    job = run_job(house, action_plans.JOB, mentorship)
    assert job.status == "done", job.message
    document.refresh_from_db()
    return document


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def read(document):
    with storage.open_private(document.organisation_id, document.path) as file:
        return file.read()


def url(name, house, *args):
    return reverse(f"documents:{name}", args=[house.organisation.slug, *args])


def status_of(client, address):
    """The status of a GET; a file that comes with it is read to its end, which closes it."""
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def rename(participant, first, last):
    person = participant.membership
    person.first_name, person.last_name = first, last
    person.save()


# Asking


def test_a_double_click_is_one_version_and_one_job(northfield):
    with northfield.scope():
        assert ask(northfield).pk == ask(northfield, by="mentor").pk
        assert list(Document.objects.values_list("version", "status")) == [(1, "asked")]
        assert Job.objects.filter(kind=action_plans.JOB).count() == 1


def test_each_request_after_the_last_was_made_is_the_next_version(northfield):
    with northfield.scope():
        first, second = make_plan(northfield), make_plan(northfield, by="coordinator")
        assert [first.version, second.version] == [1, 2]
        assert [first.status, second.status] == ["ready", "ready"]
        assert first.path != second.path


@pytest.mark.parametrize(
    ("role", "status"),
    [("student", 302), ("mentor", 302), ("coordinator", 302), ("tutor", 403), ("owner", 403), ("lead", 403)],
)
def test_who_may_ask(northfield, sign_in, role, status):
    response = sign_in(northfield.people[role]).post(url("plan_ask", northfield, northfield.mentorship.pk))
    with northfield.scope():
        assert (response.status_code, Document.objects.count()) == (status, 1 if status == 302 else 0)


@pytest.mark.parametrize("role", ["student", "mentor", "tutor"])
def test_another_pairs_plan_cannot_be_asked_for(northfield, sign_in, role):
    response = sign_in(northfield.people[role]).post(url("plan_ask", northfield, northfield.other_mentorship.pk))
    with northfield.scope():
        assert (response.status_code, Document.objects.count()) == (403, 0)


def test_another_organisations_mentorship_is_not_there(northfield, riverside, sign_in):
    client = sign_in(northfield.people["coordinator"])
    assert client.post(url("plan_ask", northfield, riverside.mentorship.pk)).status_code == 404
    assert client.post(url("plan_ask", riverside, riverside.mentorship.pk)).status_code == 404
    with riverside.scope():
        assert Document.objects.count() == 0


def test_looking_never_makes(northfield, sign_in):
    assert sign_in(northfield.people["student"]).get(url("plan_ask", northfield, northfield.mentorship.pk)).status_code == 405


# Making


def test_the_paper_names_this_pair_and_no_other(northfield):
    with northfield.scope():
        rename(northfield.student, "Gwenllian", "Ørsted")
        rename(northfield.mentor, "Dafydd", "Nguyễn")
        other = {seat.side: seat.participant for seat in northfield.other_mentorship.members.all()}
        rename(other["student"], "Zebedee", "Quartz")
        rename(other["mentor"], "Wilhelmina", "Opal")
        make.GoalFactory(mentorship=northfield.mentorship, title="Brief two colleagues")
        make.GoalFactory(mentorship=northfield.other_mentorship, title="Polish the brass lamp")
        document = make_plan(northfield)
        text = text_of(read(document))
        found = {word: word in text for word in ["Gwenllian Ørsted", "Dafydd Nguyễn", "Brief two colleagues", "Junior developer"]}
        assert found == dict.fromkeys(found, True)
        leaked = [word for word in ["Zebedee", "Quartz", "Wilhelmina", "Opal", "brass lamp"] if word in text]
        assert leaked == []


def test_objectives_and_who_agreed_what_are_printed(northfield):
    with northfield.scope():
        objective = write_objective(placement=northfield.placement, text="Handle an order", by=northfield.people["tutor"], voice="tutor")
        fields = {"title": "Brief two colleagues", "work": "the Thursday count", "objectives": [objective]}
        goal = create_goal(mentorship=northfield.mentorship, by=northfield.people["student"], **fields)
        create_goal(mentorship=northfield.mentorship, by=northfield.people["mentor"], title="Only proposed")
        agree_wording(goal=goal, number=1, by=northfield.people["mentor"], side="mentor")
        text = " ".join(text_of(read(make_plan(northfield))).split())
    day = formats.date_format(timezone.localdate(), "j F")
    printed = [
        "Learning objectives", "1 Handle an order", "agreed: Tutor Example", "still to agree: student, mentor",
        f"agreed by Student Example and Mentor Example, {day} · for: the Thursday count · serves objective 1",
        "proposed, not agreed by both yet",
    ]  # fmt: skip
    assert [words for words in printed if words not in text] == []


def test_what_only_some_may_read_is_not_printed(northfield):
    with northfield.scope():
        check_in = make.CheckInFactory(
            mentorship=northfield.mentorship, status="held", held_on=timezone.localdate(), minutes=45, way="video", mood=4,
            challenges="canary-challenge", feedback="canary-feedback", progress="canary-progress",
        )  # fmt: skip
        Action.objects.create(check_in=check_in, text="Send the draft", owner=northfield.student)
        make.NoteFactory(mentorship=northfield.mentorship, author=northfield.people["mentor"], text="canary-note")
        make.ConcernFactory(mentorship=northfield.mentorship, text="canary-concern")
        text = text_of(read(make_plan(northfield)))
        assert "Send the draft" in text
        assert [word for word in ["challenge", "feedback", "progress", "note", "concern"] if f"canary-{word}" in text] == []


def test_row_says_what_the_file_is(northfield, private_folder):
    with northfield.scope():
        document = make_plan(northfield)
        content = read(document)
        pages = len(PdfReader(io.BytesIO(content)).pages)
        expected = (len(content), pages, hashlib.sha256(content).hexdigest())
        assert (document.size, document.pages, document.sha256) == expected
        assert len(files_in(private_folder)) == 1


def test_the_runner_twice_makes_one_file(northfield, private_folder):
    with northfield.scope():
        document = make_plan(northfield)
        job = Job.objects.get(kind=action_plans.JOB)
        again = jobs.runners[action_plans.JOB](job, lambda *args: None)
        document.refresh_from_db()
        assert again == {}
        assert files_in(private_folder) == [private_folder / "private" / document.path]


def test_a_worker_killed_before_the_end_leaves_the_version_to_the_next_run(northfield, private_folder, monkeypatch):
    def killed(*args, **kwargs):
        raise SystemExit

    with northfield.scope():
        document = ask(northfield)
        with monkeypatch.context() as patch:
            patch.setattr(Document, "save", killed)
            with pytest.raises(SystemExit):
                action_plans.make_asked_plan(mentorship=northfield.mentorship)
        assert files_in(private_folder) == []
        document.refresh_from_db()
        assert document.status == "asked"
        assert action_plans.make_asked_plan(mentorship=northfield.mentorship).version == 1
        assert len(files_in(private_folder)) == 1


def test_a_failed_job_is_taken_up_by_asking_again(northfield):
    with northfield.scope():
        document = ask(northfield)
        Job.objects.update(status=Job.Status.FAILED)
        assert ask(northfield).pk == document.pk
        assert run_job(northfield, action_plans.JOB, northfield.mentorship).status == "done"


def test_without_pango_pages_say_what_is_missing(northfield, sign_in, monkeypatch):
    def missing():
        raise rendering.PaperUnavailableError("Install Pango with apt-get")

    with northfield.scope():
        ask(northfield)
        monkeypatch.setattr(rendering, "_weasyprint", missing)
        job = run_job(northfield, action_plans.JOB, northfield.mentorship)
        assert (job.status, job.message) == ("failed", "Install Pango with apt-get")
        Document.objects.all().delete()
    client = sign_in(northfield.people["coordinator"])
    page = client.get(url("programme", northfield, northfield.programme.pk))
    assert page.status_code == 200
    assert "Install Pango with apt-get" in page.content.decode()
    answer = client.post(url("plan_ask", northfield, northfield.mentorship.pk))
    assert [str(message) for message in answer.wsgi_request._messages] == ["Install Pango with apt-get"]
    with northfield.scope():
        assert Document.objects.count() == 0


# Reading


@pytest.mark.parametrize(
    ("role", "status"),
    [("student", 200), ("mentor", 200), ("tutor", 200), ("coordinator", 200), ("owner", 403), ("lead", 403)],
)
def test_who_may_download(northfield, sign_in, role, status):
    with northfield.scope():
        document = make_plan(northfield)
    assert status_of(sign_in(northfield.people[role]), url("download", northfield, document.pk)) == status


@pytest.mark.parametrize(
    ("role", "status"),
    [("student", 403), ("mentor", 403), ("tutor", 403), ("coordinator", 200), ("owner", 403)],
)
def test_who_may_download_another_pairs(northfield, sign_in, role, status):
    with northfield.scope():
        document = make_plan(northfield, northfield.other_mentorship, by="coordinator")
    assert status_of(sign_in(northfield.people[role]), url("download", northfield, document.pk)) == status


def test_another_organisations_document_is_not_there(northfield, riverside, sign_in):
    with riverside.scope():
        document = make_plan(riverside)
    for role in northfield.people:
        client = sign_in(northfield.people[role])
        assert client.get(url("download", northfield, document.pk)).status_code == 404, role
        assert client.get(url("download", riverside, document.pk)).status_code == 404, role


def test_signed_out_is_sent_to_sign_in(northfield, client):
    with northfield.scope():
        document = make_plan(northfield)
    response = client.get(url("download", northfield, document.pk))
    assert (response.status_code, response.url.startswith("/accounts/login/")) == (302, True)


def test_download_is_the_stored_file_under_a_safe_name(northfield, sign_in):
    with northfield.scope():
        rename(northfield.student, 'Zoë/../"\r\n', "D'Angelo")
        document = make_plan(northfield)
        content = read(document)
    response = sign_in(northfield.people["student"]).get(url("download", northfield, document.pk))
    assert b"".join(response.streaming_content) == content
    name = storage.safe_name("Zoë/../\"\r\n D'Angelo, action plan, version 1.pdf")
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    headers = (response["Content-Type"], response["Cache-Control"], response["X-Content-Type-Options"])
    assert headers == ("application/pdf", "private, no-store", "nosniff")


def test_a_plan_that_is_not_ready_or_whose_file_is_gone_is_not_there(northfield, sign_in):
    with northfield.scope():
        made = make_plan(northfield)
        storage.delete_private(made.organisation_id, made.path)
        asked = ask(northfield)
    client = sign_in(northfield.people["student"])
    assert [client.get(url("download", northfield, one.pk)).status_code for one in (made, asked)] == [404, 404]


# All of a programme


def test_zip_holds_one_plan_of_each_mentorship(northfield):
    with northfield.scope():
        rename(northfield.student, "Gwen", "Ørsted")
        other = northfield.other_mentorship.members.get(side="student").participant
        rename(other, "Ali", "Ørsted")
        unbegun = make.MentorshipFactory(programme=northfield.programme, status="no_show")
        make.MentorshipFactory()  # another programme's
        batches.ask_batch(programme=northfield.programme, by=northfield.people["coordinator"])
        job = run_job(northfield, batches.JOB, northfield.programme)
        batch = DocumentBatch.objects.get()
        assert (job.status, batch.count, Document.objects.filter(mentorship=unbegun).count()) == ("done", 2, 0)
        with storage.open_private(batch.organisation_id, batch.path) as file, zipfile.ZipFile(file) as archive:
            names = sorted(archive.namelist())
            assert names == ["Ali Ørsted, action plan, version 1.pdf", "Gwen Ørsted, action plan, version 1.pdf"]
            assert [("Ali" in text_of(archive.read(name)), "Gwen" in text_of(archive.read(name))) for name in names] == [
                (True, False),
                (False, True),
            ]


def test_zip_again_prints_only_what_has_changed(northfield, private_folder):
    coordinator, programme = northfield.people["coordinator"], northfield.programme

    def versions():
        batches.make_batch(programme=programme, by=coordinator, progress=lambda *args: None)
        rows = Document.objects.filter(mentorship__in=[northfield.mentorship, northfield.other_mentorship])
        return sorted(rows.values_list("mentorship", "version"))

    with northfield.scope():
        one, two = northfield.mentorship.pk, northfield.other_mentorship.pk
        assert versions() == [(one, 1), (two, 1)]
        assert versions() == [(one, 1), (two, 1)]
        make.GoalFactory(mentorship=northfield.mentorship)
        assert versions() == [(one, 1), (one, 2), (two, 1)]
        assert DocumentBatch.objects.count() == 1


def test_cancelled_zip_leaves_nothing(northfield, private_folder):
    def stop(done, total, message=""):
        if done == 2:
            raise jobs.Cancelled

    with northfield.scope():
        with pytest.raises(jobs.Cancelled):
            batches.make_batch(programme=northfield.programme, by=northfield.people["coordinator"], progress=stop)
        assert (Document.objects.count(), DocumentBatch.objects.count()) == (0, 0)
    assert files_in(private_folder) == []


def test_a_version_asked_for_while_the_zip_prints_keeps_its_number(northfield, monkeypatch):
    coordinator, once = northfield.people["coordinator"], []

    def somebody_asks(done, total, message=""):
        if not once:
            once.append(ask(northfield).version)

    with northfield.scope():
        batches.make_batch(programme=northfield.programme, by=coordinator, progress=somebody_asks)
        rows = Document.objects.filter(mentorship=northfield.mentorship).order_by("version")
        assert list(rows.values_list("version", "status")) == [(1, "asked"), (2, "ready")]
        assert "Version 2" in text_of(read(rows[1]))


def test_two_presses_are_one_zip_job(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    for _press in range(2):
        assert client.post(url("batch_ask", northfield, northfield.programme.pk)).status_code == 302
    with northfield.scope():
        assert Job.objects.filter(kind=batches.JOB).count() == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("owner", 403), ("mentor", 403), ("student", 403), ("tutor", 403), ("lead", 403)],
)
def test_all_plans_are_for_those_who_run_programmes(northfield, sign_in, role, status):
    with northfield.scope():
        batch = batches.make_batch(
            programme=northfield.programme, by=northfield.people["coordinator"], progress=lambda *args: None
        )
    client = sign_in(northfield.people[role])
    found = [status_of(client, url(*page)) for page in (
        ("programme", northfield, northfield.programme.pk), ("batch_download", northfield, batch.pk))]  # fmt: skip
    assert found == [status, status]


def test_another_organisations_zip_is_not_there(northfield, riverside, sign_in):
    with riverside.scope():
        batch = batches.make_batch(
            programme=riverside.programme, by=riverside.people["coordinator"], progress=lambda *args: None
        )
    client = sign_in(northfield.people["coordinator"])
    assert client.get(url("batch_download", northfield, batch.pk)).status_code == 404
    assert client.get(url("programme", northfield, riverside.programme.pk)).status_code == 404


# Cost and clearing up


def test_gathering_costs_the_same_for_one_and_for_nine(northfield):
    with northfield.scope():
        for _number in range(9):
            goal = make.GoalFactory(mentorship=make.MentorshipFactory(programme=northfield.programme))
            make.GoalStepFactory(goal=goal)
            make.CheckInFactory(mentorship=goal.mentorship, status="held", held_on=timezone.localdate(), way="phone")
            make.AgreementFactory(mentorship=goal.mentorship)
        everyone = Mentorship.objects.filter(goals__isnull=False)
        first = everyone.first().pk
        with CaptureQueriesContext(connection) as one:
            assert len(gather_plans(everyone.filter(pk=first), today=timezone.localdate())) == 1
        with CaptureQueriesContext(connection) as nine:
            assert len(gather_plans(everyone, today=timezone.localdate())) == 9
        assert len(nine) == len(one)


def test_page_costs_the_same_for_two_and_for_ten(northfield, sign_in):
    client, page = sign_in(northfield.people["coordinator"]), url("programme", northfield, northfield.programme.pk)
    client.get(page)
    with northfield.scope():
        make_plan(northfield)
    few = count_queries(client, page)
    with northfield.scope():
        for _number in range(8):
            make_plan(northfield, make.MentorshipFactory(programme=northfield.programme), by="coordinator")
    assert (count_queries(client, page), few <= 20) == (few, True)


def test_page_without_mentorships_tells_the_first_step(northfield, sign_in):
    with northfield.scope():
        empty = make.ProgrammeFactory()
    page = sign_in(northfield.people["coordinator"]).get(url("programme", northfield, empty.pk)).content.decode()
    assert "No mentorships yet" in page
    assert "Make all as one zip" not in page


def test_same_content_has_the_same_key_on_another_day(northfield):
    with northfield.scope():
        today = timezone.localdate()
        key = content_key(gather_plan(northfield.mentorship, today=today))
        assert content_key(gather_plan(northfield.mentorship, today=today + timedelta(days=1))) == key
        make.GoalFactory(mentorship=northfield.mentorship)
        assert content_key(gather_plan(northfield.mentorship, today=today)) != key


def test_clearing_takes_old_zips_and_files_without_a_row(northfield, riverside, private_folder, django_capture_on_commit_callbacks):
    for house in (northfield, riverside):
        with house.scope():
            batches.make_batch(programme=house.programme, by=house.people["coordinator"], progress=lambda *args: None)
    left_behind = storage.save_private(northfield.organisation.pk, "lost.pdf", ContentFile(b"half a batch"))
    later = timezone.now() + timedelta(days=2)
    clearing.clear_up_everywhere(at=later)
    assert (private_folder / "private" / left_behind).exists() is False
    with northfield.scope():
        assert (DocumentBatch.objects.count(), Document.objects.count()) == (1, 2)
    assert len(files_in(private_folder)) == 6  # two plans and a zip in each house
    with django_capture_on_commit_callbacks(execute=True):
        clearing.clear_up_everywhere(at=timezone.now() + timedelta(days=15))
    with northfield.scope():
        assert (DocumentBatch.objects.count(), Document.objects.count()) == (0, 2)
    assert len(files_in(private_folder)) == 4
