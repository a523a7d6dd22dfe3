"""What the members settle with each other: own answers, one wording, nothing lost when two write at once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.expectation_topics import KEYS
from matching.models import AgreementLook, Expectation, ExpectationAnswer, ExpectationYes, MentorshipMember
from matching.services import expectations, mentorships
from matching.services.expectations import Changed
from matching.services.refused import Refused
from organisations.models import Draft
from organisations.services.links import make_link
from programmes.services.people import withdraw_participant
from tests import factories as make
from tests.matching.reading import seen
from tests.queries import MOST, count_queries


@pytest.fixture
def house(northfield):
    with northfield.scope():
        northfield.agreement = make.AgreementFactory(mentorship=northfield.mentorship)
    return northfield


def at(house, name, *more):
    return reverse(f"matching:{name}", args=["northfield", house.mentorship.pk, *more])


def seat(house, side):
    return getattr(house, side)


def propose(house, side, wording, seen=0, topic="schedule"):
    person = seat(house, side)
    return expectations.propose_wording(
        mentorship=house.mentorship, topic=topic, wording=wording, seen=seen, participant=person, by=person.membership
    )


def agree(house, side, seen, topic="schedule"):
    person = seat(house, side)
    return expectations.agree_wording(mentorship=house.mentorship, topic=topic, seen=seen, participant=person, by=person.membership)


def answer(house, side, **answers):
    person = seat(house, side)
    expectations.save_answers(mentorship=house.mentorship, participant=person, answers=answers, by=person.membership)


def settle(house, wording, topic="schedule"):
    row = Expectation.objects.filter(topic=topic).first()
    propose(house, "student", wording, row.number if row else 0, topic)
    return agree(house, "mentor", Expectation.objects.get(topic=topic).number, topic)


def test_settled_once_everybody_said_yes_to_the_same_words(house):
    with house.scope():
        row = propose(house, "student", "Tuesdays.")
        assert (row.settled, row.is_settled) == ("", False)
        agree(house, "student", 1)
        row.refresh_from_db()
        assert row.settled == ""
        row = agree(house, "mentor", 1)
        assert (row.settled, row.is_settled) == ("Tuesdays.", True)
        agree(house, "mentor", 1)
        assert ExpectationYes.objects.count() == 2
        row = propose(house, "mentor", "Thursdays.", 1)
        assert (row.settled, row.wording, row.is_settled) == ("Tuesdays.", "Thursdays.", False)


def test_a_team_waits_for_each_of_its_members_but_not_for_who_left(house):
    with house.scope():
        third = make.StudentFactory(programme=house.programme)
        MentorshipMember.objects.create(mentorship=house.mentorship, participant=third, side="student")
        propose(house, "student", "Tuesdays.")
        assert not agree(house, "mentor", 1).is_settled
        withdraw_participant(participant=third, reason="Moved away", by=house.people["coordinator"])
        propose(house, "student", "Thursdays.", 1)
        assert agree(house, "mentor", 2).is_settled
        with pytest.raises(Refused, match="Only those who are in this mentorship"):
            expectations.agree_wording(mentorship=house.mentorship, topic="schedule", seen=2, participant=third, by=third.membership)


def test_a_mentor_alone_settles_nothing(house):
    with house.scope():
        withdraw_participant(participant=house.student, reason="Moved away", by=house.people["coordinator"])
        assert not propose(house, "mentor", "Tuesdays.").is_settled


def test_a_wording_that_moved_is_not_agreed_or_overwritten(house):
    with house.scope():
        propose(house, "student", "Tuesdays.")
        with pytest.raises(Changed):
            propose(house, "mentor", "Thursdays.", 0)
        propose(house, "student", "Wednesdays.", 1)
        with pytest.raises(Changed):
            agree(house, "mentor", 1)
        row = Expectation.objects.get()
        assert (row.wording, row.number, row.settled) == ("Wednesdays.", 2, "")
        assert propose(house, "mentor", "Wednesdays.", 0).is_settled  # the same words are a yes, whatever was read


def test_an_ended_mentorship_settles_nothing_more(house):
    with house.scope():
        propose(house, "student", "Tuesdays.")
        mentorships.end_mentorship(mentorship=house.mentorship, status="completed_early", by=house.people["coordinator"])
        for late in (lambda: agree(house, "mentor", 1), lambda: answer(house, "mentor", schedule=(["weekly"], ""))):
            with pytest.raises(Refused, match="has ended"):
                late()
        assert (Expectation.objects.get().settled, ExpectationAnswer.objects.count()) == ("", 0)


def test_answers_are_the_members_own_to_read(house):
    with house.scope():
        answer(house, "student", schedule=(["weekly", "nonsense"], " Not too early. "), channels=([], ""))
        row = ExpectationAnswer.objects.get()
        assert (row.choices, row.text) == (["weekly"], "Not too early.")
        readers = [name for name, person in house.people.items() if ExpectationAnswer.objects.visible_to(person).exists()]
        assert sorted(readers) == ["mentor", "student"]
        answer(house, "student", schedule=([], " "))
        assert not ExpectationAnswer.objects.exists()


def test_the_list_says_where_they_differ_and_where_they_agree(house, sign_in):
    with house.scope():
        answer(house, "student", schedule=(["weekly", "at_work"], ""), channels=(["mail"], ""), not_there_for=(["job"], ""))
    client = sign_in(house.people["mentor"])
    assert {line.state for line in client.get(at(house, "expectations")).context["settled"].lines} == {"answer"}
    with house.scope():
        answer(house, "mentor", schedule=(["weekly", "online"], ""), channels=(["mail"], ""))
    page = client.get(at(house, "expectations"))
    lines = {line.topic.key: line for line in page.context["settled"].lines}
    assert (lines["schedule"].state, lines["channels"].state, lines["not_there_for"].state) == ("talk", "same", "answer")
    assert lines["schedule"].apart == [("In person, at work.", "Student"), ("By video.", "Mentor")]
    assert lines["schedule"].suggestion == "Every week, about 30 minutes."
    topic = client.get(at(house, "expectation", "schedule"))
    assert "What each of you said: something to talk about" in seen(topic)
    assert topic.context["form"]["wording"].value() == "Every week, about 30 minutes."


@pytest.mark.parametrize("role", ["tutor", "coordinator"])
def test_others_read_what_is_settled_and_no_more(house, sign_in, role):
    with house.scope():
        answer(house, "student", schedule=([], "My own unsettled thought."))
        settle(house, "By e-mail only.", "channels")
    client = sign_in(house.people[role])
    page = seen(client.get(at(house, "expectations")))
    assert ("By e-mail only." in page, "unsettled thought" in page) == (True, False)
    posted = [client.post(at(house, name, *more), {}).status_code for name, *more in (
        ("expectations_answer",), ("expectations_draft",), ("expectation", "schedule"), ("still_fits",), ("agreement_amend",))]  # fmt: skip
    assert posted == [403] * 5


def test_answering_with_a_draft_in_between(house, sign_in):
    client = sign_in(house.people["student"])
    draft = {"schedule": ["weekly", "at_work"], "channels": "mail", "schedule_words": "After school."}
    assert client.post(at(house, "expectations_draft"), draft, headers={"X-Autosave": "1"}).status_code == 204
    page = client.get(at(house, "expectations_answer"))
    assert page.context["has_draft"]
    form = page.context["form"]
    assert (form["schedule"].value(), form["channels"].value(), form["schedule_words"].value()) == (["weekly", "at_work"], ["mail"], "After school.")
    assert client.post(at(house, "expectations_answer"), draft).status_code == 302
    with house.scope():
        assert not Draft.objects.exists()
        assert sorted(ExpectationAnswer.objects.values_list("topic", "choices", "text")) == [
            ("channels", ["mail"], ""), ("schedule", ["weekly", "at_work"], "After school."),
        ]  # fmt: skip


def test_too_long_an_answer_is_told_by_the_field_and_kept(house, sign_in):
    page = sign_in(house.people["student"]).post(at(house, "expectations_answer"), {"channels_words": "x" * 2001})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["channels_words"])
    assert "x" * 2001 in page.content.decode()


def test_the_second_of_two_who_settle_at_once_sees_the_change_and_loses_nothing(house, sign_in):
    client = sign_in(house.people["mentor"])
    with house.scope():
        propose(house, "student", "Tuesdays, in the canteen.")
    page = client.post(at(house, "expectation", "schedule"), {"seen": "0", "wording": "Thursdays, by video."})
    assert page.status_code == 422
    words = page.content.decode()
    assert "Tuesdays, in the canteen." in words
    assert page.context["form"]["wording"].value() == "Thursdays, by video."
    assert "Yours was not saved" in seen(page)
    again = client.post(at(house, "expectation", "schedule"), {"seen": page.context["form"]["seen"].value(), "wording": "Thursdays, by video."})
    assert again.status_code == 302
    with house.scope():
        assert Expectation.objects.values_list("wording", "number").get() == ("Thursdays, by video.", 2)


def test_yes_from_the_page_and_an_empty_wording(house, sign_in):
    with house.scope():
        propose(house, "student", "Tuesdays.")
    client = sign_in(house.people["mentor"])
    empty = client.post(at(house, "expectation", "schedule"), {"seen": "1", "wording": "  "})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["wording"])
    stale = client.post(at(house, "expectation", "schedule"), {"act": "yes", "seen": "7"})
    assert stale.status_code == 422
    assert client.post(at(house, "expectation", "schedule"), {"act": "yes", "seen": "1"}).status_code == 302
    with house.scope():
        assert Expectation.objects.get().settled == "Tuesdays."
    assert client.get(at(house, "expectation", "wedding")).status_code == 404


def test_the_whole_way_by_signed_link(house, client):
    with house.scope():
        _link, token = make_link("agreement", house.agreement.pk, membership=house.people["student"])
        _other, stranger = make_link("agreement", house.agreement.pk, membership=house.people["tutor"])
    answers = reverse("matching:expectations_answer_by_link", args=[token])
    client.get(answers)
    assert client.post(answers, {"schedule": ["weekly"]}).url == reverse("matching:expectations_by_link", args=[token])
    topic = reverse("matching:expectation_by_link", args=[token, "schedule"])
    assert client.get(topic).context["form"]["wording"].value() == "Every week, about 30 minutes."
    assert client.post(topic, {"seen": "0", "wording": "Every week."}).status_code == 302
    with house.scope():
        assert Expectation.objects.values_list("wording", "settled").get() == ("Every week.", "")
    assert client.get(reverse("matching:expectations_by_link", args=[stranger])).status_code == 404


def test_a_review_asks_both_once(house, sign_in):
    now = timezone.now()
    with house.scope():
        assert expectations.ask_whether_it_fits(mentorship_ids=[house.mentorship.pk], at=now) == 1
        assert expectations.ask_whether_it_fits(mentorship_ids=[house.mentorship.pk], at=now + dt.timedelta(days=1)) == 0
    student = sign_in(house.people["student"])
    assert student.get(at(house, "agreement")).context["page"].asks_whether_it_fits
    assert student.post(at(house, "still_fits"), {"fits": "no"}).url == at(house, "expectations")
    student.post(at(house, "still_fits"), {"fits": "no"})
    assert not student.get(at(house, "agreement")).context["page"].asks_whether_it_fits
    with house.scope():
        assert AgreementLook.objects.values_list("participant", "fits").get() == (house.student.pk, False)
    mentor = sign_in(house.people["mentor"]).get(at(house, "agreement"))
    assert mentor.context["page"].asks_whether_it_fits
    assert "Student would like to change something." in seen(mentor)


def test_pages_cost_the_same_for_a_team(house, sign_in):
    pages = [("agreement",), ("expectations",), ("expectations_answer",), ("expectation", "schedule")]

    def costs():
        client = sign_in(house.people["student"])
        return [count_queries(client, at(house, *page)) for page in pages]

    with house.scope():
        settle(house, "So.")
        answer(house, "student", schedule=(["weekly"], ""))
    costs()
    before = costs()
    with house.scope():
        for _number in range(2):
            person = make.StudentFactory(programme=house.programme)
            MentorshipMember.objects.create(mentorship=house.mentorship, participant=person, side="student")
            for topic in KEYS:
                ExpectationAnswer.objects.create(mentorship=house.mentorship, participant=person, topic=topic, choices=["weekly"])
        for topic in KEYS[1:]:
            propose(house, "mentor", "So.", topic=topic)
    assert costs() == before
    assert max(before) <= MOST
