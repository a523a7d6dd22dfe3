"""Long work in a worker that is killed: started again and brought to its end, with nothing half and nothing double."""

import os
import time
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from checkins.models import ReminderSent
from checkins.services.reminders import send_all
from checkins.tasks import send_reminders
from documents.models import Document, DocumentBatch
from documents.services import batches
from documents.tasks import clear_up_files
from matching.models import MatchRun, Proposal, UnmatchedStudent, Wave
from matching.run_rules import RunRules
from matching.services import publishing, runs
from organisations.models import Job, SignedLink
from organisations.services.jobs import lost_jobs
from post.models import Letter
from tests import factories as make
from tests.checkins.helpers import rule
from tests.matching.people import crowd

from .running import minutes_pass

PLANS = 12


@pytest.fixture
def many(house):
    """The cast's programme with so many mentorships that their plans take a while."""
    with house.scope():
        for _n in range(PLANS - 2):  # the cast has two
            make.MentorshipFactory(programme=house.programme)
    return house


def asked(house, start, **what):
    with house.scope():
        return start(by=house.people["coordinator"], **what)


def state(house, job):
    with house.scope():
        return Job.objects.values_list("status", "attempts").get(pk=job.pk)


def counts(house, *models):
    with house.scope():
        return [model.objects.count() for model in models]


def killed(plant, house):
    """The worker and beat are gone, the database has noticed, and the job has been silent."""
    for name in ("worker", "beat"):
        plant.kill(name)
        plant.bury(name)
    minutes_pass(house)


def test_all_plans_as_one_zip(plant, many, settings):
    """Killed while printing, then with the zip packed and not noted; the third start ends well."""
    job = asked(many, batches.ask_batch, programme=many.programme)
    plant.start("worker", "beat")
    plant.wait_until(lambda: len(plant.files("*.pdf")) >= 3)
    killed(plant, many)
    assert state(many, job) == ("running", 1)
    assert len(plant.files("*.pdf")) < PLANS
    with plant.stuck_at("documents_documentbatch") as until_stuck:
        plant.start("worker", "beat")
        until_stuck()
        killed(plant, many)
    assert state(many, job) == ("running", 2)
    assert (counts(many, Document, DocumentBatch), len(plant.files("*.zip"))) == ([0, 0], 1)

    plant.start("worker", "beat")
    plant.wait_until(lambda: state(many, job)[0] not in ("waiting", "running"))
    assert state(many, job) == ("done", 3)
    with many.scope():
        documents = list(Document.objects.order_by("mentorship_id").values_list("mentorship", "version", "status", "path"))
        batch = DocumentBatch.objects.get()
    assert [row[1:3] for row in documents] == [(1, "ready")] * PLANS
    assert len({row[0] for row in documents}) == PLANS
    with zipfile.ZipFile(plant.media / batch.path) as packed:
        assert (packed.testzip(), len(packed.namelist())) == (None, PLANS)
    _clears_up(plant, settings, {batch.path, *(row[3] for row in documents)})


def _clears_up(plant, settings, known):
    """What the killed runs left on disk goes a day later: whole files, and one cut off in the middle of being written."""
    cut_off = plant.files("*.zip")[0].parent / "tmpcutoff1.part"
    cut_off.write_bytes(b"%PDF-1.7 and then the worker was killed")
    stored = plant.files("*")
    assert len(stored) > len(known) + 1  # there is something to clear
    two_days_ago = time.time() - timedelta(days=2).total_seconds()
    for path in stored:
        os.utime(path, (two_days_ago, two_days_ago))
    settings.MEDIA_ROOT = plant.media.parent
    clear_up_files()
    assert {str(path.relative_to(plant.media)) for path in plant.files("*")} == known


