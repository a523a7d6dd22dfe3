"""The call list: whom mail does not reach, and how they are reached again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from organisations.models import Membership
from organisations.services.people import update_person
from post.models import Letter, Undeliverable
from post.services.outbox import queue_letter
from post.services.returns import note_undeliverable
from tests.queries import count_queries

CONTEXT = {"first_name": "", "organisation": "College", "programme": "", "url": "https://alongside.example/"}


def unreached(person, *, key="a", name="no_account", days=0):
    """A letter that did not reach this person."""
    queue_letter(name, to_email=person.email, to_name=person.name, context=CONTEXT, dedupe_key=key)
    letter = Letter.objects.get(dedupe_key__endswith=f":{key}")
    Letter.objects.filter(pk=letter.pk).update(status="failed", created_at=timezone.now() - timedelta(days=days))
    return note_undeliverable(letter, kind="returned", status="5.1.1", reason="user unknown")


@pytest.fixture
def away(northfield):
    """The student's address is wrong."""
    student = northfield.people["student"]
    with northfield.scope():
        Membership.objects.filter(pk=student.pk).update(phone="01632 960 001")
        student.refresh_from_db()
        return unreached(student)


def states():
    return list(Letter.objects.order_by("pk").values_list("to_email", "status"))


def test_the_list_says_who_why_and_how_to_call(sign_in, northfield, away):
    page = sign_in(northfield.people["coordinator"]).get("/o/northfield/letters/calls/").text
    assert "Mail does not reach 1 person" in page
    assert 'href="tel:01632960001"' in page
    assert "user unknown" in page
    assert northfield.people["student"].name in page


def test_an_empty_list_says_what_will_stand_there(sign_in, northfield):
    assert "Mail reaches everybody" in sign_in(northfield.people["coordinator"]).get("/o/northfield/letters/calls/").text


def test_a_call_is_noted_and_who_was_called_stands_last(sign_in, northfield, away):
    client = sign_in(northfield.people["coordinator"])
    with northfield.scope():
        unreached(northfield.people["mentor"], key="b")
    path = f"/o/northfield/letters/calls/{away.pk}/called/"
    wrong = client.post(path, {"note": " "})
    assert (wrong.status_code, "so that the next one knows" in wrong.text) == (422, True)
    assert client.post(path, {"note": "New address on Monday"}).status_code == 302
    page = client.get("/o/northfield/letters/calls/")
    assert [one.name for one in page.context["people"]] == [northfield.people[name].name for name in ("mentor", "student")]
    assert "New address on Monday" in page.text
    with northfield.scope():
        assert Event.objects.filter(verb="person called").count() == 1


def test_trying_again_sends_what_is_fresh_and_twice_is_once(sign_in, northfield, away):
    with northfield.scope():
        unreached(northfield.people["student"], key="old", days=4)
    client = sign_in(northfield.people["coordinator"])
    answers = [client.post(f"/o/northfield/letters/calls/{away.pk}/again/").status_code for _click in range(2)]
    assert answers == [302, 404]
    email = northfield.people["student"].email
    with northfield.scope():
        assert states() == [(email, "waiting"), (email, "failed")]
        assert not Undeliverable.objects.filter(cleared_at=None).exists()


def test_a_corrected_address_gets_what_did_not_arrive(northfield, away):
    with northfield.scope():
        update_person(membership=northfield.people["student"], by=northfield.people["coordinator"], email="new@student.example")
        assert states() == [("new@student.example", "waiting")]
        assert not Undeliverable.objects.filter(cleared_at=None).exists()


def test_a_letter_about_a_concern_is_not_listed(sign_in, northfield, away):
    with northfield.scope():
        unreached(northfield.people["student"], key="b", name="concern_without_lead")
    page = sign_in(northfield.people["coordinator"]).get("/o/northfield/letters/calls/")
    assert [letter.name for one in page.context["people"] for letter in one.letters] == ["no_account"]


def test_another_organisations_address_is_unknown(sign_in, northfield, riverside, away):
    client = sign_in(riverside.people["coordinator"])
    for end in ("called", "again"):
        assert client.post(f"/o/riverside/letters/calls/{away.pk}/{end}/", {"note": "x"}).status_code == 404
    assert northfield.people["student"].name not in client.get("/o/riverside/letters/calls/").text


def test_today_says_that_mail_does_not_reach_somebody_until_they_are_called(sign_in, northfield, away):
    client = sign_in(northfield.people["coordinator"])
    words = "Mail does not reach 1 person"
    assert (words in client.get("/o/northfield/").text, words in client.get("/o/northfield/letters/").text) == (True, True)
    client.post(f"/o/northfield/letters/calls/{away.pk}/called/", {"note": "Spoke to her"})
    assert (words in client.get("/o/northfield/").text, words in client.get("/o/northfield/letters/").text) == (False, True)


def test_the_list_costs_the_same_however_many(sign_in, northfield, away):
    client, counts = sign_in(northfield.people["coordinator"]), []
    for more in ([], ["mentor", "tutor", "owner"]):
        with northfield.scope():
            for name in more:
                unreached(northfield.people[name], key=name)
        counts.append(count_queries(client, "/o/northfield/letters/calls/"))
    assert counts[0] == counts[1] <= 20
