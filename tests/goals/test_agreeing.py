"""Both agree a goal's words: one proposes, the other says yes; an agreed goal stays until a change is agreed too."""

import pytest

from common.refused import Refused
from goals.detail import GoalPage
from goals.models import Goal, GoalAgreement, GoalWording
from goals.services import goals as service
from goals.services import wordings
from goals.services.handover import carry_over
from matching.models import Mentorship, MentorshipMember
from tests import factories as make
from tests.goals.helpers import agreed_goal, fresh, soon, url, write


def words(title, **fields):
    return {"title": title, "measure": "", "why": "", "work": "", "due_on": None} | fields


def test_who_writes_says_yes_and_the_other_sides_yes_makes_it_agreed(northfield, sign_in):
    with northfield.scope():
        goal = write(northfield)
        assert (goal.pending, goal.agreed_at) == ("mentor", None)
    client = sign_in(northfield.people["mentor"])
    assert "Student Example proposes this goal" in client.get(url(northfield, "detail", goal.pk)).content.decode()
    for _double_click in range(2):
        client.post(url(northfield, "agree", goal.pk), {"number": "1"})
    with northfield.scope():
        assert list(GoalAgreement.objects.values_list("side", "name")) == [("student", "Student Example"), ("mentor", "Mentor Example")]
        assert (fresh(goal).pending, fresh(goal).agreed_at is None) == ("", False)
    html = client.get(url(northfield, "detail", goal.pk)).content.decode()
    assert "Agreed by both" in html
    assert "proposes this goal" not in html


def test_a_coordinators_goal_waits_for_both_and_a_coordinator_agrees_for_nobody(northfield, sign_in):
    with northfield.scope():
        goal = write(northfield, "coordinator")
    sign_in(northfield.people["coordinator"]).post(url(northfield, "agree", goal.pk), {"number": "1"})
    with northfield.scope():
        assert (fresh(goal).pending, GoalAgreement.objects.count()) == ("both", 0)


@pytest.mark.parametrize("who", ["tutor", "owner"])
def test_others_do_not_agree(northfield, sign_in, who):
    with northfield.scope():
        goal = write(northfield)
    assert sign_in(northfield.people[who]).post(url(northfield, "agree", goal.pk), {"number": "1"}).status_code == 403
    with northfield.scope():
        assert fresh(goal).pending == "mentor"


def test_a_goal_nobody_agreed_takes_new_words_at_once_and_the_yes_is_asked_anew(northfield):
    with northfield.scope():
        goal = write(northfield)
        wordings.propose_wording(goal=goal, by=northfield.people["mentor"], side="mentor", **words("Brief three colleagues"))
        assert (fresh(goal).title, fresh(goal).number, fresh(goal).pending) == ("Brief three colleagues", 2, "student")
        wordings.agree_wording(goal=goal, number=2, by=northfield.people["student"], side="student")
        assert (fresh(goal).pending, fresh(goal).agreed_at is None) == ("", False)


def test_an_agreed_goal_keeps_its_words_until_both_said_yes_to_the_change(northfield, sign_in):
    with northfield.scope():
        goal = agreed_goal(northfield)
    client = sign_in(northfield.people["mentor"])
    sent = {"title": "Brief three colleagues", "due_on": soon(9).isoformat(), "base": "1"}
    assert client.post(url(northfield, "edit", goal.pk), sent).status_code == 302
    with northfield.scope():
        assert (fresh(goal).title, fresh(goal).pending) == (goal.title, "student")
    client = sign_in(northfield.people["student"])
    html = client.get(url(northfield, "detail", goal.pk)).content.decode()
    assert "Mentor Example proposes a change" in html
    assert "Brief three colleagues" in html
    client.post(url(northfield, "agree", goal.pk), {"number": "2"})
    with northfield.scope():
        found = fresh(goal)
        assert (found.title, found.due_on, found.pending, found.number) == ("Brief three colleagues", soon(9), "", 2)