def test_match_run(plant, house):
    """The processes that work are killed and the one above them lives: the task is handed out again, the job waits its time."""
    with house.scope():
        programme = crowd(students=6, mentors=3)
    with plant.stuck_at("matching_proposal") as until_stuck:
        job = asked(house, runs.start_run, programme=programme, rules=RunRules())
        plant.start("worker", "beat")
        until_stuck()
        assert plant.kill_children() == 2
    assert (state(house, job), counts(house, MatchRun, Proposal)) == (("running", 1), [0, 0])
    minutes_pass(house)
    plant.wait_until(lambda: state(house, job)[0] not in ("waiting", "running"))
    assert (state(house, job), plant.programs["worker"].poll()) == (("done", 2), None)
    assert counts(house, MatchRun, Proposal, UnmatchedStudent) == [1, 6, 0]


def test_long_silence(plant, house):
    """Work that says nothing lives as long as its process: it is left alone, and started again once the process stands still."""
    with house.scope():
        programme = crowd(students=6, mentors=3)
    with plant.stuck_at("matching_proposal") as until_stuck:
        job = asked(house, runs.start_run, programme=programme, rules=RunRules())
        plant.start("worker")
        until_stuck()
        for _silence in range(3):
            long_ago = beat_at(house, job) - timedelta(minutes=6)
            with house.scope():
                Job.objects.filter(pk=job.pk).update(beat_at=long_ago)
            plant.wait_until(lambda: beat_at(house, job) > long_ago)  # noqa: B023  waited for at once
        assert (lost_jobs(), state(house, job)) == ([], ("running", 1))
        plant.freeze("worker")
        minutes_pass(house)
        assert (lost_jobs(), state(house, job)) == ([(house.organisation.pk, job.pk)], ("waiting", 1))
        plant.thaw("worker")
    plant.wait_until(lambda: state(house, job)[0] == "done")
    assert counts(house, MatchRun, Proposal, UnmatchedStudent) == [1, 6, 0]


def beat_at(house, job):
    with house.scope():
        return Job.objects.values_list("beat_at", flat=True).get(pk=job.pk)


def test_a_wave(plant, house):
    """Killed with the wave and its proposals written and not committed: nothing is out; the next start sends each once, and the rest stays."""
    with house.scope():
        programme = crowd(students=6, mentors=6)
        run = runs.make_run(programme=programme, rules=RunRules(), by=house.people["coordinator"])
        part = list(run.proposals.order_by("pk").values_list("pk", flat=True)[:4])
    with plant.stuck_at("organisations_signedlink") as until_stuck:
        job = asked(house, publishing.start_publishing, run=run, only=part)
        plant.start("worker", "beat")
        until_stuck()
        killed(plant, house)
        with house.scope():
            assert set(run.proposals.values_list("status", flat=True)) == {"draft"}
    assert (state(house, job), counts(house, Wave, SignedLink, Letter)) == (("running", 1), [0, 0, 0])
    plant.start("worker", "beat")
    plant.wait_until(lambda: state(house, job)[0] not in ("waiting", "running"))
    assert (state(house, job), counts(house, Wave, SignedLink, Letter)) == (("done", 2), [1, 8, 8])
    with house.scope():
        assert set(run.proposals.filter(status="published").values_list("pk", flat=True)) == set(part)
        assert run.proposals.filter(status="draft").count() == 2


def test_reminders(plant, house):
    """Killed with letters and links written and not committed: none is there; the next sweep writes each once."""
    with house.scope():
        for recipient in ("mentor", "student"):
            rule(house, "check_in_planned", -1, recipient, "check_in_due")
        for _n in range(10):
            tomorrow = timezone.localdate() + timedelta(days=1)
            make.CheckInFactory(mentorship=make.MentorshipFactory(programme=house.programme), due_on=tomorrow)
    with plant.stuck_at("checkins_remindersent") as until_stuck:
        send_reminders.delay()
        plant.start("worker")
        until_stuck()
        plant.kill()
        plant.bury()
    assert counts(house, ReminderSent, Letter, SignedLink) == [0, 0, 0]
    assert [send_all(), send_all()] == [20, 0]
    assert counts(house, ReminderSent, Letter) == [20, 20]
