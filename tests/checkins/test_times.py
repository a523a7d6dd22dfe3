"""Times are proposed, picked by one tap, and settled once."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checkins.models import CheckIn, ContactRules, TimesProposal, TimeYes
from checkins.services import times as service
from common.tenancy import organisation_scope
from matching.models import MentorshipMember
from matching.services.refused import Refused
from organisations.services.links import make_link
from post.models import Letter
from tests import factories as make
from tests.cast import seat
from tests.checkins.helpers import check_in
from tests.queries import count_queries

MOST = 20


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


def at(days, hour=10):
    return dt.datetime.combine(timezone.localdate() + dt.timedelta(days=days), dt.time(hour), tzinfo=ZoneInfo("Europe/London"))


def propose(house, role="mentor", **more):
    what = {"moments": [at(4), at(5, 16)], "minutes": 30, "place": "Video", "note": "Any of these?"} | more
    return service.propose_times(mentorship=house.mentorship, by=house.people[role], **what)


def letters(name):
    return list(Letter.objects.filter(name=name).order_by("pk"))


def link(house, times, role="student"):
    with house.scope():
        _link, token = make_link("times", times.pk, membership=house.people[role])
    return reverse("checkins:times_by_link", args=[token])


@pytest.fixture
def proposed(northfield):
    with northfield.scope():
        return propose(northfield)


def test_the_others_are_asked_with_the_times_on_their_clock(northfield):
    with northfield.scope():
        student = northfield.people["student"]
        student.time_zone = "Asia/Kolkata"
        student.save()
        propose(northfield)
        (letter,) = letters("times_proposed")
    assert letter.to_email == "student@northfield.example"
    assert "14:30" in letter.text or "15:30" in letter.text
    assert "(Kolkata time)" in letter.text


def test_opening_the_link_never_acts_and_one_tap_settles(northfield, proposed):
    url, client = link(northfield, proposed), Client()
    for _scan in range(3):
        page = client.get(url)
        assert client.head(url).status_code == page.status_code == 200
    with northfield.scope():
        assert CheckIn.objects.count() == 0
        option = proposed.options.last()
    assert client.post(url, {"yes": option.pk}).status_code == 302
    with northfield.scope():
        row = CheckIn.objects.get()
        assert (row.starts_at, row.planned_minutes, row.place) == (option.starts_at, 30, "Video")
        assert TimesProposal.objects.get().state == "settled"
        assert {letter.to_email for letter in letters("check_in_planned")} == {"mentor@northfield.example", "student@northfield.example"}
        assert letters("times_proposed")[0].status == "dropped"  # it had not gone, and is needless now
    assert "The time is settled" in client.get(url).content.decode()


def test_a_second_pick_makes_no_second_check_in(northfield, proposed, sign_in):
    with northfield.scope():
        first, second = proposed.options.all()
    Client().post(link(northfield, proposed), {"yes": first.pk})
    page = sign_in(northfield.people["student"]).post(
        reverse("checkins:times", args=["northfield", proposed.pk]), {"yes": second.pk}, follow=True
    )
    assert "settled already" in page.content.decode()
    with northfield.scope():
        assert [row.starts_at for row in CheckIn.objects.all()] == [first.starts_at]


@pytest.mark.django_db(transaction=True)
def test_two_picks_at_once_make_one():
    house = seat("northfield")
    with house.scope():
        times = propose(house, role="coordinator")
        options = list(times.options.all())
        service.say_yes(times=times, option=options[0], by=house.people["mentor"])
        service.say_yes(times=times, option=options[1], by=house.people["student"])
    outcomes, gate = [], threading.Barrier(2)

    def pick(role, option):
        try:
            gate.wait(10)
            with organisation_scope(house.organisation.pk):
                outcomes.append("made" if service.say_yes(times=times, option=option, by=house.people[role]) else "waits")
        except service.AlreadySettled:
            outcomes.append("already")
        finally:
            connection.close()

    picks = [("mentor", options[1]), ("student", options[0])]
    threads = [threading.Thread(target=pick, args=one) for one in picks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with house.scope():
        assert sorted(outcomes) == ["already", "made"]
        assert CheckIn.objects.count() == 1


def test_the_planned_one_gets_the_time(northfield):
    with northfield.scope():
        planned = check_in(northfield, days=6)
        times = propose(northfield, check_in=planned)
        made = service.say_yes(times=times, option=times.options.first(), by=northfield.people["student"])
        assert made.pk == planned.pk
        planned.refresh_from_db()
        assert (planned.starts_at, planned.due_on, planned.earlier_days) == (at(4), at(4).date(), [timezone.localdate() + dt.timedelta(days=6)])
        assert CheckIn.objects.count() == 1


def test_one_more_that_comes_on_top_is_an_extra(northfield):
    with northfield.scope():
        for days in (4, 5, 6):
            make.CheckInFactory(mentorship=northfield.mentorship, due_on=at(4).date().replace(day=min(28, at(4).day)), number=50 + days)
        times = propose(northfield)
        assert service.say_yes(times=times, option=times.options.first(), by=northfield.people["student"]).is_extra


def test_a_firm_programme_says_so_before_anybody_is_asked(northfield):
    with northfield.scope():
        ContactRules.objects.create(programme=northfield.programme, extra_calls=0, is_firm=True)
        for number in (61, 62, 63):
            make.CheckInFactory(mentorship=northfield.mentorship, due_on=at(4).date(), number=number)
        with pytest.raises(Refused, match="1st extra call"):
            propose(northfield, moments=[at(4, 18)])
        assert letters("times_proposed") == []


def test_the_same_times_twice_are_one_proposal(northfield):
    with northfield.scope():
        assert propose(northfield) == propose(northfield)
        assert len(letters("times_proposed")) == 1


@pytest.fixture
def team(northfield):
    """A second student in the mentorship."""
    with northfield.scope():
        ada = make.StudentFactory(programme=northfield.programme, membership__first_name="Ada")
        MentorshipMember.objects.create(mentorship=northfield.mentorship, participant=ada, side="student")
        northfield.ada = ada
    return northfield


def test_of_several_everybodys_yes_is_needed_and_shown(team, sign_in):
    with team.scope():
        times = propose(team)
        first, second = times.options.all()
        assert service.say_yes(times=times, option=first, by=team.people["student"]) is None
        assert service.say_yes(times=times, option=second, by=team.people["student"]) is None
        assert CheckIn.objects.count() == 0
    page = sign_in(team.people["mentor"]).get(reverse("checkins:times", args=["northfield", times.pk])).content.decode()
    assert "Suits Student." in page
    assert "Waiting for Ada." in page
    with team.scope():
        made = service.say_yes(times=times, option=second, by=team.ada.membership)
        assert made.starts_at == second.starts_at
        assert len(letters("check_in_planned")) == 3


def test_whoever_proposed_may_take_one_without_waiting_and_nobody_else(team, client, sign_in):
    with team.scope():
        times = propose(team)
        first = times.options.first()
        service.say_yes(times=times, option=first, by=team.people["student"])
    url = reverse("checkins:times", args=["northfield", times.pk])
    assert sign_in(team.people["student"]).post(url, {"settle": first.pk}).status_code == 403
    assert sign_in(team.people["mentor"]).post(url, {"settle": first.pk}).status_code == 302
    with team.scope():
        assert CheckIn.objects.get().starts_at == first.starts_at


def test_a_time_of_other_times_is_nobodys_here(northfield, proposed):
    with northfield.scope():
        other = make.TimesFactory(mentorship=northfield.other_mentorship)
        foreign = other.options.first()
    assert Client().post(link(northfield, proposed), {"yes": foreign.pk}).status_code == 404
    assert Client().post(link(northfield, proposed), {"yes": "x"}).status_code == 404
    with northfield.scope():
        assert (CheckIn.objects.count(), TimeYes.objects.count()) == (0, 0)


def test_none_of_these_is_told_once_and_may_be_thought_better_of(northfield, proposed):
    url, client = link(northfield, proposed), Client()
    for _press in range(2):
        client.post(url, {"none": "1"})
    with northfield.scope():
        (letter,) = letters("times_none")
        assert letter.to_email == "mentor@northfield.example"
        option = proposed.options.first()
    client.post(url, {"yes": option.pk})
    with northfield.scope():
        assert CheckIn.objects.count() == 1
        assert not TimeYes.objects.filter(option=None).exists()


def test_other_times_answer_the_first_ones_by_link(northfield, proposed):
    url, client = link(northfield, proposed), Client()
    sent = {"at_0": f"{at(7):%Y-%m-%d}T11:00", "minutes": "30", "place": "", "note": ""}
    assert client.post(url + "other/", sent).status_code == 302
    with northfield.scope():
        new = TimesProposal.objects.exclude(pk=proposed.pk).get()
        proposed.refresh_from_db()
        assert (proposed.state, new.state, new.proposed_by) == ("answered", "open", northfield.people["student"])
        assert letters("times_proposed")[-1].to_email == "mentor@northfield.example"
    page = client.get(url).content.decode()
    assert "Other times were proposed since" in page
    assert 'name="yes"' not in page


def test_times_that_have_passed_say_so(northfield, proposed):
    with northfield.scope():
        for place, one in enumerate(proposed.options.all()):
            type(one).objects.filter(pk=one.pk).update(starts_at=timezone.now() - dt.timedelta(minutes=1 + place))
        option = proposed.options.first()
        with pytest.raises(Refused):
            service.say_yes(times=proposed, option=option, by=northfield.people["student"])
    page = Client().get(link(northfield, proposed)).content.decode()
    assert "have passed before one was picked" in page
    assert 'name="yes"' not in page


def new_url(house):
    return reverse("checkins:times_new", args=["northfield", house.mentorship.pk])


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ({}, "at_0"),
        ({"at_0": 3, "at_1": "tomorrow"}, "at_1"),
        ({"at_0": -3}, "at_0"),
        ({"at_0": 3, "minutes": "0"}, "minutes"),
        ({"at_0": 3, "minutes": "900"}, "minutes"),
        ({"at_0": 3, "at_4": 300}, "at_4"),
    ],
)
def test_what_cannot_be_proposed_is_said_by_its_field(northfield, sign_in, rows, field):
    sent = {"minutes": "45"} | {key: f"{at(value):%Y-%m-%dT%H:%M}" if isinstance(value, int) else value for key, value in rows.items()}
    answer = sign_in(northfield.people["student"]).post(new_url(northfield), sent)
    assert list(answer.context["form"].errors) == [field]
    with northfield.scope():
        assert not TimesProposal.objects.exists()


def test_both_sides_propose_and_somebody_elses_are_closed_to_them(northfield, sign_in):
    sent = {"at_0": f"{at(3):%Y-%m-%d}T10:00", "minutes": "45"}
    for role in ("mentor", "student"):
        assert sign_in(northfield.people[role]).post(new_url(northfield), sent).status_code == 302
    with northfield.scope():
        other = make.TimesFactory(mentorship=northfield.other_mentorship)
    assert sign_in(northfield.people["mentor"]).get(reverse("checkins:times", args=["northfield", other.pk])).status_code == 403


def test_the_page_costs_the_same_for_many(team, sign_in):
    client, counts = sign_in(team.people["mentor"]), []
    for hours in (1, 4):
        with team.scope():
            times = propose(team, moments=[at(4, 8 + hour) for hour in range(hours)])
            for option in times.options.all():
                service.say_yes(times=times, option=option, by=team.people["student"])
        counts.append(count_queries(client, reverse("checkins:times", args=["northfield", times.pk])))
    assert counts[0] == counts[1] <= MOST
