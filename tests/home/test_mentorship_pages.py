"""The page of a mentorship and the lists of them, as each role meets them."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from checkins.enums import Visibility
from checkins.models import CheckIn, Note
from home.mentorship.health import health_of
from tests import factories as make
from tests.queries import MOST, count_queries

TODAY = dt.date(2026, 11, 22)


def url(house, name, *args):
    return reverse(f"home:{name}", args=[house.organisation.slug, *args])


def add_rows(house, n):
    with house.scope():
        for number in range(n):
            goal = make.GoalFactory(mentorship=house.mentorship, title=f"Goal {number}")
            make.GoalStepFactory(goal=goal, owner=house.student)
            CheckIn.objects.create(
                mentorship=house.mentorship, number=CheckIn.objects.count() + 1, due_on=TODAY, status="held", held_on=TODAY, minutes=30, mood=4
            )
            make.NoteFactory(mentorship=house.mentorship, author=house.people["mentor"])


@pytest.mark.parametrize(("who", "status"), [("student", 200), ("mentor", 200), ("tutor", 200), ("coordinator", 200), ("owner", 403), ("lead", 403)])
def test_who_opens_the_page(northfield, sign_in, who, status):
    assert sign_in(northfield.people[who]).get(url(northfield, "mentorship", northfield.mentorship.pk)).status_code == status


def test_another_pairs_page_and_another_organisations(northfield, riverside, sign_in):
    client = sign_in(northfield.people["mentor"])
    assert client.get(url(northfield, "mentorship", northfield.other_mentorship.pk)).status_code == 403
    assert client.get(url(northfield, "mentorship", riverside.mentorship.pk)).status_code == 404
    assert client.get(url(riverside, "mentorship", riverside.mentorship.pk)).status_code == 404


def test_tutors_find_no_form_and_write_nothing(northfield, sign_in):
    client = sign_in(northfield.people["tutor"])
    page = BeautifulSoup(client.get(url(northfield, "mentorship", northfield.mentorship.pk)).content, "html.parser")
    assert [form.get("action") for form in page.select("main form")] == []
    answer = client.post(url(northfield, "note_add", northfield.mentorship.pk), {"text": "Hello", "visibility": "mentorship"})
    assert answer.status_code == 403
    with northfield.scope():
        assert Note.objects.count() == 0


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("student", {"from the student", "mentorship", "coordinators"}),
        ("mentor", {"only_me", "mentorship", "coordinators", "lead"}),
        ("coordinator", {"coordinators"}),
        ("tutor", set()),
    ],
)
def test_a_note_is_read_by_those_it_names(northfield, sign_in, reader, seen):
    with northfield.scope():
        for visibility in Visibility.values:
            make.NoteFactory(
                mentorship=northfield.mentorship, author=northfield.people["mentor"], text=f"MARK-{visibility}", visibility=visibility
            )
        make.NoteFactory(
            mentorship=northfield.mentorship, author=northfield.people["student"], text="MARK-from the student", visibility="only_me"
        )
    html = sign_in(northfield.people[reader]).get(url(northfield, "mentorship", northfield.mentorship.pk)).content.decode()
    marks = [*Visibility.values, "from the student"]
    assert {mark for mark in marks if f"MARK-{mark}<" in html} == seen


def test_an_empty_note_is_refused_with_its_choice_kept(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    answer = client.post(url(northfield, "note_add", northfield.mentorship.pk), {"text": " ", "visibility": "only_me"})
    assert answer.status_code == 422
    chosen = BeautifulSoup(answer.content, "html.parser").select("input[name=visibility][checked]")
    assert [one["value"] for one in chosen] == ["only_me"]


def test_the_page_says_what_is_so(northfield, sign_in):
    with northfield.scope():
        make.GoalFactory(mentorship=northfield.mentorship, title="Get better at spreadsheets")
    html = sign_in(northfield.people["mentor"]).get(url(northfield, "mentorship", northfield.mentorship.pk)).content.decode()
    text = " ".join(BeautifulSoup(html, "html.parser").select_one("main").get_text(" ").split())
    assert "Student Example with Mentor Example" in text
    assert "Junior developer at" in text
    assert "Get better at spreadsheets" in text
    assert "Line manager · answers by link" in text


def test_pages_cost_the_same_for_one_row_and_ten(northfield, sign_in):
    pages = [
        ("mentor", url(northfield, "mentorship", northfield.mentorship.pk)),
        ("coordinator", url(northfield, "mentorships", northfield.programme.pk)),
        ("mentor", url(northfield, "my_mentorships")),
    ]
    add_rows(northfield, 1)
    before = [count_queries(sign_in(northfield.people[who]), page) for who, page in pages]
    add_rows(northfield, 9)
    with northfield.scope():
        for _n in range(9):
            mentorship = make.MentorshipFactory(programme=northfield.programme, mentor=northfield.mentor)
            make.GoalFactory(mentorship=mentorship)
    after = [count_queries(sign_in(northfield.people[who]), page) for who, page in pages]
    assert after == before
    assert max(after) <= MOST


def test_lists_show_what_one_may_see(northfield, riverside, sign_in):
    def names(who, page):
        html = sign_in(northfield.people[who]).get(page).content
        return [link["href"] for link in BeautifulSoup(html, "html.parser").select("table a.name")]

    mine = url(northfield, "mentorship", northfield.mentorship.pk)
    other = url(northfield, "mentorship", northfield.other_mentorship.pk)
    for who in ("mentor", "student", "tutor"):
        assert names(who, url(northfield, "my_mentorships")) == [mine]
    assert sorted(names("coordinator", url(northfield, "mentorships", northfield.programme.pk))) == sorted([mine, other])
    assert names("coordinator", url(northfield, "mentorships", northfield.programme.pk) + "?q=student+mentor") == [mine]
    assert names("coordinator", url(northfield, "mentorships", northfield.programme.pk) + "?stage=moving_on") == []
    assert sign_in(northfield.people["mentor"]).get(url(northfield, "mentorships", northfield.programme.pk)).status_code == 403


@pytest.mark.parametrize(
    ("facts", "kind", "reasons"),
    [
        ({"started_on": TODAY}, "", 0),
        ({"started_on": TODAY - dt.timedelta(days=13)}, "", 0),
        ({"started_on": TODAY - dt.timedelta(days=15)}, "good", 0),
        ({"started_on": TODAY - dt.timedelta(days=19)}, "warn", 1),
        ({"started_on": TODAY - dt.timedelta(days=60), "last_contact_on": TODAY, "moods": [3]}, "good", 0),
        ({"started_on": TODAY - dt.timedelta(days=60), "last_contact_on": TODAY, "moods": [2, 5]}, "warn", 1),
        ({"started_on": TODAY - dt.timedelta(days=60), "last_contact_on": TODAY, "missed_in_a_row": 2, "goals_behind": 1}, "warn", 2),
        ({"started_on": TODAY - dt.timedelta(days=60), "active": False}, "", 0),
    ],
)
def test_health(facts, kind, reasons):
    found = health_of(**({"last_contact_on": None, "quiet_days": 18, "today": TODAY} | facts))
    assert (found.kind, len(found.reasons)) == (kind, reasons)


def test_a_student_is_spoken_to_not_of():
    facts = {"started_on": TODAY, "last_contact_on": TODAY, "quiet_days": 18, "today": TODAY, "moods": [1]}
    assert health_of(**facts).reasons == ["The student was not doing well at the last check-in."]
    assert health_of(**facts, to_student=True).reasons == ["You were not doing so well at the last check-in."]


@pytest.mark.parametrize(("who", "told"), [("coordinator", True), ("mentor", False), ("student", False), ("tutor", False)])
def test_that_it_ended_with_a_concern_is_told_to_coordinators_only(northfield, sign_in, who, told):
    with northfield.scope():
        type(northfield.mentorship).objects.filter(pk=northfield.mentorship.pk).update(status="ended_with_concern")
    client = sign_in(northfield.people[who])
    for page in (url(northfield, "mentorship", northfield.mentorship.pk), url(northfield, "my_mentorships")):
        text = client.get(page).content.decode()
        assert ("Ended with a concern" in text, "Ended" in text) == (told, True)


def test_who_withdrew_reads_what_was_and_writes_nothing(northfield, sign_in):
    with northfield.scope():
        northfield.student.withdrawn_at = northfield.organisation.created_at
        northfield.student.save()
    client = sign_in(northfield.people["student"])
    assert client.get(url(northfield, "mentorship", northfield.mentorship.pk)).status_code == 200
    answer = client.post(url(northfield, "note_add", northfield.mentorship.pk), {"text": "Still here", "visibility": "mentorship"})
    assert answer.status_code == 403
    with northfield.scope():
        assert Note.objects.count() == 0


@pytest.mark.parametrize(("reader", "seen"), [("student", True), ("mentor", True), ("coordinator", True), ("tutor", False)])
def test_tutors_do_not_read_what_is_hard_or_what_the_student_tells_the_mentor(northfield, sign_in, reader, seen):
    with northfield.scope():
        held = make.CheckInFactory(
            mentorship=northfield.mentorship, status="held", held_on=TODAY, challenges="MARK-hard", feedback="MARK-feedback"
        )
    page = reverse("checkins:detail", args=["northfield", held.pk])
    html = sign_in(northfield.people[reader]).get(page).content.decode()
    assert [mark in html for mark in ("MARK-hard", "MARK-feedback")] == [seen, seen]
