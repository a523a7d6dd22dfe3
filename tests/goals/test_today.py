"""What waits for somebody's yes stands on their first page."""

import pytest

from goals.services import objectives
from tests.goals.helpers import agreed_goal, url, write
from tests.queries import MOST, count_queries


@pytest.mark.parametrize(("writer", "asked"), [("student", "mentor"), ("mentor", "student")])
def test_the_other_side_is_asked_and_the_writer_is_not(northfield, sign_in, writer, asked):
    with northfield.scope():
        agreed_goal(northfield, title="Agreed already")
        goal = write(northfield, writer, title="Only proposed")
        objectives.write_objective(placement=northfield.placement, text="Handle an order", by=northfield.people[writer], voice=writer)
    html = sign_in(northfield.people[asked]).get("/o/northfield/").content.decode()
    assert [words in html for words in ("1 goal with", "“Only proposed”: say yes", "Agree the learning objectives")] == [True] * 3
    assert url(northfield, "detail", goal.pk) in html
    html = sign_in(northfield.people[writer]).get("/o/northfield/").content.decode()
    assert [words in html for words in ("say yes, or propose", "Agree the learning objectives")] == [False, False]


def test_the_first_page_costs_the_same_however_much_waits(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    with northfield.scope():
        write(northfield)
    few = count_queries(client, "/o/northfield/")
    with northfield.scope():
        for n in range(3):
            write(northfield, title=f"Goal {n}")
            objectives.write_objective(placement=northfield.placement, text=f"Learn {n}", by=northfield.people["student"], voice="student")
    assert (count_queries(client, "/o/northfield/"), few <= MOST) == (few, True)
