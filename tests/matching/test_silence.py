"""Silence: nudged after one day and two, then back in the pool, with words for each, once."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from checkins.services.reminders import send_due
from common.tenancy import organisation_scope
from matching.models import Mentorship, Proposal
from matching.services import answers, silence
from matching.services.records import build_pool
from matching.services.refused import Refused
from post.models import Letter
from programmes.models import ReminderRule
from programmes.reminder_rules import STANDARD_RULES
from tests.cast import seat
from tests.matching import people

TO_COORDINATORS = "lapsed_coordinator"


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


def after(proposal, days=1):
    return proposal.answer_by + dt.timedelta(days=days)


def test_lapsing_closes_what_is_overdue_once_and_tells_both(northfield, riverside):
    out = {}
    for house in (northfield, riverside):
        with house.scope():
            out[house.organisation.slug] = [people.one_out(house.people["coordinator"]) for _ in range(2)]
    last_day = out["northfield"][0].answer_by
    with northfield.scope():
        Proposal.objects.filter(pk=out["northfield"][1].pk).update(answer_by=last_day + dt.timedelta(days=5))
    assert silence.lapse_proposals(last_day) == 0
    assert silence.lapse_proposals(last_day + dt.timedelta(days=1)) == 3
    assert silence.lapse_proposals(last_day + dt.timedelta(days=1)) == 0
    with northfield.scope():
        assert [Proposal.objects.get(pk=one.pk).status for one in out["northfield"]] == ["lapsed", "published"]
        assert Letter.objects.filter(name="proposal_lapsed", organisation_id=northfield.organisation.pk).count() == 2
        assert len(build_pool(out["northfield"][0].programme).students) == 1


def test_the_last_day_is_counted_where_the_organisation_is(northfield, time_machine_at):
    with northfield.scope():
        proposal = people.one_out(northfield.people["coordinator"])
        type(northfield.organisation).objects.filter(pk=northfield.organisation.pk).update(time_zone="Pacific/Auckland")
        last_day = proposal.answer_by
    # 10:30 in London on the last day is still that day in Auckland (before 11:00 or 12:00 UTC); 13:00 is the next.
    with time_machine_at(dt.datetime.combine(last_day, dt.time(10, 30), dt.UTC)):
        assert silence.lapse_proposals() == 0
    with time_machine_at(dt.datetime.combine(last_day, dt.time(13, 0), dt.UTC)):
        assert silence.lapse_proposals() == 1


@pytest.fixture
def time_machine_at():
    import time_machine

    return lambda moment: time_machine.travel(moment, tick=False)


def test_one_proposals_trouble_does_not_stop_the_others_from_lapsing(coordinator, monkeypatch):
    first, second = people.one_out(coordinator), people.one_out(coordinator)
    lapse = silence.lapse_proposal

    def stumble(proposal, **kwargs):
        if proposal.pk == first.pk:
            raise RuntimeError("KANARIE")
        return lapse(proposal, **kwargs)

    monkeypatch.setattr(silence, "lapse_proposal", stumble)
    assert silence.lapse_proposals(second.answer_by + dt.timedelta(days=1)) == 1
    assert [Proposal.objects.get(pk=one.pk).status for one in (first, second)] == ["published", "lapsed"]


# --- what each is told ---------------------------------------------------------------------------


@pytest.mark.parametrize("answered", [(), ("student",), ("mentor",)])
def test_who_did_not_answer_is_told_so_and_who_did_hears_only_that_it_is_over(coordinator, answered):
    proposal = people.one_out(coordinator)
    for side in answered:
        people.say(proposal, side, "accept")
    assert silence.lapse_proposals(after(proposal)) == 1
    told = {one.to_email: one.name for one in Letter.objects.filter(name__in=["proposal_closed", "proposal_lapsed"])}
    assert told == {
        person.membership.email: "proposal_closed" if person.side in answered else "proposal_lapsed"
        for person in (proposal.student, proposal.mentor)
    }
    for one in Letter.objects.filter(name="proposal_closed"):
        assert "heard nothing" not in one.text
        assert "answer" not in one.text
    pool = build_pool(proposal.programme)
    assert ([one.id for one in pool.students], pool.mentors[0].capacity) == ([proposal.student_id], 2)
    assert proposal.run.unmatched.get(student=proposal.student).code == "came_back"


def test_coordinators_get_one_letter_for_all_of_a_day(coordinator):
    programme = people.crowd(3, 3)
    people.publish(programme, coordinator)
    other = people.one_out(coordinator)
    silence.lapse_proposals(after(other))
    silence.lapse_proposals(after(other))
    letters = Letter.objects.filter(name=TO_COORDINATORS)
    assert sorted(one.text.split("Hello")[1].count("3 proposals were not answered") for one in letters) == [0, 1]
    assert {one.to_email for one in letters} == {coordinator.email}
    assert letters.count() == 2  # one a programme


def test_a_sweep_cut_off_before_it_told_the_coordinators_is_made_good(coordinator):
    proposal = people.one_out(coordinator)
    silence.lapse_proposal(proposal, today=after(proposal))
    assert not Letter.objects.filter(name=TO_COORDINATORS).exists()
    assert silence.lapse_proposals(after(proposal)) == 0
    assert Letter.objects.filter(name=TO_COORDINATORS).count() == 1


def test_silence_two_days_ago_is_no_news(coordinator):
    proposal = people.one_out(coordinator)
    silence.lapse_proposal(proposal, today=after(proposal))
    Proposal.objects.filter(pk=proposal.pk).update(settled_at=timezone.now() - dt.timedelta(days=2))
    silence.lapse_proposals(after(proposal))
    assert not Letter.objects.filter(name=TO_COORDINATORS).exists()


# --- nudges --------------------------------------------------------------------------------------


def test_a_nudge_on_the_first_and_the_second_day_for_whoever_has_not_answered(coordinator):
    proposal = people.one_out(coordinator)
    for spec in STANDARD_RULES:
        if spec.event == "proposal_published":
            ReminderRule.objects.create(
                programme=proposal.programme, event=spec.event, offset_days=spec.offset_days,
                recipient=spec.recipient, letter=spec.letter,
            )  # fmt: skip
    people.say(proposal, "mentor", "accept")
    sent = []
    for day in range(5):
        at = timezone.now() + dt.timedelta(days=day, hours=day)  # a little later each day, as a sweep is
        sent.append(send_due(coordinator.organisation_id, at=at))
    assert sent == [0, 1, 1, 0, 0]
    nudges = Letter.objects.filter(name="proposal_reminder")
    assert {one.to_email for one in nudges} == {proposal.student.membership.email}


# --- again ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("repeat", "matched"), [(True, 1), (False, 0)])
def test_the_rules_say_whether_an_unanswered_pair_may_come_again(coordinator, repeat, matched):
    proposal = people.one_out(coordinator)
    silence.lapse_proposals(after(proposal))
    run = people.run(proposal.programme, coordinator, repeat_unanswered=repeat)
    assert run.totals["matched"] == matched
    assert list(run.unmatched.values_list("code", flat=True)) == ([] if repeat else ["all_forbidden"])


@pytest.mark.django_db(transaction=True)
def test_the_last_yes_and_the_sweep_at_the_same_moment():
    """Whichever comes first counts; there is never a mentorship of a lapsed proposal."""
    house = seat("northfield")
    with house.scope():
        before = Mentorship.objects.count()
        proposal = people.one_out(house.people["coordinator"])
        people.say(proposal, "student", "accept")
        people.send_card(proposal, "mentor")
        mentor = proposal.mentor.membership
    start, outcome = threading.Barrier(3), []

    def accept():
        start.wait()
        try:
            with organisation_scope(house.organisation.pk):
                answers.answer_proposal(proposal=proposal, side="mentor", decision="accept", by=mentor)
            outcome.append("agreed")
        except Refused:
            outcome.append("lapsed")
        finally:
            connection.close()

    def sweep():
        start.wait()
        try:
            silence.lapse_proposals(after(proposal))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for one in (accept, sweep, sweep)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.scope():
        proposal.refresh_from_db()
        agreed = outcome == ["agreed"]
        assert (proposal.status, Mentorship.objects.count() - before) == (("accepted", 1) if agreed else ("lapsed", 0))
        assert Letter.objects.filter(name="proposal_lapsed").count() == (0 if agreed else 1)
