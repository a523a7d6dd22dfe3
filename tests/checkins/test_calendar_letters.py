"""A check-in with a time stands in everybody's calendar, moves there, and leaves it: the letters, and the files read back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from checkins.models import CheckIn
from checkins.services import log, planning
from matching.services.mentorships import end_mentorship
from matching.services.refused import Refused
from organisations.models import Membership
from post.models import Letter
from post.services.delivery import message
from tests.checkins.helpers import check_in

LONDON = ZoneInfo("Europe/London")


def at(days, hour=10):
    return dt.datetime.combine(timezone.localdate() + dt.timedelta(days=days), dt.time(hour), tzinfo=LONDON)


def add(house, days=5, hour=10, **more):
    moment = at(days, hour)
    return planning.add_check_in(
        mentorship=house.mentorship, due_on=moment.date(), starts_at=moment, by=house.people["mentor"], **{"minutes": 45, **more}
    )


def move(house, row, days, hour=10, **more):
    moment = at(days, hour)
    return planning.move_check_in(check_in=row, due_on=moment.date(), starts_at=moment, minutes=45, by=house.people["mentor"], **more)


def letters(name=None, to=None):
    rows = Letter.objects.exclude(status="dropped").filter(name__startswith="check_in_").order_by("pk")
    rows = rows.filter(name=name) if name else rows
    return list(rows.filter(to_email=to) if to else rows)


def read(letter):
    """(calendar, event, the MIME type it came as) of a letter's file, from the mail itself."""
    (part,) = [one for one in message(letter).message().walk() if one.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    return calendar, event, part


def deliver():
    Letter.objects.filter(status="waiting").update(status="sent")


def test_a_time_is_put_into_both_calendars(northfield):
    with northfield.scope():
        row = add(northfield, place="Library café")
        mentor, student = letters(to="mentor@northfield.example")[0], letters(to="student@northfield.example")[0]
        calendar, event, part = read(mentor)
    assert (str(calendar["METHOD"]), part.get_param("method")) == ("REQUEST", "REQUEST")
    assert (int(event["SEQUENCE"]), event["DTSTART"].dt, event["DTEND"].dt) == (0, row.starts_at, row.starts_at + dt.timedelta(minutes=45))
    assert (event["DTSTART"].params["TZID"], str(calendar.walk("VTIMEZONE")[0]["TZID"])) == ("Europe/London", "Europe/London")
    assert (str(event["ATTENDEE"]), str(event["SUMMARY"]), str(event["LOCATION"])) == (
        "mailto:mentor@northfield.example", "Check-in with Student", "Library café",
    )  # fmt: skip
    assert "Check-in with Mentor" in read_summary(northfield, student)
    assert "/r/" not in str(event["DESCRIPTION"])  # a calendar is shared more easily than a letter


def read_summary(house, letter):
    with house.scope():
        return str(read(letter)[1]["SUMMARY"])


def test_without_a_time_nobody_is_written_to(northfield):
    with northfield.scope():
        planning.add_check_in(mentorship=northfield.mentorship, due_on=at(5).date(), by=northfield.people["mentor"])
        assert letters() == []


def test_sequence_only_grows_and_the_uid_stays(northfield):
    with northfield.scope():
        row, seen = add(northfield), []
        for days in (6, 7, 8):
            deliver()
            row = move(northfield, row, days)
        deliver()
        row = planning.move_check_in(check_in=row, due_on=at(9).date(), by=northfield.people["mentor"])
        deliver()
        row = move(northfield, row, 10)
        deliver()
        planning.drop_check_in(check_in=row, by=northfield.people["mentor"])
        for letter in letters(to="student@northfield.example"):
            calendar, event, _part = read(letter)
            seen.append((letter.name, str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"])))
    assert [one[:2] for one in seen] == [
        ("check_in_planned", "REQUEST"), ("check_in_moved", "REQUEST"), ("check_in_moved", "REQUEST"), ("check_in_moved", "REQUEST"),
        ("check_in_cancelled", "CANCEL"), ("check_in_moved", "REQUEST"), ("check_in_cancelled", "CANCEL"),
    ]  # fmt: skip
    assert len({uid for _name, _method, uid, _sequence in seen}) == 1
    assert [sequence for *_rest, sequence in seen] == list(range(7))


def test_who_has_not_had_the_first_letter_gets_that_as_it_is_now(northfield):
    with northfield.scope():
        row = move(northfield, add(northfield), 6, 15)
        (letter,) = letters(to="student@northfield.example")
        _calendar, event, _part = read(letter)
        assert (letter.name, event["DTSTART"].dt, int(event["SEQUENCE"])) == ("check_in_planned", row.starts_at, 1)


def test_the_same_again_tells_nobody(northfield):
    with northfield.scope():
        row = add(northfield)
        deliver()
        before = Letter.objects.count()
        assert add(northfield) == row
        move(northfield, row, 5)
        assert (Letter.objects.count(), CheckIn.objects.get(pk=row.pk).sequence) == (before, 0)


def test_an_ended_mentorship_leaves_the_calendars_also_of_who_withdrew(northfield):
    with northfield.scope():
        add(northfield)
        deliver()
        northfield.student.withdrawn_at = timezone.now()
        northfield.student.save()
        end_mentorship(mentorship=northfield.mentorship, status="completed_early", by=northfield.people["coordinator"])
        assert {one.to_email for one in letters("check_in_cancelled")} == {"mentor@northfield.example", "student@northfield.example"}


def test_a_letter_says_the_time_on_its_readers_clock(northfield):
    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["student"].pk).update(time_zone="Asia/Kolkata")
        row = add(northfield)
        kolkata = row.starts_at.astimezone(ZoneInfo("Asia/Kolkata"))
        assert f"{kolkata:%H:%M} to" in letters(to="student@northfield.example")[0].text
        assert "(Kolkata time)" in letters(to="student@northfield.example")[0].text
        assert "10:00 to 10:45 (London time)" in letters(to="mentor@northfield.example")[0].text


@pytest.mark.parametrize(("minutes", "hours"), [(0, 5), (900, 5), (45, -1)])
def test_a_length_or_time_that_cannot_be_is_refused(northfield, minutes, hours):
    moment = timezone.now() + dt.timedelta(hours=hours)
    with northfield.scope(), pytest.raises(Refused):
        planning.add_check_in(
            mentorship=northfield.mentorship, due_on=timezone.localdate(moment), starts_at=moment, minutes=minutes, by=northfield.people["mentor"]
        )  # fmt: skip


def test_a_moved_one_remembers_where_it_was(northfield):
    with northfield.scope():
        row = add(northfield, 5)
        first = row.due_on
        row = move(northfield, row, 6)
        log.miss_check_in(
            check_in=row, reason="Ill", could_not="mentor", moved_to=at(9).date(), by=northfield.people["mentor"], at=timezone.now()
        )
        row.refresh_from_db()
        new = CheckIn.objects.planned().get(due_on=at(9).date())
    assert (row.status, row.could_not, row.moved_on) == ("moved", "mentor", new.due_on)
    assert new.earlier_days == [first, row.due_on]


def plan_url(house):
    return reverse("checkins:plan", args=[house.organisation.slug, house.mentorship.pk])


def errors(answer):
    return {name: [str(one) for one in found] for name, found in answer.context["form"].errors.items()}


def post(client, house, day, time, minutes="45"):
    return client.post(plan_url(house), {"due_on": day.isoformat(), "time": time, "minutes": minutes, "place": ""})


@pytest.fixture
def long_programme(northfield):
    """A mentorship that runs over both nights on which the clocks of London are changed."""
    with northfield.scope():
        northfield.mentorship.ends_on = timezone.localdate() + dt.timedelta(days=400)
        northfield.mentorship.save()
    return northfield


def clock_night(*, forward):
    """The next last Sunday of March or October."""
    today = timezone.localdate()
    for year in (today.year, today.year + 1):
        last = dt.date(year, 3 if forward else 10, 31)
        sunday = last - dt.timedelta(days=(last.weekday() - 6) % 7)
        if sunday > today:
            return sunday
    raise AssertionError


def test_the_hour_that_is_skipped_is_refused_with_the_nearest_time(long_programme, sign_in):
    answer = post(sign_in(long_programme.people["mentor"]), long_programme, clock_night(forward=True), "01:30")
    (said,) = errors(answer)["time"]
    assert "01:30 does not exist" in said
    assert "02:00" in said
    assert 'value="01:30"' in answer.content.decode()  # nothing typed is lost


def test_of_the_hour_that_comes_twice_the_first_is_taken_and_said(long_programme, sign_in):
    client = sign_in(long_programme.people["mentor"])
    night = clock_night(forward=False)
    answer = client.post(plan_url(long_programme), {"due_on": night.isoformat(), "time": "01:30", "minutes": "45"}, follow=True)
    assert "comes twice" in answer.content.decode()
    with long_programme.scope():
        assert CheckIn.objects.get().starts_at == dt.datetime.combine(night, dt.time(0, 30), tzinfo=dt.UTC)


@pytest.mark.parametrize(("minutes", "field"), [("0", "minutes"), ("900", "minutes"), ("half", "minutes")])
def test_a_length_that_cannot_be_is_said_by_its_field(northfield, sign_in, minutes, field):
    answer = post(sign_in(northfield.people["mentor"]), northfield, at(5).date(), "10:00", minutes)
    assert list(errors(answer)) == [field]


def test_a_time_that_has_passed_is_said_by_its_field(northfield, sign_in):
    answer = post(sign_in(northfield.people["mentor"]), northfield, at(-2).date(), "10:00")
    assert "has passed" in errors(answer)["time"][0]
    with northfield.scope():
        assert CheckIn.objects.count() == 0


def test_a_time_is_read_on_ones_own_clock(northfield, sign_in):
    with northfield.scope():
        Membership.objects.filter(pk=northfield.people["mentor"].pk).update(time_zone="America/New_York")
    client = sign_in(northfield.people["mentor"])
    assert post(client, northfield, at(5).date(), "20:00").status_code == 302
    with northfield.scope():
        row = CheckIn.objects.get()
    local = row.starts_at.astimezone(ZoneInfo("America/New_York"))
    assert (local.date(), local.hour) == (at(5).date(), 20)
    assert row.due_on == at(6).date()  # it is past midnight where the organisation is
    page = client.get(plan_url(northfield)).content.decode()
    assert "20:00" in page
    assert "New York" in page


def test_a_check_in_with_a_time_can_be_moved_back_and_forth_on_the_page(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    with northfield.scope():
        row = check_in(northfield, days=4)
    url = reverse("checkins:move", args=["northfield", row.pk])
    answer = client.post(url, {"due_on": at(6).date().isoformat(), "time": "15:00", "minutes": "60", "place": "Video"})
    assert answer.status_code == 302
    with northfield.scope():
        row.refresh_from_db()
    assert (row.starts_at, row.planned_minutes, row.place) == (at(6, 15), 60, "Video")
    assert 'value="15:00"' in client.get(url).content.decode()
