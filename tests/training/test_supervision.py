"""The supervision log, and reflections that are their writer's alone unless shared: each role is tried."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from organisations.models import Draft
from tests import factories as make
from tests.cast import person
from tests.queries import MOST, count_queries
from training.models import Reflection, Supervision, SupervisionSeat

SECRET, SHARED = "I was impatient and I know why.", "Circles help me more than talks."
ROLES = ["owner", "coordinator", "mentor", "student", "tutor", "lead"]


def url(house, name, *args):
    return reverse(f"training:{name}", args=[house.organisation.slug, *args])


def words(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


def form(**more):
    return {"form": "one_to_one", "held_on": timezone.localdate().isoformat(), "minutes": "45", "led_by": "Rosa", "topics": "Silence"} | more


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_a_reflection(northfield, role):
    with northfield.scope():
        writer = northfield.people["mentor"]
        make.ReflectionFactory(author=writer, text=SECRET)
        make.ReflectionFactory(author=writer, text=SHARED, readers="coordinators")
        seen = set(Reflection.objects.visible_to(northfield.people[role]).values_list("text", flat=True))
    assert seen == {"mentor": {SECRET, SHARED}, "coordinator": {SHARED}}.get(role, set())


def test_nor_does_another_mentor_of_the_same_circle(northfield):
    with northfield.scope():
        other = make.MentorFactory(programme=northfield.programme)
        talk = make.SupervisionFactory(programme=northfield.programme, form="circle", mentors=[northfield.mentor, other])
        for readers in ("only_me", "coordinators"):
            make.ReflectionFactory(author=northfield.people["mentor"], supervision=talk, readers=readers)
        assert not Reflection.objects.visible_to(other.membership).exists()
        assert list(Supervision.objects.visible_to(other.membership)) == [talk]
        assert list(SupervisionSeat.objects.visible_to(other.membership).values_list("mentor", flat=True)) == [other.pk]


def test_a_coordinator_who_mentors_keeps_their_own_to_themself(northfield):
    with northfield.scope():
        both = person("both", "both@northfield.example", roles=["coordinator", "mentor"])
        make.ReflectionFactory(author=both, text=SECRET)
        assert Reflection.objects.visible_to(both).exists()
        assert not Reflection.objects.visible_to(northfield.people["coordinator"]).exists()


def test_the_pages_show_what_the_query_lets_through(northfield, sign_in):
    with northfield.scope():
        writer = northfield.people["mentor"]
        own = make.ReflectionFactory(author=writer, text=SECRET)
        make.ReflectionFactory(author=writer, text=SHARED, readers="coordinators")
    text = words(sign_in(northfield.people["coordinator"]).get(url(northfield, "supervision", northfield.programme.pk)))
    assert (SHARED in text, SECRET in text) == (True, False)
    client = sign_in(writer)
    text = words(client.get(url(northfield, "my_supervision")))
    assert (SHARED in text, SECRET in text) == (True, True)
    for _double_click in range(2):
        client.post(url(northfield, "reflection", own.pk), {"text": SECRET + " Again.", "readers": "only_me"})
    with northfield.scope():
        assert Reflection.objects.count() == 2
    client.post(url(northfield, "reflection_delete", own.pk))
    with northfield.scope():
        assert list(Reflection.objects.values_list("text", flat=True)) == [SHARED]


def test_a_reflection_is_private_unless_somebody_says_otherwise_and_its_draft_goes(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    page = url(northfield, "reflection_add")
    chosen = BeautifulSoup(client.get(page).content, "html.parser").select_one("input[name=readers][checked]")
    assert chosen["value"] == "only_me"
    client.post(reverse("organisations:draft", args=["northfield"]), {"form_key": "reflection", "text": "Half a"})
    assert "Half a" in client.get(page).content.decode()
    for wrong in ({"text": " ", "readers": "only_me"}, {"text": "x", "readers": "everybody"}):
        assert client.post(page, wrong).status_code == 422
    for _double_click in range(2):
        client.post(page, {"text": SECRET, "readers": "only_me"})
    with northfield.scope():
        assert (Reflection.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_coordinator_notes_a_circle_once_and_sees_who_waited_longest(northfield, sign_in):
    with northfield.scope():
        other = make.MentorFactory(programme=northfield.programme)
        make.MentorFactory(programme=northfield.programme)
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "supervision_add", northfield.programme.pk)
    for _double_click in range(2):
        client.post(page, form(form="circle", mentors=[northfield.mentor.pk, other.pk]))
    with northfield.scope():
        assert (Supervision.objects.count(), SupervisionSeat.objects.count()) == (1, 2)
    assert "have had no supervision yet" in words(client.get(url(northfield, "supervision", northfield.programme.pk)))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"held_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "still to come"),
        ({"held_on": "1986-01-01"}, "Is the year right?"),
        ({"minutes": "0"}, "Give 1 to 600 minutes."),
        ({"mentors": []}, "Choose who took part."),
        ({"led_by": " "}, "Please fill this in."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(northfield, sign_in, wrong, message):
    client = sign_in(northfield.people["coordinator"])
    answer = client.post(url(northfield, "supervision_add", northfield.programme.pk), form(mentors=[northfield.mentor.pk]) | wrong)
    assert (answer.status_code, message in words(answer), "Silence" in answer.content.decode()) == (422, True, True)
    with northfield.scope():
        assert not Supervision.objects.exists()


def test_two_people_are_no_one_to_one_and_another_programmes_mentor_is_no_choice(northfield, sign_in):
    with northfield.scope():
        other, elsewhere = make.MentorFactory(programme=northfield.programme), make.MentorFactory()
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "supervision_add", northfield.programme.pk)
    assert "it was a circle" in words(client.post(page, form(mentors=[northfield.mentor.pk, other.pk])))
    assert client.post(page, form(mentors=[elsewhere.pk])).status_code == 422


def test_a_mentor_notes_their_own_and_takes_out_only_that(northfield, sign_in):
    with northfield.scope():
        theirs = make.SupervisionFactory(programme=northfield.programme, mentors=[northfield.mentor], noted_by=northfield.people["coordinator"])
    client = sign_in(northfield.people["mentor"])
    for _double_click in range(2):
        noted = client.post(url(northfield, "my_supervision_add"), form(mentor=northfield.mentor.pk))
    with northfield.scope():
        mine = Supervision.objects.get(noted_by=northfield.people["mentor"])
        reflection = make.ReflectionFactory(author=northfield.people["mentor"], supervision=mine)
    assert noted.url == url(northfield, "reflection_of_talk", mine.pk)
    assert "2 talks, 1 hour 45 minutes in all." in words(client.get(url(northfield, "my_supervision")))
    assert client.post(url(northfield, "supervision_remove", theirs.pk)).status_code == 403
    client.post(url(northfield, "supervision_remove", mine.pk))
    with northfield.scope():
        assert list(Supervision.objects.all()) == [theirs]
        reflection.refresh_from_db()
        assert reflection.supervision is None


def test_pages_cost_the_same_for_one_and_for_three(northfield, sign_in):
    def grow(number):
        with northfield.scope():
            for _one in range(number):
                talk = make.SupervisionFactory(
                    programme=northfield.programme, mentors=[northfield.mentor, make.MentorFactory(programme=northfield.programme)]
                )
                make.ReflectionFactory(author=northfield.people["mentor"], supervision=talk, readers="coordinators")

    grow(1)
    pages = {"coordinator": url(northfield, "supervision", northfield.programme.pk), "mentor": url(northfield, "my_supervision")}
    before = {role: count_queries(sign_in(northfield.people[role]), page) for role, page in pages.items()}
    grow(3)
    assert {role: count_queries(sign_in(northfield.people[role]), page) for role, page in pages.items()} == before
    assert max(before.values()) <= MOST
