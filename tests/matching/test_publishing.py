"""Publishing: each side one letter, once, whoever presses first; what changed meanwhile is left out and said."""

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from common.tenancy import organisation_scope
from matching.models import Exclusion, MatchRun, Proposal
from matching.services import exclusions, publishing
from matching.services.pairing import pair_by_hand
from matching.services.records import build_pool
from matching.services.refused import Refused
from organisations.enums import Purpose
from organisations.models import Job, SignedLink
from organisations.services import jobs
from post.models import Letter
from programmes.models import Participant
from programmes.signals import participant_withdrawn
from tests import factories as make
from tests.cast import seat
from tests.matching import people


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


def test_both_sides_get_one_letter_with_their_own_link(coordinator):
    run = people.run(people.crowd(2, 2), coordinator)
    published = publishing.publish_run(run=run, by=coordinator)
    assert (published.count, published.left_out) == (2, [])
    proposals = list(Proposal.objects.filter(run=run).select_related("student__membership", "mentor__membership"))
    assert {one.status for one in proposals} == {"published"}
    expected = sorted(person.membership.email for one in proposals for person in (one.student, one.mentor))
    assert sorted(Letter.objects.filter(name="proposal").values_list("to_email", flat=True)) == expected
    links = SignedLink.objects.filter(purpose=Purpose.PROPOSAL).values_list("target_id", "membership_id")
    assert set(links) == {(one.pk, person.membership_id) for one in proposals for person in (one.student, one.mentor)}
    one = proposals[0]
    assert (one.answer_by - timezone.localdate()).days == run.programme.answer_days


def test_a_letter_says_who_why_and_until_when(coordinator):
    proposal = people.one_out(coordinator)
    letter = Letter.objects.get(name="proposal", to_email=proposal.student.membership.email)
    assert proposal.mentor.name in letter.text
    assert "Same line of work (digital), 8 years in it." in letter.text
    assert "Both free on Monday mornings and Tuesday afternoons." in letter.text


def test_publishing_twice_sends_once_and_says_so(coordinator):
    run = people.run(people.crowd(2, 2), coordinator)
    publishing.publish_run(run=run, by=coordinator)
    with pytest.raises(Refused) as refused:
        publishing.publish_run(run=run, by=coordinator)
    assert str(refused.value) == "These proposals are published already. Nobody was written to a second time."
    assert Letter.objects.filter(name="proposal").count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_the_same_moment():
    house = seat("northfield")
    with house.scope():
        coordinator = house.people["coordinator"]
        run = people.run(people.crowd(3, 3), coordinator)
    outcomes, start = [], threading.Barrier(2)

    def press():
        start.wait()
        try:
            with organisation_scope(house.organisation.pk):
                outcomes.append(publishing.publish_run(run=run, by=coordinator).count)
        except Refused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [3, "These proposals are published already. Nobody was written to a second time."]
    with house.scope():
        assert Letter.objects.filter(name="proposal").count() == 6


def test_who_left_was_taken_or_excluded_meanwhile_is_left_out_and_named(coordinator):
    programme = people.crowd(5, 5, capacity=1)
    run = people.run(programme, coordinator)
    withdrawn, taken, excluded, line_managed, stays = run.proposals.select_related(
        "student__membership", "mentor__membership"
    ).order_by("pk")
    Participant.objects.filter(pk=withdrawn.mentor_id).update(withdrawn_at=timezone.now())
    make.MentorshipFactory(programme=programme, student=taken.student)
    Exclusion.objects.create(programme=programme, student=excluded.student, mentor=excluded.mentor)
    line_managed.student.placements.update(line_manager=make.LineManagerFactory(email=line_managed.mentor.membership.email))
    published = publishing.publish_run(run=run, by=coordinator)
    assert published.count == 1

    def names(one):
        return f"{one.student.name} with {one.mentor.name}"

    assert published.left_out == [
        f"{names(withdrawn)}: one of them has left.",
        f"{names(taken)}: the student has somebody already.",
        f"{names(excluded)}: they were excluded for each other.",
        f"{names(line_managed)}: the mentor is the student’s line manager.",
    ]
    assert set(Letter.objects.values_list("to_email", flat=True)) == {
        stays.student.membership.email,
        stays.mentor.membership.email,
    }
    assert list(Proposal.objects.filter(run=run).order_by("pk").values_list("status", flat=True)) == ["withdrawn"] * 4 + [
        "published"
    ]


def test_places_that_are_gone_meanwhile_leave_out_what_was_not_locked_and_the_weaker(coordinator, northfield, sign_in):
    """Three students for a mentor who can take one by now: the locked pair goes out, the page says so before and after."""
    programme = people.crowd(3, 1, capacity=3)
    run = people.run(programme, coordinator)
    locked, *others = run.proposals.select_related("student__membership", "mentor__membership").order_by("score", "pk")
    Proposal.objects.filter(pk=locked.pk).update(is_locked=True)
    mentor = locked.mentor
    Participant.objects.filter(pk=mentor.pk).update(capacity=1)
    sentences = {f"{one.student.name} with {mentor.name}: the mentor has no place left." for one in others}
    page = sign_in(coordinator).get(reverse("matching:publish", args=["northfield", programme.pk]))
    assert (set(page.context["left_out"]), page.context["count"], page.context["letters"]) == (sentences, 1, 2)
    published = publishing.publish_run(run=run, by=coordinator)
    assert (published.count, set(published.left_out)) == (1, sentences)
    assert set(Proposal.objects.filter(run=run).values_list("pk", "status")) == {
        (locked.pk, "published"), *((one.pk, "withdrawn") for one in others)
    }  # fmt: skip
    addresses = {locked.student.membership.email, mentor.membership.email}
    assert set(Letter.objects.filter(name="proposal").values_list("to_email", flat=True)) == addresses
    assert {one.id for one in build_pool(programme).students} == {one.student_id for one in others}


