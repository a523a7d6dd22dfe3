"""Asking for somebody else or to stop, and ends without fault: who hears what, and where the student goes."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from checkins.services.attention import attention_list
from matching.models import ChangeRequest, Mentorship
from matching.services import changes, mentorships
from matching.services.records import build_pool
from matching.services.refused import Refused
from organisations.enums import Purpose
from organisations.services.links import make_link
from post.models import Letter
from tests import factories as make
from tests.matching import people
from tests.matching.test_pages import at, seen

CANARY = "He is never on time and smells of onions"


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


def members(mentorship):
    return {seat.side: seat.participant for seat in mentorship.members.select_related("participant__membership")}


def ask(mentorship, side, wish="another", reason=CANARY):
    person = members(mentorship)[side]
    return changes.ask_for_change(mentorship=mentorship, participant=person, wish=wish, reason=reason, by=person.membership)


def texts():
    return "\n".join(Letter.objects.values_list("text", flat=True))


def test_asking_tells_the_coordinators_alone_and_changes_nothing(coordinator):
    mentorship = people.together(coordinator)
    Letter.objects.all().delete()
    ask(mentorship, "student")
    ask(mentorship, "student", reason="Something else now")  # asked again: one wish, as it stands now
    assert [one.reason for one in ChangeRequest.objects.all()] == ["Something else now"]
    assert set(Letter.objects.values_list("name", "to_email")) == {("change_asked", coordinator.email)}
    assert "onions" not in texts()
    mentorship.refresh_from_db()
    assert mentorship.is_active


def test_the_other_side_is_told_in_neutral_words_the_same_for_both(coordinator):
    mentorship = people.together(coordinator)
    both = members(mentorship)
    ask(mentorship, "mentor", wish="stop")
    Letter.objects.all().delete()
    mentorships.end_mentorship(mentorship=mentorship, status="ended_by_agreement", reason=CANARY, by=coordinator)
    told = Letter.objects.filter(name="mentorship_over")
    assert set(told.values_list("to_email", flat=True)) == {one.membership.email for one in both.values()}
    for letter in told:
        assert "says nothing about either of you" in letter.text
    assert "onions" not in texts()
    assert "asked" not in " ".join(told.values_list("text", flat=True))
    assert ChangeRequest.objects.get().settled_by_id == coordinator.pk


@pytest.mark.parametrize(
    ("status", "seeks_again", "in_the_pool"),
    [
        ("ended_by_agreement", None, True),
        ("ended_by_agreement", True, True),
        ("ended_by_agreement", False, False),
        ("completed", None, False),
        ("completed_early", True, True),
    ],
)
def test_the_student_goes_back_to_the_pool_or_not_as_chosen(coordinator, status, seeks_again, in_the_pool):
    mentorship = people.together(coordinator)
    student = members(mentorship)["student"]
    mentorships.end_mentorship(mentorship=mentorship, status=status, seeks_again=seeks_again, by=coordinator)
    assert (student.pk in {one.id for one in build_pool(mentorship.programme).students}) == in_the_pool


def test_the_same_two_are_not_suggested_again(coordinator):
    mentorship = people.together(coordinator)
    both = members(mentorship)
    mentorships.end_mentorship(mentorship=mentorship, status="ended_by_agreement", by=coordinator)
    assert build_pool(mentorship.programme).forbidden == {(both["student"].pk, both["mentor"].pk)}
    run = people.run(mentorship.programme, coordinator)
    assert (run.totals["matched"], run.unmatched.get().code) == (0, "all_forbidden")


def test_completed_as_planned_sends_no_such_letter(coordinator):
    mentorship = people.together(coordinator)
    mentorships.end_mentorship(mentorship=mentorship, status="completed", by=coordinator)
    assert not Letter.objects.filter(name="mentorship_over").exists()


def test_it_goes_on_once_they_have_talked_and_an_ended_one_asks_for_nothing(coordinator):
    mentorship = people.together(coordinator)
    request = ask(mentorship, "student")
    changes.keep_going(asked=request, by=coordinator)
    with pytest.raises(Refused, match="settled already"):
        changes.keep_going(asked=request, by=coordinator)
    mentorship.refresh_from_db()
    assert mentorship.is_active
    mentorships.end_mentorship(mentorship=mentorship, status="completed", by=coordinator)
    with pytest.raises(Refused, match="ended already"):
        ask(Mentorship.objects.get(pk=mentorship.pk), "student")


# --- pages -------------------------------------------------------------------------------------


def test_by_link_without_an_account(northfield, coordinator, client):
    mentorship = people.together(coordinator)
    student = members(mentorship)["student"]
    letter = Letter.objects.get(name="agreement_to_sign", to_email=student.membership.email)
    agreement = re.search(r"http://testserver(/r/\S+/agreement/)", letter.text).group(1)
    assert "Is something not working? Ask for a change" in seen(client.get(agreement))
    link = client.post(agreement, {"act": "change"}).url.removeprefix("http://testserver")
    assert "Is something not working?" in seen(client.get(link))
    assert not ChangeRequest.objects.exists()  # looking asks for nothing
    wrong = client.post(link, {"reason": CANARY})
    assert wrong.status_code == 422
    assert CANARY in wrong.content.decode()
    for _twice in range(2):
        client.post(link, {"wish": "another", "reason": CANARY})
    asked = ChangeRequest.objects.get()
    assert (asked.wish, asked.by_link, asked.participant_id) == ("another", True, student.pk)
    assert "Your coordinator knows" in seen(client.get(link))
    altered = link.replace(link.split("/")[2], link.split("/")[2][:-2] + "xx")
    assert client.get(altered).status_code == 404


def test_the_coordinator_reads_the_reason_and_nobody_else_does(northfield, coordinator, sign_in):
    mentorship = northfield.mentorship
    ask(mentorship, "student")
    page = seen(sign_in(coordinator).get(at("end", mentorship.pk)))
    assert CANARY in page
    assert "Somebody else".lower() in page.lower()
    for role in ("mentor", "student", "tutor"):
        client = sign_in(northfield.people[role])
        assert "asked on" not in seen(client.get(mentorship.get_absolute_url()))
        assert client.get(at("end", mentorship.pk)).status_code == 403
    mentor = sign_in(northfield.people["mentor"])
    assert CANARY not in mentor.get(at("change", mentorship.pk)).content.decode()


def test_the_button_lets_it_go_on(northfield, coordinator, sign_in):
    asked = ask(northfield.mentorship, "mentor")
    client = sign_in(coordinator)
    for words in ("Noted: it goes on.", "This is settled already."):
        assert words in seen(client.post(at("change_keep", asked.pk), follow=True))
    asked.refresh_from_db()
    assert asked.settled_by_id == coordinator.pk


def test_ending_with_the_wish_chosen_already(northfield, coordinator, sign_in):
    mentorship = northfield.mentorship
    ask(mentorship, "student", wish="stop")
    client = sign_in(coordinator)
    form = client.get(at("end", mentorship.pk)).context["form"]
    assert (form["status"].value(), form["seeks_again"].value()) == ("ended_by_agreement", "no")
    client.post(at("end", mentorship.pk), {"status": "ended_by_agreement", "seeks_again": "no", "reason": "Talked to both"})
    mentorship.refresh_from_db()
    assert (mentorship.status, mentorship.seeks_again, mentorship.ended_reason) == ("ended_by_agreement", False, "Talked to both")


def test_from_a_check_ins_link_too(northfield, client):
    with northfield.scope():
        check_in = make.CheckInFactory(mentorship=northfield.mentorship)
        _link, token = make_link(Purpose.CHECK_IN, check_in.pk, membership=northfield.people["mentor"])
    assert "Is something not working? Ask for a change" in client.get(reverse("checkins:log_by_link", args=[token])).content.decode()
    assert client.get(reverse("checkins:change_by_link", args=[token])).status_code == 405
    answer = client.post(reverse("checkins:change_by_link", args=[token]))
    page = client.get(answer.url.removeprefix("http://testserver"))
    assert "Another student" in seen(page)


def test_a_wish_stands_on_the_coordinators_list_until_it_is_settled(northfield, coordinator):
    before = len(attention_list(membership=coordinator, programme=northfield.programme, today=dt.date.today()))
    request = ask(northfield.mentorship, "student")
    [wish] = [one for one in attention_list(membership=coordinator, programme=northfield.programme, today=dt.date.today()) if one.kind == "change"]
    assert wish.who == f"{northfield.student.name} and {northfield.mentor.name}"
    assert wish.why.startswith(f"{northfield.student.name}: Asks for somebody else, just now.")
    assert CANARY not in wish.why
    changes.keep_going(asked=request, by=coordinator)
    assert len(attention_list(membership=coordinator, programme=northfield.programme, today=dt.date.today())) == before


def test_a_form_opened_before_the_end_asks_for_nothing_after_it(coordinator):
    stale = people.together(coordinator)
    mentorships.end_mentorship(mentorship=stale, status="ended_by_agreement", by=coordinator)
    assert stale.is_active  # as the page had read it
    with pytest.raises(Refused, match="ended already"):
        ask(stale, "student")
    assert not ChangeRequest.objects.exists()
