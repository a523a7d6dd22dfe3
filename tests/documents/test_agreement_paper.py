"""The agreement as a PDF: any version, with its own words and names."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from documents.agreements import gather_agreement
from matching.models import Agreement, Expectation
from matching.services import agreement_versions, agreements
from tests import factories as make


@pytest.fixture
def house(northfield):
    with northfield.scope():
        northfield.agreement = make.AgreementFactory(mentorship=northfield.mentorship)
        make.AgreementFactory(mentorship=northfield.other_mentorship)
    return northfield


def sign(house, side):
    person = getattr(house, side)
    agreements.sign_agreement(agreement=house.agreement, participant=person, signed_name=person.name, by=person.membership)


def settle(house, wording):
    agreement_versions.fix_before_change(house.mentorship)
    now = house.organisation.created_at
    Expectation.objects.update_or_create(
        mentorship=house.mentorship,
        topic="schedule",
        defaults={"wording": wording, "settled": wording, "settled_number": 1, "worded_at": now, "settled_at": now},
    )


def paper(client, house, number):
    answer = client.get(reverse("documents:agreement", args=["northfield", house.mentorship.pk, number]))
    if answer.status_code != 200:
        return answer.status_code
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.getvalue())).pages).split())


def test_each_version_prints_its_own_words_and_names(house, sign_in):
    with house.scope():
        settle(house, "Tuesdays in the canteen.")
        sign(house, "student")
        sign(house, "mentor")
        settle(house, "Thursdays by video.")
        agreement_versions.amend_agreement(agreement=house.agreement, seen=1, by=house.people["mentor"], participant=house.mentor)
        sign(house, "mentor")
    client = sign_in(house.people["tutor"])
    first, second = (paper(client, house, number) for number in (1, 2))
    assert ("Tuesdays in the canteen." in first, "Thursdays by video." in first) == (True, False)
    assert ("Tuesdays in the canteen." in second, "Thursdays by video." in second) == (False, True)
    assert "Student Example student, signed" in first
    assert "Version 2" in second
    with house.scope():
        sheet = gather_agreement(Agreement.objects.get(mentorship=house.mentorship), 2)
        assert [(one.name, one.signed) for one in sheet.names] == [("Mentor Example", True), ("Student Example", False)]
    assert paper(client, house, 3) == 404


def test_before_anybody_signed_there_are_lines_to_sign_on(house, sign_in):
    words = paper(sign_in(house.people["student"]), house, 1)
    assert "What a mentor is not there for" in words
    with house.scope():
        assert [one.signed for one in gather_agreement(Agreement.objects.get(mentorship=house.mentorship), 1).names] == [False, False]


def test_a_machine_without_pango_says_so(house, sign_in, monkeypatch):
    monkeypatch.setattr("documents.rendering.available", lambda: (False, "Pango is missing"))
    answer = sign_in(house.people["student"]).get(reverse("documents:agreement", args=["northfield", house.mentorship.pk, 1]))
    assert answer.status_code == 302
