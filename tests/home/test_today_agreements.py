"""What a member's day says of the agreement: say yes to a wording, sign it, look at it again; one at a time, and nothing once that is done."""

from django.utils import timezone

from home.today.agreeing import agreement_tasks
from home.today.member import cards_of
from matching.models import Agreement
from matching.services import agreements, expectations
from organisations.days import local_today
from tests import factories as make


def titles(house, role):
    person = house.people[role]
    cards = cards_of(person, role, local_today(house.organisation))
    return [one["title"] for one in agreement_tasks(house.organisation, person, cards)]


def test_each_thing_stands_there_until_this_person_has_done_it(northfield):
    with northfield.scope():
        agreement = make.AgreementFactory(mentorship=northfield.mentorship)
        make.AgreementFactory(mentorship=northfield.other_mentorship)
        student, mentor = northfield.student, northfield.mentor
        assert titles(northfield, "student") == ["Sign the agreement with Mentor Example"]
        for person in (student, mentor):
            agreements.sign_agreement(agreement=agreement, participant=person, signed_name=person.name, by=person.membership)
        assert titles(northfield, "student") == []
        expectations.ask_whether_it_fits(mentorship_ids=[northfield.mentorship.pk], at=timezone.now())
        assert titles(northfield, "student") == ["Does the agreement with Mentor Example still fit?"]
        common = {"mentorship": northfield.mentorship, "topic": "schedule"}
        expectations.propose_wording(**common, wording="Tuesdays.", seen=0, participant=mentor, by=mentor.membership)
        assert titles(northfield, "student") == ["Something to settle with Mentor Example waits for your yes"]
        assert titles(northfield, "mentor") == ["Does the agreement with Student Example still fit?"]
        expectations.agree_wording(**common, seen=1, participant=student, by=student.membership)
        assert titles(northfield, "student") == ["Does the agreement with Mentor Example still fit?"]
        fresh = Agreement.objects.get(pk=agreement.pk)
        expectations.say_still_fits(agreement=fresh, participant=student, fits=True, by=student.membership)
        assert titles(northfield, "student") == []
