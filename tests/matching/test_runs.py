"""Runs: what the engine says is what is kept; what a coordinator decided stays."""

import pytest

from matching.engine import score_pair, solve
from matching.models import Exclusion, MatchRun, Proposal, UnmatchedStudent
from matching.run_rules import RunRules, engine_settings
from matching.services import pairing, proposals, runs
from matching.services.records import build_pool
from matching.services.refused import Refused
from organisations.models import Job
from organisations.services import jobs
from programmes.models import Participant
from tests import factories as make
from tests.matching import people


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


def pairs(run, status="draft"):
    return set(run.proposals.filter(status=status).values_list("student_id", "mentor_id"))


def test_kept_numbers_are_the_engines(coordinator):
    programme = people.crowd(5, 2)
    rules = RunRules(require_common_slot=True)
    pool = build_pool(programme)
    result = solve(pool.students, pool.mentors, engine_settings(rules, check_from=programme.ends_on), (), pool.forbidden)
    run = runs.make_run(programme=programme, rules=rules, by=coordinator)
    kept = {
        (
            p.student_id,
            p.mentor_id,
            p.score,
            frozenset(p.axes.items()),
            tuple(r["code"] for r in p.reasons_for),
            tuple(r["code"] for r in p.reasons_against),
        )
        for p in run.proposals.all()
    }
    assert kept == {
        (
            m.student_id,
            m.mentor_id,
            m.score,
            frozenset(m.axes.items()),
            tuple(r.code for r in m.reasons_for),
            tuple(r.code for r in m.reasons_against),
        )
        for m in result.matches
    }
    assert len(kept) == 4
    assert [(u.student_id, u.code) for u in run.unmatched.all()] == [(u.student_id, u.reason.code) for u in result.unmatched]
    assert (run.totals["matched"], run.totals["students"], run.totals["points"]) == (4, 5, result.total)
    assert run.totals["certificate"]["gap"] == 0
    assert {one["mentor"]: one["worth"] for one in run.full_mentors} == {
        m.mentor_id: m.more_points for m in result.full_mentors
    }
    alternatives = {p.student_id: p.alternative.get("mentor") for p in run.proposals.all()}
    assert alternatives == {m.student_id: m.alternative.mentor_id if m.alternative else None for m in result.matches}


def test_the_job_makes_the_run_and_says_what_came_of_it(coordinator):
    programme = people.crowd(3, 2)
    job = runs.start_run(programme=programme, rules=RunRules(), by=coordinator)
    assert runs.start_run(programme=programme, rules=RunRules(), by=coordinator) == job
    jobs.run(coordinator.organisation_id, job.pk)
    job.refresh_from_db()
    run = MatchRun.objects.get(programme=programme)
    assert (job.status, job.result) == (Job.Status.DONE, {"run": run.pk, "matched": 3, "students": 3})
    assert (run.number, run.status, run.made_by) == (1, "draft", coordinator)


def test_nobody_to_match_is_said_and_nothing_is_made(coordinator):
    programme = make.ProgrammeFactory()
    people.mentor(programme)
    job = runs.start_run(programme=programme, rules=RunRules(), by=coordinator)
    jobs.run(coordinator.organisation_id, job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert job.message == "There is no student to match: everybody has a mentor, or has been asked."
    assert not MatchRun.objects.filter(programme=programme).exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"capacity": 0}, "nobody_has_places"),
        ({"check_valid_until": None}, "no_check"),
        ({"languages": ["Polish"]}, "no_shared_language"),
    ],
)
def test_nobody_feasible(coordinator, fields, code):
    programme = people.crowd(2, 0)
    people.mentor(programme, **fields)
    run = people.run(programme, coordinator)
    assert list(run.unmatched.values_list("code", flat=True)) == [code, code]
    assert not run.proposals.exists()


def test_no_mentors_at_all(coordinator):
    run = people.run(people.crowd(2, 0), coordinator)
    assert list(run.unmatched.values_list("code", flat=True)) == ["no_mentors", "no_mentors"]


def test_an_untrained_mentor_is_not_matched(coordinator):
    programme = people.crowd(1, 0)
    make.MentorFactory(programme=programme)
    run = people.run(programme, coordinator)
    assert list(run.unmatched.values_list("code", flat=True)) == ["nobody_trained"]


