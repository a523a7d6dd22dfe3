"""Events as coordinator and mentor meet them, signed in and by signed link, without script."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse

from post.models import Letter
from tests import factories as make
from tests.queries import MOST, count_queries
from tests.training.events import NOW, START, invited, later
from training.models import Gathering, Guest, TrainingHours
from training.services.attendance import MOST_WRONG
from training.services.checklist import answer_aspect, response_for

FORM = {
    "kind": "training", "title": "Listening before advising", "day": "2026-11-05", "time": "17:30", "minutes": "90", "place": "Room 4",
    "aspects": ["functions"], "audience": "all", "counts_as": "initial",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_monday():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def url(house, name, *args):
    return reverse(f"training:{name}", args=[house.organisation.slug, *args])


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def words(answer):
    return " ".join(soup(answer).main.get_text(" ").split())


@pytest.fixture
def coordinator(northfield, sign_in):
    return sign_in(northfield.people["coordinator"])


def ask(house, **fields):
    """An event with its invitations sent; (event, the house's mentor as guest)."""
    with house.scope():
        gathering, guests = invited(house, **fields)
        return gathering, next(guest for guest in guests if guest.mentor_id == house.mentor.pk)


def test_an_event_is_planned_looked_over_and_sent(northfield, coordinator):
    for _double_click in range(2):
        planned = coordinator.post(url(northfield, "event_add", northfield.programme.pk), FORM)
    with northfield.scope():
        gathering = Gathering.objects.get()
        assert (gathering.starts_at, gathering.minutes, gathering.made_by) == (START, 90, northfield.people["coordinator"])
        assert Letter.objects.count() == 0
    assert planned.url == url(northfield, "event", gathering.pk)
    page = coordinator.get(planned.url)
    assert "Send 2 invitations" in words(page)
    for _double_click in range(2):
        coordinator.post(url(northfield, "event_invite", gathering.pk))
    with northfield.scope():
        assert Letter.objects.filter(name="event_invitation").count() == 2
    assert "0 said yes, 0 no, 2 have not answered." in words(coordinator.get(planned.url))
    assert "Thursday 5 November, 17:30 to 19:00" in words(coordinator.get(url(northfield, "events", northfield.programme.pk)))


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"title": ""}, "id_title", "Please fill this in."),
        ({"day": "2026-11-01"}, "id_day", "This time has passed."),
        ({"day": "2026-11-02", "time": "10:00"}, "id_day", "This time has passed."),
        ({"day": "2027-03-28", "time": "01:30"}, "id_time", "this time does not exist. Choose 02:00 or later."),
        ({"day": "2027-10-31", "time": "01:30"}, "id_time", "this time comes twice"),
        ({"day": "2062-11-05"}, "id_day", "Is the year right?"),
        ({"minutes": "0"}, "id_minutes", "Give 5 minutes to 12 hours"),
        ({"minutes": "9999"}, "id_minutes", "Give 5 minutes to 12 hours"),
        ({"place": ""}, "id_place", "Say where it is"),
        ({"place": "", "link": "javascript:alert(1)"}, "id_link", "This is not a web address."),
        ({"capacity": "0"}, "id_capacity", "greater than or equal to 1"),
        ({"aspects": [], "audience": "needs"}, "id_aspects_0", "Choose the points first"),
        ({"aspects": ["flying"]}, "id_aspects_0", "flying is not one of the available choices"),
        ({"title": "x\x00y"}, "id_title", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_is_said_by_the_field_and_nothing_typed_is_lost(northfield, coordinator, wrong, field, message):
    answer = coordinator.post(url(northfield, "event_add", northfield.programme.pk), FORM | {"about": "Bring a pen."} | wrong)
    assert answer.status_code == 422
    errors = {link["href"]: link.parent.get_text(" ") for link in soup(answer).select(".error-summary a")}
    assert message in errors[f"#{field}"]
    assert "Bring a pen." in soup(answer).find(id="id_about").text
    with northfield.scope():
        assert not Gathering.objects.exists()


def test_a_need_on_the_heat_map_becomes_an_event_for_those_who_have_it(northfield, coordinator):
    page = soup(coordinator.get(url(northfield, "event_add", northfield.programme.pk) + "?aspect=confidentiality&aspect=nonsense"))
    assert [box["value"] for box in page.select("input[name=aspects][checked]")] == ["confidentiality"]
    assert page.select_one("input[name=audience][checked]")["value"] == "needs"


def test_guests_are_chosen_one_by_one_and_those_in_need_are_named(northfield, coordinator):
    with northfield.scope():
        mentor = make.MentorFactory(programme=northfield.programme)
        answer_aspect(response=response_for(mentor), aspect="functions", value="need", by=mentor.membership)
    planned = coordinator.post(url(northfield, "event_add", northfield.programme.pk), FORM | {"audience": "chosen"})
    with northfield.scope():
        gathering = Gathering.objects.get()
    assert planned.url == url(northfield, "event_guests", gathering.pk)
    assert f"Asked for support with these points {mentor.name}" in words(coordinator.get(planned.url))
    coordinator.post(planned.url, {"mentors": [mentor.pk]})
    with northfield.scope():
        assert list(gathering.guests.values_list("mentor", flat=True)) == [mentor.pk]
        stranger = make.MentorFactory()
    assert coordinator.post(planned.url, {"mentors": [stranger.pk]}).status_code == 422


def test_changed_after_the_invitations_everybody_hears(northfield, coordinator):
    gathering, _guest = ask(northfield)
    with northfield.scope():
        Letter.objects.update(status="sent")
    page = url(northfield, "event_change", gathering.pk)
    form = soup(coordinator.get(page))
    assert (form.find(id="id_day")["value"], form.find(id="id_time")["value"], form.find(id="id_minutes")["value"]) == ("2026-11-05", "17:30", "90")
    answer = coordinator.post(page, FORM | {"time": "18:00"}, follow=True)
    assert "Everybody who was asked gets a letter about it." in answer.content.decode()
    with northfield.scope():
        assert Letter.objects.filter(name="event_moved").count() == 2
        Guest.objects.update(answer="yes")
    answer = coordinator.post(page, FORM | {"time": "18:00", "capacity": "1"})
    assert (answer.status_code, "2 people have said yes already." in words(answer)) == (422, True)


def test_calling_off_asks_first(northfield, coordinator):
    gathering, _guest = ask(northfield)
    page = url(northfield, "event_cancel", gathering.pk)
    assert "2 mentors get a letter." in words(coordinator.get(page))
    with northfield.scope():
        assert Gathering.objects.get().cancelled_at is None
    for _double_click in range(2):
        coordinator.post(page, {"reason": "The host is ill."})
    assert "The host is ill." in words(coordinator.get(url(northfield, "event", gathering.pk)))


def test_one_tap_for_each_with_and_without_script(northfield, coordinator):
    gathering, guest = ask(northfield)
    with northfield.scope():
        walk_in = make.MentorFactory(programme=northfield.programme)
    listing, tap = url(northfield, "event_attendance", gathering.pk), url(northfield, "guest_attended", guest.pk)
    assert "It has not begun." in words(coordinator.get(listing))
    with time_machine.travel(later(minutes=3), tick=False):
        assert len(soup(coordinator.get(listing)).select(".tick")) == 2
        assert coordinator.post(tap, {"there": "1"}).url == f"{listing}#guest-{guest.pk}"
        row = coordinator.post(tap, {"there": "1"}, headers={"HX-Request": "true"})
        assert soup(row).select_one("button")["aria-pressed"] == "true"
        with northfield.scope():
            assert TrainingHours.objects.count() == 1
        coordinator.post(tap, {"there": "0"})
        assert coordinator.post(tap, {"there": "perhaps"}).status_code == 400
        for _double_click in range(2):
            coordinator.post(listing, {"mentor": walk_in.pk})
        for nobody in ("", "x", "99999999"):
            assert coordinator.post(listing, {"mentor": nobody}).status_code in {302, 403, 404}
        with northfield.scope():
            assert list(TrainingHours.objects.values_list("membership", flat=True)) == [walk_in.membership_id]


def test_the_code_is_on_the_screen_while_it_counts(northfield, coordinator):
    gathering, guest = ask(northfield)
    page = url(northfield, "event_code", gathering.pk)
    assert gathering.code not in coordinator.get(page).content.decode()
    with time_machine.travel(later(minutes=3), tick=False):
        found = soup(coordinator.get(page))
        assert found.select_one(".code")["aria-label"] == gathering.code
        assert found.select_one(".or svg path")["d"].startswith("M")
        assert "0 are here" in found.text
        coordinator.post(url(northfield, "guest_attended", guest.pk), {"there": "1"})
        part = coordinator.get(page, headers={"HX-Request": "true"}).content.decode()
        assert ("1 is here" in part, gathering.code in part) == (True, False)


def test_a_mentor_answers_signed_in(northfield, sign_in):
    gathering, guest = ask(northfield, mentors=0)
    client = sign_in(northfield.people["mentor"])
    page = url(northfield, "my_event", gathering.pk)
    assert "Listening before advising" in words(client.get(url(northfield, "my_events")))
    for _double_click in range(2):
        assert client.post(page, {"answer": "yes"}).url == page
    assert "You are coming." in words(client.get(page))
    assert client.post(page, {"answer": "perhaps"}).status_code == 422
    client.post(page, {"answer": "no"})
    with northfield.scope():
        guest.refresh_from_db()
        assert (guest.answer, guest.by_link) == ("no", False)


def test_a_mentor_answers_by_link_and_looking_answers_nothing(northfield, riverside, client):
    _gathering, guest = ask(northfield, link="https://meet.example/room")
    with northfield.scope():
        text = Letter.objects.get(to_email=guest.mentor.membership.email).text
    address = re.search(r"http://testserver(/r/\S+)", text).group(1)
    page = client.get(address)
    assert "https://meet.example/room" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    with northfield.scope():
        guest.refresh_from_db()
        assert guest.answer == ""
    client.post(address, {"answer": "yes"})
    with northfield.scope():
        guest.refresh_from_db()
        assert (guest.answer, guest.by_link) == ("yes", True)
    file = client.get(address + "calendar/")
    assert (file["Content-Type"], b"METHOD:PUBLISH" in file.content) == ("text/calendar; method=PUBLISH; charset=utf-8", True)
    with time_machine.travel(later(days=4), tick=False):
        assert client.get(address).status_code == 410


def test_the_last_place_goes_once_and_the_page_says_so(northfield, sign_in):
    gathering, guest = ask(northfield, capacity=1)
    with northfield.scope():
        Guest.objects.exclude(pk=guest.pk).update(answer="yes")
    client = sign_in(northfield.people["mentor"])
    page = url(northfield, "my_event", gathering.pk)
    assert "It is full just now. Say yes" in words(client.get(page))
    client.post(page, {"answer": "yes"})
    assert "you are on the list" in words(client.get(page))


def test_the_code_typed_or_brought_along_and_what_follows(northfield, sign_in):
    gathering, _guest = ask(northfield)
    with northfield.scope():
        answer_aspect(response=response_for(northfield.mentor), aspect="functions", value="need", by=northfield.people["mentor"])
    client = sign_in(northfield.people["mentor"])
    page = url(northfield, "here")
    with time_machine.travel(later(minutes=5), tick=False):
        assert "type the code" in words(client.get(url(northfield, "my_events")))
        brought = soup(client.get(page + f"?code={gathering.code}"))
        assert brought.find(id="id_code")["value"] == gathering.code
        with northfield.scope():
            assert not Guest.objects.there().exists()
        assert client.post(page, {"code": gathering.code}).url == url(northfield, "my_event", gathering.pk)
        said = words(client.get(url(northfield, "my_event", gathering.pk)))
        assert ("You were there. 1 hour 30 minutes are counted." in said, "Is it covered now?" in said) == (True, True)


def test_many_wrong_codes_are_slowed_down_with_words(northfield, sign_in):
    gathering, _guest = ask(northfield)
    client = sign_in(northfield.people["mentor"])
    wrong = f"{(int(gathering.code) + 1) % 1_000_000:06d}"
    with time_machine.travel(later(minutes=5), tick=False):
        for _often in range(MOST_WRONG):
            answer = client.post(url(northfield, "here"), {"code": wrong})
        assert (answer.status_code, "Look at the screen again." in words(answer)) == (422, True)
        assert soup(answer).find(id="id_code")["value"] == wrong
        assert "too many tries" in words(client.post(url(northfield, "here"), {"code": gathering.code}))


def test_a_mentor_sees_neither_the_code_nor_who_else_comes(northfield, sign_in):
    gathering, _guest = ask(northfield, mentors=1)
    with northfield.scope():
        others = [guest.mentor.name for guest in Guest.objects.exclude(mentor=northfield.mentor).select_related("mentor__membership")]
    assert others
    client = sign_in(northfield.people["mentor"])
    with time_machine.travel(later(minutes=5), tick=False):
        pages = client.get(url(northfield, "my_event", gathering.pk)).content.decode() + client.get(url(northfield, "my_events")).content.decode()
        assert gathering.code not in pages
        assert [name for name in others if name in pages] == []
        assert client.get(url(northfield, "event", gathering.pk)).status_code == 403
        assert client.get(url(northfield, "event_code", gathering.pk)).status_code == 403


def test_an_event_nobody_was_asked_to_yet_is_no_mentors_business(northfield, sign_in):
    with northfield.scope():
        gathering = make.GatheringFactory(programme=northfield.programme)
        make.GuestFactory(gathering=gathering, mentor=northfield.mentor, invited_at=None)
    client = sign_in(northfield.people["mentor"])
    assert client.get(url(northfield, "my_event", gathering.pk)).status_code == 403
    assert gathering.title not in client.get(url(northfield, "my_events")).content.decode()


def test_pages_cost_the_same_for_one_and_for_three(northfield, sign_in):
    gathering, _guest = ask(northfield)
    with northfield.scope():
        make.MentorFactory(programme=northfield.programme)
    client = sign_in(northfield.people["coordinator"])
    pages = [url(northfield, "events", northfield.programme.pk)]
    pages += [url(northfield, name, gathering.pk) for name in ("event", "event_guests", "event_attendance")]
    with time_machine.travel(later(minutes=5), tick=False):
        before = [count_queries(client, page) for page in pages]
        with northfield.scope():
            for number in range(3):
                more = make.GatheringFactory(programme=northfield.programme, starts_at=later(days=number))
                make.GuestFactory(gathering=more)
                make.GuestFactory(gathering=gathering, answer="yes", attended_at=START)
        assert [count_queries(client, page) for page in pages] == before
        assert max(before) <= MOST
        mentor = sign_in(northfield.people["mentor"])
        one = count_queries(mentor, url(northfield, "my_events"))
        with northfield.scope():
            for number in range(3):
                make.GuestFactory(
                    gathering__programme=northfield.programme, gathering__starts_at=later(days=number), mentor=northfield.mentor
                )
        assert count_queries(mentor, url(northfield, "my_events")) == one <= MOST


def test_an_empty_list_says_the_first_step(northfield, coordinator, sign_in):
    assert "No event is planned yet" in words(coordinator.get(url(northfield, "events", northfield.programme.pk)))
    assert "Nothing is planned for you just now" in words(sign_in(northfield.people["mentor"]).get(url(northfield, "my_events")))


def test_long_names_and_markup_stay_words(northfield, coordinator):
    title = "<b>Wolfe</b>" + "schlegelstein" * 12
    gathering, _guest = ask(northfield, title=title, place="<i>" + "x" * 200)
    page = coordinator.get(url(northfield, "event", gathering.pk)).content.decode()
    assert ("<b>Wolfe" in page, "&lt;b&gt;Wolfe" in page) == (False, True)
    with northfield.scope():
        assert len(Letter.objects.first().subject) <= 78
        assert timedelta(minutes=90) == gathering.ends_at - gathering.starts_at
