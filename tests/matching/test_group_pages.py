"""Pages of groups: the run's cards, publishing by group, a mentor's one page, a student's own."""

from django.urls import reverse

from matching.fit import FIT_AXES
from matching.models import Proposal
from matching.services import pairing
from programmes.enums import Format
from tests import factories as make
from tests.matching import people
from tests.matching.reading import seen
from tests.matching.test_groups import begun, out, programme_of
from tests.queries import MOST, count_queries

FIVE = {"act": "card"} | {f"fit_{axis.key}": "yes" for axis in FIT_AXES}


def at(name, *args):
    return reverse(f"matching:{name}", args=["northfield", *args])


def invite(person):
    """A sign-in for a participant of the test's own."""
    from accounts.models import User

    user = User.objects.create_user(email=person.membership.email, password="x-Alongside-1")
    person.membership.user = user
    person.membership.save()
    return person.membership


def test_the_run_shows_groups_in_constant_queries(northfield, sign_in):
    client, made = sign_in(northfield.people["coordinator"]), []
    for count in (1, 3):
        with northfield.scope():
            programme = programme_of(students=2 * count, mentors=count, capacity=2)
            people.run(programme, northfield.people["coordinator"])
        shown = seen(client.get(at("programme", programme.pk)))
        assert f"{count} group" in shown
        assert "with 2 students" in shown
        made.append(count_queries(client, at("programme", programme.pk)))
    assert made[0] == made[1] <= MOST


def test_a_group_is_found_whole_by_one_of_its_students(northfield, sign_in):
    with northfield.scope():
        programme = programme_of(students=3)
        run = people.run(programme, northfield.people["coordinator"])
        names = [one.student.name for one in run.proposals.all()]
    shown = seen(sign_in(northfield.people["coordinator"]).get(at("programme", programme.pk), {"q": names[0]}))
    assert all(name in shown for name in names)


def test_publishing_has_one_tick_for_a_group(northfield, sign_in):
    with northfield.scope():
        programme = programme_of(students=4, mentors=2, capacity=2)
        people.run(programme, northfield.people["coordinator"])
    client = sign_in(northfield.people["coordinator"])
    response = client.get(at("publish", programme.pk))
    assert response.content.count(b'name="tick"') == 2
    assert "6 letters go out" in seen(response)
    assert "when everybody in it has answered" in seen(response)


def test_a_mentor_sees_the_group_and_answers_once(northfield, sign_in):
    with northfield.scope():
        rows = out(northfield.people["coordinator"])
        client = sign_in(invite(rows[0].mentor))
        names = [one.student.name for one in rows]
        people.send_card(rows[1], "student", goals="unsure")
    page = at("answer", rows[0].pk)
    shown = seen(client.get(page))
    assert "3 students as your group?" in shown
    assert all(name in shown for name in names)
    assert "the whole group" in shown
    assert f"How {names[1]} and you answered" not in shown
    client.post(page, FIVE)
    assert f"How {rows[1].student.name} and you answered" in seen(client.get(page))
    client.post(page, {"decision": "accept"})
    with northfield.scope():
        assert all(one.answers.filter(side="mentor", decision="accept").exists() for one in rows)
    assert "You said yes" in seen(client.get(page))
    with northfield.scope():
        for one in rows:
            people.say(one, "student", "accept")
    after = seen(client.get(page))  # it has begun: how each of them answered is still there
    assert all(f"How {name} and you answered" in after for name in names)


def test_a_mentor_still_answers_when_the_first_student_said_no(northfield, sign_in):
    with northfield.scope():
        rows = out(northfield.people["coordinator"])
        people.say(rows[0], "student", "decline")
        client = sign_in(invite(rows[0].mentor))
    page = at("answer", rows[0].pk)
    assert "2 students as your group?" in seen(client.get(page))
    client.post(page, FIVE)
    client.post(page, {"decision": "accept"})
    with northfield.scope():
        assert Proposal.objects.get(pk=rows[1].pk).answers.filter(side="mentor").count() == 1
        assert Proposal.objects.get(pk=rows[0].pk).answers.filter(side="mentor").count() == 0


def test_a_mentors_no_without_script(northfield, sign_in):
    with northfield.scope():
        rows = out(northfield.people["coordinator"])
        client = sign_in(invite(rows[0].mentor))
    client.post(at("answer", rows[0].pk), {"decision": "decline", "reason": "Too many"})
    with northfield.scope():
        assert set(Proposal.objects.filter(programme=rows[0].programme).values_list("status", flat=True)) == {"declined"}
    assert "You said no" in seen(client.get(at("answer", rows[0].pk)))


def test_a_student_hears_how_many_but_not_who(northfield, sign_in):
    with northfield.scope():
        rows = out(northfield.people["coordinator"])
        client = sign_in(invite(rows[0].student))
        others = [one.student.name for one in rows[1:]]
    shown = seen(client.get(at("answer", rows[0].pk)))
    assert "2 other students" in shown
    assert not any(name in shown for name in others)
    assert client.get(at("answer", rows[1].pk)).status_code == 403


def test_a_team_says_who_else_leads_it(northfield, sign_in):
    with northfield.scope():
        rows = out(northfield.people["coordinator"], kind=Format.TEAM, students=4, mentors=2, capacity=2)
        client = sign_in(invite(rows[0].mentor))
        other = next(one.mentor.name for one in rows if one.mentor_id != rows[0].mentor_id)
    shown = seen(client.get(at("answer", rows[0].pk)))
    assert f"share a larger group with {other}" in shown
    assert "2 students as your group?" in shown


