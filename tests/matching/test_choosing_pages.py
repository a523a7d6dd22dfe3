"""Choosing rounds in the browser: the coordinator's form and list, the person's page by link and signed in."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from matching.models import Candidate, ChoiceSheet, ChoosingRound
from matching.run_rules import RunRules
from matching.services import choosing, choosing_sheets
from organisations.enums import Purpose
from organisations.models import Job
from organisations.services import jobs, links
from post.models import Letter
from programmes.services.people import withdraw_participant
from tests.cast import person
from tests.matching import people
from tests.queries import MOST, count_queries


@pytest.fixture
def programme(northfield):
    with northfield.scope():
        return people.crowd(3, 3)


@pytest.fixture
def coordinator_in(northfield, sign_in):
    return sign_in(northfield.people["coordinator"])


@pytest.fixture
def at(programme):
    return lambda name, *args: reverse(f"matching:{name}", args=["northfield", *(args or [programme.pk])])


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def begin(house, programme, **fields):
    usual = {"sides": "students", "per_person": 3, "closes_on": in_days(5)}
    with house.scope():
        return choosing.make_round(
            programme=programme, plan=choosing.Plan(**usual | fields), rules=RunRules(), by=house.people["coordinator"]
        )


def sheet_and_link(house, side="student"):
    with house.scope():
        sheet = ChoiceSheet.objects.filter(person__side=side).select_related("person__membership").order_by("pk").first()
        _link, token = links.make_link(Purpose.CHOICE, sheet.pk, membership=sheet.person.membership)
    return sheet, reverse("matching:choice_by_link", args=[token])


def names(page):
    return [one.find(string=True, recursive=False).strip() for one in BeautifulSoup(page.content, "html.parser").select(".ranked h2")]


def button(page, verb, place):
    return BeautifulSoup(page.content, "html.parser").select(f".ranked > li:nth-of-type({place}) button[value^='{verb}:']")[0]["value"]


def seen(page):
    return BeautifulSoup(page.content, "html.parser").select_one("input[name=seen]")["value"]


FORM = {"sides": "both", "with_meetings": "no", "per_person": "3", "shown_to_most": "", "opens_on": "", "meeting_minutes": "10"}


# --- the coordinator --------------------------------------------------------------------------


def test_from_the_form_to_the_list(northfield, programme, coordinator_in, at):
    assert "Let people choose first?" in coordinator_in.get(at("choosing")).text
    form = coordinator_in.get(at("choosing_start"))
    assert form.context["form"]["per_person"].value() == 3
    sent = FORM | {"closes_on": in_days(5).isoformat()}
    assert [coordinator_in.post(at("choosing_start"), sent).status_code for _ in range(2)] == [302, 302]
    with northfield.scope():
        job = Job.objects.get(kind=choosing.JOB)
    jobs.run(northfield.organisation.pk, job.pk)
    page = coordinator_in.get(at("choosing"))
    assert "0 of 6 have chosen" in page.text
    assert coordinator_in.post(at("choosing_start"), sent).status_code == 422  # one is open


@pytest.mark.parametrize(
    ("field", "changed", "words"),
    [
        ("closes_on", {"closes_on": ""}, "Last day"),
        ("closes_on", {"closes_on": "2020-01-01"}, "has passed"),
        ("closes_on", {"closes_on": "9999-01-01"}, "Is the year right"),
        ("closes_on", {"opens_on": "+9"}, "close before it opens"),
        ("opens_on", {"opens_on": "-1"}, "has passed"),
        ("per_person", {"per_person": "1"}, "2"),
        ("per_person", {"per_person": "9"}, "8"),
        ("per_person", {"per_person": "4", "with_meetings": "yes", "meets_on": "+2", "meets_time": "10:00"}, "2 or 3"),
        ("meets_on", {"with_meetings": "yes", "meets_time": "10:00"}, "on which day"),
        ("meets_time", {"with_meetings": "yes", "meets_on": "+2"}, "first meeting begins"),
        ("meets_on", {"with_meetings": "yes", "meets_on": "-2", "meets_time": "10:00"}, "has passed"),
        ("closes_on", {"with_meetings": "yes", "meets_on": "+7", "meets_time": "10:00"}, "after they have met"),
        ("meeting_minutes", {"with_meetings": "yes", "meets_on": "+2", "meets_time": "10:00", "meeting_minutes": "99"}, "30"),
        ("shown_to_most", {"shown_to_most": "0"}, "1"),
    ],
)
def test_bad_plans_are_told_by_the_field_and_keep_what_was_typed(coordinator_in, at, field, changed, words):
    def day(value):
        return in_days(int(value)).isoformat() if value[:1] in {"+", "-"} else value

    sent = FORM | {"closes_on": in_days(5).isoformat(), "place": "Room 4"} | {key: day(value) for key, value in changed.items()}
    answer = coordinator_in.post(at("choosing_start"), sent)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert words in str(errors[field]) or field == "closes_on"
    assert 'value="Room 4"' in answer.text
    assert not Job.unscoped.exists()


def test_who_has_nobody_is_named(northfield, programme, coordinator_in, at):
    with northfield.scope():
        programme.participants.update(languages=["Polish"])
        lonely = programme.participants.students().select_related("membership").last()
        type(lonely).objects.filter(pk=lonely.pk).update(languages=["Welsh"])
    begin(northfield, programme)
    page = coordinator_in.get(at("choosing"))
    assert "1 person has nobody to choose" in page.text
    assert lonely.name in BeautifulSoup(page.content, "html.parser").select_one(".notice ul").text


def test_close_then_match_by_their_choices(northfield, programme, coordinator_in, at):
    begin(northfield, programme)
    coordinator_in.post(at("choosing_match"))
    with northfield.scope():
        assert not Job.objects.filter(kind="match").exists()  # nobody has chosen
        sheet = ChoiceSheet.objects.first()
        choosing_sheets.finish(sheet=sheet, seen=0, by=sheet.person.membership)
    assert "Close the round now?" in coordinator_in.get(at("choosing_close")).text
    assert [coordinator_in.post(at("choosing_close")).status_code for _ in range(2)] == [302, 302]
    page = coordinator_in.get(at("choosing"))
    assert "Match by their choices" in page.text
    assert "1 of 3 have chosen" in page.text
    coordinator_in.post(at("choosing_match"))
    with northfield.scope():
        job = Job.objects.get(kind="match")
    assert (job.params["aim"], job.params["rank_weight"]) == ("ranked", 30)


def test_rules_offer_the_order_only_once_somebody_has_chosen(northfield, programme, coordinator_in, at):
    begin(northfield, programme)
    assert "rank_weight" not in coordinator_in.get(at("rules")).text
    with northfield.scope():
        sheet = ChoiceSheet.objects.first()
        choosing_sheets.finish(sheet=sheet, seen=0, by=sheet.person.membership)
    page = coordinator_in.get(at("rules"))
    form = page.context["form"]
    sent = {one.html_name: one.value() for one in form if one.value() is not False} | {"aim": "ranked", "rank_weight": "40", "require_ranked": "on"}
    answer = coordinator_in.post(at("rules"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    with northfield.scope():
        params = Job.objects.get(kind="match").params
    assert (params["aim"], params["rank_weight"], params["require_ranked"]) == ("ranked", 40, True)


def test_reminding_says_why_nobody_is_written_to(northfield, programme, coordinator_in, at):
    begin(northfield, programme)
    answer = coordinator_in.post(at("choosing_nudge"), follow=True)
    assert "Nobody gets a second letter so soon" in answer.text
    with northfield.scope():
        ChoiceSheet.objects.update(asked_at=timezone.now() - dt.timedelta(days=2))
        Letter.objects.filter(name="choosing_asked").update(created_at=timezone.now() - dt.timedelta(days=2))
    assert "Nudge 3 people" in coordinator_in.get(at("choosing")).text
    assert "3 letters are on their way" in coordinator_in.post(at("choosing_nudge"), follow=True).text


def test_the_timetable(northfield, programme, coordinator_in, at):
    assert coordinator_in.get(at("choosing_times")).status_code == 302
    begin(northfield, programme, per_person=2, meets_at=timezone.now() + dt.timedelta(days=2), place="Room 4")
    page = coordinator_in.get(at("choosing_times"))
    assert len(BeautifulSoup(page.content, "html.parser").select("tbody tr")) == 6
    assert "Speed meetings on" in coordinator_in.get(at("choosing")).text


def test_the_pages_cost_the_same_for_one_and_for_many(northfield, sign_in, coordinator_in, at, programme):
    begin(northfield, programme, sides="both", per_person=2, meets_at=timezone.now() + dt.timedelta(days=2))
    with northfield.scope():
        ChoosingRound.objects.update(opens_at=timezone.now())
        sheet = ChoiceSheet.objects.filter(person__side="student").select_related("person__membership").first()
        more = list(ChoiceSheet.objects.exclude(pk=sheet.pk).values_list("pk", flat=True))
    coordinator_in.get(at("choosing"))  # from now on this programme is the one last opened
    many = [count_queries(coordinator_in, at(name)) for name in ("choosing", "choosing_times")]
    url = sheet_and_link(northfield)[1]
    own = count_queries(coordinator_in, url)
    with northfield.scope():
        Candidate.objects.filter(sheet__in=more[:-1]).delete()
        Candidate.objects.filter(sheet=sheet).last().delete()
        ChoiceSheet.objects.filter(pk__in=more[:-1]).delete()
    assert [count_queries(coordinator_in, at(name)) for name in ("choosing", "choosing_times")] == many
    assert count_queries(coordinator_in, url) == own
    assert max(*many, own) <= MOST


# --- the person -------------------------------------------------------------------------------


def test_by_link_without_script(northfield, programme, client):
    begin(northfield, programme)
    sheet, url = sheet_and_link(northfield)
    page = client.get(url)
    before = names(page)
    assert len(before) == 3
    pressed = {"act": button(page, "up", 2), "seen": seen(page)}
    answer = client.post(url, pressed)
    assert answer.status_code == 302
    page = client.get(url)
    assert names(page) == [before[1], before[0], before[2]]
    again = client.post(url, pressed, follow=True)  # pressed twice
    assert "Here is how it stands now" in again.text
    page = client.get(url)
    assert names(page) == [before[1], before[0], before[2]]
    client.post(url, {"act": button(page, "no", 3), "seen": seen(page)})
    page = client.get(url)
    assert names(page) == [before[1], before[0]]
    assert "Not for you" in page.text
    assert "Thank you, your order is kept" in client.post(url, {"act": "done", "seen": seen(page)}, follow=True).text
    with northfield.scope():
        sheet.refresh_from_db()
    assert sheet.done_at is not None


def test_opening_the_link_does_nothing(northfield, programme, client):
    begin(northfield, programme)
    sheet, url = sheet_and_link(northfield)
    for _ in range(3):
        client.get(f"{url}?act=done&seen=0")
        client.head(url)
    with northfield.scope():
        kept = ChoiceSheet.objects.get(pk=sheet.pk)
    assert (kept.version, kept.ordered_at, kept.done_at) == (0, None, None)


def test_a_card_says_what_it_may_and_no_more(northfield, programme, client):
    with northfield.scope():
        mentor = programme.participants.mentors().select_related("membership").first()
        mentor.membership.last_name, mentor.employer_name, mentor.job_title, mentor.town = "Zubrowski", "Xylo Works", "Data engineer", "Hull"
        mentor.membership.save()
        mentor.save()
    begin(northfield, programme)
    text = client.get(sheet_and_link(northfield)[1]).text
    for shown in (mentor.membership.first_name, "Data engineer", "Hull", "python, sql"):
        assert shown in text
    for hidden in ("Zubrowski", "Xylo Works", mentor.membership.email):
        assert hidden not in text


def test_many_presses_by_link_do_not_use_the_door_up(northfield, programme, client):
    begin(northfield, programme)
    _sheet, url = sheet_and_link(northfield)
    assert [client.get(url).status_code for _ in range(70)] == [200] * 70


def test_signed_in_it_is_ones_own_alone(northfield, programme, sign_in):
    begin(northfield, programme)
    with northfield.scope():
        mine, other = ChoiceSheet.objects.select_related("person__membership").order_by("pk")[:2]
        member = person("ida", "ida@northfield.example", roles=["student"])
        type(mine.person).objects.filter(pk=mine.person_id).update(membership=member)
    browser = sign_in(member)
    own = reverse("matching:choice", args=["northfield", mine.pk])
    page = browser.get(own)
    assert len(names(page)) == 3
    browser.post(own, {"act": "done", "seen": seen(page)})
    assert "Thank you" in browser.get(own).text
    assert browser.get(reverse("matching:choice", args=["northfield", other.pk])).status_code == 403
    browser = sign_in(northfield.people["coordinator"])
    assert browser.get(own).status_code == 302
    assert browser.post(own, {"act": "done", "seen": "0"}).status_code == 403


@pytest.mark.parametrize("act", ["", "up", "up:", "up:x", "up:999999999999999", "done:1:2", "no:-1", "fly:1"])
def test_what_no_button_sends_changes_nothing(northfield, programme, client, act):
    begin(northfield, programme)
    sheet, url = sheet_and_link(northfield)
    before = names(client.get(url))
    for version in ("0", "", "-1", "9" * 40):
        assert client.post(url, {"act": act, "seen": version}).status_code == 302
    assert names(client.get(url)) == before
    with northfield.scope():
        assert ChoiceSheet.objects.get(pk=sheet.pk).version == 0


def test_before_it_opens_after_it_closed_and_when_all_have_left(northfield, programme, client):
    at = timezone.now() + dt.timedelta(days=2)
    made = begin(northfield, programme, per_person=2, meets_at=at)
    _sheet, url = sheet_and_link(northfield)
    page = client.get(url)
    assert "Your speed meetings" in page.text
    assert names(page) == []
    assert "After the last one" in page.text
    with northfield.scope():
        ChoosingRound.objects.update(opens_at=timezone.now())
    page = client.get(url)
    client.post(url, {"act": button(page, "up", 2), "seen": seen(page)})
    page = client.get(url)
    with northfield.scope():
        choosing.close_round(choosing=made, by=northfield.people["coordinator"])
    late = client.post(url, {"act": "done", "seen": seen(page)}, follow=True)
    assert "Choosing has closed. What stood here then counts" in late.text
    assert "Your order" in late.text
    with northfield.scope():
        for one in programme.participants.mentors():
            withdraw_participant(participant=one, reason="", by=northfield.people["coordinator"])
        ChoosingRound.objects.update(closed_at=None)
    assert "Whoever was on this page has left since" in client.get(url).text


def test_a_mentor_who_only_meets_sees_times_and_nothing_to_order(northfield, programme, client):
    begin(northfield, programme, per_person=2, meets_at=timezone.now() + dt.timedelta(days=2), place="Room 4")
    _sheet, url = sheet_and_link(northfield, side="mentor")
    page = client.get(url)
    assert "Whom you meet" in page.text
    assert "Room 4" in page.text
    assert "put them in your order" not in page.text
