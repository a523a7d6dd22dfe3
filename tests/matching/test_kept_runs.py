"""Earlier drafts: kept to be compared, taken up again, deleted; never so that anybody is asked twice."""

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from common.tenancy import organisation_scope
from matching.models import Exclusion, MatchRun, Proposal
from matching.services import exclusions, kept, proposals, publishing, runs, storing
from matching.services.refused import Refused
from organisations.models import Job
from programmes.models import Participant
from tests import factories as make
from tests.cast import seat
from tests.matching import people
from tests.matching.reading import seen
from tests.queries import MOST, count_queries


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


def pairs(run):
    return set(run.proposals.filter(status="draft").values_list("student", "mentor"))


def status_of(run):
    return MatchRun.objects.get(pk=run.pk).status


def address(name, *args):
    return reverse(f"matching:{name}", args=["northfield", *args])


def test_the_newest_drafts_are_kept_whole_and_older_ones_go(coordinator, monkeypatch):
    monkeypatch.setattr(storing, "KEPT_MOST", 2)
    programme = people.crowd(3, 2, capacity=2)
    first = people.run(programme, coordinator)
    removed = first.proposals.first()
    proposals.remove_proposal(proposal=removed, by=coordinator)
    second = people.run(programme, coordinator)
    out = second.proposals.first()
    publishing.publish_run(run=second, by=coordinator, only=[out.pk])
    third, fourth, fifth = [people.run(programme, coordinator) for _again in range(3)]
    numbers = list(MatchRun.objects.filter(programme=programme).order_by("number").values_list("number", "status"))
    # The second has sent something out, so people have been told of it: it stays, without the drafts it did not send.
    assert numbers == [(second.number, "replaced"), (third.number, "replaced"), (fourth.number, "replaced"), (fifth.number, "draft")]
    assert list(second.proposals.values_list("pk", flat=True)) == [out.pk]
    assert pairs(third) == pairs(fourth) == pairs(fifth) != set()
    removed.refresh_from_db()
    assert (removed.status, removed.run_id) == ("removed", None)
    assert (removed.student_id, removed.mentor_id) not in pairs(fifth)  # still ruled out
    proposals.allow_again(proposal=removed, by=coordinator)
    assert not Proposal.objects.filter(pk=removed.pk).exists()


def test_an_earlier_draft_is_taken_up_again(coordinator):
    programme = people.crowd(3, 2, capacity=2)
    first = people.run(programme, coordinator)
    second = people.run(programme, coordinator, minimum_score=1)
    assert runs.latest_run(programme) == second
    assert kept.take_up_again(run=first, by=coordinator) == []
    assert (status_of(first), status_of(second)) == ("draft", "replaced")
    assert runs.latest_run(programme) == first
    with pytest.raises(Refused, match="This is the draft already"):
        kept.take_up_again(run=first, by=coordinator)
    publishing.publish_run(run=first, by=coordinator)
    with pytest.raises(Refused):
        publishing.publish_run(run=second, by=coordinator)
    third = people.run(programme, coordinator) if Participant.objects.filter(programme=programme, side="student").count() > 3 else None
    assert third is None
    with pytest.raises(Refused, match="Nothing of this run is left"):
        kept.take_up_again(run=first, by=coordinator)


def test_what_no_longer_stands_does_not_come_along_and_is_named(coordinator):
    programme = people.crowd(5, 5, capacity=1)
    first = people.run(programme, coordinator)
    has_mentor, left, mentor_left, excluded, stays = first.proposals.select_related("student__membership", "mentor__membership").order_by("pk")
    people.run(programme, coordinator)
    make.MentorshipFactory(programme=programme, student=has_mentor.student)
    Participant.objects.filter(pk__in=[left.student_id, mentor_left.mentor_id]).update(withdrawn_at=timezone.now())
    Exclusion.objects.create(programme=programme, student=excluded.student, mentor=excluded.mentor)
    newcomer = make.StudentFactory(programme=programme)
    lines = kept.take_up_again(run=first, by=coordinator)

    def named(one):
        return f"{one.student.name} with {one.mentor.name}"

    assert sorted(lines) == sorted(
        [
            f"{named(has_mentor)}: the student has somebody already.",
            f"{named(left)}: one of them has left.",
            f"{named(mentor_left)}: one of them has left.",
            f"{named(excluded)}: they were excluded for each other.",
        ]
    )
    assert pairs(first) == {(stays.student_id, stays.mentor_id)}
    assert dict(first.unmatched.values_list("student", "code")) == {
        mentor_left.student_id: "left_out", excluded.student_id: "left_out", newcomer.pk: "not_yet_run",
    }  # fmt: skip


def test_a_student_in_two_runs_is_asked_once(coordinator):
    programme = people.crowd(2, 2, capacity=1)
    first = people.run(programme, coordinator)
    second = people.run(programme, coordinator)
    asked = second.proposals.first()
    publishing.publish_run(run=second, by=coordinator, only=[asked.pk])
    kept.take_up_again(run=first, by=coordinator)
    assert asked.student_id not in {student for student, _mentor in pairs(first)}
    assert asked.mentor_id not in {mentor for _student, mentor in pairs(first)}  # the place is taken
    publishing.publish_run(run=first, by=coordinator)
    assert Proposal.objects.filter(student=asked.student_id, status="published").count() == 1