def test_the_agreement_says_who_has_signed(northfield, sign_in):
    with northfield.scope():
        mentorship = begun(northfield.people["coordinator"])
        student = mentorship.members.filter(side="student").first().participant
        client = sign_in(invite(student))
    page = at("agreement", mentorship.pk)
    client.post(page, {"act": "sign", "signed_name": student.name})
    shown = seen(client.get(page))
    assert (shown.count("Not yet"), shown.count("Signed")) == (3, 1)




# --- who is in a running group ------------------------------------------------------------------


def test_a_coordinator_adds_a_student_and_lets_one_leave(northfield, sign_in):
    with northfield.scope():
        mentorship = begun(northfield.people["coordinator"])
        newcomer = make.StudentFactory(programme=mentorship.programme)
        leaver = mentorship.members.filter(side="student").first().participant
    client, page = sign_in(northfield.people["coordinator"]), at("members", mentorship.pk)
    assert "There is room for 1 student more." in seen(client.get(page))
    for _click in range(2):
        client.post(page, {"act": "join", "join-person": newcomer.pk})
    assert newcomer.name in seen(client.get(page))
    assert "The group is full" in seen(client.get(page))
    client.post(page, {"act": "leave", "leave-person": leaver.pk, "leave-looks_again": "yes"})
    with northfield.scope():
        assert mentorship.members.filter(side="student").count() == 3
        assert not mentorship.members.filter(participant=leaver).exists()


def test_bad_input_is_said_by_the_field_and_the_reason_stays(northfield, sign_in):
    with northfield.scope():
        mentorship = begun(northfield.people["coordinator"])
        mentor = mentorship.members.get(side="mentor").participant
        stranger = make.StudentFactory(programme=make.ProgrammeFactory())
    client, page = sign_in(northfield.people["coordinator"]), at("members", mentorship.pk)
    response = client.post(page, {"act": "join", "join-person": stranger.pk})
    assert response.status_code == 422
    assert "Choose somebody from the list." in seen(response)
    response = client.post(page, {"act": "leave", "leave-person": mentor.pk, "leave-looks_again": "no", "leave-reason": "Moves to Leeds"})
    assert response.status_code == 422
    assert "Nobody would be left on this side" in seen(response)
    assert b"Moves to Leeds" in response.content


def test_a_pair_lets_nobody_in(northfield, sign_in):
    client, page = sign_in(northfield.people["coordinator"]), at("members", northfield.mentorship.pk)
    assert "nobody can join" in seen(client.get(page))
    with northfield.scope():
        before = northfield.mentorship.members.count()
        student = make.StudentFactory(programme=northfield.programme)
    assert client.post(page, {"act": "join", "join-person": student.pk}).status_code == 422
    with northfield.scope():
        assert northfield.mentorship.members.count() == before


def test_the_members_page_costs_the_same_for_few_and_many(northfield, sign_in):
    client, made = sign_in(northfield.people["coordinator"]), []
    for count in (1, 3):
        with northfield.scope():
            mentorship = begun(northfield.people["coordinator"], students=count)
            for _one in range(count):
                make.StudentFactory(programme=mentorship.programme)
        made.append(count_queries(client, at("members", mentorship.pk)))
    assert made[0] == made[1] <= MOST


def test_the_board_says_who_is_in_a_mentors_group(northfield, sign_in):
    with northfield.scope():
        mentorship = begun(northfield.people["coordinator"], students=2)
        names = [seat.participant.name for seat in mentorship.members.filter(side="student").order_by("pk")]
        newcomer = make.StudentFactory(programme=mentorship.programme)
    shown = seen(sign_in(northfield.people["coordinator"]).get(at("pair", mentorship.programme_id), {"student": newcomer.pk}))
    assert f"In the group: {names[0]} and {names[1]}." in shown
    assert "2 places free" in shown


def test_a_pair_by_hand_goes_into_the_mentors_group(northfield):
    by = northfield.people["coordinator"]
    with northfield.scope():
        programme = programme_of(students=2)
        run = people.run(programme, by)
        newcomer = make.StudentFactory(programme=programme)
        made = pairing.pair_by_hand(programme=programme, student=newcomer, mentor=run.proposals.first().mentor, by=by, reason="Friends")
        assert made.group == run.proposals.first().group
        pairing.undo_pairing(proposal=made, by=by)
        assert run.proposals.count() == 2


def test_a_large_group_needs_room_for_seven(northfield, sign_in):
    url = reverse("programmes:edit", args=["northfield", northfield.programme.pk])
    client = sign_in(northfield.people["coordinator"])
    data = {name: value for name, value in client.get(url).context["form"].initial.items() if value is not None}
    response = client.post(url, data | {"format": "large_group", "students_per_mentor": 3})
    assert "needs 7 students in a group at least" in seen(response)


def test_ten_students_are_named_in_short(northfield, sign_in):
    with northfield.scope():
        mentorship = begun(northfield.people["coordinator"], kind=Format.LARGE_GROUP, students=10, capacity=10)
        first, second, *_rest = [seat.participant.name for seat in mentorship.members.filter(side="student").order_by("pk")]
    response = sign_in(northfield.people["coordinator"]).get(reverse("home:mentorship", args=["northfield", mentorship.pk]))
    assert f"{first}, {second} and 8 others with" in seen(response)