def test_places_set_aside_with_a_reason_stand(coordinator):
    programme = people.crowd(2, 1, capacity=1)
    run = people.run(programme, coordinator)
    taken = run.proposals.get()
    left = run.unmatched.get().student
    pair_by_hand(programme=programme, student=left, mentor=taken.mentor, by=coordinator, reason="She offered")
    assert publishing.publish_run(run=run, by=coordinator) == publishing.Published(2, [])


def test_training_taken_back_meanwhile_leaves_out(coordinator):
    programme = people.crowd(1, 1)
    run = people.run(programme, coordinator)
    run.proposals.get().mentor.code_signatures.all().delete()
    published = publishing.publish_run(run=run, by=coordinator)
    proposal = run.proposals.get()
    assert published.left_out == [
        f"{proposal.student.name} with {proposal.mentor.name}: the mentor’s training is not complete."
    ]
    assert not Letter.objects.filter(name="proposal").exists()


def test_the_job_publishes_and_keeps_what_was_left_out(coordinator):
    run = people.run(people.crowd(2, 2, capacity=1), coordinator)
    gone = run.proposals.select_related("student__membership", "mentor__membership").order_by("pk").first()
    Participant.objects.filter(pk=gone.student_id).update(withdrawn_at=timezone.now())
    job = publishing.start_publishing(run=run, by=coordinator)
    assert publishing.start_publishing(run=run, by=coordinator) == job
    jobs.run(coordinator.organisation_id, job.pk)
    job.refresh_from_db()
    assert (job.status, job.result["published"]) == (Job.Status.DONE, 1)
    assert job.result["left_out"] == [f"{gone.student.name} with {gone.mentor.name}: one of them has left."]
    late = Job.objects.create(kind=publishing.JOB, target_id=run.pk, started_by=coordinator)
    jobs.run(coordinator.organisation_id, late.pk)
    late.refresh_from_db()
    assert (late.status, late.message) == (
        Job.Status.FAILED,
        "These proposals are published already. Nobody was written to a second time.",
    )


def test_an_exclusion_clears_the_draft_and_takes_back_what_is_out(coordinator):
    programme = people.crowd(1, 1)
    run = people.run(programme, coordinator)
    draft = run.proposals.get()
    made = exclusions.exclude_pair(
        programme=programme, student=draft.student, mentor=draft.mentor, by=coordinator, reason="Cousins"
    )
    assert exclusions.exclude_pair(programme=programme, student=draft.student, mentor=draft.mentor, by=coordinator) == made
    assert (run.proposals.count(), run.unmatched.count()) == (0, 1)
    out = people.one_out(coordinator)
    exclusions.exclude_pair(
        programme=out.programme, student=out.student, mentor=out.mentor, by=coordinator, reason="Cousins"
    )
    out.refresh_from_db()
    assert out.status == "withdrawn"
    letters = Letter.objects.filter(name="proposal_closed")
    assert letters.count() == 2
    assert not any("Cousins" in letter.text + letter.html + letter.subject for letter in Letter.objects.all())


def test_when_somebody_withdraws_only_the_other_is_written_to(coordinator):
    proposal = people.one_out(coordinator)
    Participant.objects.filter(pk=proposal.student_id).update(withdrawn_at=timezone.now())
    participant_withdrawn.send(sender=Participant, participant=proposal.student, by=coordinator)
    proposal.refresh_from_db()
    assert proposal.status == "withdrawn"
    assert [one.to_email for one in Letter.objects.filter(name="proposal_closed")] == [proposal.mentor.membership.email]
    assert [one.capacity for one in build_pool(proposal.programme).mentors] == [2]


def test_the_newest_run_is_the_one_that_counts(coordinator):
    programme = people.crowd(2, 2)
    old = people.run(programme, coordinator)
    people.run(programme, coordinator)
    old.refresh_from_db()
    with pytest.raises(Refused) as refused:
        publishing.publish_run(run=old, by=coordinator)
    assert str(refused.value) == "There is a newer draft by now. Please look at that one before publishing."
    assert MatchRun.objects.filter(programme=programme, status="published").count() == 0


def test_when_somebody_leaves_the_organisation_their_open_proposals_are_taken_back(coordinator, northfield):
    """Said before, done then; who is not concerned keeps theirs."""
    from organisations.services.people import take_out, what_goes

    proposal, other = people.one_out(coordinator), people.one_out(coordinator)
    leaver = proposal.mentor.membership
    Letter.objects.all().delete()
    assert "1 open proposal is taken back." in what_goes(leaver)
    assert "1 running mentorship stays as it is: end it on its own page." in what_goes(northfield.people["mentor"])
    take_out(membership=leaver, by=coordinator)
    statuses = [Proposal.objects.get(pk=one.pk).status for one in (proposal, other)]
    assert statuses == ["withdrawn", "published"]
    assert list(Letter.objects.values_list("name", "to_email")) == [("proposal_closed", proposal.student.membership.email)]
    assert [line for line in what_goes(leaver) if "proposal" in line] == []