def test_a_change_may_be_left_and_another_proposed_afterwards(northfield, sign_in):
    with northfield.scope():
        goal = agreed_goal(northfield)
        wordings.propose_wording(goal=goal, by=northfield.people["mentor"], side="mentor", **words("Something else"))
    client = sign_in(northfield.people["student"])
    client.post(url(northfield, "agree", goal.pk), {"number": "2", "keep": "1"})
    client.post(url(northfield, "agree", goal.pk), {"number": "2"})  # it is closed: a late yes changes nothing
    with northfield.scope():
        found = fresh(goal)
        assert (found.title, found.pending, found.number) == (goal.title, "", 1)
        wordings.propose_wording(goal=goal, by=northfield.people["student"], side="student", base=2, **words("A third way"))
        assert (fresh(goal).title, fresh(goal).pending) == (goal.title, "mentor")


def test_a_yes_to_words_that_have_changed_meanwhile_counts_for_nothing_and_says_so(northfield, sign_in):
    with northfield.scope():
        goal = write(northfield)
        wordings.propose_wording(goal=goal, by=northfield.people["student"], side="student", **words("Other words"))
    client = sign_in(northfield.people["mentor"])
    answer = client.post(url(northfield, "agree", goal.pk), {"number": "1"}, follow=True)
    assert "Student Example changed this goal while you had it open." in answer.content.decode()
    with northfield.scope():
        assert fresh(goal).pending == "mentor"


def test_two_who_edit_at_once_the_later_is_told_and_nothing_is_lost(northfield, sign_in):
    with northfield.scope():
        goal = write(northfield)
        wordings.propose_wording(goal=goal, by=northfield.people["student"], side="student", base=1, **words("The quicker one’s words"))
    client = sign_in(northfield.people["mentor"])
    sent = {"title": "The slower one’s words", "why": "Typed with care", "base": "1"}
    answer = client.post(url(northfield, "edit", goal.pk), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert [text in html for text in ("Somebody was quicker", "The quicker one’s words", "The slower one’s words", "Typed with care")] == [True] * 4
    assert [row[:3] for row in answer.context["was"] if row[0] == "goal"] == [("goal", goal.title, "The quicker one’s words")]
    with northfield.scope():
        assert fresh(goal).title == "The quicker one’s words"
    client.post(url(northfield, "edit", goal.pk), sent | {"base": "2"})
    with northfield.scope():
        assert (fresh(goal).title, GoalWording.objects.filter(goal=goal).count()) == ("The slower one’s words", 3)


def test_the_same_words_again_are_no_change(northfield):
    with northfield.scope():
        goal = agreed_goal(northfield)
        wordings.propose_wording(
            goal=goal, by=northfield.people["mentor"], side="mentor", base=1, **words(goal.title, due_on=goal.due_on)
        )
        assert (GoalWording.objects.count(), fresh(goal).pending) == (1, "")


def test_a_goal_that_was_kept_without_words_gets_them_when_somebody_agrees(northfield):
    with northfield.scope():
        goal = Goal.objects.create(mentorship=northfield.mentorship, title="From before")
        for side in ("student", "mentor"):
            wordings.agree_wording(goal=goal, number=1, by=northfield.people[side], side=side)
        assert (fresh(goal).number, fresh(goal).pending, GoalWording.objects.get().title) == (1, "", "From before")


def test_a_settled_goal_and_an_ended_mentorship_stay_as_they_are(northfield, sign_in):
    with northfield.scope():
        goal, other = agreed_goal(northfield), write(northfield, title="Another")
        service.settle_goal(goal=goal, status="done", by=northfield.people["student"])
    client = sign_in(northfield.people["mentor"])
    answer = client.post(url(northfield, "edit", goal.pk), {"title": "Too late", "base": "1"})
    assert "This goal is settled" in answer.content.decode()
    with northfield.scope():
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="completed")
    for name, data in [("agree", {"number": "1"}), ("edit", {"title": "Too late", "base": "1"}), ("settle", {"status": "done"})]:
        client.post(url(northfield, name, other.pk), data)
    with northfield.scope():
        assert [fresh(goal).title, fresh(other).title, fresh(other).pending] == [goal.title, "Another", "mentor"]
        assert fresh(other).status == "open"


