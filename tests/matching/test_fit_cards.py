"""The five questions from each side: blind until both have answered, then open to both, and never more than talk."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from checkins.presenters import LogPage
from common.tenancy import organisation_scope
from matching.fit import FIT_AXES, compare
from matching.models import FitCard, Mentorship
from matching.services import answers, fit_cards
from matching.services.refused import Refused
from organisations.days import local_today
from post.models import Letter
from tests import factories as make
from tests.cast import seat
from tests.matching import people
from tests.matching.reading import link_in, seen

TIME = next(axis for axis in FIT_AXES if axis.key == "time")
TALK = str(TIME.talk)


@pytest.fixture
def coordinator(northfield):
    return northfield.people["coordinator"]


@pytest.fixture
def out(northfield, coordinator):
    with northfield.scope():
        return people.one_out(coordinator)


def fit(**unlike):
    return {axis.key: "yes" for axis in FIT_AXES} | unlike


def posted(**unlike):
    return {"act": "card"} | {f"fit_{key}": value for key, value in fit(**unlike).items()}


def address_of(house, proposal, side):
    with house.scope():
        person = getattr(proposal, side)
        return link_in(Letter.objects.get(name="proposal", to_email=person.membership.email))


# --- comparing, pure -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mentor", "student", "differs", "talks"),
    [
        ("yes", "yes", False, False),
        ("yes", "unsure", True, True),
        ("no", "yes", True, True),
        ("unsure", "unsure", False, True),
        ("no", "no", False, True),
    ],
)
def test_what_leaves_something_to_talk_about(mentor, student, differs, talks):
    line = next(one for one in compare(fit(time=mentor), fit(time=student)) if one.axis is TIME)
    assert (line.differs, bool(line.talk)) == (differs, talks)


# --- the service ---------------------------------------------------------------------------------


def test_a_yes_needs_the_five_answers_and_a_no_does_not(northfield, out):
    with northfield.scope():
        with pytest.raises(Refused, match="five questions first"):
            answers.answer_proposal(proposal=out, side="student", decision="accept", by=out.student.membership)
        assert not out.answers.exists()
        answers.answer_proposal(proposal=out, side="student", decision="decline", by=out.student.membership)
        out.refresh_from_db()
        assert (out.status, FitCard.objects.count()) == ("declined", 0)


@pytest.mark.parametrize("gap", [{"time": ""}, {"time": "perhaps"}])
def test_all_five_or_nothing(northfield, out, gap):
    with northfield.scope():
        with pytest.raises(Refused):
            fit_cards.send_fit_card(proposal=out, side="mentor", fit=fit(**gap), by=out.mentor.membership)
        assert not FitCard.objects.exists()


def test_answers_may_change_until_the_other_sides_are_there(northfield, out):
    with northfield.scope():
        people.send_card(out, "student", time="no")
        people.send_card(out, "student", time="unsure")
        assert FitCard.objects.get(proposal=out).fit["time"] == "unsure"
        people.send_card(out, "mentor")
        for side in ("student", "mentor"):
            with pytest.raises(Refused, match="stand as they are"):
                people.send_card(out, side, place="no")
        assert {card.side: card.fit for card in FitCard.objects.all()} == {"student": fit(time="unsure"), "mentor": fit()}


def test_a_card_is_read_by_its_writer_then_by_both_and_by_no_third(northfield, out, coordinator):
    with northfield.scope():
        student, mentor, other = out.student.membership, out.mentor.membership, people.one_out(coordinator)

        def sides_seen_by(member):
            return sorted(FitCard.objects.visible_to(member).values_list("side", flat=True))

        people.send_card(out, "mentor", time="no")
        assert [sides_seen_by(one) for one in (mentor, student, coordinator)] == [["mentor"], [], ["mentor"]]
        people.send_card(out, "student")
        assert [sides_seen_by(one) for one in (mentor, student)] == [["mentor", "student"]] * 2
        strangers = [other.student.membership, other.mentor.membership, northfield.people["tutor"], northfield.people["owner"]]
        assert [sides_seen_by(one) for one in strangers] == [[]] * 4


@pytest.mark.django_db(transaction=True)
def test_both_send_at_the_same_moment():
    house = seat("northfield")
    with house.scope():
        proposal = people.one_out(house.people["coordinator"])
    start = threading.Barrier(4)

    def press(side):
        start.wait()
        try:
            with organisation_scope(house.organisation.pk):
                people.send_card(proposal, side)
        except Refused:
            pass  # a second press of the same button, after both were there
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[side]) for side in ("student", "mentor", "student", "mentor")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.scope():
        assert sorted(FitCard.objects.values_list("side", flat=True)) == ["mentor", "student"]


# --- the page, by signed link --------------------------------------------------------------------


def test_blind_then_both_then_the_mentorship_and_the_first_agenda(northfield, out, client, coordinator):
    student, mentor = (address_of(northfield, out, side) for side in ("student", "mentor"))
    assert str(TIME.mentor_asks) in seen(client.get(mentor))
    first = client.post(mentor, posted(time="no"), follow=True)
    assert "has not answered the five questions yet" in seen(first)
    assert [tag for _question, tag in first.context["own_lines"]] == [("Yes", "good", "check")] * 3 + [("No", "warn", "x")] + [
        ("Yes", "good", "check")
    ]
    before = client.get(student)
    assert str(TIME.student_asks) in seen(before)
    assert (before.context["lines"], before.context["own_lines"], TALK in seen(before)) == ([], [], False)

    both = client.post(student, posted(place="unsure"), follow=True)
    assert [(line["student"][0], line["mentor"][0], bool(line["talk"])) for line in both.context["lines"]] == [
        ("Yes", "Yes", False), ("Yes", "Yes", False), ("Not sure", "Yes", True), ("Yes", "No", True), ("Yes", "Yes", False),
    ]  # fmt: skip
    assert TALK in seen(both)
    assert TALK in seen(client.get(mentor))
    client.post(student, {"decision": "accept"})
    assert "You have both said yes." in seen(client.post(mentor, {"decision": "accept"}, follow=True))
    assert TALK in seen(client.get(mentor))  # it stays there to be read
    with northfield.scope():
        mentorship = Mentorship.objects.get(proposals=out)
        check_in = mentorship.check_ins.order_by("due_on").first()
        page = LogPage(check_in, out.student.membership, local_today(northfield.organisation))
        assert [item.prompt for item in page.agenda if item.kind == "fit"] == [
            axis.talk for axis in FIT_AXES if axis.key in {"place", "time"}
        ]
        check_in.status = "held"
        check_in.save()
        page = LogPage(mentorship.check_ins.order_by("-due_on").first(), out.student.membership, local_today(northfield.organisation))
        assert [item for item in page.agenda if item.kind == "fit"] == []


def test_a_gap_is_said_by_its_question_and_the_rest_stays(northfield, out, client):
    address = address_of(northfield, out, "student")
    half = posted() | {"fit_time": "", "fit_role": "unsure"}
    wrong = client.post(address, half)
    assert wrong.context["card_form"].errors == {"fit_time": ["Choose one of the three."]}
    assert wrong.context["card_form"]["fit_role"].value() == "unsure"
    assert "Choose one of the three." in seen(wrong)
    with northfield.scope():
        assert not FitCard.objects.exists()


def test_a_yes_without_the_card_is_answered_in_words(northfield, out, client):
    address = address_of(northfield, out, "student")
    assert "Please answer the five questions first." in seen(client.post(address, {"decision": "accept"}, follow=True))


def test_own_answers_may_be_changed_while_it_is_blind(northfield, out, client):
    address = address_of(northfield, out, "student")
    client.post(address, posted(time="no"))
    again = client.get(address + "?change=1")
    assert again.context["card_form"]["fit_time"].value() == "no"
    client.post(address, posted(time="yes"))
    client.post(address_of(northfield, out, "mentor"), posted())
    assert not client.get(address + "?change=1").context["asks"]
    assert "stand as they are" in seen(client.post(address, posted(time="no"), follow=True))


def test_the_coordinator_sees_one_card_already_and_both_later(northfield, out, sign_in, coordinator):
    page = reverse("matching:student", args=["northfield", out.programme_id, out.student_id])
    assert sign_in(coordinator).get(page).context["fit"] == []
    with northfield.scope():
        people.send_card(out, "mentor", time="no")
    [*_first, time, _last] = sign_in(coordinator).get(page).context["fit"]
    assert (time["mentor"][0], time["student"][0], time["differs"]) == ("No", "–", False)


# --- the mentorship ------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "sees"), [("student", True), ("mentor", True), ("coordinator", True), ("tutor", False)])
def test_the_mentorships_page_says_what_to_talk_about(northfield, sign_in, role, sees):
    with northfield.scope():
        proposal = make.ProposalFactory(
            run__programme=northfield.programme, student=northfield.student, mentor=northfield.mentor,
            status="accepted", mentorship=northfield.mentorship,
        )  # fmt: skip
        FitCard.objects.create(proposal=proposal, side="student", fit=fit(time="unsure"))
        FitCard.objects.create(proposal=proposal, side="mentor", fit=fit())
    page = sign_in(northfield.people[role]).get(reverse("home:mentorship", args=["northfield", northfield.mentorship.pk]))
    assert (TALK in seen(page)) is sees
    with northfield.scope():
        Mentorship.objects.filter(pk=northfield.mentorship.pk).update(stage="progression")
    later = sign_in(northfield.people[role]).get(reverse("home:mentorship", args=["northfield", northfield.mentorship.pk]))
    assert TALK not in seen(later)
