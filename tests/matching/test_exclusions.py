"""Who is kept apart is typed, not picked out of thousands: one who fits, several, too many, nobody."""

import pytest
from django.urls import reverse

from matching.forms import exclusions as form_of
from matching.models import Exclusion
from tests import factories as make
from tests.matching import people
from tests.matching.reading import seen
from tests.queries import MOST, count_queries


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def scene(coordinator):
    """Two students called Sam Jones and one Samira; two mentors."""
    programme = make.ProgrammeFactory()
    sams = [
        make.StudentFactory(
            programme=programme, course=course, town="", employer_name="", membership__first_name="Sam", membership__last_name="Jones"
        )
        for course in ("Bricklaying", "Nursing")
    ]
    samira = make.StudentFactory(programme=programme, membership__first_name="Samira", membership__last_name="Iqbal")
    mentor = make.MentorFactory(programme=programme, membership__first_name="Olu", membership__last_name="Adeyemi")
    make.MentorFactory(programme=programme, membership__first_name="Wen", membership__last_name="Li")
    return {"programme": programme, "sams": sams, "samira": samira, "mentor": mentor}


@pytest.fixture
def send(scene, coordinator, sign_in):
    client, page = sign_in(coordinator), reverse("matching:exclusions", args=["northfield", scene["programme"].pk])
    return lambda **data: client.post(page, {"mentor": "olu", "reason": "Cousins", **data})


def pairs():
    return set(Exclusion.objects.values_list("student_id", "mentor_id"))


def test_a_part_of_the_name_is_enough_where_one_person_fits(scene, send):
    assert send(student="iqbal").status_code == 302
    assert pairs() == {(scene["samira"].pk, scene["mentor"].pk)}


def test_where_several_fit_one_is_chosen_and_nothing_typed_is_lost(scene, send):
    asked = send(student="sam jones")
    assert (asked.status_code, pairs()) == (422, set())
    form = asked.context["form"]
    assert [label for _pk, label in form["student_is"].field.choices] == ["Sam Jones (Bricklaying)", "Sam Jones (Nursing)"]
    assert form.errors["student"] == ["2 people fit this. Choose who is meant."]
    assert (form["student"].value(), form["mentor"].value(), form["reason"].value()) == ("sam jones", "olu", "Cousins")
    assert send(student="sam jones", student_is=scene["sams"][1].pk).status_code == 302
    assert pairs() == {(scene["sams"][1].pk, scene["mentor"].pk)}


def test_what_the_browser_completed_means_that_person(scene, send):
    assert send(student="Sam Jones (Nursing)").status_code == 302
    assert pairs() == {(scene["sams"][1].pk, scene["mentor"].pk)}


def test_a_choice_made_for_another_name_does_not_count(scene, send):
    """Somebody chose a Sam, then typed another name over it."""
    assert send(student="iqbal", student_is=scene["sams"][0].pk).status_code == 302
    assert pairs() == {(scene["samira"].pk, scene["mentor"].pk)}
    assert send(student="sam", student_is=scene["mentor"].pk).status_code == 422


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "Type the student’s name."),
        ("Nobody Known", "Nobody of this name takes part here. Look at the spelling, or type less of it."),
        ("( , )", "Nobody of this name takes part here. Look at the spelling, or type less of it."),
        ("Olu Adeyemi", "Nobody of this name takes part here. Look at the spelling, or type less of it."),  # a mentor
    ],
)
def test_who_is_not_found_is_said_by_the_field(scene, send, typed, error):
    asked = send(student=typed)
    assert (asked.status_code, asked.context["form"].errors["student"], pairs()) == (422, [error], set())


def test_too_many_are_not_offered(scene, send, monkeypatch):
    monkeypatch.setattr(form_of, "OFFERED", 2)
    assert send(student="sam").context["form"].errors["student"] == ["More than 2 people fit this. Type more of the name."]


def test_people_of_other_organisations_and_programmes_are_nobody_here(scene, send, riverside, northfield):
    with riverside.scope():
        make.StudentFactory(programme=riverside.programme, membership__first_name="Perpetua")
    make.StudentFactory(programme=northfield.programme, membership__first_name="Philomena")
    for name in ("perpetua", "philomena"):
        assert "Nobody of this name" in seen(send(student=name))
    assert pairs() == set()


def test_a_large_programme_gets_no_list_to_complete_from_and_costs_no_more(scene, coordinator, sign_in, monkeypatch):
    client, page = sign_in(coordinator), reverse("matching:exclusions", args=["northfield", scene["programme"].pk])
    before, small = count_queries(client, page), client.get(page)
    assert small.context["form"].suggested["student"] == ["Sam Jones (Bricklaying)", "Sam Jones (Nursing)", form_of.described(scene["samira"])]
    monkeypatch.setattr(form_of, "SUGGESTED", 3)
    people.crowd(0, 0)
    make.StudentFactory(programme=scene["programme"])
    large = client.get(page)
    assert (large.context["form"].suggested["student"], 'list="students"' in large.content.decode()) == ([], False)
    assert count_queries(client, page) == before <= MOST
