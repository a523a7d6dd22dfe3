"""Publishing in waves: the part that was seen goes out, once; the rest stays; nothing is half out."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from common.tenancy import organisation_scope
from matching.models import MatchRun, Mentorship, Proposal, UnmatchedStudent, Wave
from matching.services import pairing, proposals, publishing, waves
from matching.services.refused import Refused
from organisations.models import Job
from organisations.services import jobs
from post.models import Letter
from programmes.models import Participant
from tests import factories as make
from tests.cast import seat
from tests.matching import people
from tests.matching.reading import seen, shown_on
from tests.queries import MOST, count_queries


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


def ids_of(run, **narrowed):
    return list(run.proposals.filter(status="draft", **narrowed).order_by("pk").values_list("pk", flat=True))


def statuses(run):
    return list(run.proposals.order_by("pk").values_list("status", flat=True))


def address(name, *args):
    return reverse(f"matching:{name}", args=["northfield", *args])


# --- the service ---------------------------------------------------------------------------------


def test_a_part_goes_out_and_the_rest_stays_a_draft(coordinator):
    run = people.run(people.crowd(4, 4, capacity=1), coordinator)
    first, second, *_rest = ids_of(run)
    published = publishing.publish_run(run=run, by=coordinator, only=[first, second])
    run.refresh_from_db()
    assert (published.count, published.left_out, run.status, run.published_at) == (2, [], "draft", None)
    assert statuses(run) == ["published", "published", "draft", "draft"]
    assert Letter.objects.filter(name="proposal").count() == 4
    publishing.publish_run(run=run, by=coordinator)
    run.refresh_from_db()
    assert (run.status, set(statuses(run))) == ("published", {"published"})
    assert list(Wave.objects.order_by("number").values_list("number", "run")) == [(1, run.pk), (2, run.pk)]
    assert [one.sent for one in waves.waves_of(run.programme)] == [2, 2]
    assert set(Proposal.objects.filter(pk__in=[first, second]).values_list("wave__number", flat=True)) == {1}


def test_a_part_is_chosen_by_course_employer_and_score(coordinator):
    programme = people.crowd(4, 4, capacity=1)
    run = people.run(programme, coordinator)
    rows = list(run.proposals.select_related("student").order_by("pk"))
    Participant.objects.filter(pk__in=[rows[0].student_id, rows[1].student_id]).update(course="T Level Health")
    Proposal.objects.filter(pk=rows[1].pk).update(score=99)
    employer = rows[2].student.placements.get().site.employer_id

    def part(**choice):
        return set(waves.chosen_drafts(run, waves.Choice(**choice)).values_list("pk", flat=True))

    assert part() == {one.pk for one in rows}
    assert part(course="T Level Health") == {rows[0].pk, rows[1].pk}
    assert part(course="T Level Health", least=99) == {rows[1].pk}
    assert part(employer=employer) == {rows[2].pk}
    assert part(employer=employer, course="T Level Health") == set()
    assert dict(waves.courses_in(run)) == {"T Level Health": 2, "T Level Digital Production": 2}
    assert (employer, "") not in waves.employers_in(run)
    assert employer in dict(waves.employers_in(run))


def test_changed_by_hand_while_somebody_publishes_is_left_behind_and_said(coordinator):
    programme = people.crowd(3, 4, capacity=1)
    run = people.run(programme, coordinator)
    seen_ids = ids_of(run)
    moved = run.proposals.select_related("student", "mentor").order_by("pk").first()
    free = Participant.objects.filter(programme=programme, side="mentor").exclude(proposals_as_mentor__run=run).get()
    pairing.pair_by_hand(programme=programme, student=moved.student, mentor=free, by=coordinator)
    removed = run.proposals.get(pk=seen_ids[1])
    proposals.remove_proposal(proposal=removed, by=coordinator)
    published = publishing.publish_run(run=run, by=coordinator, only=seen_ids)
    assert (published.count, published.left_out) == (1, ["2 were changed by hand while you looked, and stay behind."])
    run.refresh_from_db()
    assert run.status == "draft"
    assert run.proposals.get(mentor=free).status == "draft"
    assert not Letter.objects.filter(to_email=free.membership.email).exists()


def test_nothing_left_of_what_was_chosen_is_refused_in_words(coordinator):
    run = people.run(people.crowd(2, 2, capacity=1), coordinator)
    first, second = ids_of(run)
    publishing.publish_run(run=run, by=coordinator, only=[first])
    with pytest.raises(Refused, match="published already"):
        publishing.publish_run(run=run, by=coordinator, only=[first])
    proposals.remove_proposal(proposal=run.proposals.get(pk=second), by=coordinator)
    with pytest.raises(Refused, match="changed meanwhile"):
        publishing.publish_run(run=run, by=coordinator, only=[second])
    assert Letter.objects.filter(name="proposal").count() == 2
    assert Wave.objects.count() == 1


def test_who_withdrew_meanwhile_leaves_the_other_among_those_without(coordinator):
    run = people.run(people.crowd(2, 2, capacity=1), coordinator)
    gone, stays = run.proposals.order_by("pk")
    Participant.objects.filter(pk=gone.mentor_id).update(withdrawn_at=timezone.now())
    published = publishing.publish_run(run=run, by=coordinator)
    assert published.count == 1
    assert list(run.unmatched.values_list("student", "code")) == [(gone.student_id, "left_out")]
    assert list(Wave.objects.get().proposals.values_list("pk", flat=True)) == [stays.pk]


def test_a_wave_of_which_nothing_can_go_out_leaves_no_wave(coordinator):
    run = people.run(people.crowd(1, 1), coordinator)
    Participant.objects.filter(programme=run.programme).update(withdrawn_at=timezone.now())
    assert publishing.publish_run(run=run, by=coordinator).count == 0
    assert not Wave.objects.exists()


def test_matching_again_keeps_what_is_out_and_what_is_agreed(coordinator):
    programme = people.crowd(5, 3, capacity=2)
    run = people.run(programme, coordinator)
    first, second, *_rest = ids_of(run)
    publishing.publish_run(run=run, by=coordinator, only=[first, second])
    agreed, waiting = Proposal.objects.get(pk=first), Proposal.objects.get(pk=second)
    for side in ("student", "mentor"):
        people.say(agreed, side, "accept")
    again = people.run(programme, coordinator)
    agreed.refresh_from_db()
    waiting.refresh_from_db()
    assert (agreed.status, agreed.mentorship.status, waiting.status) == ("accepted", "active", "published")
    students = set(again.proposals.values_list("student", flat=True)) | set(again.unmatched.values_list("student", flat=True))
    assert students == set(Participant.objects.filter(programme=programme, side="student").values_list("pk", flat=True)) - {
        agreed.student_id,
        waiting.student_id,
    }
    used = {}
    for mentor in [*again.proposals.values_list("mentor", flat=True), agreed.mentor_id, waiting.mentor_id]:
        used[mentor] = used.get(mentor, 0) + 1
    assert max(used.values()) <= 2


@pytest.mark.parametrize("how", ["declined", "withdrawn"])
def test_who_comes_back_counts_in_the_present_draft_and_the_old_proposal_stays_as_it_was(coordinator, how):
    programme = people.crowd(2, 2, capacity=1)
    run = people.run(programme, coordinator)
    first, second = ids_of(run)
    publishing.publish_run(run=run, by=coordinator, only=[first])
    out = Proposal.objects.get(pk=first)
    if how == "declined":
        people.say(out, "mentor", "decline", reason="Away")
    else:
        proposals.withdraw_proposal(proposal=out, by=coordinator)
    assert list(run.unmatched.values_list("student", "code")) == [(out.student_id, "came_back")]
    reason = {"reason": "They spoke"} if how == "declined" else {}
    anew = pairing.pair_by_hand(programme=programme, student=out.student, mentor=out.mentor, by=coordinator, **reason)
    out.refresh_from_db()
    assert (out.status, anew.pk != out.pk, anew.status) == (how, True, "draft")
    assert out.answers.count() == (how == "declined")
    assert not anew.answers.exists()
    publishing.publish_run(run=run, by=coordinator, only=[anew.pk])
    for side in ("student", "mentor"):
        people.say(Proposal.objects.get(pk=anew.pk), side, "accept")
    assert Mentorship.objects.filter(proposals=anew).count() == 1
    assert run.proposals.get(pk=second).status == "draft"


# --- two at once ---------------------------------------------------------------------------------


def at_once(house, *calls):
    """Call each in a thread of its own, all at the same moment; returns what each gave, or the words it was refused with."""
    start, outcomes = threading.Barrier(len(calls)), {}

    def press(number, call):
        start.wait()
        try:
            with organisation_scope(house.organisation.pk):
                outcomes[number] = call()
        except Refused as refused:
            outcomes[number] = str(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[number] for number in range(len(calls))]


@pytest.mark.django_db(transaction=True)
def test_two_waves_that_overlap_write_to_nobody_twice():
    house = seat("northfield")
    with house.scope():
        coordinator = house.people["coordinator"]
        run = people.run(people.crowd(4, 4, capacity=1), coordinator)
        ids = ids_of(run)
    outcomes = at_once(
        house,
        lambda: publishing.publish_run(run=run, by=coordinator, only=ids[:3]),
        lambda: publishing.publish_run(run=run, by=coordinator, only=ids[1:]),
    )
    assert sorted(one.count for one in outcomes) == [1, 3]
    assert [one.left_out for one in outcomes if one.count == 1] == [["2 were out already: nobody is written to twice."]]
    with house.scope():
        assert Letter.objects.filter(name="proposal").count() == 8
        assert sorted(Wave.objects.values_list("number", flat=True)) == [1, 2]
        assert set(statuses(run)) == {"published"}


@pytest.mark.django_db(transaction=True)
def test_a_pair_changed_by_hand_at_the_moment_of_publishing_is_either_out_or_changed():
    house = seat("northfield")
    with house.scope():
        coordinator = house.people["coordinator"]
        programme = people.crowd(1, 2, capacity=1)
        run = people.run(programme, coordinator)
        [proposal] = run.proposals.select_related("student", "mentor")
        free = Participant.objects.filter(programme=programme, side="mentor").exclude(pk=proposal.mentor_id).get()
    published, paired = at_once(
        house,
        lambda: publishing.publish_run(run=run, by=coordinator, only=[proposal.pk]),
        lambda: pairing.pair_by_hand(programme=programme, student=proposal.student, mentor=free, by=coordinator),
    )
    with house.scope():
        out = list(Proposal.objects.filter(status="published").values_list("mentor", flat=True))
        drafts = list(Proposal.objects.filter(programme=programme, status="draft").values_list("mentor", flat=True))
        if isinstance(paired, str):  # too late: the student has an open proposal
            assert (published.count, out, drafts) == (1, [proposal.mentor_id], [])
        else:
            assert ("changed meanwhile" in published, out, drafts) == (True, [], [free.pk])
        assert Letter.objects.filter(name="proposal").count() == 2 * len(out)


# --- the job -------------------------------------------------------------------------------------


def test_a_double_press_is_one_job_and_another_part_waits_in_words(coordinator):
    run = people.run(people.crowd(3, 3, capacity=1), coordinator)
    ids = ids_of(run)
    job = publishing.start_publishing(run=run, by=coordinator, only=ids[:2])
    assert publishing.start_publishing(run=run, by=coordinator, only=ids[:2]) == job
    with pytest.raises(Refused, match="Another part of this draft is going out just now"):
        publishing.start_publishing(run=run, by=coordinator, only=ids[2:])
    jobs.run(coordinator.organisation_id, job.pk)
    job.refresh_from_db()
    assert (job.status, job.result["published"], statuses(run)) == ("done", 2, ["published", "published", "draft"])
    publishing.start_publishing(run=run, by=coordinator, only=ids[2:])
    assert Job.objects.filter(kind=publishing.JOB).count() == 2


def test_stopped_half_way_nothing_is_out(coordinator):
    """As a press on Cancel between two batches does: the work is one transaction."""
    run = people.run(people.crowd(3, 3, capacity=1), coordinator)
    calls = []

    def stop(done, total, message=""):
        calls.append(done)
        raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        publishing.publish_run(run=run, by=coordinator, progress=stop)
    assert (calls, set(statuses(run)), Wave.objects.count()) == ([0], {"draft"}, 0)
    assert not Letter.objects.filter(name="proposal").exists()


# --- the page ------------------------------------------------------------------------------------


@pytest.fixture
def drafted(northfield, coordinator):
    programme = people.crowd(3, 3, capacity=1)
    run = people.run(programme, coordinator)
    chosen = run.proposals.order_by("pk").first()
    Participant.objects.filter(pk=chosen.student_id).update(course="T Level Health")
    return run


def run_jobs(house):
    with house.scope():
        waiting = list(Job.objects.filter(status="waiting").values_list("pk", flat=True))
    for job in waiting:
        jobs.run(house.organisation.pk, job)


def test_a_part_is_shown_before_it_is_sent(northfield, coordinator, drafted, sign_in):
    client, page = sign_in(coordinator), address("publish", drafted.programme_id)
    assert "Publish 3 proposals?" in seen(client.get(page))
    part = client.get(page, {"course": "T Level Health"})
    assert "Publish 1 proposal?" in seen(part)
    assert "2 proposals stay in the draft." in seen(part)
    client.post(page, shown_on(part))
    run_jobs(northfield)
    with northfield.scope():
        out = Proposal.objects.get(status="published")
        assert (out.student.course, Wave.objects.get().chosen["course"]) == ("T Level Health", "T Level Health")
    shown = seen(client.get(address("out", drafted.programme_id)))
    assert "0 of 1 proposal is agreed" in shown
    assert "T Level Health" in shown
    assert "1 of them is out, 0 agreed." in seen(client.get(address("programme", drafted.programme_id)))


def test_only_the_ticked_go_out(northfield, coordinator, drafted, sign_in):
    client, page = sign_in(coordinator), address("publish", drafted.programme_id)
    sent = shown_on(client.get(page))
    kept_back = sent["tick"].pop()
    client.post(page, sent)
    run_jobs(northfield)
    with northfield.scope():
        assert list(Proposal.objects.filter(status="draft").values_list("pk", flat=True)) == [kept_back]
        assert Wave.objects.get().chosen["ticked"] is True
    none = client.post(page, shown_on(client.get(page)) | {"tick": []})
    assert "tick at least one proposal" in seen(none)


@pytest.mark.parametrize("change", ["removed", "paired"])
def test_a_page_that_no_longer_says_what_is_there_sends_nothing(northfield, coordinator, drafted, sign_in, change):
    client, page = sign_in(coordinator), address("publish", drafted.programme_id)
    sent = shown_on(client.get(page))
    with northfield.scope():
        if change == "removed":
            proposals.remove_proposal(proposal=drafted.proposals.first(), by=coordinator)
        else:
            student = make.StudentFactory(programme=drafted.programme)
            pairing.pair_by_hand(
                programme=drafted.programme, student=student, mentor=people.mentor(drafted.programme), by=coordinator
            )
    again = client.post(page, sent)
    assert "The draft has changed since you opened this page, so nothing was sent." in seen(again)
    with northfield.scope():
        assert not Job.objects.filter(kind=publishing.JOB).exists()
    assert client.post(page, {"run": drafted.pk}).status_code == 200  # without saying what was seen
    with northfield.scope():
        assert not Job.objects.filter(kind=publishing.JOB).exists()


@pytest.mark.parametrize("query", [{"course": "No such course"}, {"employer": "x"}, {"employer": "999999"}, {"least": "101"}, {"least": "x"}])
def test_what_cannot_be_chosen_is_said_by_its_field(coordinator, drafted, sign_in, query):
    page = sign_in(coordinator).get(address("publish", drafted.programme_id), query)
    assert set(page.context["form"].errors) == set(query)
    assert page.context["count"] == 0


def test_what_is_out_by_how_it_stands(northfield, coordinator, sign_in):
    with northfield.scope():
        programme = people.crowd(4, 4, capacity=1)
        people.publish(programme, coordinator)
        waiting, agreed, declined, lapsed = Proposal.objects.filter(programme=programme).select_related("student__membership").order_by("pk")
        for side in ("student", "mentor"):
            people.say(agreed, side, "accept")
        people.say(declined, "student", "decline")
        people.say(lapsed, "student", "accept")
        Proposal.objects.filter(pk=lapsed.pk).update(status="lapsed", settled_at=timezone.now())
    client, page = sign_in(coordinator), address("out", programme.pk)
    shown = client.get(page)
    assert "1 of 4 proposals is agreed" not in seen(shown)
    assert "1 of 4 proposals are agreed" in seen(shown)
    assert [tab["count"] for tab in shown.context["shown"].tabs] == [1, 1, 1, 1, 0]
    assert [row["student"].pk for row in shown.context["rows"]] == [waiting.student_id]
    by_state = {state: client.get(page, {"state": state}).context["rows"] for state in ("accepted", "declined", "lapsed", "withdrawn")}
    assert {state: [row["student"].pk for row in rows] for state, rows in by_state.items()} == {
        "accepted": [agreed.student_id], "declined": [declined.student_id], "lapsed": [lapsed.student_id], "withdrawn": [],
    }  # fmt: skip
    assert by_state["lapsed"][0]["who"] == "The mentor did not answer"
    found = client.get(page, {"state": "declined", "q": declined.student.membership.first_name})
    assert len(found.context["rows"]) == 1
    assert client.get(page, {"state": "declined", "q": "Nobody of this name"}).context["rows"] == []
    assert client.get(page, {"wave": "7"}).context["shown"].total == 0
    assert client.get(page, {"wave": "x", "state": "nonsense"}).status_code == 200


def test_pages_cost_the_same_for_one_wave_and_for_three(northfield, coordinator, sign_in):
    costs = {}
    for size in (1, 3):
        with northfield.scope():
            programme = people.crowd(3 * size, 3 * size, capacity=1)
            run = people.run(programme, coordinator)
            for number in range(size):
                publishing.publish_run(run=run, by=coordinator, only=ids_of(run)[:2])
                out = run.proposals.filter(status="published").first()
                people.say(out, "student", "accept")
                assert number < 3
        client = sign_in(coordinator)
        costs[size] = [count_queries(client, address(name, programme.pk)) for name in ("out", "publish", "programme")]
    assert costs[1] == costs[3]
    assert max(costs[3]) <= MOST, costs[3]


@pytest.mark.parametrize(
    ("on_days", "sentence"),
    [
        ((1, 2), "is reminded after 1 and 2 days."),
        ((3, 10), "is reminded after 3 days."),  # as programmes had it once: on the tenth day it has long lapsed
        ((1,), "is reminded after 1 day."),
        ((), "Who does not answer is not reminded."),
    ],
)
def test_the_publish_page_says_when_this_programme_reminds(coordinator, drafted, sign_in, on_days, sentence):
    drafted.programme.reminder_rules.all().delete()
    for day in on_days:
        drafted.programme.reminder_rules.create(
            event="proposal_published", offset_days=day, recipient="respondent", letter="proposal_reminder"
        )
    drafted.programme.reminder_rules.create(
        event="proposal_published", offset_days=2, recipient="coordinator", letter="proposal_reminder", is_active=False
    )
    html = sign_in(coordinator).get(address("publish", drafted.programme_id)).content.decode()
    assert sentence in html


def test_who_has_somebody_already_is_not_counted_among_those_without_a_proposal(coordinator, drafted, sign_in):
    """Of the two that stay behind one has a mentor by now, the other only lost theirs."""
    has_one, lost_theirs = drafted.proposals.filter(status="draft").order_by("pk")[:2]
    mentorship = make.MentorshipFactory(programme=drafted.programme, student=has_one.student)
    assert mentorship.status == "active"
    type(lost_theirs.mentor).objects.filter(pk=lost_theirs.mentor_id).update(withdrawn_at=timezone.now())
    UnmatchedStudent.objects.filter(run=drafted).delete()
    page = sign_in(coordinator).get(address("publish", drafted.programme_id))
    assert len(page.context["left_out"]) == 2
    assert "1 student without a proposal hears nothing yet." in page.context["consequences"]


def test_a_run_that_is_made_while_a_wave_goes_out_knows_who_was_asked(coordinator):
    """Matching under way: the wave is refused in words, so that no student is in both."""
    programme = people.crowd(2, 2, capacity=1)
    run = people.run(programme, coordinator)
    Job.objects.create(kind="match", target_id=programme.pk, started_by=coordinator, status="running", beat_at=timezone.now())
    with pytest.raises(Refused, match="Matching is under way just now"):
        publishing.publish_run(run=run, by=coordinator)
    Job.objects.update(status="done")
    publishing.publish_run(run=run, by=coordinator, only=ids_of(run)[:1])
    again = people.run(programme, coordinator)
    assert (again.totals["students"], MatchRun.objects.get(pk=run.pk).status) == (1, "replaced")
    assert again.made_at - run.made_at < dt.timedelta(minutes=5)
