"""Goals as the members of a mentorship meet them; tutors read, others stay outside."""

import datetime as dt

import pytest
from django.urls import reverse

from goals.models import Goal, GoalProgress, GoalStep
from goals.services import goals as service
from goals.services import progress as progress_service
from goals.services import steps as step_service
from goals.smart import assess
from goals.track import track_of
from matching.models import Mentorship
from tests import factories as make
from tests.queries import MOST, count_queries

LONG = "Ł🙂 עברית " * 30


def url(house, name, *args):
    return reverse(f"goals:{name}", args=[house.organisation.slug, *args])


@pytest.fixture
def goal(northfield):
    with northfield.scope():
        goal = service.create_goal(
            mentorship=northfield.mentorship,
            by=northfield.people["student"],
            title="Brief two colleagues on the new booking form",
            why="So that I can run the desk alone",
            due_on=northfield.mentorship.ends_on,
            steps=["Write three bullet points", "Brief Amara"],
        )
        step_service.add_step(goal=goal, text="Ask for feedback", owner=northfield.mentor, by=northfield.people["mentor"])
        return goal


@pytest.mark.parametrize("who", ["student", "mentor", "coordinator"])
def test_members_and_coordinators_write_goals_and_a_double_click_makes_one(northfield, sign_in, who):
    client = sign_in(northfield.people[who])
    for _double_click in range(2):
        client.post(url(northfield, "create", northfield.mentorship.pk), {"title": "Get  better at spreadsheets", "first_step": "Ask"})
    with northfield.scope():
        assert list(Goal.objects.values_list("title", "mentorship", "written_by")) == [
            ("Get better at spreadsheets", northfield.mentorship.pk, northfield.people[who].pk)
        ]
        assert list(GoalStep.objects.values_list("text", flat=True)) == ["Ask"]


@pytest.mark.parametrize("who", ["tutor", "owner"])
def test_others_do_not_write(northfield, sign_in, goal, who):
    client = sign_in(northfield.people[who])
    for page, data in [
        (url(northfield, "create", northfield.mentorship.pk), {"title": "Mine now"}),
        (url(northfield, "edit", goal.pk), {"title": "Mine now"}),
        (url(northfield, "progress", goal.pk), {"percent": "100"}),
        (url(northfield, "settle", goal.pk), {"status": "done"}),
        (url(northfield, "step_add", goal.pk), {"text": "Mine"}),
    ]:
        assert client.post(page, data).status_code == 403
    assert client.get(url(northfield, "detail", goal.pk)).status_code == (200 if who == "tutor" else 403)
    with northfield.scope():
        assert list(Goal.objects.values_list("title", "percent", "status")) == [(goal.title, 0, "open")]


def test_another_pair_and_another_organisation(northfield, riverside, sign_in, goal):
    with riverside.scope():
        theirs = make.GoalFactory(mentorship=riverside.mentorship)
    with northfield.scope():
        others = make.GoalFactory(mentorship=northfield.other_mentorship)
    client = sign_in(northfield.people["student"])
    assert client.get(url(northfield, "detail", others.pk)).status_code == 403
    assert client.get(url(northfield, "detail", theirs.pk)).status_code == 404
    assert client.get(url(riverside, "detail", theirs.pk)).status_code == 404


