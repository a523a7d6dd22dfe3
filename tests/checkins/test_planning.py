"""The plan: from the rhythm, once; moved, added and dropped within the mentorship's days."""

import datetime as dt

import pytest
from django.urls import reverse

from checkins.models import CheckIn
from checkins.services import planning
from matching.services.mentorships import end_mentorship
from matching.services.refused import Refused
from matching.signals import match_confirmed
from post.models import Letter
from post.services.outbox import label
from tests import factories as make
from tests.checkins.helpers import check_in
from tests.queries import MOST, count_queries

MONDAY = dt.date(2026, 10, 5)


def mentorship(house, days=83, **fields):
    fields = {"programme": house.programme, "started_on": MONDAY, "stage_since": MONDAY, **fields}
    return make.MentorshipFactory(ends_on=MONDAY + dt.timedelta(days=days), **fields)


def test_a_confirmed_match_plans_the_rhythm_once(northfield):
    with northfield.scope():
        row = mentorship(northfield, days=42)
        for _twice in range(2):
            match_confirmed.send(sender=None, mentorship=row, by=northfield.people["coordinator"])
        planned = list(row.check_ins.values_list("number", "due_on", "status"))
    assert planned == [
        (1, dt.date(2026, 10, 12), "planned"),
        (2, dt.date(2026, 10, 26), "planned"),
        (3, dt.date(2026, 11, 9), "planned"),
    ]


def test_a_mentorship_shorter_than_the_rhythm_gets_one(northfield):
    with northfield.scope():
        row = mentorship(northfield, days=3)
        planning.plan_check_ins(mentorship=row, by=None)
        assert list(row.check_ins.values_list("due_on", flat=True)) == [MONDAY + dt.timedelta(days=3)]


def test_the_first_comes_within_the_days_of_the_first_meeting(northfield):
    with northfield.scope():
        northfield.programme.first_meeting_days = 3
        northfield.programme.save()
        row = mentorship(northfield)
        planning.plan_check_ins(mentorship=row, by=None)
        assert row.check_ins.first().due_on == dt.date(2026, 10, 8)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (MONDAY - dt.timedelta(days=1), "This mentorship starts on Monday 5 October. Choose that day or a later one."),
        (MONDAY + dt.timedelta(days=84), "This mentorship ends on Sunday 27 December. Choose that day or an earlier one."),
    ],
)
def test_a_day_outside_the_mentorship_is_refused(northfield, due_on, words):
    with northfield.scope(), pytest.raises(Refused) as refused:
        planning.add_check_in(mentorship=mentorship(northfield), due_on=due_on, by=northfield.people["mentor"])
    assert str(refused.value) == words


def test_asking_twice_for_a_day_plans_one(northfield):
    with northfield.scope():
        row = mentorship(northfield)
        first, again = (planning.add_check_in(mentorship=row, due_on=MONDAY, by=northfield.people["mentor"]) for _n in range(2))
        assert first == again
        assert row.check_ins.count() == 1


def waiting_letter(house, about):
    return Letter.objects.create(
        organisation_id=house.organisation.pk, dedupe_key=f"test:{about.pk}", name="check_in_due", to_email="gwen@college.example",
        subject="Your check-in", text="", html="", about=label(about), due_at=dt.datetime.now(dt.UTC),
    )  # fmt: skip


def test_moving_takes_back_letters_about_the_old_day_only(northfield):
    with northfield.scope():
        moved, other = check_in(northfield, days=3), check_in(northfield, days=17)
        letters = [waiting_letter(northfield, row) for row in (moved, other)]
        planning.move_check_in(check_in=moved, due_on=moved.due_on + dt.timedelta(days=1), by=northfield.people["mentor"])
        assert [Letter.objects.get(pk=one.pk).status for one in letters] == ["dropped", "waiting"]


def test_the_end_of_a_mentorship_drops_what_was_planned(northfield):
    with northfield.scope():
        held = check_in(northfield, days=-10, status="held", held_on=MONDAY)
        planned = check_in(northfield, days=4)
        elsewhere = make.CheckInFactory(mentorship=northfield.other_mentorship)
        letter = waiting_letter(northfield, planned)
        end_mentorship(mentorship=northfield.mentorship, status="completed_early", by=northfield.people["coordinator"])
        states = dict(CheckIn.objects.values_list("pk", "status"))
        assert states == {held.pk: "held", planned.pk: "dropped", elsewhere.pk: "planned"}
        assert Letter.objects.get(pk=letter.pk).status == "dropped"
        with pytest.raises(Refused):
            planning.add_check_in(mentorship=northfield.mentorship, due_on=MONDAY, by=northfield.people["mentor"])


def plan_url(house, row=None):
    return reverse("checkins:plan", args=[house.organisation.slug, (row or house.mentorship).pk])


def test_the_page_refuses_a_day_by_its_field(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    answer = client.post(plan_url(northfield), {"due_on": "2001-01-01"})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["due_on"]
    with northfield.scope():
        assert CheckIn.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "read", "write"),
    [("mentor", 200, 302), ("student", 200, 302), ("coordinator", 200, 302), ("tutor", 200, 403), ("owner", 403, 403), ("lead", 403, 403)],
)  # fmt: skip
def test_who_may_see_and_change_the_plan(northfield, riverside, sign_in, role, read, write):
    client = sign_in(northfield.people[role])
    with northfield.scope():
        row = check_in(northfield, days=2)
    day = row.due_on.isoformat()
    assert client.get(plan_url(northfield)).status_code == read
    assert client.post(plan_url(northfield), {"due_on": day}).status_code == write
    assert client.post(reverse("checkins:move", args=["northfield", row.pk]), {"due_on": day}).status_code == write
    assert client.post(reverse("checkins:drop", args=["northfield", row.pk])).status_code == write
    assert client.get(reverse("checkins:drop", args=["northfield", row.pk])).status_code in {403, 405}
    with northfield.scope():
        assert CheckIn.objects.get(pk=row.pk).status == ("dropped" if write == 302 else "planned")
    assert client.get(f"/o/northfield/mentorships/{riverside.mentorship.pk}/check-ins/").status_code in {403, 404}
    assert client.get(plan_url(riverside)).status_code == 404


def test_members_of_another_mentorship_are_strangers(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    assert client.get(plan_url(northfield, northfield.other_mentorship)).status_code == 403


def test_the_plan_costs_the_same_for_many(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    counts = []
    for _round in range(2):
        with northfield.scope():
            for days in range(3):
                check_in(northfield, days=days)
        counts.append(count_queries(client, plan_url(northfield)))
    assert counts[0] == counts[1] <= MOST
