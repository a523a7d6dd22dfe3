"""Why a letter came and how to get fewer: by the link in it, by the mail program's own button, signed in. GET never acts."""

import datetime as dt
import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checkins.models import LetterPreference
from checkins.services import preferences as service
from checkins.services import reminders
from organisations.models import Membership
from organisations.services import standing_links
from post.models import Letter
from post.services.delivery import message
from programmes.models import Participant
from tests import factories as make
from tests.checkins.helpers import check_in, rule
from tests.checkins.test_reminders import letters, noon, sweep

MENTOR = "mentor@northfield.example"
LATE = ("check_in_overdue", MENTOR)
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def late(northfield):
    """A letter to the mentor about a check-in that nobody logged."""
    with northfield.scope():
        rule(northfield, "check_in_planned", 3, "mentor", "check_in_overdue")
        check_in(northfield, days=-3)
    assert sweep(northfield) == [LATE]
    return northfield


def letter_of(house, **found):
    with house.scope():
        return Letter.objects.get(**found)


def page_in(letter):
    return re.search(r"https?://[^/]+(/r/[^/\s]+/letters/)", letter.text)[1]


def wish(house, role="mentor"):
    with house.scope():
        return LetterPreference.objects.filter(membership=house.people[role]).first()


def key(house, role="mentor"):
    return f"membership:{house.people[role].pk}"


def test_the_page_says_which_rule_wrote_and_looking_changes_nothing(late, client):
    answer = client.get(page_in(letter_of(late)))
    text = BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)
    assert "3 days after a check-in that nobody logged, remind the mentor; stop when it is logged." in text
    assert "Always sent, because somebody waits for your answer: An agreement to sign, A proposal to answer." in text
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"], answer["Cache-Control"]) == ("same-origin", "noindex", "no-store")
    assert (client.get(page_in(letter_of(late)) + "stop/").status_code, wish(late)) == (302, None)


@pytest.mark.parametrize(
    ("sent", "field", "value"),
    [
        ({"do": "weekly"}, "weekly", True),
        ({"do": "decline", "kind": "check_in_open"}, "unwanted", ["check_in_open"]),
        ({"do": "pause", "until": (timezone.localdate() + dt.timedelta(days=9)).isoformat()}, "paused_until", timezone.localdate() + dt.timedelta(days=9)),
    ],
)
def test_one_tap_by_link_and_back_again(late, client, sent, field, value):
    page = page_in(letter_of(late))
    for _twice in range(2):
        assert client.post(page, sent).status_code == 302
    assert getattr(wish(late), field) == value
    back = {"weekly": {"do": "each"}, "decline": {"do": "again", "kind": "check_in_open"}, "pause": {"do": "resume"}}[sent["do"]]
    assert client.post(page, back).status_code == 302
    assert getattr(wish(late), field) == {"weekly": False, "unwanted": [], "paused_until": None}[field]
    with late.scope():
        assert LetterPreference.objects.count() == 1


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "2099-01-01"])
def test_a_pause_that_will_not_do_is_said_by_the_field(late, client, until):
    answer = client.post(page_in(letter_of(late)), {"do": "pause", "until": until})
    html = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, html.select_one(".error-summary a")["href"], html.select_one("#id_until").get("value", "")) == (422, "#id_until", until)
    assert wish(late) is None


def test_what_somebody_waits_for_cannot_be_declined(late, client):
    for kind in ("proposal", "agreement", "nonsense"):
        assert client.post(page_in(letter_of(late)), {"do": "decline", "kind": kind}).status_code == 302
    assert wish(late) is None