def test_deleting_a_draft(coordinator):
    programme = people.crowd(2, 2, capacity=1)
    first = people.run(programme, coordinator)
    removed = first.proposals.first()
    proposals.remove_proposal(proposal=removed, by=coordinator)
    second = people.run(programme, coordinator)
    kept.delete_run(run=first, by=coordinator)
    with pytest.raises(Refused, match="deleted this draft already"):
        kept.delete_run(run=first, by=coordinator)
    assert list(MatchRun.objects.filter(programme=programme)) == [second]
    assert Proposal.objects.get(pk=removed.pk).run is None
    publishing.publish_run(run=second, by=coordinator, only=[second.proposals.first().pk])
    with pytest.raises(Refused, match="people have been told of them"):
        kept.delete_run(run=second, by=coordinator)
    assert second.proposals.exists()


def test_deleting_twice_without_script_is_once_and_anothers_id_is_still_unknown(coordinator, riverside, sign_in):
    run = people.run(people.crowd(2, 2), coordinator)
    with riverside.scope():
        theirs = people.run(people.crowd(2, 2), riverside.people["coordinator"])
        kept.delete_run(run=theirs, by=riverside.people["coordinator"])
    client = sign_in(coordinator)
    page = reverse("matching:run_delete", args=["northfield", run.pk])
    answers = [client.post(page) for _double_click in range(2)]
    assert [one.url for one in answers] == [address("runs", run.programme_id)] * 2
    assert client.get(page).status_code == 302
    assert "This is deleted already. Nothing was done twice." in client.get(address("runs", run.programme_id)).content.decode()
    for unknown in (theirs.pk, run.pk + 1000):
        assert client.post(reverse("matching:run_delete", args=["northfield", unknown])).status_code == 404


def test_an_exclusion_made_later_holds_in_a_draft_taken_up_again(coordinator):
    programme = people.crowd(2, 2, capacity=1)
    first = people.run(programme, coordinator)
    one, other = first.proposals.select_related("student", "mentor").order_by("pk")
    people.run(programme, coordinator)
    exclusions.exclude_pair(programme=programme, student=one.student, mentor=one.mentor, by=coordinator)
    kept.take_up_again(run=first, by=coordinator)
    assert pairs(first) == {(other.student_id, other.mentor_id)}
    assert set(first.unmatched.values_list("student", flat=True)) == {one.student_id}


@pytest.mark.parametrize("what", ["take_up_again", "delete_run"])
def test_not_while_matching_is_under_way(coordinator, what):
    programme = people.crowd(1, 1)
    first = people.run(programme, coordinator)
    people.run(programme, coordinator)
    Job.objects.create(kind="match", target_id=programme.pk, started_by=coordinator, status="running", beat_at=timezone.now())
    with pytest.raises(Refused, match="Matching is under way"):
        getattr(kept, what)(run=first, by=coordinator)
    assert status_of(first) == "replaced"


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_take_up_two_drafts_at_the_same_moment():
    """One after the other: there is one draft, and both are kept."""
    house = seat("northfield")
    with house.scope():
        coordinator = house.people["coordinator"]
        programme = people.crowd(2, 2)
        first, second, _third = [people.run(programme, coordinator) for _each in range(3)]
    start, outcomes = threading.Barrier(2), []

    def press(run):
        start.wait()
        try:
            with organisation_scope(house.organisation.pk):
                outcomes.append(kept.take_up_again(run=run, by=coordinator))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[run]) for run in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.scope():
        assert outcomes == [[], []]
        assert sorted(MatchRun.objects.filter(programme=programme).values_list("status", flat=True)) == ["draft", "replaced", "replaced"]


# --- the pages -----------------------------------------------------------------------------------


def test_the_list_names_each_by_number_and_rules(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(2, 2)
        first = people.run(programme, coordinator)
        second = people.run(programme, coordinator, minimum_score=10, aim="fairest")
    client, page = sign_in(coordinator), address("runs", programme.pk)
    shown = seen(client.get(page))
    assert "Role 30 · Goals 25 · Place 15 · Time 20 · Fit 10" in shown
    assert "most matched, then the fairest lowest pair, score 10 at least" in shown
    done = client.post(address("run_take_up", first.pk), follow=True)
    assert "Run 1 is the draft again. The other one is kept." in seen(done)
    assert "Delete run 2?" in seen(client.get(address("run_delete", second.pk)))
    with northfield.scope():
        assert MatchRun.objects.filter(pk=second.pk).exists()
    gone = client.post(address("run_delete", second.pk), follow=True)
    assert "Run 2 is deleted." in seen(gone)
    assert client.post(address("run_delete", second.pk)).url == page


def test_the_first_page_says_what_will_be_here(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(1, 1)
    client = sign_in(coordinator)
    assert "No run yet" in seen(client.get(address("runs", programme.pk)))
    assert "No proposal has been published" in seen(client.get(address("out", programme.pk)))


def test_the_list_costs_the_same_for_one_and_for_three(northfield, coordinator, sign_in):
    costs = {}
    for size in (1, 3):
        with northfield.scope():
            programme = people.crowd(2, 2)
            for _again in range(size):
                people.run(programme, coordinator)
        costs[size] = count_queries(sign_in(coordinator), address("runs", programme.pk))
    assert costs[1] == costs[3] <= MOST


def test_of_many_pairs_that_could_not_come_along_the_rest_is_counted(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(14, 14)
        first = people.run(programme, coordinator)
        people.run(programme, coordinator)
        number = first.proposals.count()
        Participant.objects.filter(pk__in=first.proposals.values("mentor")).update(withdrawn_at=timezone.now())
    assert number > 6
    done = seen(sign_in(coordinator).post(address("run_take_up", first.pk), follow=True))
    assert done.count("one of them has left.") == 5
    assert f"{number - 5} more pairs could not come along." in done
