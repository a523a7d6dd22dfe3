"""Learning objectives of a placement: written by any of the three, agreed by each, agreed anew when their words change."""

import pytest
from django.urls import reverse

from goals.models import Goal, GoalObjective, Objective, ObjectiveAgreement
from goals.services import objectives as service
from matching.models import Mentorship
from programmes.forms import people
from programmes.models import Participant, Placement
from tests import factories as make
from tests.goals.helpers import soon, url, write
from tests.queries import MOST, count_queries

TEXT = "Answer a customer’s question about an order"


@pytest.fixture
def objective(northfield):
    with northfield.scope():
        return service.write_objective(placement=northfield.placement, text=TEXT, by=northfield.people["student"], voice="student")


def page(house, placement=None):
    return url(house, "objectives", (placement or house.placement).pk)


def yeses():
    return sorted(ObjectiveAgreement.objects.values_list("voice", "version", "name"))


@pytest.mark.parametrize("who", ["student", "mentor", "tutor", "coordinator"])
def test_each_of_the_three_and_a_coordinator_writes_one_and_a_double_click_makes_one(northfield, sign_in, who):
    client = sign_in(northfield.people[who])
    for _double_click in range(2):
        assert client.post(page(northfield), {"text": f" {TEXT}\n"}).status_code == 302
    with northfield.scope():
        assert list(Objective.objects.values_list("text", "written_by")) == [(TEXT, northfield.people[who].pk)]
        assert [voice for voice, _version, _name in yeses()] == ([] if who == "coordinator" else [who])


@pytest.mark.parametrize(("text", "words"), [("", "Write in one sentence"), ("x" * 301, "At most 300 letters; this has 301.")])
def test_bad_words_are_refused_by_the_field_and_kept(northfield, sign_in, text, words):
    answer = sign_in(northfield.people["tutor"]).post(page(northfield), {"text": text})
    assert (answer.status_code, words in answer.content.decode(), text in answer.content.decode()) == (422, True, True)
    with northfield.scope():
        assert Objective.objects.count() == 0


def test_all_three_agree_with_name_and_time(northfield, sign_in, objective):
    seen = {"seen": f"{objective.pk}:1"}
    for who in ("mentor", "tutor"):
        client = sign_in(northfield.people[who])
        assert "1 objective waits for your yes" in client.get(page(northfield)).content.decode()
        for _double_click in range(2):
            client.post(url(northfield, "objectives_agree", northfield.placement.pk), seen)
        assert "waits for your yes" not in client.get(page(northfield)).content.decode()
    with northfield.scope():
        assert yeses() == [("mentor", 1, "Mentor Example"), ("student", 1, "Student Example"), ("tutor", 1, "Tutor Example")]
    mentorship = f"/o/northfield/mentorships/{northfield.mentorship.pk}/"
    assert "Learning objectives agreed by all" in client.get(mentorship).content.decode()


def test_other_words_are_agreed_anew_and_the_old_yes_is_kept(northfield, sign_in, objective):
    with northfield.scope():
        service.agree_objectives(placement=northfield.placement, seen={objective.pk: 1}, by=northfield.people["tutor"], voice="tutor")
    client = sign_in(northfield.people["mentor"])
    client.post(url(northfield, "objective", objective.pk), {"text": TEXT + ", alone", "version": "1"})
    with northfield.scope():
        assert yeses() == [("mentor", 2, "Mentor Example"), ("student", 1, "Student Example"), ("tutor", 1, "Tutor Example")]
    html = client.get(page(northfield)).content.decode()
    assert "Changed by Mentor Example" in html
    assert "Tutor Example agreed" not in html
    assert "waiting for Student and Tutor" in client.get(f"/o/northfield/mentorships/{northfield.mentorship.pk}/").content.decode()


def test_the_later_of_two_who_change_one_is_told_and_keeps_what_was_typed(northfield, sign_in, objective):
    with northfield.scope():
        service.change_objective(objective=objective, version=1, text="The quicker words", by=northfield.people["student"], voice="student")
    client = sign_in(northfield.people["tutor"])
    answer = client.post(url(northfield, "objective", objective.pk), {"text": "The slower words", "version": "1"})
    html = answer.content.decode()
    assert (answer.status_code, "It now says: “The quicker words”" in html, "The slower words" in html) == (422, True, True)
    client.post(url(northfield, "objective", objective.pk), {"text": "The slower words", "version": "2"})
    with northfield.scope():
        assert Objective.objects.get().text == "The slower words"


def test_a_yes_to_what_has_changed_meanwhile_counts_for_nothing(northfield, sign_in, objective):
    client = sign_in(northfield.people["mentor"])
    for seen in ([f"{objective.pk}:7"], [], [f"{objective.pk}:1", "999:1"], ["x", "1:2:3"]):
        answer = client.post(url(northfield, "objectives_agree", northfield.placement.pk), {"seen": seen}, follow=True)
        assert "The objectives have changed since you opened this page." in answer.content.decode()
    with northfield.scope():
        assert [voice for voice, _version, _name in yeses()] == ["student"]


def test_a_coordinator_speaks_for_the_college_only_where_the_student_has_no_tutor(northfield, sign_in, objective):
    client, agree = sign_in(northfield.people["coordinator"]), url(northfield, "objectives_agree", northfield.placement.pk)
    assert client.post(agree, {"seen": f"{objective.pk}:1"}).status_code == 403
    with northfield.scope():
        Participant.objects.filter(pk=northfield.student.pk).update(tutor=None)
    client.post(agree, {"seen": f"{objective.pk}:1"})
    with northfield.scope():
        assert ("tutor", 1, "Coordinator Example") in yeses()


