"""From a wish to a goal in three prompts, one page after the other, without script."""

from datetime import date

import pytest

from goals import guide
from goals.models import Goal
from tests.goals.helpers import agreed_goal, soon, url, write
from tests.queries import MOST, count_queries

PLACEMENT = {"today": date(2026, 10, 9), "start": date(2026, 10, 5), "end": date(2026, 12, 18)}


def test_three_prompts_end_in_a_goal_that_can_be_changed_and_saved(northfield, sign_in):
    client, page = sign_in(northfield.people["student"]), url(northfield, "guide", northfield.mentorship.pk)
    assert "What do you want to get better at?" in client.get(page).content.decode()
    assert client.post(page + "?step=1", {"want": "spreadsheets"}).url == page + "?step=2"
    second = client.get(page + "?step=2").content.decode()
    assert "How will you and Mentor both know?" in second
    assert "Build a sheet that totals the week’s bookings" in second
    taken = client.post(page + "?step=2", {"idea": "0", "title": ""})
    assert (taken.status_code, "Build a sheet that totals the week’s bookings</textarea>" in taken.content.decode()) == (200, True)
    sent = {"title": "build a sheet that totals the week’s bookings", "measure": "Mateusz checks it against the till"}
    assert client.post(page + "?step=2", sent).url == page + "?step=3"
    due = soon(12)
    end = client.post(page + "?step=3", {"when": "other", "due_on": due.isoformat(), "first": "Ask what must be in it"})
    assert end.url == url(northfield, "create", northfield.mentorship.pk)
    form = client.get(end.url).context["form"]
    fields = {name: form[name].value() for name in ("title", "measure", "why", "first_step")}
    assert fields == {
        "title": "Build a sheet that totals the week’s bookings",
        "measure": "Mateusz checks it against the till",
        "why": "I want to get better at spreadsheets",
        "first_step": "Ask what must be in it",
    }
    assert client.get(end.url).context["assessment"].ok
    client.post(end.url, fields | {"due_on": due.isoformat()})
    with northfield.scope():
        goal = Goal.objects.get()
        assert (goal.title, goal.due_on, goal.why, goal.steps.count()) == (fields["title"], due, fields["why"], 1)


def test_no_prompt_comes_before_its_turn_and_an_answer_left_out_is_asked_for(northfield, sign_in):
    client, page = sign_in(northfield.people["mentor"]), url(northfield, "guide", northfield.mentorship.pk)
    for step in ("2", "3", "9", "x"):
        assert client.get(page, {"step": step}).context["step"] == 1
    answer = client.post(page + "?step=1", {"want": " "})
    assert (answer.status_code, "A few words are enough." in answer.content.decode()) == (422, True)
    client.post(page + "?step=1", {"want": "listening"})
    assert client.post(page + "?step=2", {"title": ""}).status_code == 422
    client.post(page + "?step=2", {"title": "Ask three questions"})
    assert client.post(page + "?step=3", {"when": "other", "due_on": "", "first": ""}).status_code == 422
    late = client.post(page + "?step=3", {"when": "other", "due_on": soon(-1).isoformat(), "first": "Ask"})
    assert "This day has passed" in late.content.decode()
    far = client.post(page + "?step=3", {"when": "other", "due_on": soon(900).isoformat(), "first": "Typed with care"})
    assert ["Choose a day within" in far.content.decode(), "Typed with care" in far.content.decode()] == [True, True]
    with northfield.scope():
        assert Goal.every.count() == 0


def test_a_vague_goal_becomes_clearer_and_its_agreed_words_stay_until_then(northfield, sign_in):
    with northfield.scope():
        goal = agreed_goal(northfield, title="Get better at spreadsheets")
    client, page = sign_in(northfield.people["student"]), url(northfield, "guide_goal", goal.pk)
    assert client.get(page).context["form"]["want"].value() == "Get better at spreadsheets"
    client.post(page + "?step=1", {"want": "Get better at spreadsheets"})
    client.post(page + "?step=2", {"title": "Build a sheet that totals the week’s orders"})
    end = client.post(page + "?step=3", {"when": "other", "due_on": soon(12).isoformat(), "first": "Ask"})
    assert end.url == url(northfield, "edit", goal.pk)
    form = client.get(end.url).context["form"]
    assert (form["title"].value(), form["base"].value()) == ("Build a sheet that totals the week’s orders", 1)
    with northfield.scope():
        assert Goal.objects.get().title == "Get better at spreadsheets"


def test_the_page_is_cheap(northfield, sign_in):
    client, page = sign_in(northfield.people["student"]), url(northfield, "guide", northfield.mentorship.pk)
    client.post(page + "?step=1", {"want": "spreadsheets"})
    assert count_queries(client, page + "?step=2") <= MOST
    with northfield.scope():
        goal = write(northfield)
    assert count_queries(client, url(northfield, "edit", goal.pk)) <= MOST


@pytest.mark.parametrize(
    ("want", "topic", "why", "first_idea"),
    [
        ("spreadsheets", "spreadsheets", "I want to get better at spreadsheets", "Build a sheet that totals the week’s bookings"),
        ("I want to get better at spreadsheets.", "spreadsheets", "I want to get better at spreadsheets", "Build a sheet that totals the week’s bookings"),
        ("using the till", "using the till", "I want to get better at using the till", "Use the till three times, with my line manager watching one of them"),
        ("be less shy", "be less shy", "I want to be less shy", "Say one idea of mine in every team meeting for three weeks"),
        ("improve my handwriting", "handwriting", "I want to improve my handwriting", "Practise handwriting five times and ask someone each time what went well"),
        ("the ordering system", "the ordering system", "I want to get better at the ordering system", "Practise the ordering system five times and ask someone each time what went well"),
        ("idk", "idk", "", "Finish one piece of work here that I would show at an interview"),
        ("提高", "提高", "I want to get better at 提高", "Finish one piece of work here that I would show at an interview"),
        ("", "", "", "Finish one piece of work here that I would show at an interview"),
    ],
)
def test_what_a_wish_is_about_and_what_could_show_it(want, topic, why, first_idea):
    found = guide.ideas(want, **PLACEMENT)
    made = guide.compose(guide.Answers(want=want), **PLACEMENT)
    assert (guide.topic_of(want), made["why"], found[0]) == (topic, why, first_idea)
    assert len(found) <= guide.MOST_IDEAS
    assert not any("October" in idea for idea in found)


def test_days_to_choose_lie_ahead_and_inside_the_placement():
    assert [day for _words, day in guide.days_to_choose(**PLACEMENT)] == [date(2026, 10, 23), date(2026, 11, 6), date(2026, 12, 18)]
    last = guide.days_to_choose(today=date(2026, 12, 17), start=date(2026, 10, 5), end=date(2026, 12, 18))
    assert [day for _words, day in last] == [date(2026, 12, 18)]
    assert guide.days_to_choose(today=date(2026, 12, 19), start=date(2026, 10, 5), end=date(2026, 12, 18)) == []


def test_a_day_named_in_the_sentence_counts():
    made = guide.compose(guide.Answers(want="sales", proof="I will serve ten customers by 27 November."), **PLACEMENT)
    assert (made["title"], made["due_on"]) == ("Serve ten customers by 27 November", date(2026, 11, 27))