def test_the_history_tells_who_did_what_in_words(northfield, sign_in):
    with northfield.scope():
        goal = agreed_goal(northfield)
        wordings.propose_wording(
            goal=goal, by=northfield.people["mentor"], side="mentor", **words("Brief three colleagues", due_on=goal.due_on)
        )
        wordings.keep_wording(goal=goal, number=2, by=northfield.people["student"])
        service.settle_goal(goal=goal, status="dropped", by=northfield.people["coordinator"])
    page = sign_in(northfield.people["student"]).get(url(northfield, "detail", goal.pk)).context["page"]
    assert [(line.who.split()[0], line.words) for line in page.history][::-1] == [
        ("Student", "wrote the goal: “Brief two colleagues on the new booking form”"),
        ("Mentor", "agreed"),
        ("Mentor", "proposed a change. goal: “Brief two colleagues on the new booking form” → “Brief three colleagues”"),
        ("Student", "kept the goal as it was agreed"),
        ("Coordinator", "set it aside"),
    ]


def test_a_new_mentor_agrees_the_open_goals_anew_and_the_students_yes_stands(northfield):
    with northfield.scope():
        goal, done = agreed_goal(northfield), write(northfield, title="Reached")
        service.settle_goal(goal=done, status="done", by=northfield.people["student"])
        new = northfield.other_mentorship
        assert carry_over(old=northfield.mentorship, new=new, by=northfield.people["coordinator"]) == 1
        found = fresh(goal)
        assert (found.mentorship_id, found.pending, found.agreed_at, found.title) == (new.pk, "mentor", None, goal.title)
        assert fresh(done).mentorship_id == northfield.mentorship.pk
        mentor = new.members.get(side="mentor").participant.membership
        wordings.agree_wording(goal=goal, number=2, by=mentor, side="mentor")
        said = GoalAgreement.objects.filter(wording__goal=goal).values_list("wording__number", "side", "name")
        assert sorted(said) == [
            (1, "mentor", "Mentor Example"), (1, "student", "Student Example"), (2, "mentor", mentor.name), (2, "student", "Student Example"),
        ]  # fmt: skip
        assert fresh(goal).pending == ""


def test_twenty_open_goals_are_the_most_and_settling_one_makes_room(northfield):
    with northfield.scope():
        goals = [write(northfield, title=f"Goal {n}") for n in range(service.MOST_GOALS)]
        with pytest.raises(Refused, match="Settle one first"):
            write(northfield, title="One more")
        service.settle_goal(goal=goals[0], status="done", by=northfield.people["student"])
        assert write(northfield, title="One more").is_open


def test_whose_goal_it_is_can_be_changed_in_a_group(northfield, sign_in):
    with northfield.scope():
        goal = write(northfield)
        other = make.StudentFactory(programme=northfield.programme)
        MentorshipMember.objects.create(mentorship=northfield.mentorship, participant=other, side="student")
    client = sign_in(northfield.people["mentor"])
    client.post(url(northfield, "edit", goal.pk), {"title": goal.title, "due_on": goal.due_on.isoformat(), "owner": other.pk, "base": "1"})
    with northfield.scope():
        assert fresh(goal).owner == other


def test_a_change_that_waits_at_a_hand_over_is_not_told_as_the_coordinators(northfield):
    with northfield.scope():
        goal = agreed_goal(northfield)
        student, coordinator = northfield.people["student"], northfield.people["coordinator"]
        wordings.propose_wording(goal=goal, by=student, side="student", base=1, **words("Other words", due_on=goal.due_on))
        new = Mentorship.objects.create(
            programme=northfield.programme, stage="rapport", stage_since=soon(0), started_on=soon(0), ends_on=northfield.mentorship.ends_on
        )
        carry_over(old=northfield.mentorship, new=new, by=coordinator)
        history = GoalPage(fresh(goal), coordinator, soon(0)).history
        assert [line.who for line in history if line.words.startswith("proposed a change")] == [student.name]
        assert any(line.words.startswith("handed it to a new mentor") for line in history)