def test_the_line_manager_is_not_matched_whatever_the_case_of_the_address(coordinator):
    programme = people.crowd(1, 0)
    line_manager = make.LineManagerFactory(email="Rhys.Petrov@employers.example")
    people.mentor(programme, membership=make.MembershipFactory(email="rhys.petrov@EMPLOYERS.example"))
    student = Participant.objects.get(programme=programme, side="student")
    student.placements.update(line_manager=line_manager)
    assert list(people.run(programme, coordinator).unmatched.values_list("code", flat=True)) == ["only_line_manager"]


def test_a_second_run_replaces_the_draft_and_compares(coordinator):
    programme = people.crowd(3, 1)
    first = people.run(programme, coordinator)
    people.mentor(programme, capacity=1)
    second = people.run(programme, coordinator)
    first.refresh_from_db()
    assert (first.status, second.status, second.number) == ("replaced", "draft", 2)
    before, now = dict(pairs(first)), dict(pairs(second))
    changed = sum(1 for student in before if now[student] != before[student])
    assert second.totals["previous"] == {"number": 1, "matched": 2, "changed": changed}
    third = people.run(programme, coordinator)
    assert pairs(third) == pairs(second)
    assert third.totals["previous"] == {"number": 2, "matched": 3, "changed": 0}
    assert pairs(first) == set(before.items())  # earlier drafts are kept, to be compared


def test_locks_and_pairs_by_hand_stay(coordinator):
    programme = people.crowd(4, 2, capacity=2)
    first = people.run(programme, coordinator)
    locked = first.proposals.first()
    proposals.lock_proposal(proposal=locked, by=coordinator)
    moved = first.proposals.exclude(mentor=locked.mentor).first()
    other = make.MentorFactory(programme=programme, capacity=1)  # not trained
    made = pairing.pair_by_hand(
        programme=programme, student=moved.student, mentor=other, by=coordinator, reason="They asked for each other"
    )
    assert (made.is_by_hand, made.is_locked) == (True, True)
    second = people.run(programme, coordinator)
    kept = {
        (p.student_id, p.mentor_id): (p.is_locked, p.is_by_hand, p.by_hand_reason)
        for p in second.proposals.filter(is_locked=True)
    }
    assert kept == {
        (locked.student_id, locked.mentor_id): (True, False, ""),
        (moved.student_id, other.pk): (True, True, "They asked for each other"),
    }
    by_hand = second.proposals.get(is_by_hand=True)
    assert by_hand.reasons_against[0] == {"code": "lock_despite", "params": {"rule": "not_trained"}}
    third = people.run(programme, coordinator)
    assert pairs(third) == pairs(second)


def test_a_pair_by_hand_over_the_mentors_places_stays(coordinator):
    programme = people.crowd(3, 1, capacity=2)
    run = people.run(programme, coordinator)
    [without] = [one.student for one in run.unmatched.all()]
    mentor = run.proposals.first().mentor
    made = pairing.pair_by_hand(
        programme=programme, student=without, mentor=mentor, by=coordinator, reason="She offered a third place"
    )
    assert made.reasons_against[0]["params"] == {"rule": "no_places"}
    for proposal in run.proposals.all():
        if not proposal.is_locked:
            proposals.lock_proposal(proposal=proposal, by=coordinator)
    for _again in range(2):
        run = people.run(programme, coordinator)
        assert run.proposals.count() == 3
        assert run.proposals.get(is_by_hand=True).reasons_against[0]["params"] == {"rule": "no_places"}


def test_a_lock_that_the_new_rules_forbid_is_said_by_name_and_the_draft_stays(coordinator):
    programme = people.crowd(1, 1)
    run = people.run(programme, coordinator)
    proposal = run.proposals.get()
    proposals.lock_proposal(proposal=proposal, by=coordinator)
    Participant.objects.filter(pk=proposal.mentor_id).update(check_valid_until=None)
    with pytest.raises(Refused) as refused:
        people.run(programme, coordinator)
    names = (proposal.student.name, proposal.mentor.name)
    assert str(refused.value) == (
        "{} and {} are locked, but the mentor has no background check. "
        "Unlock them, or pair them by hand with a reason.".format(*names)
    )
    run.refresh_from_db()
    assert (run.status, pairs(run)) == ("draft", {(proposal.student_id, proposal.mentor_id)})


