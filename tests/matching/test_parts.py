"""A run is stored in parts that show while it goes on, and is there whole or not at all."""

import pytest
from django.utils import timezone

from matching.models import MatchRun, Proposal, UnmatchedStudent
from matching.run_rules import RunRules
from matching.services import pairing, proposals, publishing, runs, storing
from matching.services.refused import Refused
from organisations.models import Job
from organisations.services import jobs
from programmes.models import Participant
from tests.matching import people
from tests.matching.test_pages import at, seen
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(storing, "FIRST", 1)
    monkeypatch.setattr(storing, "BATCH", 2)


@pytest.fixture
def coordinator(northfield):
    return northfield.people["coordinator"]


def begin(house, programme):
    with house.scope():
        return runs.start_run(programme=programme, rules=RunRules(), by=house.people["coordinator"])


def ended(house, job):
    jobs.run(house.organisation.pk, job.pk)
    with house.scope():
        job.refresh_from_db()
    return job


def half_made(programme, coordinator, parts=2):
    """A run as a killed worker leaves it: so many parts are stored."""
    making = runs.make_run_in_parts(programme=programme, rules=RunRules(), by=coordinator)
    return [next(making) for _n in range(parts)]


def test_what_is_stored_grows_part_by_part_the_lowest_first_and_is_a_draft_only_when_whole(northfield, coordinator):
    with northfield.scope():
        programme = people.crowd(6, 3)
        Participant.objects.filter(pk=programme.participants.first().pk).update(industry="health", wants_skills=["first aid"])
        making = runs.make_run_in_parts(programme=programme, rules=RunRules(), by=coordinator)
        seen_so_far = []
        for stored in making:
            run = MatchRun.objects.get(programme=programme)
            seen_so_far.append((stored, run.proposals.count(), run.status))
        assert seen_so_far == [(1, 1, "running"), (3, 3, "running"), (5, 5, "running"), (6, 6, "running")]
        run.refresh_from_db()
        assert run.status == "draft"
        scores = list(run.proposals.order_by("pk").values_list("score", flat=True))
        assert scores == sorted(scores)
        assert scores[0] < scores[-1]


def test_cancelled_between_two_parts_nothing_of_it_stays_and_the_draft_before_is_untouched(northfield, coordinator, monkeypatch):
    with northfield.scope():
        programme = people.crowd(5, 3)
        before = people.run(programme, coordinator)
    job = begin(northfield, programme)
    store = storing.store

    def cancelled_meanwhile(*args):
        for stored in store(*args):
            if stored == 3:
                jobs.cancel_job(job)
            yield stored

    monkeypatch.setattr(runs, "store", cancelled_meanwhile)
    assert (ended(northfield, job).status, job.message) == ("cancelled", "Cancelled. Nothing was changed.")
    with northfield.scope():
        assert [(run.pk, run.status) for run in MatchRun.objects.filter(programme=programme)] == [(before.pk, "draft")]
        assert Proposal.objects.filter(programme=programme).count() == 5


def test_a_run_that_fails_half_way_leaves_nothing(northfield, monkeypatch):
    with northfield.scope():
        programme = people.crowd(5, 1)
    job = begin(northfield, programme)
    store = storing.store

    def breaks(*args):
        yield next(store(*args))
        raise ZeroDivisionError

    monkeypatch.setattr(runs, "store", breaks)
    assert ended(northfield, job).status == "failed"
    with northfield.scope():
        mine = {"run__programme": programme}
        assert (MatchRun.objects.filter(programme=programme).count(), Proposal.objects.filter(**mine).count()) == (0, 0)
        assert UnmatchedStudent.objects.filter(**mine).count() == 0


def test_what_a_killed_worker_left_goes_when_the_job_is_started_again(northfield, coordinator):
    with northfield.scope():
        programme = people.crowd(5, 2)
        assert half_made(programme, coordinator) == [1, 3]
        assert MatchRun.objects.get(programme=programme).status == "running"
    assert ended(northfield, begin(northfield, programme)).status == "done"
    with northfield.scope():
        run = MatchRun.objects.get(programme=programme)
        assert (run.status, run.proposals.count(), run.unmatched.count(), run.number) == ("draft", 4, 1, 1)


