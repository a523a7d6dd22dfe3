"""The private feed: what is in it, whose it is, and how calendar programs ask for it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from checkins.services.planning import move_check_in
from organisations.models import SignedLink
from organisations.services.calendar import open_calendar
from programmes.models import Holiday
from tests import factories as make
from tests.queries import count_queries

MOST = 20


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def full(northfield):
    """A person with one of everything; and somebody else's beside it, that must not show."""
    today = timezone.localdate()
    moment = dt.datetime.combine(today + dt.timedelta(days=3), dt.time(10), tzinfo=ZoneInfo("Europe/London"))
    with northfield.scope():
        northfield.timed = make.CheckInFactory(
            mentorship=northfield.mentorship, due_on=moment.date(), starts_at=moment, planned_minutes=60, place="Library café", sequence=2
        )
        make.CheckInFactory(mentorship=northfield.mentorship, due_on=today + dt.timedelta(days=17))
        make.CheckInFactory(mentorship=northfield.mentorship, due_on=today + dt.timedelta(days=20), status="dropped")
        make.CheckInFactory(mentorship=northfield.other_mentorship, due_on=moment.date(), starts_at=moment, place="Secret room")
        asked = {"invited_at": timezone.now(), "gathering__programme": northfield.programme}
        make.GuestFactory(mentor=northfield.mentor, gathering__title="Listening", answer="yes", **asked)
        make.GuestFactory(mentor=northfield.mentor, gathering__title="Declined", answer="no", **asked)
        make.GuestFactory(gathering__title="Somebody else’s", **asked)
        Holiday.objects.create(name="Half-term", first_on=today + dt.timedelta(days=5), last_on=today + dt.timedelta(days=9))
        other = make.ProgrammeFactory(name="Other programme")
        Holiday.objects.create(programme=other, name="Their day", first_on=today, last_on=today)
        northfield.note = make.NoteFactory(mentorship=northfield.mentorship, text="Between us only")
    return northfield


def address(house, role="mentor"):
    with house.scope():
        return reverse("home:feed", args=[open_calendar(membership=house.people[role], by=house.people[role])])


def fetch(url, **headers):
    return Client().get(url, headers=headers)


def titles(answer):
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_it_holds_what_is_ones_own_and_nothing_else(full):
    answer = fetch(address(full))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert sorted(titles(answer)) == sorted([
        "Check-in with Student", "Check-in with Student (no time yet)", "Listening", "Half-term",
        "Autumn placements at northfield begins", "Autumn placements at northfield ends",
    ])  # fmt: skip
    body = answer.content.decode()
    for hidden in ("Secret room", "Between us only", "Somebody else", "Their day", "Other programme", "student@", "ATTENDEE", "ORGANIZER"):
        assert hidden not in body


def test_the_student_has_their_own(full):
    assert "Check-in with Mentor" in titles(fetch(address(full, "student")))
    assert "Listening" not in titles(fetch(address(full, "student")))


def test_a_review_stands_on_its_last_day_until_it_is_answered(full):
    from evaluation.models import Survey, SurveyRequest

    with full.scope():
        closes = timezone.localdate() + dt.timedelta(days=6)
        survey = Survey.objects.create(programme=full.programme, kind="review", version="1", opens_on=timezone.localdate(), closes_on=closes)
        request = SurveyRequest.objects.create(
            survey=survey, mentorship=full.mentorship, voice="mentor", participant=full.mentor, asked_at=timezone.now()
        )
    url = address(full)
    assert "Mid-point review: last day to answer" in titles(fetch(url))
    with full.scope():
        SurveyRequest.objects.filter(pk=request.pk).update(answered_at=timezone.now())
    assert "Mid-point review: last day to answer" not in titles(fetch(url))