def test_the_mail_programs_button_takes_one_post_without_a_cookie(late):
    letter = letter_of(late)
    headers = message(letter).message()
    address = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.endswith(page_in(letter) + "stop/")
    outside = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        answer = outside.post(page_in(letter) + "stop/", {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert wish(late).unwanted == ["check_in_open"]
    assert outside.post(page_in(letter), {"do": "weekly"}).status_code == 403


def test_what_must_be_answered_says_so_and_has_no_such_button(northfield):
    with northfield.scope():
        type(northfield.mentorship).objects.update(started_on=timezone.localdate() - dt.timedelta(days=3))
        make.AgreementFactory(mentorship=northfield.mentorship)
        rule(northfield, "mentorship_started", 3, "respondent", "agreement_to_sign")
        service.pause(key=key(northfield), until=timezone.localdate() + dt.timedelta(days=30), today=timezone.localdate())
        service.choose_weekly(key=key(northfield), on=True)
    assert ("agreement_to_sign", MENTOR) in sweep(northfield)
    letter = letter_of(northfield, to_email=MENTOR)
    assert "It always comes, because somebody waits for your answer." in letter.text
    assert "List-Unsubscribe" not in message(letter).message()


@pytest.mark.parametrize("wished", ["decline", "pause"])
def test_wishes_are_kept_by_the_sweep_and_others_still_get_theirs(northfield, wished):
    with northfield.scope():
        rule(northfield, "check_in_planned", 3, "both", "check_in_overdue")
        check_in(northfield, days=-3)
        if wished == "decline":
            service.decline_kind(key=key(northfield), kind="check_in_open")
        else:
            service.pause(key=key(northfield), until=timezone.localdate() + dt.timedelta(days=1), today=timezone.localdate())
    student = ("check_in_overdue", "student@northfield.example")
    assert [sweep(northfield, days) for days in (0, 1)] == [[student]] * 2
    assert sweep(northfield, 2) == ([student] if wished == "decline" else sorted([LATE, student]))


def test_once_a_week_is_one_letter_on_monday(northfield):
    days_to_monday = (7 - timezone.localdate().weekday()) % 7 or 7
    with northfield.scope():
        rule(northfield, "check_in_planned", 1, "mentor", "check_in_overdue")
        for days in (1, 2):
            check_in(northfield, days=days_to_monday - 1 - days)
        service.choose_weekly(key=key(northfield), on=True)
    seen = [sweep(northfield, days) for days in range(days_to_monday - 2, days_to_monday + 1)]
    assert seen == [[], [], [("digest", MENTOR)]]


def test_signed_in_one_sees_every_kind_ones_roles_may_get(northfield, sign_in):
    page = reverse("checkins:my_letters", args=["northfield"])
    for role, has in (("mentor", False), ("coordinator", True)):
        html = sign_in(northfield.people[role]).get(page).content.decode()
        assert ("The list on Mondays" in html) is has
        assert "A proposal to answer" in html.split("Always sent")[1]
    client = sign_in(northfield.people["coordinator"])
    assert client.post(page, {"do": "decline", "kind": "attention_list"}).status_code == 302
    assert (wish(northfield, "coordinator").unwanted, wish(northfield)) == (["attention_list"], None)


def test_a_line_manager_without_a_sign_in_chooses_too(northfield, client):
    with northfield.scope():
        manager = make.LineManagerFactory(email="lm@works.example")
        token = standing_links.make_token(f"line-manager:{manager.pk}", manager.email, 0)
    assert client.get(reverse("checkins:letters_by_link", args=[token])).status_code == 200
    assert client.post(reverse("checkins:letters_by_link", args=[token]), {"do": "weekly"}).status_code == 302
    with northfield.scope():
        assert list(LetterPreference.objects.values_list("line_manager", "weekly")) == [(manager.pk, True)]


def test_links_that_are_altered_moved_or_of_somebody_gone_open_nothing(late, riverside, client):
    page = page_in(letter_of(late))
    token = page.split("/")[2]
    assert client.get(page.replace(token, token[:-3] + "abc")).status_code == 404
    with riverside.scope():  # the same person's number, the other organisation: its own person, another address
        foreign = standing_links.make_token(key(late), MENTOR, 1)
    assert client.post(reverse("checkins:letters_by_link", args=[foreign]), {"do": "weekly"}).status_code == 410
    with late.scope():
        Membership.objects.filter(email=MENTOR).update(email="moved@northfield.example")
    assert client.get(page).status_code == 410
    with late.scope():
        Membership.objects.filter(email="moved@northfield.example").update(email=MENTOR, left_at=timezone.now())
    assert client.post(page, {"do": "weekly"}).status_code == 410
    with late.scope():
        assert LetterPreference.objects.count() == 0


def test_another_persons_letter_is_not_explained(late):
    from checkins.models import ReminderSent
    from checkins.services.why import why_of

    with late.scope():
        row = ReminderSent.objects.get()
        assert why_of(row.pk, key(late)).sentences
        assert why_of(row.pk, key(late, "student")) is None


# A done thing stops what waits


def test_what_was_done_in_the_night_is_not_sent_in_the_morning(northfield, mailoutbox):
    """However it was done: here the database is told behind the services' backs."""
    from checkins.models import CheckIn
    from post.services.delivery import deliver_waiting

    with northfield.scope():
        rule(northfield, "check_in_planned", 3, "mentor", "check_in_overdue")
        row = check_in(northfield, days=-3)
        other = make.CheckInFactory(mentorship=northfield.other_mentorship, due_on=row.due_on)
    night = dt.datetime.combine(timezone.localdate(), dt.time(3), dt.UTC)
    with time_machine.travel(night, tick=False):
        reminders.send_due(northfield.organisation.pk)
    with northfield.scope():
        CheckIn.objects.filter(pk=row.pk).update(status="held")
    with time_machine.travel(noon(), tick=False):
        assert deliver_waiting() == 2
    assert [mail.to[0].split("<")[-1].strip(">") for mail in mailoutbox] == [mentor_of(northfield, other)]
    assert letters(northfield, "dropped") == [LATE]


def mentor_of(house, row):
    with house.scope():
        return row.mentorship.members.get(side="mentor").participant.membership.email


def test_of_several_what_is_still_open_is_written_anew(northfield, mailoutbox):
    from checkins.models import CheckIn
    from post.services.delivery import deliver_waiting

    with northfield.scope():
        rule(northfield, "check_in_planned", 3, "mentor", "check_in_overdue")
        rows = [check_in(northfield, days=-3) for _n in range(3)]
    night = dt.datetime.combine(timezone.localdate(), dt.time(3), dt.UTC)
    with time_machine.travel(night, tick=False):
        reminders.send_due(northfield.organisation.pk)
    with northfield.scope():
        CheckIn.objects.filter(pk=rows[0].pk).update(status="held")
    with time_machine.travel(noon(), tick=False):
        deliver_waiting()
        assert len(mailoutbox) == 0
        reminders.send_due(northfield.organisation.pk)
        deliver_waiting()
    assert [mail.body.count("Note how it went") for mail in mailoutbox] == [2]
    assert letters(northfield, "dropped") == [("digest", MENTOR)]


@pytest.mark.parametrize("gone", ["rule", "programme", "person", "wish"])
def test_whatever_ends_the_reason_withdraws_the_letter(late, mailoutbox, gone):
    from post.services.delivery import deliver_waiting

    with late.scope():
        if gone == "rule":
            late.programme.reminder_rules.update(is_active=False)
        elif gone == "programme":
            type(late.programme).objects.filter(pk=late.programme.pk).update(closed_at=timezone.now())
        elif gone == "person":
            Membership.objects.filter(email=MENTOR).update(left_at=timezone.now())
        else:
            service.decline_kind(key=key(late), kind="check_in_open")
        Letter.objects.update(created_at=noon(), due_at=noon())
    with time_machine.travel(noon() + dt.timedelta(minutes=5), tick=False):
        assert deliver_waiting() == 1
    assert (mailoutbox, letters(late, "dropped")) == ([], [LATE])


def test_a_row_that_somebody_holds_does_not_lose_its_letter(late, mailoutbox):
    from checkins.services.reminder_wanted import no_longer_wanted

    with late.scope():
        letter = Letter.objects.get()
        assert no_longer_wanted([letter]) == set()
        Participant.objects.filter(pk=late.mentor.pk).update(withdrawn_at=None)
