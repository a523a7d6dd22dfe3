"""Rating oneself: twice, for oneself; of many only means of whole fives."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from training.models import SelfRating
from training.self_rating import KEYS, changes, means_of_whole_groups
from training.services.self_rating import moment_open, programme_means, rate_oneself

THREES = dict.fromkeys(KEYS, 3)


def url(house, name, *args):
    return reverse(f"training:{name}", args=[house.organisation.slug, *args])


def words(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


def rated(house, number, points=3, moment="start"):
    for mentor in make.MentorFactory.create_batch(number, programme=house.programme):
        SelfRating.objects.create(mentor=mentor, moment=moment, **dict.fromkeys(KEYS, points))


def test_the_start_then_the_end_and_the_change_shown(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    page = url(northfield, "self_rating", northfield.mentor.pk)
    for points in (3, 5):  # the second press changes nothing
        client.post(page, dict.fromkeys(KEYS, points))
    with northfield.scope():
        assert [rating.points for rating in SelfRating.objects.all()] == [THREES]
        today = timezone.localdate()
        type(northfield.programme).objects.filter(pk=northfield.programme.pk).update(ends_on=today + timedelta(days=3))
    client.post(page, THREES | {"listening": 5})
    with northfield.scope():
        assert list(SelfRating.objects.values_list("moment", "listening")) == [("start", 3), ("end", 5)]
    text = words(client.get(url(northfield, "my_self_rating")))
    assert "Active listening 3 5" in text
    assert "Empathy 3 3" in text


def test_a_missing_answer_is_said_by_its_question_and_the_others_are_kept(northfield, sign_in):
    client = sign_in(northfield.people["mentor"])
    answer = client.post(url(northfield, "self_rating", northfield.mentor.pk), THREES | {"listening": "", "empathy": "9"})
    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert {link["href"] for link in soup.select(".error-summary a")} == {"#id_empathy_0", "#id_listening_0"}
    assert soup.select_one("input[name=collaboration][checked]")["value"] == "3"
    with northfield.scope():
        assert not SelfRating.objects.exists()


@pytest.mark.parametrize(("share", "moment"), [(-1, "start"), (0, "start"), (79, "start"), (80, "end"), (120, "end")])
def test_the_end_opens_when_winding_down_begins(northfield, share, moment):
    programme = northfield.programme
    programme.ends_on = programme.starts_on + timedelta(days=100)
    assert moment_open(programme, programme.starts_on + timedelta(days=share)) == moment


@pytest.mark.parametrize("role", ["owner", "coordinator", "student", "tutor", "lead", "mentor"])
def test_a_single_rating_is_its_mentors_alone(northfield, role):
    with northfield.scope():
        rate_oneself(mentor=northfield.mentor, points=THREES, by=northfield.people["mentor"])
        assert SelfRating.objects.visible_to(northfield.people[role]).exists() is (role == "mentor")


def test_nobody_rates_for_somebody_else(northfield, sign_in):
    page = url(northfield, "self_rating", northfield.mentor.pk)
    assert sign_in(northfield.people["coordinator"]).post(page, THREES).status_code == 403
    with northfield.scope():
        other = make.MentorFactory(programme=northfield.programme)
    assert sign_in(northfield.people["mentor"]).post(url(northfield, "self_rating", other.pk), THREES).status_code == 403


def test_fewer_than_five_stay_hidden_from_the_coordinator(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = url(northfield, "supervision", northfield.programme.pk)
    with northfield.scope():
        rated(northfield, 4, points=2)
    text = words(client.get(page))
    assert ("4 mentors have rated themselves." in text, "Means of" in text) == (True, False)
    with northfield.scope():
        rated(northfield, 1, points=2)
        assert programme_means(northfield.programme)["start"].means == dict.fromkeys(KEYS, 2.0)
    assert "Means of 5 mentors" in words(client.get(page))


def test_the_sixth_to_the_ninth_move_nothing_so_that_none_can_be_worked_out(northfield):
    with northfield.scope():
        rated(northfield, 5, points=2)
        for given_by in range(6, 10):
            rated(northfield, 1, points=5)
            means = programme_means(northfield.programme)["start"]
            assert (means.given, means.counted, means.means) == (given_by, 5, dict.fromkeys(KEYS, 2.0))
        rated(northfield, 1, points=5)
        assert programme_means(northfield.programme)["start"].means == dict.fromkeys(KEYS, 3.5)


def test_another_programmes_ratings_do_not_count(northfield):
    with northfield.scope():
        other = make.MentorFactory.create_batch(5, programme=make.ProgrammeFactory())
        for mentor in other:
            SelfRating.objects.create(mentor=mentor, moment="start", **THREES)
        assert programme_means(northfield.programme)["start"].given == 0


@given(st.lists(st.integers(1, 5), max_size=30), st.integers(1, 6))
def test_means_move_only_by_whole_groups(points, size):
    rows = [dict.fromkeys(KEYS, one) for one in points]
    counted, means = means_of_whole_groups(rows, size)
    assert counted == len(points) // size * size
    assert (means is None) == (counted == 0)
    if means:
        assert means["empathy"] == round(sum(points[:counted]) / counted, 1)


def test_a_change_is_known_where_both_are():
    found = changes(THREES, {**THREES, "empathy": 5})
    assert [change.difference for change in found] == [2, 0, 0, 0, 0]
    assert {change.difference for change in changes(THREES, None)} == {None}
