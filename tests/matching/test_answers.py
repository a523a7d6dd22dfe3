"""Yes and no: what each answer does, who hears of it, and who never hears why."""

import threading

import pytest
from django.db import connection

from audit.models import Event
from common.tenancy import organisation_scope
from matching.models import Agreement, Mentorship, MentorshipMember, Proposal, ProposalAnswer
from matching.services import answers
from matching.services.records import build_pool
from matching.services.refused import Refused
from matching.signals import match_confirmed
from organisations.days import local_today
from post.models import Letter
from tests.cast import seat
from tests.matching import people

CANARY = "He shouted at my sister-in-law"


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def news():
    heard = []

    def hear(sender, mentorship, by, **kwargs):
        heard.append((mentorship.pk, by))

    match_confirmed.connect(hear)
    yield heard
    match_confirmed.disconnect(hear)


def test_one_yes_waits(coordinator, news):
    proposal = people.one_out(coordinator)
    people.say(proposal, "student", "accept")
    proposal.refresh_from_db()
    assert proposal.status == "published"
    assert (proposal.answers.get().side, proposal.mentorship) == ("student", None)
    assert news == []


def test_two_yes_make_the_mentorship(coordinator, news):
    proposal = people.one_out(coordinator)
    placement = proposal.student.placements.get()
    people.say(proposal, "mentor", "accept")
    people.say(proposal, "student", "accept", by_link=True)
    proposal.refresh_from_db()
    mentorship = proposal.mentorship
    today = local_today(proposal.organisation)
    assert (proposal.status, mentorship.stage, mentorship.status) == ("accepted", "rapport", "active")
    assert (mentorship.placement, mentorship.started_on, mentorship.ends_on) == (placement, today, placement.ends_on)
    assert set(mentorship.members.values_list("participant", "side")) == {
        (proposal.student_id, "student"),
        (proposal.mentor_id, "mentor"),
    }
    assert Agreement.objects.get(mentorship=mentorship).signed_at is None
    assert news == [(mentorship.pk, proposal.student.membership)]
    people_in_it = sorted([proposal.student.membership.email, proposal.mentor.membership.email])
    for name in ("mentorship_started", "agreement_to_sign"):
        assert sorted(Letter.objects.filter(name=name).values_list("to_email", flat=True)) == people_in_it
    assert set(Letter.objects.filter(name="proposal").values_list("status", flat=True)) == {"dropped"}
    assert build_pool(proposal.programme).students == ()
    started = Letter.objects.get(name="mentorship_started", to_email=proposal.student.membership.email)
    assert f"http://testserver/o/northfield/mentorships/{mentorship.pk}/" in started.text


def test_a_yes_may_become_a_no_until_the_other_answers(coordinator):
    proposal = people.one_out(coordinator)
    people.say(proposal, "student", "accept")
    people.say(proposal, "student", "decline")
    proposal.refresh_from_db()
    assert proposal.status == "declined"
    assert list(proposal.answers.values_list("side", "decision")) == [("student", "decline")]


@pytest.mark.parametrize("side", ["student", "mentor"])
def test_a_no_frees_both_and_its_reason_stays_with_coordinators(coordinator, side):
    proposal = people.one_out(coordinator)
    people.say(proposal, side, "decline", reason=CANARY)
    proposal.refresh_from_db()
    assert proposal.status == "declined"
    assert ProposalAnswer.objects.get(proposal=proposal).reason == CANARY
    other = proposal.mentor if side == "student" else proposal.student
    assert [one.to_email for one in Letter.objects.filter(name="proposal_closed")] == [other.membership.email]
    assert [one.to_email for one in Letter.objects.filter(name="declined_coordinator")] == [coordinator.email]
    assert not any(CANARY in one.subject + one.text + one.html for one in Letter.objects.all())
    assert not any(CANARY in str(one.data) for one in Event.objects.all())
    pool = build_pool(proposal.programme)
    assert ([one.id for one in pool.students], pool.mentors[0].capacity) == ([proposal.student_id], 2)
    assert pool.forbidden == {(proposal.student_id, proposal.mentor_id)}


@pytest.mark.parametrize("status", ["declined", "accepted", "lapsed", "withdrawn", "draft"])
def test_a_settled_proposal_takes_no_answer(coordinator, status):
    proposal = people.one_out(coordinator)
    Proposal.objects.filter(pk=proposal.pk).update(status=status)
    with pytest.raises(Refused):
        people.say(proposal, "student", "accept")
    assert not ProposalAnswer.objects.exists()


def test_who_left_since_cannot_be_accepted(coordinator):
    proposal = people.one_out(coordinator)
    type(proposal.mentor.membership).objects.filter(pk=proposal.mentor.membership_id).update(left_at="2026-01-01T00:00Z")
    with pytest.raises(Refused):
        people.say(proposal, "student", "accept")
    assert not ProposalAnswer.objects.exists()


def test_a_student_never_gets_two_mentorships(coordinator):
    proposal = people.one_out(coordinator)
    people.say(proposal, "student", "accept")
    other = people.together(coordinator)
    MentorshipMember.objects.create(mentorship=other, participant=proposal.student, side="student")
    with pytest.raises(Refused):
        people.say(proposal, "mentor", "accept")
    assert Mentorship.objects.filter(members__participant=proposal.student).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["accept", "decline"])
def test_both_answer_at_the_same_moment(second):
    house = seat("northfield")
    with house.scope():
        before = Mentorship.objects.count()
        proposal = people.one_out(house.people["coordinator"])
        for side in ("student", "mentor"):
            people.send_card(proposal, side)
        persons = {"student": proposal.student.membership, "mentor": proposal.mentor.membership}
    start, outcomes = threading.Barrier(2), []

    def press(side, decision):
        start.wait()
        try:
            with organisation_scope(house.organisation.pk):
                answers.answer_proposal(proposal=proposal, side=side, decision=decision, by=persons[side])
            outcomes.append((side, "said"))
        except Refused:
            outcomes.append((side, "too late"))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in (("student", "accept"), ("mentor", second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.scope():
        proposal.refresh_from_db()
        made = Mentorship.objects.count() - before
        assert ("mentor", "said") in outcomes
        assert (proposal.status, made) == (("accepted", 1) if second == "accept" else ("declined", 0))
        assert Letter.objects.filter(name="mentorship_started").count() == 2 * made