def test_before_there_is_a_mentor_student_and_tutor_begin(northfield, sign_in):
    with northfield.scope():
        student = make.StudentFactory(programme=northfield.programme, membership=make.MembershipFactory(), tutor=northfield.people["tutor"])
        placement = make.PlacementFactory(student=student)
    client = sign_in(northfield.people["tutor"])
    client.post(page(northfield, placement), {"text": TEXT})
    html = client.get(page(northfield, placement)).content.decode()
    assert [word in html for word in (TEXT, "Not found yet")] == [True, True]
    assert sign_in(northfield.people["mentor"]).get(page(northfield, placement)).status_code == 403


@pytest.mark.parametrize("who", ["owner", "lead"])
def test_others_neither_read_nor_write(northfield, riverside, sign_in, objective, who):
    client = sign_in(northfield.people[who])
    assert client.get(page(northfield)).status_code == 403
    assert client.post(page(northfield), {"text": "Mine"}).status_code == 403
    assert sign_in(riverside.people["tutor"]).get(page(northfield)).status_code == 404
    assert sign_in(northfield.people["tutor"]).get(page(northfield, riverside.placement)).status_code == 404


def test_once_every_mentorship_of_the_placement_has_ended_it_is_read_only(northfield, sign_in, objective):
    with northfield.scope():
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(status="completed")
    client = sign_in(northfield.people["student"])
    assert client.get(page(northfield)).status_code == 200
    assert client.post(page(northfield), {"text": "Late"}).status_code == 403
    assert client.post(url(northfield, "objective", objective.pk), {"text": "Late", "version": "1"}).status_code == 403
    with northfield.scope():
        assert list(Objective.objects.values_list("text", flat=True)) == [TEXT]


def test_set_aside_and_taken_in_again_with_its_yeses(northfield, sign_in, objective):
    client = sign_in(northfield.people["mentor"])
    client.post(url(northfield, "objective_aside", objective.pk))
    with northfield.scope():
        assert not Objective.objects.standing().exists()
    client.post(url(northfield, "objective_aside", objective.pk), {"back": "1"})
    with northfield.scope():
        assert (Objective.objects.standing().count(), len(yeses())) == (1, 1)


def test_twelve_are_enough(northfield, sign_in):
    with northfield.scope():
        for _n in range(12):
            make.ObjectiveFactory(placement=northfield.placement)
    assert "Twelve learning objectives are enough" in sign_in(northfield.people["tutor"]).post(page(northfield), {"text": "One more"}).content.decode()


def test_lines_typed_with_a_new_placement_become_objectives_once(northfield, sign_in):
    client = sign_in(northfield.people["coordinator"])
    sent = {
        "role": "Analyst", "site": northfield.placement.site_id, "starts_on": soon(1).isoformat(), "ends_on": soon(40).isoformat(),
        "done_hours": "0", "objectives": f"{TEXT}\n\n  Keep   figures \n{TEXT}",
    }  # fmt: skip
    client.post(reverse("programmes:placement_add", args=["northfield", northfield.student.pk]), sent)
    with northfield.scope():
        placement = Placement.objects.get(role="Analyst")
        assert list(Objective.objects.values_list("text", "placement")) == [(TEXT, placement.pk), ("Keep figures", placement.pk)]
        assert service.take_in_lines(placement=placement, by=northfield.people["coordinator"]) == 0
    form = client.get(reverse("programmes:placement", args=["northfield", placement.pk])).content.decode()
    assert ['name="objectives"' in form, page(northfield, placement) in form] == [False, True]


def test_a_goal_is_tied_to_objectives_of_its_own_placement_only(northfield, sign_in, objective):
    with northfield.scope():
        goal = write(northfield)
        foreign = make.ObjectiveFactory(placement=make.PlacementFactory(student=northfield.student, role="Elsewhere"))
    client = sign_in(northfield.people["student"])
    base = {"title": goal.title, "due_on": goal.due_on.isoformat(), "base": "1"}
    assert client.post(url(northfield, "edit", goal.pk), base | {"objectives": [foreign.pk]}).status_code == 422
    client.post(url(northfield, "edit", goal.pk), base | {"objectives": [objective.pk]})
    html = client.get(url(northfield, "detail", goal.pk)).content.decode()
    assert [f"tied it to “{TEXT}”" in html, "Serves the learning objective" in html] == [True, True]
    assert client.get(url(northfield, "detail", goal.pk)).context["page"].card.smart["R"].ok
    client.post(url(northfield, "edit", goal.pk), base | {"objectives": []})
    with northfield.scope():
        assert (GoalObjective.objects.count(), Goal.objects.count(), Objective.objects.count()) == (0, 1, 2)


def test_the_page_costs_the_same_with_one_and_with_three(northfield, sign_in, objective):
    client = sign_in(northfield.people["mentor"])
    few = count_queries(client, page(northfield))
    with northfield.scope():
        for n in range(2):
            service.write_objective(placement=northfield.placement, text=f"More {n}", by=northfield.people["tutor"], voice="tutor")
    assert (count_queries(client, page(northfield)), few <= MOST) == (few, True)


@pytest.mark.parametrize("typed", ["x" * 301, "\n".join(f"Objective {n}" for n in range(13))])
def test_objectives_typed_with_a_placement_are_never_cut(northfield, typed):
    assert (people.MOST_OBJECTIVES, people.LONGEST_OBJECTIVE) == (service.MOST_OBJECTIVES, service.LENGTH)
    with northfield.scope():
        assert "objectives" in people.PlacementForm({"objectives": typed}).errors
        assert "objectives" not in people.PlacementForm({"objectives": "\n".join(["x" * 300] * 12)}).errors
