"""A guardian's yes: asked by letter, answered by link or on paper, asked again; contact waits for it."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.models import ContactPause, Mentorship
from matching.services.consent import settle_all_consents, settle_consent
from organisations.services.links import make_link
from post.models import Letter
from programmes.guardians import is_under_18
from programmes.models import GuardianConsent, Participant, YoungPerson
from programmes.services import guardians as service
from tests import factories as make


@pytest.fixture
def young(northfield):
    """The programme takes people under 18; the student is one, and a guardian is noted."""
    with northfield.scope():
        by = northfield.people["coordinator"]
        service.change_rules(programme=northfield.programme, by=by, for_under_18=True)
        return service.save_young(
            participant=northfield.student,
            under_18_until=timezone.localdate() + dt.timedelta(days=200),
            guardian_name="Anwen Example",
            guardian_email="anwen@home.example",
            by=by,
        )


def link_of(house, young):
    with house.scope():
        _link, token = make_link("consent", young.pk, holder_name="Anwen Example")
    return reverse("programmes:consent_by_link", args=[token])


def paused(house):
    return ContactPause.objects.standing().filter(mentorship=house.mentorship, why="consent").exists()


@pytest.mark.parametrize(
    ("until", "born", "today", "expected"),
    [
        (dt.date(2026, 5, 1), None, dt.date(2026, 4, 30), True),
        (dt.date(2026, 5, 1), None, dt.date(2026, 5, 1), False),
        (None, dt.date(2008, 2, 29), dt.date(2026, 2, 28), True),
        (None, dt.date(2008, 2, 29), dt.date(2026, 3, 1), False),
        (dt.date(2026, 5, 1), dt.date(1990, 1, 1), dt.date(2026, 4, 30), True),
        (None, None, dt.date(2026, 1, 1), False),
    ],
)
def test_who_is_under_18(until, born, today, expected):
    assert is_under_18(until=until, born=born, today=today) is expected


def test_contact_waits_until_the_guardian_says_yes_by_link(northfield, young):
    with northfield.scope():
        assert paused(northfield)
        assert {(one.to_email, "guardian" in one.text) for one in Letter.objects.filter(name="contact_paused")} == {
            ("mentor@northfield.example", True), ("student@northfield.example", True),
        }  # fmt: skip
    client, page = Client(), link_of(northfield, young)
    assert "May Student have a mentor?" in client.get(page).content.decode()
    assert client.head(page).status_code == 200
    with northfield.scope():
        assert (GuardianConsent.objects.count(), paused(northfield)) == (0, True)  # opening it says nothing
    version = client.get(page).context["form"].initial["version"]
    assert list(client.post(page, {"version": version}).context["form"].errors) == ["answer", "signed_name"]
    for _twice in range(2):
        assert client.post(page, {"version": version, "answer": "yes", "signed_name": "Anwen Example"}).status_code == 302
    with northfield.scope():
        assert GuardianConsent.objects.values_list("is_yes", "how", "by").get() == (True, "link", None)
        assert not paused(northfield)
        assert Letter.objects.filter(name="contact_resumed").count() == 2


def test_a_yes_taken_back_stops_contact_again(northfield, young):
    client, page = Client(), link_of(northfield, young)
    for answer, stops in [("yes", False), ("no", True), ("yes", False)]:
        client.post(page, {"version": "1.1", "answer": answer, "signed_name": "Anwen"})
        with northfield.scope():
            assert paused(northfield) is stops
    with northfield.scope():
        assert list(GuardianConsent.objects.order_by("id").values_list("is_yes", flat=True)) == [True, False, True]


def test_other_rules_ask_again_and_an_answer_to_the_old_ones_does_not_count(northfield, young):
    client, page = Client(), link_of(northfield, young)
    client.post(page, {"version": "1.1", "answer": "yes", "signed_name": "Anwen"})
    with northfield.scope():
        service.change_rules(programme=northfield.programme, by=northfield.people["coordinator"], one_to_one_video=True)
        assert paused(northfield)
        assert Letter.objects.filter(name="guardian_consent", to_email="anwen@home.example").count() == 1
    assert "has changed since you answered" in client.get(page).content.decode()
    answer = client.post(page, {"version": "1.1", "answer": "yes", "signed_name": "Anwen"})
    assert (answer.status_code, "has changed while you were reading" in answer.content.decode()) == (200, True)
    with northfield.scope():
        assert paused(northfield)
    client.post(page, {"version": "1.2", "answer": "yes", "signed_name": "Anwen"})
    with northfield.scope():
        assert not paused(northfield)


def test_the_letter_names_nobody_but_the_young_person_and_its_link_works(northfield, young, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = reverse("programmes:young_person", args=["northfield", northfield.student.pk])
    for _twice in range(2):
        assert client.post(page, {"ask": "1"}).status_code == 302
    with northfield.scope():
        letter = Letter.objects.get(name="guardian_consent")
        assert (letter.to_email, "Mentor Example" in letter.text, "Student" in letter.subject) == ("anwen@home.example", False, False)
        path = next(line for line in letter.text.splitlines() if "/r/" in line).split("/r/")[1]
    assert Client().get("/r/" + path).status_code == 200


def test_a_new_address_makes_the_old_link_useless(northfield, young):
    page = link_of(northfield, young)
    with northfield.scope():
        service.save_young(
            participant=northfield.student, under_18_until=young.under_18_until, guardian_name="A", guardian_email="other@home.example",
            by=northfield.people["coordinator"],
        )  # fmt: skip
    assert Client().get(page).status_code == 410
    assert Client().post(page, {"version": "1.1", "answer": "yes", "signed_name": "x"}).status_code == 410


def test_an_answer_on_paper_is_kept_with_the_paper(northfield, young, sign_in):
    client = sign_in(northfield.people["coordinator"])
    page = reverse("programmes:young_person", args=["northfield", northfield.student.pk])
    assert list(client.post(page, {"paper": "1"}).context["paper"].errors) == ["answer", "signed_name"]
    lie = SimpleUploadedFile("yes.pdf", b"MZ not a pdf", "application/pdf")
    sent = {"paper": "1", "paper-answer": "yes", "paper-signed_name": "Anwen"}
    assert list(client.post(page, sent | {"paper-upload": lie}).context["paper"].errors) == ["upload"]
    note = SimpleUploadedFile("yes.txt", b"I agree. Anwen", "text/plain")
    assert client.post(page, sent | {"paper-upload": note}).status_code == 302
    with northfield.scope():
        row = GuardianConsent.objects.get()
        assert (row.how, row.by, paused(northfield)) == ("paper", northfield.people["coordinator"], False)
    paper = reverse("programmes:consent_paper", args=["northfield", row.pk])
    assert b"".join(client.get(paper).streaming_content) == b"I agree. Anwen"
    assert sign_in(northfield.people["mentor"]).get(paper).status_code == 403


def test_at_18_nobody_waits_any_longer(northfield, young):
    with northfield.scope():
        YoungPerson.objects.update(under_18_until=timezone.localdate())
    settle_all_consents()
    settle_all_consents()
    with northfield.scope():
        assert not paused(northfield)


def test_a_new_mentorship_of_a_young_student_begins_paused_and_others_do_not(northfield, young):
    with northfield.scope():
        other = make.MentorshipFactory(programme=northfield.programme)
        mine = make.MentorshipFactory(programme=northfield.programme, student=northfield.student)
        assert [settle_consent(mentorship=Mentorship.objects.select_related("programme__organisation", "organisation").get(pk=one.pk)) for one in (mine, other)] == [True, False]
        assert set(ContactPause.objects.standing().values_list("mentorship", flat=True)) == {mine.pk, northfield.mentorship.pk}


def test_the_coordinator_sees_who_lacks_it_and_writes_to_all(northfield, young, sign_in):
    with northfield.scope():
        Participant.objects.filter(pk=make.StudentFactory(programme=northfield.programme).pk).update(date_of_birth=timezone.localdate())
    client = sign_in(northfield.people["coordinator"])
    page = reverse("programmes:contact_rules", args=["northfield", northfield.programme.pk])
    text = client.get(page).content.decode()
    assert ("2 young people wait" in text, "No guardian’s address yet" in text, "Not asked yet" in text) == (True, True, True)
    assert client.post(reverse("programmes:guardians_ask", args=["northfield", northfield.programme.pk])).status_code == 302
    with northfield.scope():
        assert Letter.objects.filter(name="guardian_consent").count() == 1
        assert Letter.objects.filter(name="guardian_consent").get().to_email == "anwen@home.example"
    assert "anwen@" not in sign_in(northfield.people["mentor"]).get(reverse("home:mentorship", args=["northfield", northfield.mentorship.pk])).content.decode()