def test_a_date_outside_the_placement_is_refused_at_the_field_and_nothing_typed_is_lost(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    late = northfield.placement.ends_on + dt.timedelta(days=1)
    answer = client.post(url(northfield, "create", northfield.mentorship.pk), {"title": "Plan a stall", "due_on": late.isoformat()})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Choose a day within the placement" in html
    assert "Plan a stall" in html
    with northfield.scope():
        assert Goal.objects.count() == 0


def test_names_of_every_kind_are_kept_and_never_run(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    title = ("<script>alert(1)</script> O’Brien’s " + LONG)[:300].strip()
    client.post(url(northfield, "create", northfield.mentorship.pk), {"title": title})
    with northfield.scope():
        goal = Goal.objects.get()
    assert goal.title == " ".join(title.split())
    html = client.get(url(northfield, "detail", goal.pk)).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_coach_says_what_the_rules_say_and_keeps_a_draft(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    said = client.post(
        url(northfield, "coach", northfield.mentorship.pk), {"title": "Get better at spreadsheets", "first_step": ""}
    ).content.decode()
    expected = assess("Get better at spreadsheets", today=dt.date.today(), start=northfield.placement.starts_on, end=northfield.placement.ends_on)
    assert expected.missing
    for letter in expected.letters:
        assert (str(letter.hint) in said) is (not letter.ok)
    assert "Get better at spreadsheets" in client.get(url(northfield, "create", northfield.mentorship.pk)).content.decode()
    with northfield.scope():
        assert Goal.objects.count() == 0


def test_checking_without_script_saves_nothing(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    answer = client.post(url(northfield, "create", northfield.mentorship.pk), {"title": "Learn about sales", "check": "1"})
    assert answer.status_code == 200
    assert "Specific" in answer.content.decode()
    with northfield.scope():
        assert Goal.objects.count() == 0


def test_steps_carry_progress_until_somebody_sets_it(northfield, sign_in, goal):
    client = sign_in(northfield.people["student"])
    with northfield.scope():
        first, second, third = goal.steps.all()
    client.post(url(northfield, "step", first.pk), {"done": "1"})
    client.post(url(northfield, "progress", goal.pk), {"percent": "75", "note": "Went well"})
    client.post(url(northfield, "step", second.pk), {"done": "1"})
    client.post(url(northfield, "step", third.pk), {"remove": "1"})
    client.post(url(northfield, "progress", goal.pk), {"percent": "900"})
    with northfield.scope():
        assert list(GoalProgress.objects.values_list("percent", "note")) == [(0, ""), (33, first.text), (75, "Went well")]
        assert list(GoalStep.objects.values_list("pk", flat=True)) == [first.pk, second.pk]
    assert client.get(url(northfield, "detail", goal.pk)).status_code == 200


def test_a_reached_goal_is_settled_and_can_be_opened_again(northfield, sign_in, goal):
    client = sign_in(northfield.people["mentor"])
    client.post(url(northfield, "settle", goal.pk), {"status": "done"})
    client.post(url(northfield, "progress", goal.pk), {"percent": "10"})
    with northfield.scope():
        goal.refresh_from_db()
        assert (goal.status, goal.percent, goal.settled_at is None) == ("done", 100, False)
    client.post(url(northfield, "settle", goal.pk), {"status": "open"})
    with northfield.scope():
        goal.refresh_from_db()
        assert (goal.status, goal.settled_at) == ("open", None)


def test_an_ended_mentorship_is_read_only(northfield, sign_in, goal):
    with northfield.scope():
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="completed")
    client = sign_in(northfield.people["student"])
    client.post(url(northfield, "progress", goal.pk), {"percent": "50"})
    client.post(url(northfield, "create", northfield.mentorship.pk), {"title": "One more"})
    with northfield.scope():
        assert list(Goal.objects.values_list("title", "percent")) == [(goal.title, 0)]


def test_the_page_costs_the_same_for_one_step_and_ten(northfield, sign_in, goal):
    client = sign_in(northfield.people["student"])
    page = url(northfield, "detail", goal.pk)
    one = count_queries(client, page)
    with northfield.scope():
        for n in range(9):
            step_service.add_step(goal=goal, text=f"Step {n}", owner=northfield.student, by=northfield.people["student"])
            progress_service.record_progress(goal=goal, percent=n, by=northfield.people["mentor"])
    assert count_queries(client, page) == one <= MOST


@pytest.mark.parametrize(
    ("percent", "due", "today", "on"),
    [
        (0, 100, 20, True),  # a fifth of the time gone, slack of a quarter
        (0, 100, 26, False),
        (50, 100, 75, True),
        (49, 100, 75, False),
        (90, 100, 101, False),  # past its date
        (0, None, 500, True),
        (0, 0, 0, True),
    ],
)
def test_on_track(percent, due, today, on):
    start = dt.date(2026, 9, 1)
    due_on = None if due is None else start + dt.timedelta(days=due)
    assert track_of(percent=percent, started_on=start, due_on=due_on, today=start + dt.timedelta(days=today)).on is on
