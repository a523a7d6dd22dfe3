"""Where people meet when one is under 18; what is read before the first note."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from checkins.models import LimitsRead, MeetingPlace, Note
from checkins.services.places import Asked, problem_of
from programmes.services import guardians
from tests.checkins.helpers import answers, check_in

STRICT = Asked(supervised_only=True, one_to_one_video=False)


@pytest.mark.parametrize(
    ("asked", "said", "field"),
    [
        (STRICT, {"way": "video"}, "supervised_by"),
        (STRICT, {"way": "video", "supervised_by": "Ms Hughes"}, ""),
        (STRICT, {"way": "phone"}, ""),
        (STRICT, {"way": "in_person"}, "venue"),
        (STRICT, {"way": "in_person", "venue": "online"}, "venue"),
        (STRICT, {"way": "in_person", "venue": "college"}, "supervised_by"),
        (STRICT, {"way": "in_person", "venue": "college", "supervised_by": "Ms Hughes"}, ""),
        (STRICT, {"venue": "online"}, "supervised_by"),
        (STRICT, {}, "venue"),
        (Asked(supervised_only=False, one_to_one_video=True), {"way": "video"}, ""),
        (Asked(supervised_only=False, one_to_one_video=False), {"way": "in_person", "venue": "public"}, ""),
        (Asked(supervised_only=True, one_to_one_video=False, is_one_to_one=False), {"way": "video"}, ""),
    ],
)
def test_what_the_rules_allow(asked, said, field):
    found, words = problem_of(asked, **said)
    assert (found, bool(words)) == (field, bool(field))


@pytest.fixture
def young(northfield):
    """The student is under 18, and the guardian has agreed."""
    with northfield.scope():
        by = northfield.people["coordinator"]
        guardians.change_rules(programme=northfield.programme, by=by, for_under_18=True)
        row = guardians.save_young(
            participant=northfield.student, under_18_until=timezone.localdate() + dt.timedelta(days=200),
            guardian_name="Anwen", guardian_email="anwen@home.example", by=by,
        )  # fmt: skip
        guardians.record_paper(young=row, is_yes=True, signed_name="Anwen", by=by)
        return row


def test_one_to_one_video_is_refused_in_words_and_nothing_is_lost(northfield, young, sign_in):
    with northfield.scope():
        row = check_in(northfield)
    client, page = sign_in(northfield.people["mentor"]), reverse("checkins:log", args=["northfield", row.pk])
    answer = client.post(page, answers(way="video", progress="Kept words"))
    assert list(answer.context["form"].errors) == ["supervised_by"]
    text = answer.content.decode()
    assert ("not allowed here" in text, "Kept words" in text) == (True, True)
    assert client.post(page, answers(way="video", supervised_by="Ms Hughes")).status_code == 302
    with northfield.scope():
        assert MeetingPlace.objects.values_list("venue", "supervised_by").get() == ("online", "Ms Hughes")


def test_a_programme_of_adults_asks_nothing(northfield, sign_in):
    with northfield.scope():
        row = check_in(northfield)
    client, page = sign_in(northfield.people["mentor"]), reverse("checkins:log", args=["northfield", row.pk])
    assert "venue" not in client.get(page).context["form"].fields
    assert client.post(page, answers(way="video")).status_code == 302
    with northfield.scope():
        assert MeetingPlace.objects.count() == 0


def test_planning_asks_where_too(northfield, young, sign_in):
    client = sign_in(northfield.people["mentor"])
    page = reverse("checkins:plan", args=["northfield", northfield.mentorship.pk])
    sent = {"due_on": timezone.localdate() + dt.timedelta(days=2), "minutes": "45"}
    assert list(client.post(page, sent | {"venue": "online"}).context["form"].errors) == ["supervised_by"]
    assert client.post(page, sent | {"venue": "workplace", "supervised_by": "Mr Price"}).status_code == 302
    with northfield.scope():
        assert MeetingPlace.objects.values_list("venue", "supervised_by").get() == ("workplace", "Mr Price")


def test_the_first_note_waits_until_the_limits_are_read_and_only_the_first(northfield, sign_in):
    with northfield.scope():
        LimitsRead.objects.all().delete()
    client = sign_in(northfield.people["student"])
    page = reverse("home:note_add", args=["northfield", northfield.mentorship.pk])
    answer = client.post(page, {"text": "Kept words", "visibility": "mentorship"})
    assert (answer.status_code, "Before your first note" in answer.content.decode(), "Kept words" in answer.content.decode()) == (422, True, True)
    with northfield.scope():
        assert Note.objects.count() == 0
    assert client.post(page, {"text": "One", "visibility": "mentorship", "limits": "on"}).status_code == 302
    assert client.post(page, {"text": "Two", "visibility": "mentorship"}).status_code == 302
    with northfield.scope():
        assert list(LimitsRead.objects.values_list("membership", "version")) == [(northfield.people["student"].pk, "1")]
        LimitsRead.objects.update(version="0")  # another text was read: asked again
    assert client.post(page, {"text": "Three", "visibility": "mentorship"}).status_code == 422


def test_a_check_in_without_a_note_asks_for_no_tick(northfield, sign_in):
    with northfield.scope():
        LimitsRead.objects.all().delete()
        one, two = check_in(northfield), check_in(northfield, number=40)
    client = sign_in(northfield.people["mentor"])
    assert client.post(reverse("checkins:log", args=["northfield", one.pk]), answers(note="")).status_code == 302
    answer = client.post(reverse("checkins:log", args=["northfield", two.pk]), answers(note="Words"))
    assert list(answer.context["form"].errors) == ["limits"]
