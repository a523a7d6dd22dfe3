"""A mentor who must stop: substitutes, what goes along, what does not, and one page for the student."""

import pytest
from django.urls import reverse

from checkins.models import Action, Note
from checkins.presenters import open_actions
from checkins.services.notes import hand_on_notes
from goals.models import Goal
from matching.models import Exclusion, Mentorship, MentorshipMember
from matching.services import handover
from matching.services.refused import Refused
from post.models import Letter
from tests import factories as make
from tests.matching import people
from tests.matching.test_pages import seen


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def scene(northfield, coordinator):
    """The cast's mentorship with goals, a check-in with promises, and notes of every kind; two mentors who could carry on."""
    mentorship, mentor = northfield.mentorship, northfield.mentor
    first, second = people.mentor(northfield.programme, capacity=1), people.mentor(northfield.programme, capacity=1, industry="health")
    goals = [make.GoalFactory(mentorship=mentorship), make.GoalFactory(mentorship=mentorship, title="Reached", status="done")]
    make.GoalStepFactory(goal=goals[0])
    check_in = make.CheckInFactory(mentorship=mentorship, status="held", held_on=mentorship.started_on, progress="We talked a lot", mood=4)
    Action.objects.create(check_in=check_in, text="Introduce her to HR", owner=mentor)
    Action.objects.create(check_in=check_in, text="Done long ago", done_at="2026-01-01T00:00Z")
    author = mentor.membership
    notes = {
        kind: make.NoteFactory(mentorship=mentorship, author=author, visibility=kind, text=f"note {kind}")
        for kind in ("only_me", "mentorship", "coordinators", "lead")
    }
    return {"mentorship": mentorship, "mentor": mentor, "first": first, "second": second, "goals": goals, "notes": notes}


def page_of(mentor):
    return reverse("home:hand_over", args=["northfield", mentor.programme_id, mentor.pk])


def test_the_engine_proposes_the_best_substitute_among_those_with_places_and_allowed(scene):
    [found] = handover.propose_substitutes(scene["mentor"])
    assert found.proposed == scene["first"].pk
    assert scene["mentor"].pk not in [pair.mentor_id for pair in found.pairs]
    Exclusion.objects.create(programme=scene["mentor"].programme, student=found.students[0], mentor=scene["first"])
    [found] = handover.propose_substitutes(scene["mentor"])
    assert found.proposed == scene["second"].pk
    with pytest.raises(Refused, match="cannot be the mentor"):
        handover.hand_over(mentorship=scene["mentorship"], mentor=scene["mentor"], substitute=scene["first"], by=None)


def test_two_students_and_one_place_each(scene):
    other = make.StudentFactory(programme=scene["mentor"].programme)
    make.MentorshipFactory(programme=scene["mentor"].programme, student=other, mentor=scene["mentor"])
    proposed = [one.proposed for one in handover.propose_substitutes(scene["mentor"])]
    assert sorted(proposed) == sorted([scene["first"].pk, scene["second"].pk])


def test_handing_over_from_the_page(northfield, scene, coordinator, sign_in):
    old, first, mentor = scene["mentorship"], scene["first"], scene["mentor"]
    client = sign_in(coordinator)
    shown = client.get(page_of(mentor))
    assert "note coordinators" in seen(shown)
    for kind in ("only_me", "mentorship", "lead"):
        assert f"note {kind}" not in seen(shown)
    assert shown.context["form"][f"notes_{old.pk}"].value() in (None, [])
    answer = client.post(page_of(mentor), {f"who_{old.pk}": first.pk, f"notes_{old.pk}": [scene["notes"]["coordinators"].pk], "leaves": "on"})
    assert answer.status_code == 302
    old.refresh_from_db()
    new = Mentorship.objects.get(carries_on=old)
    assert (old.status, old.seeks_again, new.status) == ("ended_by_agreement", False, "active")
    assert set(new.members.values_list("participant", flat=True)) == {northfield.student.pk, first.pk}
    assert Goal.objects.get(pk=scene["goals"][0].pk).mentorship_id == new.pk
    assert Goal.objects.get(pk=scene["goals"][1].pk).mentorship_id == old.pk
    assert [one.text for one in open_actions(new)] == ["Introduce her to HR"]
    assert [(note.text, note.author_id) for note in Note.objects.filter(mentorship=new)] == [("note coordinators", mentor.membership_id)]
    assert new.check_ins.filter(status="planned").exists()
    assert not old.check_ins.filter(status="planned").exists()
    assert not new.agreement.signed_at
    mentor.refresh_from_db()
    assert mentor.withdrawn_at is not None
    letters = set(Letter.objects.filter(name__startswith="mentor_").values_list("name", "to_email"))
    assert letters == {
        ("mentor_changed", northfield.student.membership.email),
        ("mentor_takes_over", first.membership.email),
        ("mentor_thanked", mentor.membership.email),
    }


