"""Check-ins of a group: who was there, each student's own word, and what stays between one student and the mentor."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from checkins.enums import Visibility
from checkins.models import Attendance, CheckIn
from checkins.services.attention import attention_list
from checkins.services.log import give_feedback, log_check_in
from checkins.services.notes import write_note
from evaluation.models import Survey, SurveyAnswer, SurveyRequest
from evaluation.presenters import MentorshipSurveys, readers_of
from goals.models import Goal
from goals.services.goals import create_goal
from goals.services.steps import add_step
from goals.services.wordings import agree_wording
from matching.services.joining import leave_group
from matching.services.refused import Refused
from programmes.enums import Format
from tests.checkins.helpers import entry
from tests.matching.test_group_pages import invite
from tests.matching.test_groups import begun

CANARY = "CANARY my sister is ill"


@pytest.fixture
def group(northfield):
    """A group of three students, of whom two can sign in, and its mentor."""
    with northfield.scope():
        mentorship = begun(northfield.people["coordinator"])
        northfield.group = mentorship
        students = [seat.participant for seat in mentorship.members.filter(side="student").order_by("pk")]
        northfield.ann, northfield.ben, northfield.cas = students
        northfield.guide = mentorship.members.get(side="mentor").participant
        for one in (northfield.ann, northfield.ben, northfield.guide):
            invite(one)
    return northfield


def page(name, *args, app="checkins"):
    return reverse(f"{app}:{name}", args=["northfield", *args])


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def planned(house):
    return house.group.check_ins.planned().first()


def held(house, *, absent=(), by=None, **fields):
    everybody = [house.ann, house.ben, house.cas, house.guide]
    present = [one.pk for one in everybody if one not in absent]
    by = by or house.guide.membership
    return log_check_in(check_in=planned(house), entry=entry(present=present, **fields), by=by)


def test_one_absent_is_not_missed_for_all(group, sign_in):
    with group.scope():
        check_in = held(group, absent=[group.ben])
        assert check_in.status == CheckIn.Status.HELD
        assert set(check_in.attendances.filter(was_there=False).values_list("participant", flat=True)) == {group.ben.pk}
        assert check_in.attendances.filter(was_there=True).count() == 3
        client = sign_in(group.guide.membership)
    shown = words(client.get(page("detail", check_in.pk)))
    assert shown.count("Was there") == 3
    assert shown.count("Was not there") == 1


def test_a_student_sees_their_own_attendance_only(group, sign_in):
    with group.scope():
        check_in = held(group, absent=[group.ben])
        client = sign_in(group.ann.membership)
    shown = words(client.get(page("detail", check_in.pk)))
    assert "Was not there" not in shown
    assert shown.count("Was there") == 1


def test_the_form_asks_who_was_there_and_keeps_it(group, sign_in):
    with group.scope():
        check_in, client = planned(group), sign_in(group.guide.membership)
        there = [group.ann.pk, group.guide.pk]
    url = page("log", check_in.pk)
    response = client.get(url)
    assert response.content.count(b'name="present"') == 4
    data = {"day": "today", "way": "video", "minutes": "45", "visibility": "mentorship", "next": "none", "present": there}
    assert client.post(url, data | {"present": [group.guide.pk]}).status_code == 200
    assert client.post(url, data).status_code == 302
    with group.scope():
        assert {one.participant_id for one in Attendance.objects.filter(check_in=check_in, was_there=True)} == set(there)


def test_nobody_there_is_said_otherwise(group):
    with group.scope(), pytest.raises(Refused, match="did not happen"):
        held(group, absent=[group.ann, group.ben, group.cas])


def test_each_student_says_how_they_are_and_no_other_student_reads_it(group, sign_in):
    with group.scope():
        check_in = held(group, mood=4)
        give_feedback(check_in=check_in, mood=1, feedback=CANARY, by=group.ann.membership)
        give_feedback(check_in=check_in, mood=5, feedback="Fine", by=group.ben.membership)
        check_in.refresh_from_db()
        assert (check_in.mood, check_in.feedback) == (4, "")
    where = [page("detail", check_in.pk), page("mentorship", group.group.pk, app="home"), page("plan", group.group.pk), page("my_mentorships", app="home")]
    for url in where:
        assert CANARY not in words(sign_in(group.ben.membership).get(url))
        assert "Stuck" not in words(sign_in(group.ben.membership).get(url))
    assert CANARY in words(sign_in(group.ann.membership).get(where[0]))
    shown = words(sign_in(group.guide.membership).get(where[0]))
    assert CANARY in shown
    assert "Stuck" in shown


def test_the_mood_of_a_student_who_logs_is_their_own(group):
    with group.scope():
        check_in = held(group, by=group.ann.membership, mood=2)
        assert check_in.mood is None
        assert Attendance.objects.get(check_in=check_in, participant=group.ann).mood == 2
        assert not Attendance.objects.visible_to(group.ben.membership).filter(participant=group.ann).exists()


def test_who_was_away_adds_no_word(group, sign_in):
    with group.scope():
        check_in = held(group, absent=[group.ben])
    assert sign_in(group.ben.membership).get(page("feedback", check_in.pk)).status_code == 302
    assert sign_in(group.ann.membership).get(page("feedback", check_in.pk)).status_code == 200


def test_a_private_note_stays_private_and_the_groups_is_read_by_all(group, sign_in):
    with group.scope():
        write_note(mentorship=group.group, text=CANARY, visibility=Visibility.ONLY_ME, by=group.ann.membership)
        write_note(mentorship=group.group, text="Bring boots", visibility=Visibility.MENTORSHIP, by=group.ann.membership)
    shown = words(sign_in(group.ben.membership).get(page("mentorship", group.group.pk, app="home")))
    assert CANARY not in shown
    assert "Bring boots" in shown


def test_a_students_goal_is_not_read_by_the_other_students(group, sign_in):
    with group.scope():
        goal = create_goal(mentorship=group.group, by=group.ann.membership, title=CANARY, owner=group.ann)
        add_step(goal=goal, text="CANARY step", by=group.ann.membership)
        shared = create_goal(mentorship=group.group, by=group.ann.membership, title="Visit the harbour together")
        check_in = planned(group)
    pages = [
        page("mentorship", group.group.pk, app="home"), page("today", app="home"), page("log", check_in.pk), page("detail", check_in.pk),
        page("my_mentorships", app="home"),
    ]  # fmt: skip
    for url in pages:
        assert "CANARY" not in words(sign_in(group.ben.membership).get(url)), url
    client = sign_in(group.ben.membership)
    assert "Visit the harbour together" in words(client.get(pages[0]))
    assert client.get(page("detail", goal.pk, app="goals")).status_code == 403
    assert client.post(page("edit", goal.pk, app="goals"), {"title": "Mine now"}).status_code == 403
    assert client.get(page("detail", shared.pk, app="goals")).status_code == 200
    assert CANARY in words(sign_in(group.ann.membership).get(pages[0]))
    assert CANARY in words(sign_in(group.guide.membership).get(pages[0]))
    assert CANARY in words(sign_in(group.guide.membership).get(pages[2]))


def say_yes(house, goal, person):
    agree_wording(goal=goal, number=1, by=person.membership, side="student")
    goal.refresh_from_db()
    return goal


def test_a_goal_of_the_group_needs_the_yes_of_every_student(group, sign_in):
    with group.scope():
        goal = create_goal(mentorship=group.group, by=group.guide.membership, title="Visit the harbour together")
        assert say_yes(group, goal, group.ann).agreed_at is None
        waited_for = f"Waits for {group.ben.membership.first_name} and {group.cas.membership.first_name}’s yes"
    mentorship = page("mentorship", group.group.pk, app="home")
    for url in (page("today", app="home"), mentorship, page("detail", goal.pk, app="goals")):
        assert "your yes" not in words(sign_in(group.ann.membership).get(url)), url
    assert "waits for your yes" in words(sign_in(group.ben.membership).get(page("today", app="home")))
    shown = words(sign_in(group.ben.membership).get(page("detail", goal.pk, app="goals")))
    assert "the yes of every student" in shown
    assert waited_for in words(sign_in(group.guide.membership).get(mentorship))
    with group.scope():
        assert say_yes(group, goal, group.ben).agreed_at is None
        assert say_yes(group, goal, group.cas).agreed_at
    assert "Agreed by everybody" in words(sign_in(group.ann.membership).get(mentorship))


def test_a_goal_of_one_student_of_a_group_needs_theirs_alone(group):
    with group.scope():
        goal = create_goal(mentorship=group.group, by=group.guide.membership, title="Ring two employers", owner=group.ann)
        assert goal.pending == "student"
        assert say_yes(group, goal, group.ann).agreed_at


def test_who_leaves_is_not_waited_for(group):
    with group.scope():
        goal = create_goal(mentorship=group.group, by=group.guide.membership, title="Visit the harbour together")
        for one in (group.ann, group.ben):
            say_yes(group, goal, one)
        assert goal.pending == "student"
        leave_group(mentorship=group.group, participant=group.cas, looks_again=False, reason="", by=group.people["coordinator"])
        goal.refresh_from_db()
        assert (goal.pending, bool(goal.agreed_at)) == ("", True)


def test_a_student_offers_a_goal_to_themselves_or_to_everybody(group, sign_in):
    client = sign_in(group.ann.membership)
    shown = words(client.get(page("create", group.group.pk, app="goals")))
    assert "Whose goal is it?" in shown
    assert group.ben.name not in shown.split("Whose goal is it?")[1].split("objective")[0]
    client.post(page("create", group.group.pk, app="goals"), {"title": "Brief two colleagues on the form", "owner": group.ben.pk})
    with group.scope():
        assert not Goal.objects.filter(mentorship=group.group, owner=group.ben).exists()
    client.post(page("create", group.group.pk, app="goals"), {"title": "Brief two colleagues on the form", "owner": group.ann.pk})
    with group.scope():
        assert Goal.objects.get(mentorship=group.group).owner == group.ann


def test_what_a_student_answers_in_the_review_is_not_read_by_the_others(group, sign_in):
    with group.scope():
        survey = Survey.objects.filter(programme=group.group.programme, kind="review").first() or Survey.objects.create(
            programme=group.group.programme, kind="review", opens_on=timezone.localdate(), closes_on=timezone.localdate() + dt.timedelta(days=14)
        )
        asked = SurveyRequest.objects.create(
            survey=survey, mentorship=group.group, voice="student", participant=group.ann, asked_at=timezone.now(), answered_at=timezone.now()
        )
        SurveyAnswer.objects.create(request=asked, question="progress", text=CANARY)
        assert SurveyAnswer.objects.visible_to(group.guide.membership).filter(request=asked).exists()
        assert SurveyAnswer.objects.visible_to(group.ann.membership).filter(request=asked).exists()
        assert not SurveyAnswer.objects.visible_to(group.ben.membership).filter(request=asked).exists()
        assert MentorshipSurveys(group.group, group.ben.membership).surveys()
    assert CANARY not in words(sign_in(group.ben.membership).get(page("mentorship", group.group.pk, app="evaluation")))


def test_what_a_mentor_answers_about_a_group_is_not_read_by_its_students(group, sign_in):
    with group.scope():
        survey, _made = Survey.objects.get_or_create(
            programme=group.group.programme, kind="review",
            defaults={"opens_on": timezone.localdate(), "closes_on": timezone.localdate() + dt.timedelta(days=14)},
        )  # fmt: skip
        asked = SurveyRequest.objects.create(
            survey=survey, mentorship=group.group, voice="mentor", participant=group.guide, asked_at=timezone.now(), answered_at=timezone.now()
        )
        answer = SurveyAnswer.objects.create(request=asked, question="progress", text=CANARY)
        readers = (group.guide.membership, group.people["coordinator"], group.ann.membership, group.ben.membership)
        assert [SurveyAnswer.objects.visible_to(one).filter(pk=answer.pk).exists() for one in readers] == [True, True, False, False]
        assert "The students cannot" in readers_of(asked)
        group.group.programme.format = "one_to_one"  # of a pair each reads the other's
        group.group.programme.save()
        assert SurveyAnswer.objects.visible_to(group.ann.membership).filter(pk=answer.pk).exists()
        group.group.programme.format = "small_group"
        group.group.programme.save()
    assert CANARY not in words(sign_in(group.ann.membership).get(page("mentorship", group.group.pk, app="evaluation")))


def test_the_coordinator_hears_who_stays_away_and_who_is_stuck(group):
    with group.scope():
        for _number in range(2):
            last = held(group, absent=[group.ben])
        give_feedback(check_in=last, mood=1, feedback="", by=group.ann.membership)
        found = attention_list(membership=group.people["coordinator"], programme=group.group.programme, today=timezone.localdate())
        why = " ".join(one.why for one in found)
    assert f"{group.ben.name}: not at the last two check-ins." in why
    assert "felt “stuck” at the last check-in" in why


def test_leaving_sets_only_ones_own_goals_aside(group):
    with group.scope():
        own = create_goal(mentorship=group.group, by=group.ann.membership, title="Mine", owner=group.ann)
        shared = create_goal(mentorship=group.group, by=group.ann.membership, title="Ours")
        leave_group(mentorship=group.group, participant=group.ann, by=group.people["coordinator"])
        assert Goal.objects.get(pk=own.pk).status == "dropped"
        assert Goal.objects.get(pk=shared.pk).status == "open"
        assert not Goal.objects.visible_to(group.ann.membership).exists()


def test_a_peer_mentors_in_one_group_and_learns_in_another(northfield, sign_in):
    """One person on both sides: what they may read goes by the seat they hold in that mentorship."""
    with northfield.scope():
        by = northfield.people["coordinator"]
        led = begun(by, kind=Format.PEER, students=2)
        peer = invite(led.members.get(side="mentor").participant)
        other = begun(by, kind=Format.PEER, students=2)
        seat = other.members.filter(side="student").first().participant
        seat.membership = peer
        seat.save()
        friend = other.members.filter(side="student").last().participant
        pupil = led.members.filter(side="student").first().participant
        hidden = create_goal(mentorship=other, by=friend.membership, title=CANARY, owner=friend)
        seen = create_goal(mentorship=led, by=pupil.membership, title="Theirs to see", owner=pupil)
        visible = set(Goal.objects.visible_to(peer).values_list("pk", flat=True))
        assert seen.pk in visible
        assert hidden.pk not in visible
    client = sign_in(peer)
    assert client.get(page("mentorship", led.pk, app="home")).status_code == 200
    assert CANARY not in words(client.get(page("mentorship", other.pk, app="home")))
    assert client.get(page("today", app="home")).status_code == 200