def test_a_run_tried_three_times_is_taken_away(northfield, coordinator):
    with northfield.scope():
        programme = people.crowd(5, 2)
        half_made(programme, coordinator)
    job = begin(northfield, programme)
    with northfield.scope():
        Job.objects.filter(pk=job.pk).update(attempts=jobs.MAX_ATTEMPTS)
    assert ended(northfield, job).status == "failed"
    with northfield.scope():
        assert not MatchRun.objects.filter(programme=programme).exists()


def test_the_draft_cannot_be_changed_while_it_is_being_replaced(northfield, coordinator):
    with northfield.scope():
        programme = people.crowd(2, 2)
        run = people.run(programme, coordinator)
        one = run.proposals.first()
    begin(northfield, programme)
    with northfield.scope():
        for change in (
            lambda: proposals.lock_proposal(proposal=one, by=coordinator),
            lambda: proposals.remove_proposal(proposal=one, by=coordinator),
            lambda: pairing.pair_by_hand(programme=programme, student=one.student, mentor=one.mentor, by=coordinator),
            lambda: publishing.start_publishing(run=run, by=coordinator),
            lambda: publishing.publish_run(run=run, by=coordinator),
        ):
            with pytest.raises(Refused, match="Matching is under way just now"):
                change()
        one.refresh_from_db()
        assert (one.status, one.is_locked) == ("draft", False)


def test_a_draft_published_while_the_run_was_stored_stays_and_the_run_does_not_count(northfield, coordinator):
    with northfield.scope():
        programme = people.crowd(3, 2)
        before = people.run(programme, coordinator)
        making = runs.make_run_in_parts(programme=programme, rules=RunRules(), by=coordinator)
        next(making)
        publishing.publish_run(run=before, by=coordinator)
        with pytest.raises(Refused, match="Meanwhile the draft was published"):
            list(making)
        before.refresh_from_db()
        assert before.status == "published"


def test_the_page_shows_what_is_stored_and_offers_nothing_to_do_with_it(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(4, 2)
    job = begin(northfield, programme)
    client = sign_in(coordinator)
    assert "so far" not in seen(client.get(at("programme", programme.pk)))
    with northfield.scope():
        half_made(programme, coordinator)
        Job.objects.filter(pk=job.pk).update(status="running", beat_at=timezone.now())
    page = client.get(at("programme", programme.pk))
    assert "3 proposals so far" in seen(page)
    assert b"/lock/" not in page.content
    assert b"Publish" not in page.content
    part = client.get(at("so_far", programme.pk))
    assert part.content.decode().count('<th scope="row">') == 3
    assert 'hx-trigger="every 1s"' in part.content.decode()


def test_the_page_of_a_run_under_way_costs_the_same_for_one_and_for_three(northfield, coordinator, sign_in):
    costs = []
    for parts in (1, 2):
        with northfield.scope():
            programme = people.crowd(5, 3)
            half_made(programme, coordinator, parts)
        with northfield.scope():
            Job.objects.create(kind="match", target_id=programme.pk, status="running", started_by=coordinator)
        costs.append(count_queries(sign_in(coordinator), at("programme", programme.pk)))
    assert costs[0] == costs[1] <= 20


def test_history_begins_when_somebody_touches_a_proposal(northfield, coordinator):
    history = Proposal.pgh_event_model
    with northfield.scope():
        programme = people.crowd(3, 2)
        run = people.run(programme, coordinator)
        assert not history.objects.filter(run_id=run.pk).exists()
        one, *_others = run.proposals.all()
        proposals.lock_proposal(proposal=one, by=coordinator)
        assert [event.pgh_obj_id for event in history.objects.filter(run_id=run.pk)] == [one.pk]
        again = people.run(programme, coordinator)
        assert [event.pgh_label for event in history.objects.filter(run_id=again.pk)] == ["insert"]  # the locked one
        publishing.publish_run(run=again, by=coordinator)
        assert history.objects.filter(run_id=again.pk, pgh_label="update").count() == 3
