"""More about a check-in that is noted: anybody of it adds; a log that waited on a phone meets what somebody else wrote."""

import pytest
from django.core.cache import cache

from checkins.models import CheckIn, Note
from tests.checkins.helpers import answers, check_in, link_page, token_for

KEPT = {"headers": {"X-Kept": "1"}}


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def planned(northfield):
    with northfield.scope():
        return check_in(northfield)


def page(row, end="log"):
    return f"/o/northfield/check-ins/{row.pk}/{end}/"


def notes(house):
    with house.scope():
        return list(Note.objects.order_by("pk").values_list("text", "visibility", "check_in"))


def test_a_log_that_waited_is_answered_with_where_to_go(sign_in, northfield, planned):
    answer = sign_in(northfield.people["mentor"]).post(page(planned), answers(), **KEPT)
    assert (answer.status_code, answer.json()) == (200, {"go": f"/o/northfield/check-ins/{planned.pk}/"})
    with northfield.scope():
        assert CheckIn.objects.get(pk=planned.pk).status == "held"


def test_a_log_that_waited_too_long_is_a_conflict_and_changes_nothing(sign_in, northfield, planned):
    sign_in(northfield.people["student"]).post(page(planned), answers(progress="Hers"))
    answer = sign_in(northfield.people["mentor"]).post(page(planned), answers(progress="His"), **KEPT)
    assert answer.status_code == 409
    with northfield.scope():
        assert CheckIn.objects.get(pk=planned.pk).progress == "Hers"


def test_the_page_tells_whether_it_was_oneself(sign_in, northfield, planned):
    """So that a log whose answer was lost is not taken for somebody else's."""
    sign_in(northfield.people["mentor"]).post(page(planned), answers())
    found = {who: 'data-mine="1"' in sign_in(northfield.people[who]).get(f"/o/northfield/check-ins/{planned.pk}/").text for who in ("mentor", "student")}
    assert found == {"mentor": True, "student": False}


def test_what_is_wrong_in_a_log_that_waited_comes_as_the_page(sign_in, northfield, planned):
    answer = sign_in(northfield.people["mentor"]).post(page(planned), answers(minutes="other", minutes_other="900"), **KEPT)
    assert answer["Content-Type"].startswith("text/html")
    assert "Give 1 to 600 minutes." in answer.text


def test_both_add_to_a_check_in_and_choose_who_reads_it(sign_in, northfield, planned):
    sign_in(northfield.people["mentor"]).post(page(planned), answers())
    client = sign_in(northfield.people["student"])
    assert client.post(page(planned, "add"), {"text": "I forgot: new boots"}).status_code == 302
    assert client.post(page(planned, "add"), {"text": "For me", "visibility": "only_me"}).status_code == 302
    assert notes(northfield) == [("I forgot: new boots", "mentorship", planned.pk), ("For me", "only_me", planned.pk)]
    mentor = sign_in(northfield.people["mentor"]).get(f"/o/northfield/check-ins/{planned.pk}/").text
    assert ("I forgot: new boots" in mentor, "For me" in mentor) == (True, False)


def test_nothing_to_add_says_so_and_keeps_what_was_typed(sign_in, northfield, planned):
    sign_in(northfield.people["mentor"]).post(page(planned), answers())
    client = sign_in(northfield.people["student"])
    assert "Please fill this in" in client.post(page(planned, "add"), {"text": " "}).text
    wrong = client.post(page(planned, "add"), {"text": "New boots", "visibility": "everybody"})
    assert ("New boots" in wrong.text, notes(northfield)) == (True, [])


def test_before_it_is_noted_one_notes_it_oneself(sign_in, northfield, planned):
    answer = sign_in(northfield.people["student"]).post(page(planned, "add"), {"text": "Early"})
    assert (answer.status_code, notes(northfield)) == (302, [])


def test_adding_by_link_needs_a_post(client, northfield, planned):
    with northfield.scope():
        _link, token = token_for(northfield, planned)
    client.post(link_page(token), answers())
    address = f"/r/{token}/check-in/add/"
    assert client.get(address).status_code == 200
    assert notes(northfield) == []
    assert client.post(address, {"text": "By link"}).status_code == 302
    assert notes(northfield) == [("By link", "mentorship", planned.pk)]


def test_a_tutor_reads_without_adding(sign_in, northfield, planned):
    sign_in(northfield.people["mentor"]).post(page(planned), answers())
    client = sign_in(northfield.people["tutor"])
    assert "data-add" not in client.get(f"/o/northfield/check-ins/{planned.pk}/").text
    assert client.post(page(planned, "add"), {"text": "x"}).status_code == 403
    assert notes(northfield) == []
