"""A mentor's own goals: private until shared, never counted among the student's."""

import pytest
from django.utils import timezone

from checkins.models import CheckIn
from checkins.presenters import LogPage
from documents.gathering import gather_plan
from evaluation.services import measures
from goals.models import Goal
from goals.services import goals as service
from goals.services import progress
from home.mentorship.lists import lines
from matching.models import Mentorship
from tests import factories as make
from tests.goals.helpers import fresh, url
from tests.queries import count_queries


@pytest.fixture
def own(northfield):
    with northfield.scope():
        return service.create_goal(
            mentorship=northfield.mentorship, by=northfield.people["mentor"], owner=northfield.mentor, is_private=True,
            title="Ask three open questions before I give advice", why="I answer too quickly",
        )  # fmt: skip


def page_of(house):
    return f"/o/{house.organisation.slug}/mentorships/{house.mentorship.pk}/"


def test_a_mentor_writes_one_and_nobody_else_does(northfield, sign_in):
    sent = {"title": "Listen more", "is_private": "on"}
    for who in ("student", "coordinator"):
        assert sign_in(northfield.people[who]).post(url(northfield, "create_own", northfield.mentorship.pk), sent).status_code == 403
    client = sign_in(northfield.people["mentor"])
    assert client.get(url(northfield, "create_own", northfield.mentorship.pk)).status_code == 200
    client.post(url(northfield, "create_own", northfield.mentorship.pk), sent)
    with northfield.scope():
        found = Goal.every.get()
        assert (found.side, found.owner, found.is_private, found.pending) == ("mentor", northfield.mentor, True, "")
        assert Goal.objects.count() == 0


@pytest.mark.parametrize("who", ["student", "coordinator", "tutor", "owner", "lead"])
def test_private_means_that_others_do_not_even_learn_of_it(northfield, sign_in, own, who):
    client = sign_in(northfield.people[who])
    for name in ("detail", "edit", "guide_goal"):
        assert client.get(url(northfield, name, own.pk)).status_code == 404, name
    for name in ("progress", "settle", "agree", "share", "step_add"):
        assert client.post(url(northfield, name, own.pk), {"percent": "50", "status": "done", "number": "1", "text": "x"}).status_code == 404, name
    if who in {"student", "coordinator", "tutor"}:
        assert own.title not in client.get(page_of(northfield)).content.decode()
    assert own.title in sign_in(northfield.people["mentor"]).get(page_of(northfield)).content.decode()


def test_shared_it_is_read_by_those_who_see_the_mentorship_and_changed_by_its_owner_alone(northfield, sign_in, own):
    mentor = sign_in(northfield.people["mentor"])
    mentor.post(url(northfield, "share", own.pk))
    for who in ("student", "coordinator", "tutor"):
        client = sign_in(northfield.people[who])
        assert own.title in client.get(page_of(northfield)).content.decode()
        assert client.get(url(northfield, "detail", own.pk)).status_code == 200
        assert client.post(url(northfield, "progress", own.pk), {"percent": "50"}).status_code == 403
        assert client.post(url(northfield, "share", own.pk), {"private": "1"}).status_code == 403
        assert client.get(url(northfield, "edit", own.pk)).status_code == 403
    assert sign_in(northfield.people["owner"]).get(url(northfield, "detail", own.pk)).status_code == 403
    mentor = sign_in(northfield.people["mentor"])
    mentor.post(url(northfield, "share", own.pk), {"private": "1"})
    with northfield.scope():
        assert fresh(own).is_private is True


def test_a_students_goal_cannot_be_hidden(northfield, sign_in):
    with northfield.scope():
        goal = make.GoalFactory(mentorship=northfield.mentorship)
    sign_in(northfield.people["mentor"]).post(url(northfield, "share", goal.pk), {"private": "1"})
    with northfield.scope():
        assert fresh(goal).is_private is False


def test_it_is_counted_printed_and_offered_nowhere(northfield, own):
    with northfield.scope():
        service.show_goal(goal=own, is_private=False, by=northfield.people["mentor"])
        progress.record_progress(goal=own, percent=80, by=northfield.people["mentor"])
        row = Mentorship.objects.select_related("programme", "placement", "organisation").get(pk=northfield.mentorship.pk)
        today = timezone.localdate()
        check_in = make.CheckInFactory(mentorship=row)
        found = CheckIn.objects.select_related("mentorship__programme", "mentorship__organisation").get(pk=check_in.pk)
        assert lines([row], today=today)[0].goals_words == "no goals yet"
        assert gather_plan(row, today=today).goals == ()
        assert LogPage(found, northfield.people["student"], today=today).goals == []
        assert measures._moving(northfield.programme) == set()


def test_the_page_costs_the_same_with_one_and_with_three_of_each(northfield, sign_in, own):
    client = sign_in(northfield.people["mentor"])
    with northfield.scope():
        make.GoalFactory(mentorship=northfield.mentorship)
    few = count_queries(client, page_of(northfield))
    with northfield.scope():
        for n in range(2):
            make.GoalFactory(mentorship=northfield.mentorship, title=f"Goal {n}")
            service.create_goal(mentorship=northfield.mentorship, by=northfield.people["mentor"], owner=northfield.mentor, title=f"Own {n}")
    assert (count_queries(client, page_of(northfield)), few <= 24) == (few, True)