def test_entries_say_what_the_invitation_says(full):
    calendar = Calendar.from_ical(fetch(address(full)).content)
    event = next(one for one in calendar.walk("VEVENT") if str(one["SUMMARY"]) == "Check-in with Student")
    assert (int(event["SEQUENCE"]), event["DTSTART"].dt, str(event["LOCATION"])) == (2, full.timed.starts_at, "Library café")
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(hours=1)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    holiday = next(one for one in calendar.walk("VEVENT") if str(one["SUMMARY"]) == "Half-term")
    assert (holiday["DTEND"].dt - holiday["DTSTART"].dt, str(holiday["TRANSP"])) == (dt.timedelta(days=5), "TRANSPARENT")


def test_who_has_the_newest_is_told_that_nothing_changed(full):
    url = address(full)
    first = fetch(url)
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = fetch(url, **headers)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert fetch(url).content == first.content
    assert "no-store" not in first["Cache-Control"]


@pytest.mark.parametrize("what", ["move", "drop"])
def test_a_change_is_fetched_whichever_way_a_client_asks(full, what):
    url = address(full)
    first = fetch(url)
    with full.scope():
        if what == "move":
            later = full.timed.starts_at + dt.timedelta(hours=2)
            move_check_in(check_in=full.timed, due_on=full.timed.due_on, starts_at=later, minutes=60, place="", by=full.people["mentor"])
        else:
            type(full.timed).objects.filter(pk=full.timed.pk).update(status="dropped")
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        answer = fetch(url, **headers)
        assert answer.status_code == 200
        assert answer.content != first.content


def test_an_address_that_was_renewed_or_taken_back_is_gone(full, sign_in):
    client = sign_in(full.people["mentor"])
    page = reverse("home:my_calendar", args=["northfield"])
    for press in ("renew", "stop"):
        client.post(page, {"make": "1"})
        url = shown(client.get(page))
        assert fetch(url).status_code == 200
        client.post(page, {press: "1"})
        assert fetch(url).status_code == 410
    assert "Make my address" in client.get(page).content.decode()


def shown(answer):
    return reverse("home:feed", args=[answer.context["address"].split("/r/")[1].split("/")[0]])


def test_making_it_twice_is_one_address(full, sign_in):
    client = sign_in(full.people["mentor"])
    page = reverse("home:my_calendar", args=["northfield"])
    for _press in range(2):
        client.post(page, {"make": "1"})
    assert fetch(shown(client.get(page))).status_code == 200
    with full.scope():
        assert SignedLink.objects.filter(purpose="calendar", revoked_at=None).count() == 1


def test_it_is_not_shown_to_another_sign_in(full, sign_in):
    page = reverse("home:my_calendar", args=["northfield"])
    sign_in(full.people["mentor"]).post(page, {"make": "1"})
    other = Client()
    other.force_login(full.people["mentor"].user)
    answer = other.get(page)
    assert "calendar.ics" not in answer.content.decode()
    assert "cannot be shown a second time" in answer.content.decode()


def test_an_altered_address_and_somebody_who_left_read_nothing(full):
    url = address(full)
    assert fetch(url.replace("/calendar.ics", "x/calendar.ics")).status_code == 404
    assert Client().post(url).status_code == 405
    with full.scope():
        type(full.people["mentor"]).objects.filter(pk=full.people["mentor"].pk).update(left_at=timezone.now())
    assert fetch(url).status_code == 410


def test_a_link_for_something_else_opens_no_calendar(full):
    from organisations.services.links import make_link

    with full.scope():
        _link, token = make_link("check-in", full.timed.pk, membership=full.people["mentor"])
    assert fetch(reverse("home:feed", args=[token])).status_code == 404


def test_asking_too_often_has_to_wait(full):
    url = address(full)
    for _time in range(60):
        fetch(url)
    assert fetch(url).status_code == 429


def test_the_feed_costs_the_same_for_many(full, client):
    url, counts = address(full), []
    for _round in range(2):
        with full.scope():
            for days in range(3):
                make.CheckInFactory(mentorship=full.mentorship, due_on=timezone.localdate() + dt.timedelta(days=days))
                make.GuestFactory(mentor=full.mentor, invited_at=timezone.now(), gathering__programme=full.programme)
        counts.append(count_queries(client, url))
    assert counts[0] == counts[1] <= MOST