def test_a_removed_pair_is_not_made_again_until_allowed(coordinator):
    programme = people.crowd(1, 1)
    run = people.run(programme, coordinator)
    removed = run.proposals.get()
    proposals.remove_proposal(proposal=removed, by=coordinator)
    assert list(run.unmatched.values_list("code", flat=True)) == ["removed_by_hand"]
    again = people.run(programme, coordinator)
    assert list(again.unmatched.values_list("code", flat=True)) == ["all_forbidden"]
    proposals.allow_again(proposal=removed, by=coordinator)
    assert pairs(people.run(programme, coordinator)) == {(removed.student_id, removed.mentor_id)}


def test_put_back_needs_the_place(coordinator):
    programme = people.crowd(2, 1, capacity=1)
    run = people.run(programme, coordinator)
    removed = run.proposals.get()
    other = run.unmatched.get().student
    proposals.remove_proposal(proposal=removed, by=coordinator)
    pairing.pair_by_hand(programme=programme, student=other, mentor=removed.mentor, by=coordinator)
    with pytest.raises(Refused) as refused:
        proposals.put_back(proposal=removed, by=coordinator)
    assert str(refused.value) == "The mentor’s places are taken by other proposals now."
    proposals.remove_proposal(proposal=run.proposals.get(status="draft"), by=coordinator)
    proposals.put_back(proposal=removed, by=coordinator)
    assert pairs(run) == {(removed.student_id, removed.mentor_id)}
    assert list(run.unmatched.values_list("student", "code")) == [(other.pk, "removed_by_hand")]


@pytest.mark.parametrize("rule", ["line_manager", "excluded"])
def test_two_rules_no_reason_sets_aside(coordinator, rule):
    programme = people.crowd(1, 1)
    student, mentor = Participant.objects.filter(programme=programme).order_by("-side")
    if rule == "excluded":
        Exclusion.objects.create(programme=programme, student=student, mentor=mentor)
    else:
        student.placements.update(line_manager=make.LineManagerFactory(email=mentor.membership.email))
    assert pairing.judge_pair(programme, student, mentor).refused == (rule,)
    with pytest.raises(Refused):
        pairing.pair_by_hand(programme=programme, student=student, mentor=mentor, by=coordinator, reason="I insist")
    assert not Proposal.objects.filter(programme=programme).exists()


def test_a_warning_needs_a_reason(coordinator):
    programme = people.crowd(1, 0)
    mentor = make.MentorFactory(programme=programme, capacity=0, check_valid_until=None)
    student = Participant.objects.get(programme=programme, side="student")
    judged = pairing.judge_pair(programme, student, mentor)
    assert judged.warnings == ("no_places", "not_trained", "check_missing")
    with pytest.raises(Refused):
        pairing.pair_by_hand(programme=programme, student=student, mentor=mentor, by=coordinator, reason="  ")
    made = pairing.pair_by_hand(
        programme=programme, student=student, mentor=mentor, by=coordinator, reason="Family friend of the college"
    )
    pool = build_pool(programme)
    engine = score_pair(pool.by_id[student.pk], pool.by_id[mentor.pk], engine_settings(RunRules()))
    assert (made.score, made.axes) == (engine.score, dict(engine.axes))
    assert made.by_hand_reason == "Family friend of the college"


def test_pairing_by_hand_without_a_run_begins_a_draft(coordinator):
    programme = people.crowd(3, 1)
    student = Participant.objects.filter(programme=programme, side="student").first()
    mentor = Participant.objects.get(programme=programme, side="mentor")
    pairing.pair_by_hand(programme=programme, student=student, mentor=mentor, by=coordinator)
    run = MatchRun.objects.get(programme=programme)
    assert (run.status, pairs(run)) == ("draft", {(student.pk, mentor.pk)})
    others = Participant.objects.filter(programme=programme, side="student").exclude(pk=student.pk)
    assert set(run.unmatched.values_list("student", "code")) == {(one.pk, "not_yet_run") for one in others}


def test_pairing_moves_a_student(coordinator):
    programme = people.crowd(1, 2)
    run = people.run(programme, coordinator)
    before = run.proposals.get()
    other = Participant.objects.filter(programme=programme, side="mentor").exclude(pk=before.mentor_id).get()
    pairing.pair_by_hand(programme=programme, student=before.student, mentor=other, by=coordinator)
    assert pairs(run) == {(before.student_id, other.pk)}
    assert not UnmatchedStudent.objects.filter(run=run).exists()
