"""Who would get what on a day: the very same as what the sweep then writes, and who would not, with the reason."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from checkins.models import CheckIn, ReminderSent
from checkins.services import foresight, reminders
from checkins.services import preferences as wishes
from organisations.models import Membership, SignedLink
from post.models import Letter
from programmes.models import Holiday, Participant
from tests import factories as make
from tests.checkins.helpers import check_in, rule
from tests.checkins.test_reminders import check_in_rules, noon
from tests.queries import count_queries


def day_of(house, days, query=""):
    with house.scope():
        house.programme.organisation = house.organisation
        return foresight.of_programme(house.programme, timezone.localdate() + dt.timedelta(days=days), query)


def foreseen(house, days):
    return sorted((letter[0].person.email, len(letter), tuple(sorted(due.target for due in letter))) for letter in day_of(house, days)[0])


def written(house, days):
    """What the sweeps of one day write, three of them."""
    with house.scope():
        before = set(ReminderSent.objects.values_list("pk", flat=True))
    for hour in (0, 9, 23):
        at = dt.datetime.combine(timezone.localdate() + dt.timedelta(days=days), dt.time(hour, 20), dt.UTC)
        with time_machine.travel(at, tick=False):
            reminders.send_due(house.organisation.pk)
            with house.scope():
                ReminderSent.objects.exclude(pk__in=before).filter(at__gt=at + dt.timedelta(days=1)).update(at=at)
    with house.scope():
        rows, found = ReminderSent.objects.exclude(pk__in=before), {}
        for row in rows:
            found.setdefault(row.letter_key, []).append(row)
        emails = {f"membership:{one.pk}": one.email for one in Membership.objects.all()}
        return sorted((emails[own[0].recipient], len(own), tuple(sorted(row.target for row in own))) for own in found.values())


@pytest.fixture
def busy(northfield):
    """Check-ins on many days, in two mentorships; wishes of several sorts; a holiday."""
    with northfield.scope():
        check_in_rules(northfield)
        for days in (-12, -8, -2, 0, 2, 3, 9):
            check_in(northfield, days=days)
            make.CheckInFactory(mentorship=northfield.other_mentorship, due_on=timezone.localdate() + dt.timedelta(days=days))
        other = northfield.other_mentorship.members.get(side="mentor").participant.membership
        wishes.choose_weekly(key=f"membership:{other.pk}", on=True)
        student = northfield.people["student"]
        wishes.pause(key=f"membership:{student.pk}", until=timezone.localdate() + dt.timedelta(days=4), today=timezone.localdate())
        holiday = timezone.localdate() + dt.timedelta(days=5)
        Holiday.objects.create(name="A day off", first_on=holiday, last_on=holiday)
    return northfield


def test_the_look_at_each_day_is_what_the_sweep_then_writes(busy):
    """Looked at beforehand, from today, for ten days; then the sweeps of these days run, one after the other."""
    looked = {days: foreseen(busy, days) for days in range(1, 11)}
    with busy.scope():
        assert (Letter.objects.count(), ReminderSent.objects.count(), SignedLink.objects.count()) == (0, 0, 0)
    written(busy, 0)
    assert {days: written(busy, days) for days in range(1, 11)} == looked
    assert sum(map(len, looked.values())) >= 8
    assert looked[5] == []


def reasons(house, days, query=""):
    return {(one.due.person.email, one.code) for one in day_of(house, days, query)[1]}


def test_who_would_get_nothing_is_said_with_the_reason(northfield):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=-2)
        student, mentor = northfield.people["student"], northfield.people["mentor"]
        make.CheckInFactory(mentorship=northfield.other_mentorship, due_on=timezone.localdate() - dt.timedelta(days=2), status=CheckIn.Status.HELD)
        other = northfield.other_mentorship.members.get(side="mentor").participant.membership
    assert reasons(northfield, 1) == {(other.email, "done")}
    with northfield.scope():
        wishes.decline_kind(key=f"membership:{mentor.pk}", kind="check_in_open")
    assert (mentor.email, "unwanted") in reasons(northfield, 1)
    with northfield.scope():
        wishes.take_kind_again(key=f"membership:{mentor.pk}", kind="check_in_open")
        Membership.objects.filter(pk=mentor.pk).update(email="")
    assert ("", "no_address") in reasons(northfield, 1)
    with northfield.scope():
        Membership.objects.filter(pk=mentor.pk).update(email=mentor.email)
        rule(northfield, "check_in_planned", -1, "both", "check_in_due", counts_from=timezone.localdate() - dt.timedelta(days=9))
        check_in(northfield, days=1)
    assert (student.email, "earlier") not in reasons(northfield, 2)
    assert reasons(northfield, 1, query="nobody of this name") == set()


def test_a_holiday_and_a_letter_of_today_are_said(northfield):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=-2)
        on = timezone.localdate() + dt.timedelta(days=1)
        Holiday.objects.create(name="A day off", first_on=on, last_on=on)
    (held,) = day_of(northfield, 1)[1]
    assert held.words == f"It is a holiday; this waits until {on + dt.timedelta(days=1):%A} {(on + dt.timedelta(days=1)).day} {on + dt.timedelta(days=1):%B}."
    with northfield.scope():
        Holiday.objects.all().delete()
    with time_machine.travel(noon(1), tick=False):
        reminders.send_due(northfield.organisation.pk)
    assert {one.code for one in day_of(northfield, 1)[1]} == {"sent"}


def url(house, name, query=""):
    return reverse(f"checkins:{name}", args=[house.organisation.slug, house.programme.pk]) + query


def test_the_page_looks_at_a_day_and_finds_a_name(busy, sign_in):
    client = sign_in(busy.people["coordinator"])
    on = (timezone.localdate() + dt.timedelta(days=2)).isoformat()
    page = client.get(url(busy, "reminders_preview", f"?day={on}"))
    html = BeautifulSoup(page.content, "html.parser")
    assert html.select_one("select[name=day] option[selected]")["value"] == on
    names = [row.th.contents[0] for row in html.select("#letters tbody tr")]
    assert names == [letter[0].person.name for letter in day_of(busy, 2)[0]] != []
    found = client.get(url(busy, "reminders_preview", f"?day={on}&q=STUDENT@"))
    assert {row["email"] for row in found.context["rows"]} <= {"student@northfield.example"}
    for odd in ("?day=x", "?day=2099-01-01", "?page=zz&held=-3", "?q=%25_'"):
        assert client.get(url(busy, "reminders_preview", odd)).status_code == 200


def test_the_page_costs_the_same_for_many(northfield, sign_in):
    with northfield.scope():
        check_in_rules(northfield)
        check_in(northfield, days=2)
    client = sign_in(northfield.people["coordinator"])
    one = count_queries(client, url(northfield, "reminders_preview"))
    with northfield.scope():
        for _n in range(5):
            make.CheckInFactory(mentorship=make.MentorshipFactory(programme=northfield.programme), due_on=timezone.localdate() + dt.timedelta(days=2))
    assert one == count_queries(client, url(northfield, "reminders_preview")) <= 30


def test_a_letter_is_seen_with_real_people_in_a_frame_that_can_do_nothing(northfield, sign_in):
    with northfield.scope():
        rule(northfield, "check_in_planned", 3, "mentor", "check_in_overdue", opening="Hello {first_name}, ring {names}.")
        check_in(northfield, days=-2)
        Membership.objects.filter(pk=northfield.people["student"].pk).update(first_name="<script>alert(1)</script>")
    query = f"?day={(timezone.localdate() + dt.timedelta(days=1)).isoformat()}&who=membership:{northfield.people['mentor'].pk}"
    client = sign_in(northfield.people["coordinator"])
    page = BeautifulSoup(client.get(url(northfield, "reminder_letter", query)).content, "html.parser")
    assert (page.iframe.has_attr("sandbox"), "allow" in str(page.iframe)) == (True, False)
    frame = client.get(page.iframe["src"])
    assert "sandbox" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    html = frame.content.decode()
    assert "<script>" not in html
    assert "ring &lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "/r/" not in html
    with northfield.scope():
        assert (Letter.objects.count(), ReminderSent.objects.count(), SignedLink.objects.count()) == (0, 0, 0)
    assert client.get(url(northfield, "reminder_letter", query.replace("membership", "line-manager"))).status_code == 302
    assert sign_in(northfield.people["mentor"]).get(url(northfield, "reminder_letter_html", query)).status_code == 403


def test_what_is_seen_is_what_is_sent(northfield, sign_in):
    with northfield.scope():
        check_in_rules(northfield)
        for days in (-2, 2):
            check_in(northfield, days=days)
        letters, _held = foresight.of_programme(northfield.programme, timezone.localdate() + dt.timedelta(days=1))
        seen = {letter[0].person.email: foresight.as_it_would_be(letter, northfield.organisation) for letter in letters}
    with time_machine.travel(noon(1), tick=False):
        reminders.send_due(northfield.organisation.pk)
    from post.rendering import render_letter

    with northfield.scope():
        sent = {letter.to_email: (letter.name, letter.subject) for letter in Letter.objects.all()}
    assert sent == {email: (name, render_letter(name, context).subject) for email, (name, context) in seen.items()}
    assert Participant.unscoped.model  # the models are the sweep's own
