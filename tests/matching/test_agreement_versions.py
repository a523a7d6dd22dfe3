"""Versions of an agreement: names bind to words, changes make a new version, paper counts like a click."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from common.storage import open_private
from matching.models import Agreement, AgreementPaper, AgreementSignature, AgreementVersion, Expectation
from matching.services import agreement_versions, agreements, letters, mentorships
from matching.services.refused import Refused
from organisations.services.links import make_link
from post.models import Letter
from programmes.services.people import withdraw_participant
from tests import factories as make
from tests.matching.reading import seen
from tests.queries import MOST, count_queries
from training.models import CodeClause, CodeVersion

PDF = b"%PDF-1.7\nsigned by both\n%%EOF"


@pytest.fixture
def house(northfield):
    with northfield.scope():
        northfield.agreement = make.AgreementFactory(mentorship=northfield.mentorship)
        letters.send_agreement(northfield.agreement, [northfield.student, northfield.mentor])
    return northfield


def at(house, name, *more):
    return reverse(f"matching:{name}", args=["northfield", house.mentorship.pk, *more])


def sign(house, side, **fields):
    person = getattr(house, side)
    return agreements.sign_agreement(
        agreement=house.agreement, participant=person, signed_name=person.name, by=person.membership, **fields
    )


def settle(house, wording, topic="schedule"):
    """Write a settled wording straight down, as the services leave it."""
    agreement_versions.fix_before_change(house.mentorship)
    now = timezone.now()
    Expectation.objects.update_or_create(
        mentorship=house.mentorship,
        topic=topic,
        defaults={"wording": wording, "settled": wording, "settled_number": 1, "worded_at": now, "settled_at": now},
    )


def amend(house, seen=1, **fields):
    return agreement_versions.amend_agreement(
        agreement=house.agreement, seen=seen, participant=house.mentor, by=house.people["mentor"], **fields
    )


def waiting():
    return sorted(Letter.objects.filter(status="waiting").values_list("name", "to_email"))


def upload(content=PDF, name="agreement.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_name_binds_to_the_words_that_were_read(house):
    with house.scope():
        settle(house, "Tuesdays.")
        signature = sign(house, "student")
        version = AgreementVersion.objects.get()
        assert (signature.number, signature.sha256, version.number) == (1, version.sha256, 1)
        assert [one["text"] for one in version.text["settled"]] == ["Tuesdays."]
        settle(house, "Thursdays.")
        assert agreement_versions.standing_text(house.agreement) == version.text
        assert sign(house, "mentor", seen=version.sha256).sha256 == version.sha256


def test_before_the_first_name_the_text_follows_and_an_old_page_signs_nothing(house, sign_in):
    client = sign_in(house.people["student"])
    read = client.get(at(house, "agreement")).context["page"].seen
    with house.scope():
        settle(house, "Tuesdays.")
    page = client.post(at(house, "agreement"), {"act": "sign", "signed_name": "Student Example", "seen": read})
    assert page.status_code == 422
    assert "The text has changed since you opened this page, so nothing was signed." in seen(page)
    assert page.context["sign"]["signed_name"].value() == "Student Example"
    now = page.context["page"].seen
    assert now != read
    assert client.post(at(house, "agreement"), {"act": "sign", "signed_name": "Student Example", "seen": now}).status_code == 302
    with house.scope():
        assert AgreementSignature.objects.get().sha256 == now


def test_who_signs_has_no_letter_waiting_any_more(house):
    with house.scope():
        assert waiting() == [("agreement_to_sign", "mentor@northfield.example"), ("agreement_to_sign", "student@northfield.example")]
        sign(house, "student")
        assert waiting() == [("agreement_to_sign", "mentor@northfield.example")]


def test_a_new_version_leaves_the_old_one_with_its_names(house, sign_in):
    with house.scope():
        settle(house, "Tuesdays. In the canteen.")
        sign(house, "student")
        sign(house, "mentor")
        signed = Agreement.objects.get().signed_at
        settle(house, "Thursdays. In the canteen.")
        changed = amend(house, why="Night  classes")
        assert (changed.number, changed.signed_at) == (2, None)
        assert AgreementVersion.objects.get(number=1).signed_at == signed
        assert [name for name, _to in waiting()] == ["agreement_changed", "agreement_changed"]
        again = sign(house, "student")
        assert (again.number, AgreementSignature.objects.count()) == (2, 3)
    client = sign_in(house.people["tutor"])
    page = client.get(at(house, "agreement"))
    assert [(one.gone, one.new) for one in page.context["page"].changes] == [(["Tuesdays."], ["Thursdays."])]
    assert "Version 1, which everybody signed, holds until all of you have signed this one." in seen(page)
    assert "Night classes" in seen(page)
    old = client.get(at(house, "agreement_version", 1))
    assert "Tuesdays. In the canteen." in old.content.decode()
    assert [one.signed_name for one in old.context["page"].signatures] == ["Student Example", "Mentor Example"]
    assert client.get(at(house, "agreement_version", 3)).status_code == 404


def test_signing_the_old_text_while_a_new_version_is_made_is_refused_with_words(house, sign_in):
    with house.scope():
        settle(house, "Tuesdays.")
        sign(house, "mentor")
    client = sign_in(house.people["student"])
    read = client.get(at(house, "agreement")).context["page"].seen
    with house.scope():
        settle(house, "Thursdays.")
        amend(house)
    page = client.post(at(house, "agreement"), {"act": "sign", "signed_name": "Student Example", "seen": read})
    assert page.status_code == 422
    assert "Read what is new, then sign." in seen(page)
    assert [(one.gone, one.new) for one in page.context["page"].changes] == [(["Tuesdays."], ["Thursdays."])]
    with house.scope():
        assert AgreementSignature.objects.values_list("participant", "number").get() == (house.mentor.pk, 1)


@pytest.mark.parametrize(
    ("prepare", "seen", "words"),
    [
        (lambda house: None, 1, "Nobody has signed this version yet"),
        (lambda house: sign(house, "mentor"), 1, "Nothing has changed since this version"),
        (lambda house: (sign(house, "mentor"), settle(house, "Thursdays.")), 7, "A new version was made a moment ago"),
    ],
)
def test_no_version_without_a_reason(house, prepare, seen, words):
    with house.scope():
        prepare(house)
        with pytest.raises(Refused, match=words):
            amend(house, seen=seen)
        assert Agreement.objects.get().number == 1


def test_two_presses_make_one_version(house, sign_in):
    with house.scope():
        sign(house, "mentor")
        settle(house, "Thursdays.")
    client = sign_in(house.people["student"])
    assert client.get(at(house, "agreement")).context["amend"]
    for _press in range(2):
        assert client.post(at(house, "agreement_amend"), {"number": "1", "why": ""}).status_code == 302
    with house.scope():
        assert (Agreement.objects.get().number, AgreementVersion.objects.count()) == (2, 2)
        assert Letter.objects.filter(name="agreement_changed").count() == 2


def test_the_code_of_conduct_that_bound_stays_with_its_version(house):
    with house.scope():
        sign(house, "mentor")
        code = CodeVersion.objects.create(published_at=timezone.now())
        CodeClause.objects.create(version=code, key="focus", position=1, title="Focus", text="Phones stay in the bag.")
        assert "Phones stay in the bag." not in str(agreement_versions.standing_text(house.agreement))
        amend(house)
        assert "Phones stay in the bag." in str(agreement_versions.standing_text(Agreement.objects.get()))
        assert "Phones stay in the bag." not in str(AgreementVersion.objects.get(number=1).text)


def test_an_ended_mentorship_is_not_amended(house):
    with house.scope():
        sign(house, "mentor")
        settle(house, "Thursdays.")
        mentorships.end_mentorship(mentorship=house.mentorship, status="completed", by=house.people["coordinator"])
        with pytest.raises(Refused, match="has ended"):
            amend(house)


# Signed elsewhere


def note(client, house, **fields):
    data = {"people": [house.student.pk, house.mentor.pk], "signed_on": timezone.localdate().isoformat(), "file": upload()}
    return client.post(at(house, "agreement_elsewhere"), data | fields)


def test_paper_counts_like_a_click_and_stops_every_letter(house, sign_in):
    client = sign_in(house.people["coordinator"])
    day = timezone.localdate() - dt.timedelta(days=2)
    assert note(client, house, signed_on=day.isoformat()).url == at(house, "agreement")
    again = note(client, house)
    assert again.status_code == 422  # nobody is left to choose
    with house.scope():
        agreement = Agreement.objects.get()
        assert agreement.signed_at is not None
        paper = AgreementPaper.objects.get()
        assert sorted(AgreementSignature.objects.values_list("signed_name", "paper", "number")) == [
            ("Mentor Example", paper.pk, 1), ("Student Example", paper.pk, 1),
        ]  # fmt: skip
        assert {one.signed_on for one in AgreementSignature.objects.all()} == {day}
        assert waiting() == []
        with open_private(house.organisation.pk, paper.path) as kept:
            assert kept.read() == PDF
    words = seen(client.get(at(house, "agreement")))
    assert "signed elsewhere on" in words
    assert "noted by Coordinator Example" in words


def test_one_signs_on_paper_and_the_other_by_link(house, sign_in, client):
    note(sign_in(house.people["coordinator"]), house, people=[house.student.pk])
    with house.scope():
        assert waiting() == [("agreement_to_sign", "mentor@northfield.example")]
        _link, token = make_link("agreement", house.agreement.pk, membership=house.people["mentor"])
    client.logout()
    address = reverse("matching:agreement_by_link", args=[token])
    client.get(address)
    with house.scope():
        assert AgreementSignature.objects.count() == 1
    client.post(address, {"act": "sign", "signed_name": "Mentor Example"})
    with house.scope():
        assert Agreement.objects.get().signed_at is not None
        assert sorted(AgreementSignature.objects.values_list("by_link", flat=True)) == [False, True]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"file": ""}, "file"),
        ({"people": []}, "people"),
        ({"signed_on": ""}, "signed_on"),
        ({"signed_on": "2999-01-01"}, "signed_on"),
    ],
)
def test_what_is_missing_is_told_by_the_field(house, sign_in, fields, wrong):
    page = note(sign_in(house.people["coordinator"]), house, **fields)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [wrong])
    with house.scope():
        assert (AgreementPaper.objects.count(), AgreementSignature.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90 a program", "signed.pdf"), (b"<html><script>1</script></html>", "signed.pdf"), (PDF, "signed.jpg")],
)
def test_a_file_that_lies_about_what_it_is_is_not_kept(house, sign_in, content, name):
    page = note(sign_in(house.people["coordinator"]), house, file=upload(content, name))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])
    with house.scope():
        assert not AgreementPaper.objects.exists()


def test_a_photo_of_the_paper_is_made_anew_and_opened_by_those_who_see_the_mentorship(house, sign_in):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    note(sign_in(house.people["coordinator"]), house, file=upload(picture.getvalue(), "photo.png"))
    with house.scope():
        paper = AgreementPaper.objects.get()
    address = reverse("matching:agreement_paper", args=["northfield", paper.pk])
    found = {}
    for role in ("student", "mentor", "tutor", "coordinator", "owner", "lead"):
        answer = sign_in(house.people[role]).get(address)
        found[role] = answer.status_code
        if answer.streaming:
            Image.open(io.BytesIO(b"".join(answer.streaming_content))).verify()
    assert found == {"student": 200, "mentor": 200, "tutor": 200, "coordinator": 200, "owner": 403, "lead": 403}


def test_somebody_who_left_signs_nothing_and_holds_nobody_up(house, sign_in, client):
    with house.scope():
        third = make.StudentFactory(programme=house.programme)
        house.mentorship.members.create(participant=third, side="student", organisation=house.organisation)
        letters.send_agreement(house.agreement, [third])
        _link, token = make_link("agreement", house.agreement.pk, membership=third.membership)
        sign(house, "student")
        sign(house, "mentor")
        assert Agreement.objects.get().signed_at is None
        withdraw_participant(participant=third, reason="Moved away", by=house.people["coordinator"])
        assert Agreement.objects.get().signed_at is not None
        assert waiting() == []
        with pytest.raises(Refused, match="Only those who are in this mentorship now can sign"):
            agreements.sign_agreement(agreement=house.agreement, participant=third, signed_name=third.name, by=third.membership)
    page = client.get(reverse("matching:agreement_by_link", args=[token]))
    assert (page.status_code, page.context["sign"]) == (200, None)
    assert client.post(reverse("matching:agreement_by_link", args=[token]), {"act": "sign", "signed_name": third.name}).status_code == 403


def test_the_page_costs_the_same_for_one_version_and_for_three(house, sign_in):
    client = sign_in(house.people["student"])
    with house.scope():
        settle(house, "Mondays.")
        sign(house, "mentor")
        settle(house, "Tuesdays.")
        amend(house)
        sign(house, "mentor")
    client.get(at(house, "agreement"))
    before = count_queries(client, at(house, "agreement"))
    with house.scope():
        for number, wording in enumerate(["Wednesdays.", "Thursdays."], 2):
            settle(house, wording)
            amend(house, seen=number)
            sign(house, "mentor")
    assert count_queries(client, at(house, "agreement")) == before
    assert before <= MOST
