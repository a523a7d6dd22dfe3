"""The agreement and the end: names, times, and what may not change under a name."""

import pytest

from audit.models import Event
from matching.models import Agreement
from matching.names import is_name_of
from matching.services import agreements, mentorships
from matching.services.refused import Refused
from matching.signals import agreement_signed, mentorship_ended
from post.models import Letter
from tests.matching import people


@pytest.fixture
def coordinator(northfield):
    with northfield.scope():
        yield northfield.people["coordinator"]


@pytest.fixture
def mentorship(coordinator):
    return people.together(coordinator)


def heard_of(signal):
    heard = []

    def receiver(sender, **news):
        heard.append({key: value for key, value in news.items() if key != "signal"})

    signal.connect(receiver, weak=False)
    return heard, lambda: signal.disconnect(receiver)


def sign(mentorship, side, name=None, **fields):
    seat = mentorship.members.get(side=side)
    person = seat.participant
    return agreements.sign_agreement(
        agreement=mentorship.agreement,
        participant=person,
        signed_name=person.name if name is None else name,
        by=person.membership,
        **fields,
    )


@pytest.mark.parametrize(
    ("typed", "first", "last", "is_theirs"),
    [
        ("Gwen Ørsted", "Gwen", "Ørsted", True),
        ("gwen  orsted", "Gwen", "Ørsted", True),
        ("Orsted, Gwen", "Gwen", "Ørsted", True),
        ("Malgorzata Berg", "Małgorzata", "van der Berg", True),
        ("Ömer DAngelo", "Ömer", "D'Angelo", True),
        ("Ömer D’Angelo", "Ömer", "D'Angelo", True),
        ("Anne Marie O Neill", "Anne-Marie", "O'Neill", True),
        ("Nguyễn Thị", "Nguyễn", "Thị", True),
        ("يوسف", "يوسف", "", True),
        ("Gwen", "Gwen", "Ørsted", False),
        ("Ørsted", "Gwen", "Ørsted", False),
        ("Gwen Patel", "Gwen", "Ørsted", False),
        ("Gwen Ørsted Patel", "Gwen", "Ørsted", False),
        ("yes", "Gwen", "Ørsted", False),
        ("", "Gwen", "Ørsted", False),
        ("  .", "Gwen", "Ørsted", False),
    ],
)
def test_names(typed, first, last, is_theirs):
    assert is_name_of(typed, first, last) is is_theirs


def test_signed_by_both(mentorship):
    heard, stop = heard_of(agreement_signed)
    first = sign(mentorship, "student", by_link=True)
    agreement = Agreement.objects.get(pk=mentorship.agreement.pk)
    assert (agreement.signed_at, heard, first.by_link) == (None, [], True)
    assert sign(mentorship, "student") == first
    second = sign(mentorship, "mentor")
    agreement.refresh_from_db()
    stop()
    assert agreement.signed_at is not None
    assert heard == [{"agreement": agreement, "by": second.participant.membership}]
    assert set(agreement.signatures.values_list("signed_name", flat=True)) == {
        first.participant.name,
        second.participant.name,
    }
    assert set(Letter.objects.filter(name="agreement_to_sign").values_list("status", flat=True)) == {"dropped"}


def test_somebody_elses_name_is_refused(mentorship):
    with pytest.raises(Refused):
        sign(mentorship, "student", mentorship.members.get(side="mentor").participant.name)
    assert not mentorship.agreement.signatures.exists()


def test_an_ended_mentorship_is_not_signed(mentorship, coordinator):
    mentorships.end_mentorship(mentorship=mentorship, status="no_show", by=coordinator)
    with pytest.raises(Refused):
        sign(mentorship, "student")
    assert not mentorship.agreement.signatures.exists()


def test_stage(mentorship, coordinator):
    mentorships.change_stage(mentorship=mentorship, stage="direction", by=coordinator)
    mentorship.refresh_from_db()
    assert mentorship.stage == "direction"
    with pytest.raises(Refused):
        mentorships.change_stage(mentorship=mentorship, stage="wedding", by=coordinator)
    mentorship.refresh_from_db()
    assert mentorship.stage == "direction"


def test_the_end_is_told_once_and_its_reason_kept_from_the_record(mentorship, coordinator):
    heard, stop = heard_of(mentorship_ended)
    mentorships.end_mentorship(mentorship=mentorship, status="ended_with_concern", reason="Turned up drunk", by=coordinator)
    with pytest.raises(Refused):
        mentorships.end_mentorship(mentorship=mentorship, status="completed", by=coordinator)
    stop()
    mentorship.refresh_from_db()
    assert (mentorship.status, mentorship.ended_reason) == ("ended_with_concern", "Turned up drunk")
    assert mentorship.ended_at is not None
    assert heard == [{"mentorship": mentorship, "by": coordinator}]
    assert not any("drunk" in str(one.data) for one in Event.objects.all())
    about_it = Letter.objects.filter(name__in=["mentorship_started", "agreement_to_sign"])
    assert set(about_it.values_list("status", flat=True)) == {"dropped"}


@pytest.mark.parametrize("status", ["active", "cancelled", ""])
def test_only_the_end_states_end(mentorship, coordinator, status):
    with pytest.raises(Refused):
        mentorships.end_mentorship(mentorship=mentorship, status=status, by=coordinator)
    mentorship.refresh_from_db()
    assert (mentorship.status, mentorship.ended_at) == ("active", None)
