"""How often people meet: what they choose, what a month comes to, and holidays that planned check-ins make way for."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from checkins.models import CheckIn, ContactRules, Rhythm
from checkins.services import planning, rules
from matching.services.refused import Refused
from post.models import Letter
from programmes.models import Holiday
from programmes.services.holidays import add_holiday
from tests import factories as make
from tests.checkins.helpers import check_in

FIRST = (timezone.localdate().replace(day=1) + dt.timedelta(days=32)).replace(day=1)  # of next month


@pytest.fixture
def house(northfield):
    """Its mentorship runs for half a year from now."""
    with northfield.scope():
        northfield.mentorship.ends_on = timezone.localdate() + dt.timedelta(days=180)
        northfield.mentorship.save()
        northfield.mentorship.refresh_from_db()
    return northfield


def add(house, day, role="mentor", **more):
    return planning.add_check_in(mentorship=house.mentorship, due_on=FIRST.replace(day=day), by=house.people[role], **more)


def test_what_comes_on_top_of_the_rhythm_is_extra_and_the_fourth_is_said(house, sign_in):
    with house.scope():
        regular = [add(house, 3), add(house, 17)]
        extra = [add(house, day) for day in (5, 6, 7)]
        assert [row.is_extra for row in [*regular, *extra]] == [False, False, True, True, True]
    client = sign_in(house.people["mentor"])
    url = reverse("checkins:plan", args=["northfield", house.mentorship.pk])
    page = client.post(url, {"due_on": FIRST.replace(day=8).isoformat(), "minutes": "20"}, follow=True).content.decode()
    assert "That is the 4th extra call" in page
    assert "your programme allows 3" in page
    with house.scope():
        assert CheckIn.objects.count() == 6  # kindly said, not refused


def test_a_firm_programme_refuses_but_not_its_coordinators(house):
    with house.scope():
        rules.set_rules(programme=house.programme, by=house.people["coordinator"], extra_calls=0, is_firm=True)
        add(house, 3), add(house, 17)
        with pytest.raises(Refused, match="1st extra call"):
            add(house, 5)
        assert add(house, 5, role="coordinator").is_extra


def test_another_mentorships_calls_do_not_count(house):
    with house.scope():
        for day in (3, 4, 5):
            make.CheckInFactory(mentorship=house.other_mentorship, due_on=FIRST.replace(day=day), is_extra=True)
        assert rules.month_words(house.mentorship, FIRST) == []


def test_a_rhythm_is_chosen_within_what_the_programme_allows(house, sign_in):
    with house.scope():
        ContactRules.objects.create(programme=house.programme, least_days=7, most_days=21)
        loose, timed = check_in(house, days=5), check_in(house, days=9, starts_at=timezone.now() + dt.timedelta(days=9))
        with pytest.raises(Refused, match="every 7 to 21 days"):
            rules.choose_rhythm(mentorship=house.mentorship, every_days=28, weekday=None, by=house.people["mentor"])
    client = sign_in(house.people["student"])
    url = reverse("checkins:rhythm", args=["northfield", house.mentorship.pk])
    assert list(client.post(url, {"every_days": "28"}).context["form"].errors) == ["every_days"]
    assert client.post(url, {"every_days": "7", "weekday": "2"}).status_code == 302
    with house.scope():
        loose.refresh_from_db()
        timed.refresh_from_db()
        assert (loose.status, timed.status) == ("dropped", "planned")
        new = CheckIn.objects.planned().exclude(pk=timed.pk).values_list("due_on", flat=True)
        assert len(new) > 20
        assert {day.weekday() for day in new} == {2}
        assert min(new) > timed.due_on


def test_a_new_plan_makes_way_for_holidays(house):
    with house.scope():
        start = house.mentorship.started_on
        Holiday.objects.create(name="Break", first_on=start, last_on=start + dt.timedelta(days=20))
        other = make.ProgrammeFactory()
        Holiday.objects.create(programme=other, name="Not ours", first_on=start + dt.timedelta(days=21), last_on=start + dt.timedelta(days=90))
        days = planning.dates_for(house.mentorship)
    assert min(days) > start + dt.timedelta(days=20)
    assert min(days) < start + dt.timedelta(days=30)


def next_monday(weeks=2):
    today = timezone.localdate()
    return today + dt.timedelta(days=7 * weeks - today.weekday())


def test_a_holiday_moves_what_has_no_time_and_leaves_what_is_settled(house):
    monday = next_monday()
    with house.scope():
        moment = dt.datetime.combine(monday, dt.time(10), tzinfo=ZoneInfo("Europe/London"))
        loose = make.CheckInFactory(mentorship=house.mentorship, due_on=monday)
        settled = make.CheckInFactory(mentorship=house.mentorship, due_on=monday, starts_at=moment)
        elsewhere = make.CheckInFactory(mentorship=make.MentorshipFactory(), due_on=monday)
        _row, moved = add_holiday(
            programme=house.programme, name="Half-term", first_on=monday, last_on=monday + dt.timedelta(days=4), by=house.people["coordinator"]
        )
        for row in (loose, settled, elsewhere):
            row.refresh_from_db()
    assert moved == 1
    assert (loose.due_on, loose.earlier_days) == (monday + dt.timedelta(days=7), [monday])
    assert (settled.due_on, elsewhere.due_on) == (monday, monday)


def test_a_holiday_without_room_before_the_next_check_in_moves_nothing(house):
    monday = next_monday()
    with house.scope():
        loose = make.CheckInFactory(mentorship=house.mentorship, due_on=monday)
        make.CheckInFactory(mentorship=house.mentorship, due_on=monday + dt.timedelta(days=7))
        _row, moved = add_holiday(
            programme=None, name="Half-term", first_on=monday, last_on=monday + dt.timedelta(days=4), by=house.people["coordinator"]
        )
        loose.refresh_from_db()
    assert (moved, loose.due_on) == (0, monday)


def holidays_url(house):
    return reverse("programmes:holidays", args=["northfield", house.programme.pk])


def test_the_coordinator_keeps_holidays_and_is_told_what_moved(house, sign_in):
    monday = next_monday()
    with house.scope():
        make.CheckInFactory(mentorship=house.mentorship, due_on=monday)
    client = sign_in(house.people["coordinator"])
    sent = {"name": "Bank holiday", "first_on": monday.isoformat(), "where": "organisation"}
    for _press in range(2):
        page = client.post(holidays_url(house), sent, follow=True).content.decode()
    assert "Bank holiday" in page
    with house.scope():
        (row,) = Holiday.objects.all()
        assert (row.programme, row.first_on, row.last_on) == (None, monday, monday)
        assert CheckIn.objects.get().due_on == monday + dt.timedelta(days=1)
    client.post(reverse("programmes:holiday_remove", args=["northfield", house.programme.pk, row.pk]))
    with house.scope():
        assert not Holiday.objects.exists()


@pytest.mark.parametrize(("first", "last", "field"), [(0, -1, "last_on"), (0, 200, "last_on"), (4000, 4000, "first_on")])
def test_days_that_cannot_be_are_said_by_their_field(northfield, sign_in, first, last, field):
    today = timezone.localdate()
    days = {"first_on": today + dt.timedelta(days=first), "last_on": today + dt.timedelta(days=last)}
    sent = {"name": "Break", "where": "programme"} | {name: day.isoformat() for name, day in days.items()}
    answer = sign_in(northfield.people["coordinator"]).post(holidays_url(northfield), sent)
    assert list(answer.context["form"].errors) == [field]
    with northfield.scope():
        assert not Holiday.objects.exists()


def test_the_coordinator_sets_the_rules(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    url = reverse("checkins:contact_rules", args=["northfield", northfield.programme.pk])
    sent = {"least_days": "7", "most_days": "28", "least_minutes": "60", "most_minutes": "75", "extra_calls": "2", "extra_minutes": "20", "is_firm": "True"}
    assert list(client.post(url, sent | {"most_days": "3", "most_minutes": "5"}).context["form"].errors) == ["most_days", "most_minutes"]
    with northfield.scope():
        assert not ContactRules.objects.exists()
    for _press in range(2):
        assert client.post(url, sent).status_code == 302
    with northfield.scope():
        row = ContactRules.objects.get()
        assert (row.extra_calls, row.extra_minutes, row.is_firm, row.most_minutes) == (2, 20, True, 75)


def test_nothing_chosen_is_as_the_programme_says(northfield):
    with northfield.scope():
        assert rules.rhythm_of(northfield.mentorship) == (northfield.programme.check_in_every_days, None)
        assert not Rhythm.objects.exists()
        assert not Letter.objects.exists()