def test_the_student_sees_one_page_and_the_new_mentor_only_what_was_handed_over(northfield, scene, coordinator, sign_in):
    from tests.cast import person

    new_mentor = scene["first"]
    new_mentor.membership = person("nia", "nia@northfield.example", roles=["mentor"])
    new_mentor.save(update_fields=["membership"])
    new = handover.hand_over(mentorship=scene["mentorship"], mentor=scene["mentor"], substitute=new_mentor, by=coordinator)
    student = seen(sign_in(northfield.people["student"]).get(new.get_absolute_url()))
    for text in ("We talked a lot", "Introduce her to HR", "note mentorship", "Mentor before", scene["goals"][0].title):
        assert text in student
    assert "note only_me" not in student
    mentor = seen(sign_in(new_mentor.membership).get(new.get_absolute_url()))
    assert "Introduce her to HR" in mentor
    for text in ("We talked a lot", "note mentorship", "note coordinators", "note only_me", "note lead"):
        assert text not in mentor


def test_the_student_shares_a_note_themselves_once(northfield, scene, coordinator, sign_in):
    new = handover.hand_over(mentorship=scene["mentorship"], mentor=scene["mentor"], substitute=scene["first"], by=coordinator)
    share = reverse("home:note_share", args=["northfield", new.pk, scene["notes"]["mentorship"].pk])
    for _twice in range(2):
        sign_in(northfield.people["student"]).post(share)
    assert [note.text for note in Note.objects.filter(mentorship=new)] == ["note mentorship"]
    hidden = reverse("home:note_share", args=["northfield", new.pk, scene["notes"]["only_me"].pk])
    assert sign_in(northfield.people["student"]).post(hidden).status_code == 403


def test_notes_that_are_somebodys_own_or_for_the_lead_or_of_elsewhere_are_never_handed_on(scene, coordinator):
    new = handover.hand_over(mentorship=scene["mentorship"], mentor=scene["mentor"], substitute=scene["first"], by=coordinator)
    elsewhere = make.NoteFactory(visibility="coordinators")
    for note in (scene["notes"]["only_me"], scene["notes"]["lead"], elsewhere):
        with pytest.raises(Refused, match="not to be handed on"):
            hand_on_notes(notes=[note], to=new, by=coordinator)
    assert not Note.objects.filter(mentorship=new).exists()


def test_a_place_that_was_taken_meanwhile_stops_everything(scene, coordinator, sign_in):
    old, first = scene["mentorship"], scene["first"]
    other = make.MentorshipFactory(programme=old.programme, student=make.StudentFactory(programme=old.programme), mentor=scene["mentor"])
    data = {f"who_{old.pk}": first.pk, f"who_{other.pk}": first.pk, "leaves": "on"}
    answer = sign_in(coordinator).post(page_of(scene["mentor"]), data)
    assert answer.status_code == 422
    assert "has no place left by now" in seen(answer)
    assert not Mentorship.objects.filter(carries_on__isnull=False).exists()
    assert Mentorship.objects.active().filter(pk__in=[old.pk, other.pk]).count() == 2
    scene["mentor"].refresh_from_db()
    assert scene["mentor"].withdrawn_at is None


def test_nobody_ends_it_and_later_leaves_it(northfield, scene, coordinator, sign_in):
    old = scene["mentorship"]
    said = seen(sign_in(coordinator).post(page_of(scene["mentor"]), {f"who_{old.pk}": "later", "leaves": "on"}, follow=True))
    assert "No mentorship was handed over or ended." in said
    assert f"{scene['mentor'].name} stays in the programme, because a mentorship was left as it is." in said
    old.refresh_from_db()
    assert old.is_active
    sign_in(coordinator).post(page_of(scene["mentor"]), {f"who_{old.pk}": "nobody"})
    old.refresh_from_db()
    assert (old.status, old.seeks_again) == ("ended_by_agreement", True)
    assert MentorshipMember.objects.filter(participant=northfield.student, mentorship__status="active").count() == 0
