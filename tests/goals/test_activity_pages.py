"""Activities as a mentorship plans, does and tells of them."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from checkins.presenters import LogPage
from common.refused import Refused
from goals.activities import by_key
from goals.activity_board import activity_board
from goals.activity_shelf import find_on_shelf, shelf_for
from goals.models import MentorshipActivity, OwnActivity
from goals.services.activities import hide_activity, note_activity, plan_activity
from matching.services.mentorships import end_mentorship
from tests import factories as make
from tests.goals.test_activity_library import OWN
from tests.queries import MOST, count_queries

KEY = "first-day-stories"


def url(house, name, *args):
    return reverse(f"goals:{name}", args=[house.organisation.slug, *args])


def plan(house, key=KEY, **more):
    return plan_activity(mentorship=house.mentorship, activity=by_key()[key], by=house.people["mentor"], **more)


def note(house, key=KEY, **more):
    return note_activity(mentorship=house.mentorship, activity=by_key()[key], by=house.people["student"], **more)


def test_planned_once_it_stands_on_the_agenda_and_among_the_topics(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    for _double_click in range(2):
        answer = client.post(url(northfield, "activity_plan", northfield.mentorship.pk, KEY))
        assert answer.url == f"{northfield.mentorship.get_absolute_url()}#activities"
    with northfield.scope():
        row = MentorshipActivity.objects.get()
        assert (row.key, row.title, row.planned_by, row.done_on) == (KEY, "First-day stories", northfield.people["student"], None)
        check_in = make.CheckInFactory(mentorship=northfield.mentorship)
        page = LogPage(check_in, northfield.people["mentor"], timezone.localdate())
        assert [item.title for item in page.agenda if item.kind == "activity"] == ["First-day stories"]
        assert page.activity_topics == ["First-day stories"]
    log = client.get(reverse("checkins:log", args=["northfield", check_in.pk])).content.decode()
    assert 'value="First-day stories"' in log


def test_done_in_two_taps_it_leaves_the_agenda_and_is_told_once(northfield, sign_in):
    with northfield.scope():
        planned = plan(northfield)
    client = sign_in(northfield.people["mentor"])
    address = url(northfield, "activity_done", northfield.mentorship.pk, KEY)
    form = BeautifulSoup(client.get(address).content, "html.parser").select_one("main form")
    sent = {field["name"]: field.get("value", "") for field in form.select("input")}
    for _double_click in range(2):
        assert client.post(address, sent).status_code == 302  # nothing typed
    with northfield.scope():
        row = MentorshipActivity.objects.get()
        assert (row.pk, row.done_on, row.noticed) == (planned.pk, timezone.localdate(), "")
    client.post(address, sent | {"noticed": "We laughed a lot", "next": "Ask Amara"})
    with northfield.scope():
        row = MentorshipActivity.objects.get()
        assert (row.noticed, row.next) == ("We laughed a lot", "Ask Amara")
    html = sign_in(northfield.people["tutor"]).get(northfield.mentorship.get_absolute_url()).content.decode()
    assert "We laughed a lot" in html
    assert 'name="noticed"' not in html


def test_a_day_that_cannot_be_is_refused_and_nothing_typed_is_lost(northfield, sign_in):
    address = url(northfield, "activity_done", northfield.mentorship.pk, KEY)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = sign_in(northfield.people["mentor"]).post(address, {"noticed": "KEPT", "done_on": tomorrow.isoformat()})
    html = answer.content.decode()
    assert (answer.status_code, "still to come" in html, "KEPT" in html) == (422, True, True)
    with northfield.scope():
        with pytest.raises(Refused, match="before your mentorship"):
            note(northfield, done_on=northfield.mentorship.started_on - dt.timedelta(days=1))
        assert MentorshipActivity.objects.count() == 0


def test_three_wait_at_most_and_one_can_be_taken_off(northfield, sign_in):
    with northfield.scope():
        first, *_others = [plan(northfield, key) for key in list(by_key())[:3]]
        with pytest.raises(Refused, match="Three activities"):
            plan(northfield, list(by_key())[3])
        done = note(northfield, list(by_key())[4])
    client = sign_in(northfield.people["student"])
    for row in (first, done):
        client.post(url(northfield, "activity_drop", row.pk))
    with northfield.scope():
        assert set(MentorshipActivity.objects.values_list("pk", flat=True)) & {first.pk, done.pk} == {done.pk}


def test_suggestions_leave_out_what_was_done_or_planned_and_name_the_goal(northfield):
    with northfield.scope():
        student = northfield.people["student"]
        offered = [one.activity for one in shelf_for(student)]
        before = activity_board(northfield.mentorship, offered=offered).suggested
        assert len(before) == 3
        note(northfield, before[0].activity.key)
        plan(northfield, before[1].activity.key)
        now = activity_board(northfield.mentorship, goals=["Answer ten customer calls"], offered=offered)
        assert {fit.activity.key for fit in now.suggested} & {fit.activity.key for fit in before[:2]} == set()
        assert [row.key for row in now.done] == [before[0].activity.key]
        assert "Answer ten customer calls" in [fit.goal for fit in now.suggested] or "good-and-bad-listening" in {row.key for row in [*now.done, *now.planned]}
        assert activity_board(northfield.mentorship).suggested == []


def test_nothing_is_planned_or_noted_once_it_has_ended(northfield, sign_in):
    with northfield.scope():
        note(northfield, noticed="It stays")
        end_mentorship(mentorship=northfield.mentorship, status="completed", by=northfield.people["coordinator"])
        for work in (plan, note):
            with pytest.raises(Refused):
                work(northfield, "three-objects")
    html = sign_in(northfield.people["student"]).get(northfield.mentorship.get_absolute_url()).content.decode()
    assert ("It stays" in html, "activity_plan" in html, "Fits just now" in html) == (True, False, False)


def test_the_mentorships_page_suggests_own_ones_and_none_that_is_hidden(northfield, sign_in):
    with northfield.scope():
        first = activity_board(northfield.mentorship, offered=[one.activity for one in shelf_for(northfield.people["student"])]).suggested[0]
        hide_activity(shelved=find_on_shelf(northfield.people["coordinator"], first.activity.key), by=northfield.people["coordinator"])
        for one in shelf_for(northfield.people["coordinator"], stage="rapport")[:-1]:
            hide_activity(shelved=one, by=northfield.people["coordinator"])
        make_own(northfield, "Early ward round")
    html = sign_in(northfield.people["mentor"]).get(northfield.mentorship.get_absolute_url()).content.decode()
    assert ("Early ward round" in html, str(first.activity.title) in html) == (True, False)


def test_browsing_by_stage_time_and_place(northfield, sign_in):
    client = sign_in(northfield.people["student"])
    html = client.get(url(northfield, "activities"), {"stage": "moving_on", "minutes": "30", "way": "remote"}).content.decode()
    assert ("After a no" in html, "A practice interview" in html, "Hand in the keys" in html) == (True, False, False)
    html = client.get(url(northfield, "activities"), {"stage": "nirvana", "minutes": "x"}).content.decode()
    assert "43 activities" in html
    assert "Nothing fits" in client.get(url(northfield, "activities"), {"function": "friendship", "stage": "direction"}).content.decode()


def test_an_activity_offers_ones_own_mentorships_and_the_one_a_coordinator_came_from(northfield, riverside, sign_in):
    page = url(northfield, "activity", KEY)
    theirs = url(northfield, "activity_plan", northfield.mentorship.pk, KEY)

    def forms(who, **query):
        found = BeautifulSoup(sign_in(northfield.people[who]).get(page, query).content, "html.parser")
        return [form["action"] for form in found.select("main form") if "/plan/" in form.get("action", "")]

    assert forms("mentor") == [theirs]
    assert forms("coordinator") == forms("tutor", mentorship=northfield.mentorship.pk) == []
    assert forms("coordinator", mentorship=northfield.mentorship.pk) == [theirs]
    assert forms("student", mentorship=northfield.other_mentorship.pk) == [theirs]
    assert forms("coordinator", mentorship=riverside.mentorship.pk) == forms("coordinator", mentorship="x") == []


def test_a_coordinator_adds_changes_and_takes_out(northfield, riverside, sign_in):
    client = sign_in(northfield.people["coordinator"])
    wrong = client.post(url(northfield, "own_activity_add"), OWN | {"steps": "Only one", "stages": []})
    html = wrong.content.decode()
    assert (wrong.status_code, "two to eight steps" in html, "Ward round" in html) == (422, True, True)
    for _double_click in range(2):
        client.post(url(northfield, "own_activity_add"), OWN)
    with northfield.scope():
        own = OwnActivity.objects.get()
        assert (own.steps, own.stages) == ("Ask the sister\nBe there at seven", ["rapport"])
    client.post(url(northfield, "own_activity_change", own.pk), OWN | {"title": "Early round"})
    assert "Early round" in sign_in(northfield.people["student"]).get(url(northfield, "activities")).content.decode()
    sign_in(northfield.people["coordinator"]).post(url(northfield, "activity_hide", own.key))
    assert "Early round" in client.get(url(northfield, "activities")).content.decode()
    assert "Early round" not in sign_in(northfield.people["student"]).get(url(northfield, "activities")).content.decode()
    assert sign_in(riverside.people["student"]).get(url(riverside, "activity", own.key)).status_code == 404


def test_pages_cost_the_same_for_one_row_as_for_many(northfield, sign_in):
    pages = [("student", url(northfield, "activities")), ("student", url(northfield, "activity", KEY)), ("coordinator", url(northfield, "activities"))]

    def add(keys):
        with northfield.scope():
            for key in keys:
                note(northfield, key)
                make_own(northfield, key)

    add(["three-objects"])
    before = [count_queries(sign_in(northfield.people[who]), page) for who, page in pages]
    add(["map-of-the-place", "a-day-in-photos", "how-we-work-together"])
    with northfield.scope():
        make.MentorshipFactory(programme=northfield.programme, mentor=northfield.mentor)
    after = [count_queries(sign_in(northfield.people[who]), page) for who, page in pages]
    assert after == before
    assert max(after) <= MOST


def make_own(house, title):
    return OwnActivity.objects.create(added_by=house.people["coordinator"], **OWN | {"title": title})
